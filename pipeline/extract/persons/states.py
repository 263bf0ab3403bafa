"""Words that say of which Land or country an office is: Bayerns, bayerische, französischer."""

_LANDS = {
    "DE-BW": "Baden-Württemberg baden-württembergisch",
    "DE-BY": "Bayern bayerisch bayrisch",
    "DE-BE": "Berlin Berliner",
    "DE-BB": "Brandenburg Brandenburger brandenburgisch",
    "DE-HB": "Bremen Bremer",
    "DE-HH": "Hamburg Hamburger",
    "DE-HE": "Hessen hessisch",
    "DE-MV": "Mecklenburg-Vorpommern mecklenburg-vorpommersch MV Schweriner",
    "DE-NI": "Niedersachsen niedersächsisch",
    "DE-NW": "Nordrhein-Westfalen nordrhein-westfälisch NRW",
    "DE-RP": "Rheinland-Pfalz rheinland-pfälzisch Mainzer",
    "DE-SL": "Saarland saarländisch",
    "DE-ST": "Sachsen-Anhalt sachsen-anhaltisch sachsen-anhaltinisch Magdeburger",
    "DE-SN": "Sachsen sächsisch",
    "DE-SH": "Schleswig-Holstein schleswig-holsteinisch Kieler",
    "DE-TH": "Thüringen Thüringer thüringisch",
}
_COUNTRIES = """
    Frankreich Polen Österreich Tschechien Italien Spanien Großbritannien Dänemark Schweden Finnland
    Norwegen Ungarn Russland Griechenland Portugal Irland Israel China Japan Luxemburg Kroatien
    Slowenien Rumänien Bulgarien Lettland Litauen Estland Belgien Indien Kanada Australien Georgien
    Serbien Moldau Südtirol Katalonien Flandern Wallonien Vietnam Jordanien Ägypten Mexiko Brasilien
    Chile Kasachstan Armenien Albanien Malta Ukraine Türkei Slowakei
"""
_ADJECTIVES = """
    französisch polnisch österreichisch tschechisch italienisch spanisch britisch niederländisch
    belgisch dänisch schwedisch finnisch norwegisch ungarisch ukrainisch russisch türkisch griechisch
    portugiesisch irisch israelisch amerikanisch chinesisch japanisch luxemburgisch kroatisch slowakisch
    slowenisch rumänisch bulgarisch lettisch litauisch estnisch indisch kanadisch australisch georgisch
    serbisch moldauisch schweizerisch vietnamesisch jordanisch ägyptisch mexikanisch brasilianisch
    oberösterreichisch flämisch isländisch nordmazedonisch südkoreanisch
"""


def _forms(word: str) -> list[str]:
    """Genitive of a name, inflected adjective with a small and a capital letter."""
    if word[0].isupper():
        return [word, f"{word}s", f"{word}'", f"{word}’"]
    capital = "-".join(part.capitalize() for part in word.split("-"))
    return [f"{form}e{ending}" for form in (word, word.capitalize(), capital) for ending in ("", *"rnms")]


LANDS = {form: land for land, words in _LANDS.items() for word in words.split() for form in _forms(word)}
FOREIGN = {form for word in (_COUNTRIES + _ADJECTIVES).split() for form in _forms(word)} | {
    "Schweizer",
    "Tiroler",
}


def land_before(words: list[str]) -> str | None:
    """The Land that the last of these words names."""
    for word in reversed(words):
        land = LANDS.get(word.strip(',„“"»('))
        if land:
            return land
    return None


def is_foreign(words: list[str]) -> bool:
    """Whether one of the last two words is of another country: "Polens Ministerpräsident"."""
    return not FOREIGN.isdisjoint(words[-2:])
