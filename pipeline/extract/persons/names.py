"""Reads the name that begins at a place in the text: given names, particles, surname."""

import re
from functools import lru_cache
from typing import NamedTuple

from pipeline.extract.persons.register import Entry, fold, register
from pipeline.extract.persons.states import LANDS
from pipeline.extract.persons.words import NO_NAMES

_SPACE = r"[ \u00a0\u202f\u2009]{1,2}"
_WORD = r"[^\W\d_a-zäöüß][^\W\d_]*(?:['’][^\W\d_]+)?(?:-[^\W\d_a-zäöüß][^\W\d_]*)*"
_PARTICLE = (
    r"(?:von|van|v\. ?d\.|v\.|de|der|den|vom|zu|ter|ten|Freiherr|Freifrau|Graf|Gräfin|Le|La|Di|Da|Del|El)"
)
_CAPITAL_PARTICLES = frozenset("Freiherr Freifrau Graf Gräfin Le La Di Da Del El".split())
_FIELD = r"h\. ?c|e\. ?h|med|rer|nat|phil|jur|iur|habil|pol|oec|agr|theol|vet|Ing|mult|soc|sc|dent"
_DEGREE = rf"(?: ?(?:{_FIELD})\.?){{0,4}}"
_PROFESSOR = rf"Professor(?:in)?{_SPACE}"
ACADEMIC = re.compile(
    rf"(?:(?:Prof|Dr|Dipl|Dres|PD|Priv|apl|Mag|Hon)\.?(?:-[A-Z]\w{{1,12}}\.?)?{_DEGREE}(?:{_SPACE}|(?<=\.)(?=[A-ZÄÖÜ]))|{_PROFESSOR}){{0,4}}"
)
ACADEMIC_BEFORE = re.compile(rf"(?<!\w)(?:(?:Prof|Dr|Dipl|PD)\.?{_DEGREE}{_SPACE}|{_PROFESSOR}){{1,4}}$")
_ELLIPSIS = re.compile(r"-(?:\w|,? (?:und|oder|sowie|bzw)\b|/)")  # "Innen- und Bauminister", "Werner-Straße"
# Other titles, institutions and adjectives of a Land after a title: "Direktor Klinikum Gera" names nobody.
_NO_NAME = re.compile(
    "minister|senator|präsident|kanzler|sekretär|bürgermeister|landr[aä]t|direktor|leiter|sprecher|vorsitz"
    "|beauftragt|abgeordnet|beigeordnet|(?:amt|haus|schule|werke?|verband|zentrum|klinik|klinikum|museum|gericht"
    "|direktion|agentur|kammer|kreis|gesellschaft|stiftung|verein|universität|institut|akademie|park|bank|kasse"
    "|gruppe|gemeinde|stadt|region|abteilung|referat|bereich|theater|polizei|feuerwehr|bund|union|dienst|rat"
    "|thüringer|bremer|hamburger|berliner|brandenburger)$",
    re.IGNORECASE,
)
RUN = re.compile(
    rf"(?:[A-ZÄÖÜ]\.(?= ?[A-ZÄÖÜ])|{_WORD})"
    rf"(?:{_SPACE}(?:{_PARTICLE}{_SPACE}){{0,3}}(?:[A-ZÄÖÜ]\.(?= )|{_WORD})){{0,4}}"
)
WORD = re.compile(rf"{_PARTICLE}(?!\w)|[A-ZÄÖÜ]\.|{_WORD}")
PARTICLES = re.compile(rf"(?:{_PARTICLE}{_SPACE}){{1,3}}")


class Reading(NamedTuple):
    """A name as it stands; `given` is empty for a surname alone."""

    start: int
    end: int
    given: str
    surname: str  # folded, without the genitive
    family: str  # as printed, with particles
    entries: tuple[Entry, ...]  # persons of the register that bear this name


def read_name(text: str, start: int, titled: bool) -> Reading | None:
    """The name at `start`, or None. After a title, unknown words may be names."""
    particles = PARTICLES.match(text, start) if titled else None
    run = RUN.match(text, particles.end() if particles else start)
    if run is None or _ELLIPSIS.match(text, run.end()):
        return None
    if particles:
        return _noble(text, start, run.start())
    words = [(w.start(), w.end(), w.group()) for w in WORD.finditer(text, start, run.end())]
    return _registered(text, words) or _spelled(text, words, titled)


def _noble(text: str, start: int, surname: int) -> Reading | None:
    """A registered surname with its particles; "Bürgermeister von Gotha" names nobody."""
    word = WORD.match(text, surname)
    key = surname_key(word.group()) if word else None
    if word is None or key is None:
        return None
    particles = " ".join(text[start:surname].split())
    if not any(e.person.family.startswith(particles) for e in register().by_surname[key]):
        return None
    return Reading(start, word.end(), "", key, text[start : word.end()], ())


@lru_cache(maxsize=65536)
def surname_key(printed: str) -> str | None:
    """The register's key of a surname as printed, genitive or not; None if nobody bears it."""
    by_surname = register().by_surname
    key = fold(printed)
    if key in by_surname:
        return by_surname[key][0].surname if " " in key else key
    if key.endswith("s") and key.rstrip("'")[:-1].rstrip("'") in by_surname:
        return key[:-1].rstrip("'")
    return key.rstrip("'") if key.rstrip("'") in by_surname else None


Words = list[tuple[int, int, str]]


def _registered(text: str, words: Words) -> Reading | None:
    """The longest run of given names and a surname that somebody in the register bears."""
    for last in range(min(len(words), 7) - 1, 0, -1):
        key = surname_key(words[last][2])
        if key is None:
            continue
        first_particle = _particles(words, last)
        given = " ".join([w for _, _, w in words[:first_particle]])
        entries = register().full(given, key)
        if entries:
            family = (
                text[words[first_particle][0] : words[last][1]] if first_particle < last else words[last][2]
            )
            return Reading(words[0][0], words[last][1], given, key, family, tuple(entries))
    return None


def _particles(words: Words, last: int) -> int:
    while last > 1 and _is_particle(words[last - 1][2]):
        last -= 1
    return last


def _spelled(text: str, words: Words, titled: bool) -> Reading | None:
    """A name by its shape: known given names, then a surname; after a title any one or two words."""
    if fold(words[0][2]) in NO_NAMES or _no_name(words[0][2]):
        return None
    known = register().given
    length = 0
    while length < len(words) and (_is_given(words[length][2], known) or words[length][2].endswith(".")):
        length += 1
    last = length
    while last < len(words) and _is_particle(words[last][2]):
        last += 1
    if length == last == len(words) > 1:
        return _reading(text, words, length - 1, length - 1)
    if last < len(words) and length and fold(words[last][2]) not in NO_NAMES:
        return _reading(text, words, length, last)
    if not titled:
        return None
    return _after_title(text, words)


def _no_name(word: str) -> bool:
    if word in register().given or surname_key(word) is not None:
        return False
    return bool(_NO_NAME.search(word) or word in LANDS)


def _after_title(text: str, words: Words) -> Reading:
    if len(words) > 1 and surname_key(f"{words[0][2]} {words[1][2]}"):
        double = f"{words[0][2]} {words[1][2]}"
        return _reading(text, [(words[0][0], words[1][1], double)], 0, 0)
    if surname_key(words[0][2]) is None and len(words) > 1:
        last = 1
        while last < len(words) - 1 and _is_particle(words[last][2]):
            last += 1
        if fold(words[last][2]) not in NO_NAMES and words[last][2][0].isupper():
            return _reading(text, words, 1, last)
    return _reading(text, words, 0, 0)


def _is_particle(word: str) -> bool:
    return word[0].islower() or word in _CAPITAL_PARTICLES


def _is_given(word: str, known: set[str]) -> bool:
    if word in known or word.capitalize() in known:
        return True
    return "-" in word and all(part in known for part in word.split("-"))


def _reading(text: str, words: Words, first: int, last: int) -> Reading:
    start, end = words[0][0], words[last][1]
    printed = words[last][2]
    given = " ".join([w for _, _, w in words[:first]])
    key = surname_key(printed) or fold(printed)
    family = text[words[first][0] : end]
    return Reading(start, end, given, key, family, ())
