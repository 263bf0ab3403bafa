"""Words that say of which Land or country an office is."""

import re

# Genitive and adjective, as they stand before a title: "Bayerns Innenminister", "der bayerische".
_FORMS = {
    "DE_BW": r"Baden-Württembergs?|[Bb]aden-[Ww]ürttembergisch\w*",
    "DE_BY": r"Bayerns?|[Bb]ayerisch\w*|[Bb]ayrisch\w*",
    "DE_BE": r"Berlins?|Berliner",
    "DE_BB": r"Brandenburgs?|Brandenburger|[Bb]randenburgisch\w*",
    "DE_HB": r"Bremens?|Bremer",
    "DE_HH": r"Hamburgs?|Hamburger",
    "DE_HE": r"Hessens?|[Hh]essisch\w*",
    "DE_MV": r"Mecklenburg-Vorpommerns?|[Mm]ecklenburg-[Vv]orpommersch\w*|MVs?|Schweriner",
    "DE_NI": r"Niedersachsens?|[Nn]iedersächsisch\w*",
    "DE_NW": r"Nordrhein-Westfalens?|[Nn]ordrhein-[Ww]estfälisch\w*|NRW",
    "DE_RP": r"Rheinland-Pfalz(?:’|')?|[Rr]heinland-[Pp]fälzisch\w*|Mainzer",
    "DE_SL": r"Saarlands?|[Ss]aarländisch\w*",
    "DE_ST": r"Sachsen-Anhalts?|[Ss]achsen-[Aa]nhaltisch\w*|[Ss]achsen-[Aa]nhaltinisch\w*|Magdeburger",
    "DE_SN": r"Sachsens?|[Ss]ächsisch\w*",
    "DE_SH": r"Schleswig-Holsteins?|[Ss]chleswig-[Hh]olsteinisch\w*|Kieler",
    "DE_TH": r"Thüringens?|Thüringer|[Tt]hüringisch\w*",
}
STATES = re.compile(
    r"(?<![\w-])(?:" + "|".join(f"(?P<{key}>{form})" for key, form in _FORMS.items()) + r")(?!\w)"
)

_COUNTRIES = """
    Frankreich Polen Österreich Tschechien Italien Spanien Großbritannien Dänemark Schweden Finnland
    Norwegen  Ungarn Russland Griechenland Portugal Irland Israel China Japan Luxemburg Kroatien
    Slowakei Slowenien  Rumänien Bulgarien Lettland Litauen Estland Belgien Indien Kanada Australien
    Georgien Serbien Moldau Südtirol  Katalonien Flandern Wallonien Vietnam Jordanien Ägypten Mexiko
    Brasilien Chile Kasachstan Armenien Albanien Malta
"""
_ADJECTIVES = """
    französisch polnisch österreichisch tschechisch italienisch spanisch britisch niederländisch
    belgisch dänisch  schwedisch finnisch norwegisch ungarisch ukrainisch russisch türkisch griechisch
    portugiesisch irisch israelisch  amerikanisch chinesisch japanisch luxemburgisch kroatisch
    slowakisch slowenisch rumänisch bulgarisch lettisch  litauisch estnisch indisch kanadisch
    australisch georgisch serbisch moldauisch schweizerisch vietnamesisch  jordanisch ägyptisch
    mexikanisch brasilianisch oberösterreichisch flämisch isländisch nordmazedonisch südkoreanisch
"""
# Of another country, when it stands right before the title or with a word between.
FOREIGN = re.compile(
    rf"\b(?:(?:{'|'.join(_COUNTRIES.split())})s|(?i:{'|'.join(_ADJECTIVES.split())})e[rnms]?"
    r"|der Ukraine|der Türkei|Schweizer|Tiroler)(?: [\wäöüß-]+)? $"
)
