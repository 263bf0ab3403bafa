"""The titles before and after a name: what office they say, of whom, and whether it is past."""

import re
from typing import NamedTuple

from pipeline.extract.persons.states import LANDS, is_foreign, land_before

MINISTER, HEAD, CHIEF, MAYOR, OFFICER, HONORARY = "minister", "head", "chief", "mayor", "officer", "honorary"

# Offices that nobody holds beside a seat in the cabinet.
_OFFICERS = """
    landeshauptmann landeshauptfrau landesrat landesrät superintendent manager
    staatssekretär sekretär staatsrat staatsrät landrat landrät beigeordnete geschäftsführer leiter
    direktor dezernent vorstand ministerialrat ministerialrät ministerialdirigent ministerialdirektor
    dekan vorsteher stadtrat stadträt anwalt anwält bischof bischöf pfarrer intendant inspekteur
    gouverneur chefarzt chefärzt rektor stadtbaurat kreisrat kämmerer amtschef referent projektleit
    inhaber architekt wehrführer brandmeister botschafter
"""
# Offices that a minister may hold, too: KMK-Präsidentin Karin Prien.
_HONORARY = """
    vorsitzende vorsitzender schirmherr gastgeber präsident sprecher beauftragte abgeordnete kommissar
    koordinator chef gründer landeschef fraktionschef parteichef
"""
# Stems of titles; what stands before a stem in one word belongs to the title (Umwelt-minister).
STEMS: dict[str, str] = {
    **dict.fromkeys(("minister", "senator", "ressortchef"), MINISTER),
    **dict.fromkeys(("ministerpräsident", "kanzler", "regierungschef", "senatspräsident"), HEAD),
    **dict.fromkeys(("kanzleichef", "kanzleramtschef"), CHIEF),
    "bürgermeister": MAYOR,
    **dict.fromkeys(_OFFICERS.split(), OFFICER),
    **dict.fromkeys(_HONORARY.split(), HONORARY),
}
# What a title may end in: inflection, the female form, both genders in one word.
ENDING = re.compile(
    r"(?:s|n|en|es|e|r|in|innen|[:*/_]-?in(?:nen)?|Innen|nen|er|ern|ei)?(?![\w])", re.IGNORECASE
)
ABBREVIATIONS = {
    **dict.fromkeys(("MP", "MPin"), HEAD),
    **dict.fromkeys(("BM", "BMin", "StM", "StMin", "Min."), MINISTER),
    **dict.fromkeys(("OB", "StS", "PSt"), OFFICER),
    **dict.fromkeys(("MdL", "MdB"), HONORARY),
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
    "Kolleg": MINISTER,
    "Ministerkolleg": MINISTER,
    "Kabinettskolleg": MINISTER,
    "Ressortkolleg": MINISTER,
}
COORDINATED = re.compile(r"(?:[A-ZÄÖÜ][\w]*-(?:, ?| und | sowie |/| & | u\. )(?:[\w]+-(?: und |/))?)+$")
PAST = re.compile(
    r"\b(?:[Ff]rüher|[Ee]hemalig|[Dd]amalig|[Ee]instig|[Vv]ormalig|[Vv]orherig|[Vv]erstorben|[Aa]usgeschieden)"
)
ACTING = re.compile(r"(?:[Gg]eschäftsführend|[Aa]mtierend|[Kk]ommissarisch)e[rnms]? $")
RELATIVE = re.compile("kolleg|vorgäng|nachfolg", re.IGNORECASE)
AFTER_PAST = re.compile(r" ?(?:a\. ?D\.|außer Dienst|i\. ?R\.)")
PLURAL_ARTICLE = re.compile(r"\b(?:die|den|der|beide|beiden|zwei|drei|vier|und) (?:\w+ )?$", re.IGNORECASE)
ORDINAL = re.compile(
    r"(?:[Rr]egierende[rnms]?|[Ee]rste[rnms]?|[Zz]weite[rnms]?|[Pp]arlamentarische[rnms]?) $"
)


class TitleWord(NamedTuple):
    """Where a title stands, before anything around it is read: "Bauminister"."""

    start: int
    stem_start: int
    end: int
    rank: str  # one of the six above


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
    acting: bool  # in office until the successor comes
    jurisdiction: str | None  # that the words before it, or Bundes-, name
    foreign: bool

    @property
    def relative(self) -> bool:
        """Predecessors and colleagues, whose office the text leaves to another title."""
        return bool(RELATIVE.search(self.text))


def title_word(text: str, start: int, end: int, pattern: str) -> TitleWord | None:
    """The title around a stem, a phrase or an abbreviation; None if it is another word (Ministerium)."""
    if pattern in ABBREVIATIONS:
        return TitleWord(start, start, end, ABBREVIATIONS[pattern])
    ending = ENDING.match(text, end)
    if ending is None or text[ending.end() : ending.end() + 1] == "-":
        return None
    if pattern in PHRASES:
        return TitleWord(start, start, ending.end(), PHRASES[pattern])
    first = start
    while first and (text[first - 1].isalnum() or text[first - 1] == "-"):
        first -= 1
    return TitleWord(first, start, ending.end(), STEMS[pattern.casefold()]) if text[first].isupper() else None


def read_title(text: str, found: TitleWord) -> Title:
    """What the title and the words before it say."""
    first = found.start
    before = text[max(0, first - 60) : first]
    coordinated = COORDINATED.search(before) if "-" in before and before[-1] in " /" else None
    if coordinated:
        first -= len(coordinated.group())
        before = before[: coordinated.start()]
    adjective = before.endswith(("e ", "er ", "en ", "em ", "es "))
    ordinal = ORDINAL.search(before[-22:]) if adjective else None
    if ordinal:
        first -= len(ordinal.group())
        before = before[: -len(ordinal.group())]
    word = text[found.start : found.end]
    clause = _clause(before)
    words = clause.split()[-4:]
    return Title(
        first,
        found.end,
        text[first : found.end],
        _rank(found.rank, word, ordinal.group() if ordinal else ""),
        _stems(coordinated.group() if coordinated else "", text[found.start : found.stem_start]),
        female=word.casefold().endswith(("in", "innen")),
        plural=_plural(word, before),
        past=_is_past(word) or bool(PAST.search(clause) or AFTER_PAST.match(text, found.end)),
        acting=adjective and bool(ACTING.search(before[-22:])),
        jurisdiction="DE"
        if word.startswith("Bundes")
        else LANDS.get(word.rpartition("-")[0]) or land_before(words),
        foreign=word.startswith(("US-", "EU-", "Premier", "Vizepremier")) or is_foreign(words),
    )


def _is_past(word: str) -> bool:
    return word.startswith(("Ex", "Alt")) or "vorgäng" in word.casefold()


def _rank(rank: str, word: str, ordinal: str) -> str:
    if rank == MAYOR:
        if ordinal.casefold().startswith("regierende"):
            return HEAD
        return MAYOR if word.startswith("Bürgermeister") else OFFICER
    if word.startswith(("Ehren", "Reichs")):
        return OFFICER
    return MINISTER if rank == HEAD and word.startswith("Vize") else rank


def _stems(coordinated: str, prefix: str) -> tuple[str, ...]:
    words = [*(re.findall(r"\w+", coordinated) if coordinated else ()), prefix.rstrip("-").rpartition("-")[2]]
    return tuple(w.casefold() for w in words if w.casefold() not in ("und", "sowie", ""))


def _plural(word: str, before: str) -> bool:
    if word.casefold().endswith(("innen", "ten", "toren", "ern")):
        return True
    return word.casefold().endswith("minister") and bool(PLURAL_ARTICLE.search(before[-20:]))


def _clause(before: str) -> str:
    breaks = (before.rfind(","), before.rfind("."), before.rfind("\n"), before.rfind(":"), before.rfind("("))
    return before[max(breaks) + 1 :]
