"""The titles before and after a name: what office they say, of whom, and whether it is past."""

import re
from typing import NamedTuple

from pipeline.extract.persons.states import FOREIGN, STATES

MINISTER, HEAD, CHIEF, MAYOR, OFFICER, HONORARY = "minister", "head", "chief", "mayor", "officer", "honorary"

# Stems of titles; what stands before a stem in one word belongs to the title (Umwelt-minister).
STEMS: dict[str, str] = {
    "minister": MINISTER,
    "senator": MINISTER,
    "ministerpräsident": HEAD,
    "kanzler": HEAD,
    "regierungschef": HEAD,
    "landeschef": HEAD,
    "ressortchef": MINISTER,
    "senatspräsident": HEAD,
    "kanzleichef": CHIEF,
    "kanzleramtschef": CHIEF,
    "bürgermeister": MAYOR,
    **dict.fromkeys(
        (
            *("staatssekretär", "sekretär", "staatsrat", "staatsrät", "landrat", "landrät", "beigeordnete"),
            *("geschäftsführer", "abgeordnete", "leiter", "direktor", "dezernent", "beauftragte", "vorstand"),
            *(
                "ministerialrat",
                "ministerialrät",
                "ministerialdirigent",
                "ministerialdirektor",
                "botschafter",
            ),
            *(
                "kommissar",
                "dekan",
                "vorsteher",
                "stadtrat",
                "stadträt",
                "anwalt",
                "anwält",
                "bischof",
                "bischöf",
            ),
            *(
                "pfarrer",
                "koordinator",
                "intendant",
                "inspekteur",
                "gouverneur",
                "chefarzt",
                "chefärzt",
                "rektor",
            ),
            *("sprecher", "präsident", "stadtbaurat", "kreisrat", "kämmerer", "amtschef", "referent"),
            *(
                "projektleit",
                "gründer",
                "inhaber",
                "architekt",
                "fraktionschef",
                "wehrführer",
                "brandmeister",
            ),
        ),
        OFFICER,
    ),
    **dict.fromkeys(
        ("vorsitzende", "vorsitzender", "schirmherr", "gastgeber", "professor", "parteichef"), HONORARY
    ),
}
# What a title may end in: inflection, the female form, both genders in one word.
ENDING = re.compile(
    r"(?:s|n|en|es|e|r|in|innen|[:*/_]-?in(?:nen)?|Innen|nen|er|ern|ei)?(?![\w])", re.IGNORECASE
)
ABBREVIATIONS = {
    **{"MP": HEAD, "MPin": HEAD, "BM": MINISTER, "BMin": MINISTER, "StM": MINISTER, "StMin": MINISTER},
    **{"Min.": MINISTER, "OB": OFFICER, "StS": OFFICER, "PSt": OFFICER, "MdL": OFFICER, "MdB": OFFICER},
}
PHRASES = {
    "Chef der Staatskanzlei": CHIEF,
    "Chefin der Staatskanzlei": CHIEF,
    "Chef des Bundeskanzleramt": CHIEF,
    "Chefin des Bundeskanzleramt": CHIEF,
    "Präsident des Senats": HEAD,
    "Amtsvorgänger": MINISTER,
    "Vorgänger": MINISTER,
    "Amtsnachfolger": MINISTER,
    "Amtskolleg": MINISTER,
    "Ministerkolleg": MINISTER,
    "Kabinettskolleg": MINISTER,
    "Ressortkolleg": MINISTER,
}
COORDINATED = re.compile(r"(?:[A-ZÄÖÜ][\w]*-(?:, ?| und | sowie |/| & | u\. )(?:[\w]+-(?: und |/))?)+$")
PAST = re.compile(
    r"\b(?:[Ff]rüher|[Ee]hemalig|[Dd]amalig|[Ee]instig|[Vv]ormalig|[Vv]orherig|[Ee]rst(?:e|er|en) frei gewählt|"
    r"[Vv]erstorben|[Ll]angjährig|[Aa]usgeschieden|[Ss]cheidend)"
)
FEMALE = re.compile(r"(?:in|innen)$", re.IGNORECASE)
AFTER_PAST = re.compile(r" ?(?:a\. ?D\.|außer Dienst|i\. ?R\.)")
PLURAL_ARTICLE = re.compile(r"\b(?:die|den|der|beide|beiden|zwei|drei|vier|und) (?:\w+ )?$", re.IGNORECASE)
ORDINAL = re.compile(
    r"(?:[Rr]egierende[rnms]?|[Ee]rste[rnms]?|[Zz]weite[rnms]?|[Pp]arlamentarische[rnms]?) $"
)


class Title(NamedTuple):
    """A title as it stands: "Innen- und Bauminister" of "Bayerns Innen- und Bauminister"."""

    start: int
    end: int
    text: str
    rank: str  # one of the six above
    stems: tuple[str, ...]  # "innen", "bau": what it says of the portfolio
    female: bool
    plural: bool
    past: bool
    jurisdiction: str | None  # that the words before it, or Bundes-, name
    foreign: bool


def title_at(text: str, stem_start: int, stem_end: int, stem: str) -> Title | None:
    """The title around a stem found in the text; None if the word is another one (Ministerium)."""
    ending = ENDING.match(text, stem_end)
    if ending is None:
        return None
    end = ending.end()
    word_start = stem_start
    while word_start and (text[word_start - 1].isalnum() or text[word_start - 1] == "-"):
        word_start -= 1
    word = text[word_start:end]
    if not word[0].isupper() or text[end : end + 1] == "-":
        return None
    return _title(text, word_start, stem_start, end, STEMS[stem.casefold()])


def fixed_title(text: str, start: int, end: int, word: str) -> Title | None:
    """The title that is a phrase ("Chef der Staatskanzlei") or an abbreviation ("MP")."""
    if word in ABBREVIATIONS:
        return _title(text, start, start, end, ABBREVIATIONS[word])
    ending = ENDING.match(text, end)
    return _title(text, start, start, ending.end(), PHRASES[word]) if ending else None


def _title(text: str, word_start: int, stem_start: int, end: int, rank: str) -> Title:
    before = text[max(0, word_start - 60) : word_start]
    first = word_start
    coordinated = COORDINATED.search(before) if before.endswith((" ", "/")) else None
    if coordinated:
        first = word_start - len(coordinated.group())
        before = before[: coordinated.start()]
    ordinal = ORDINAL.search(before)
    if ordinal:
        first -= len(ordinal.group())
        before = before[: ordinal.start()]
    word = text[word_start:end]
    return Title(
        first,
        end,
        text[first:end],
        _rank(text, rank, word, ordinal.group().casefold() if ordinal else ""),
        _stems(coordinated.group() if coordinated else "", text[word_start:stem_start]),
        female=bool(FEMALE.search(word)),
        plural=_plural(word, before),
        past=word.startswith(("Ex", "Alt")) or "vorgäng" in word or _says_past(text, before, end),
        jurisdiction=_jurisdiction(word, before),
        foreign=word.startswith(("US-", "EU-")) or bool(FOREIGN.search(before)),
    )


def _rank(text: str, rank: str, word: str, ordinal: str) -> str:
    if rank == MAYOR:
        if ordinal.startswith("regierende"):
            return HEAD
        return MAYOR if word.startswith("Bürgermeister") else OFFICER
    if rank == HEAD and "kanzler" in word.casefold() and word.casefold().startswith("vize"):
        return MINISTER
    return rank


def _stems(coordinated: str, prefix: str) -> tuple[str, ...]:
    words = re.findall(r"\w+", coordinated) + [prefix.rstrip("-")]
    return tuple(w.casefold() for w in words if w.casefold() not in ("und", "sowie", ""))


def _plural(word: str, before: str) -> bool:
    if word.casefold().endswith(("innen", "ten", "toren", "ern")):
        return True
    return word.casefold().endswith("minister") and bool(PLURAL_ARTICLE.search(before[-20:]))


def _says_past(text: str, before: str, end: int) -> bool:
    clause = before[max(before.rfind(c) for c in ",.\n;:(") + 1 :]
    return bool(PAST.search(clause)) or bool(AFTER_PAST.match(text, end))


def _jurisdiction(word: str, before: str) -> str | None:
    if word.startswith("Bundes"):
        return "DE"
    named = None
    clause = before[max(before.rfind(c) for c in ".\n;:(") + 1 :][-34:]
    for found in STATES.finditer(clause):
        named = found.lastgroup
    return named.replace("_", "-") if named else None
