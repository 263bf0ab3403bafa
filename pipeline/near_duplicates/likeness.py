"""Whether two releases are the same text, told from what differs: a judgement on a pair, whatever came first.

Much must be common, in long runs of words. And what differs must not be the facts of a form: a notice that
was written once and sent out for each town and each sum is not the same text, however alike. A sum or a day
may differ where one of the two corrects the other, which happens within days and changes nothing else.
"""

from dataclasses import dataclass, replace
from datetime import date

from rapidfuzz.distance import Indel

from pipeline.near_duplicates.sketch import words

RUN = 5  # words in a row that count as common
COMMON = 0.6  # of the shorter text
LEAST = 25  # words in common
SLOT = 8  # words: a longer replacement is other wording, not another value
WINDOW = 60  # days between two that may be the same; what comes later is said anew
CORRECTED = 5  # days within which another value may be a correction; a week later it is next week's
VALUES = 2  # different values that one correction changes at most


@dataclass(frozen=True, slots=True)
class Told:
    """A release as it is compared."""

    id: str
    day: date
    title: str
    text: str
    places: frozenset[str]  # words of the places it names


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two texts are: shares of all words, and of those of the shorter one."""

    similarity: float  # common words in both, of all words of both
    contained: float  # common words, of those of the shorter text
    same: bool


@dataclass(frozen=True, slots=True)
class Slots:
    """Short replacements between common words, by what stood there."""

    places: frozenset[tuple[str, str]]
    figures: frozenset[tuple[str, str]]
    names: frozenset[tuple[str, str]]  # or any other noun


def likeness(one: Told, other: Told) -> Likeness:
    """The judgement on a pair; the order of the two does not matter."""
    first, second = sorted((one, other), key=lambda told: told.id)
    a, b = (words(f"{told.title}\n{told.text}") for told in (first, second))
    edits = Indel.opcodes([word.casefold() for word in a], [word.casefold() for word in b])
    blocks = [(op.src_start, op.src_end, op.dest_start, op.dest_end) for op in edits if op.tag == "equal"]
    common = sum(end - start for start, end, _, _ in blocks if end - start >= RUN)
    short = min(len(a), len(b)) or 1
    contained, similarity = common / short, 2 * common / (len(a) + len(b) or 1)
    enough = contained >= COMMON and common >= min(LEAST, short)
    apart = abs((first.day - second.day).days)
    same = enough and apart <= WINDOW and _agree(_slots(a, b, blocks, first.places | second.places), apart)
    return Likeness(round(similarity, 3), round(contained, 3), same)


def _agree(slots: Slots, apart: int) -> bool:
    if slots.places:
        return False
    return not slots.figures or (apart <= CORRECTED and len(slots.figures) <= VALUES and not slots.names)


def _slots(
    a: list[str], b: list[str], blocks: list[tuple[int, int, int, int]], places: frozenset[str]
) -> Slots:
    found = Slots(frozenset(), frozenset(), frozenset())
    left = right = 0
    for start, end, to, until in [*blocks, (len(a), len(a), len(b), len(b))]:
        old, new = a[left:start], b[right:to]
        if old and new and len(old) <= SLOT and len(new) <= SLOT:
            found = _with(found, old, new, places)
        left, right = end, until
    return found


def _with(found: Slots, old: list[str], new: list[str], places: frozenset[str]) -> Slots:
    pair = (" ".join(old), " ".join(new))
    figures = (_figures(old), _figures(new))
    if places.intersection(old) and places.intersection(new):
        return replace(found, places=found.places | {pair})
    if all(figures):
        return replace(found, figures=found.figures | {figures})
    if any(word[0].isupper() for word in old) and any(word[0].isupper() for word in new):
        return replace(found, names=found.names | {pair})
    return found


def _figures(some: list[str]) -> str:
    return " ".join(word for word in some if any(sign.isdigit() for sign in word))
