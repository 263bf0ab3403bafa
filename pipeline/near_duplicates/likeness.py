"""Whether two releases are the same text, told from what differs: a judgement on a pair, whatever came first.

Much must be common, in runs of words. And what differs must not be the facts of a form: a notice that was
written once and sent out for each town and each sum is not the same text, however alike. A sum or a day may
differ where one corrects the other, which happens within days and changes nothing else; and one paragraph
below the lead may hold other facts where two publishers speak, and each tells what it does itself.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from rapidfuzz.distance import Indel

from pipeline.near_duplicates.sketch import words

RUN = 5  # words in a row that count as common
COMMON = 0.6  # of the shorter text
LEAST = 25  # words in common
SLOT = 8  # words: a longer replacement is other wording, not another value
WINDOW = 60  # days between two that may be the same; what comes later is said anew
CORRECTED = 5  # days within which another value may be a correction; a week later it is next week's
LEAD = 1  # paragraph, after the title: what a form is about stands up to here
VALUES = 2  # different values that one correction changes at most


@dataclass(frozen=True, slots=True)
class Told:
    """A release as it is compared."""

    id: str
    day: date
    title: str
    text: str
    places: frozenset[str]  # words of the places it names
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two texts are: shares of all words, and of those of the shorter one."""

    similarity: float  # common words in both, of all words of both
    contained: float  # common words, of those of the shorter text
    same: bool


class Slot(NamedTuple):
    """A short replacement between common words: another value in the same sentence."""

    kind: str  # place, figure, name (or any other noun)
    paragraph: int  # 0 is the title
    old: str
    new: str


def likeness(one: Told, other: Told) -> Likeness:
    """The judgement on a pair; the order of the two does not matter."""
    first, second = sorted((one, other), key=lambda told: told.id)
    a, b = (words(f"{told.title}\n{told.text}") for told in (first, second))
    plain = [word.casefold() for word in a], [word.casefold() for word in b]
    short, long = sorted(plain, key=len)
    common = _common(short, long)
    contained = common / (len(short) or 1)
    similarity = (common + _common(long, short)) / (len(a) + len(b) or 1)
    apart = abs((first.day - second.day).days)
    same = contained >= COMMON and common >= min(LEAST, len(short)) and apart <= WINDOW
    if same:
        slots = list(_slots(a, b, *plain, first, second))
        same = _agree(slots, apart, partners=first.publisher != second.publisher)
    return Likeness(round(similarity, 3), round(contained, 3), same)


def may_be_same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two texts, as words in lower case, can be the same at all: a bound that is quickly found.

    Of what is common in runs, each word stands in the other text. Most texts that meet share a phrase only.
    """
    short, long = sorted((one, other), key=len)
    return sum(map(set(long).__contains__, short)) >= COMMON * len(short)


def _common(some: list[str], others: list[str]) -> int:
    """How many words stand in runs that the other text has, too, wherever."""
    runs = {tuple(others[at : at + RUN]) for at in range(len(others) - RUN + 1)}
    covered = until = 0
    for at in range(len(some) - RUN + 1):
        if tuple(some[at : at + RUN]) in runs:
            covered += at + RUN - max(at, until)
            until = at + RUN
    return covered


def _agree(slots: list[Slot], apart: int, *, partners: bool) -> bool:
    facts = [slot for slot in slots if slot.kind != "name"]
    places = {slot.paragraph for slot in facts}
    if not facts or (partners and len(places) == 1 and min(places) > LEAD):
        return True
    if any(slot.kind == "place" or (slot.kind == "name" and slot.paragraph) for slot in slots):
        return False
    return apart <= CORRECTED and len({(slot.old, slot.new) for slot in facts}) <= VALUES


def _slots(
    a: list[str], b: list[str], plain_a: list[str], plain_b: list[str], first: Told, second: Told
) -> Iterator[Slot]:
    places, ends = first.places | second.places, _ends(first)
    left = right = 0
    edits = [op for op in Indel.opcodes(plain_a, plain_b) if op.tag == "equal"]
    kept = [(op.src_start, op.src_end, op.dest_start, op.dest_end) for op in edits]
    for start, end, to, until in [*kept, (len(a), len(a), len(b), len(b))]:
        old, new = a[left:start], b[right:to]
        if old and new and len(old) <= SLOT and len(new) <= SLOT and (kind := _kind(old, new, places)):
            said = (_figures(old), _figures(new)) if kind == "figure" else (" ".join(old), " ".join(new))
            yield Slot(kind, bisect_right(ends, left), *said)
        left, right = end, until


def _ends(told: Told) -> list[int]:
    """Up to which word each paragraph goes, the title first."""
    return list(accumulate(len(words(line)) for line in (told.title, *told.text.split("\n"))))


def _kind(old: list[str], new: list[str], places: frozenset[str]) -> str | None:
    if places.intersection(old) and places.intersection(new):
        return "place"
    if _figures(old) and _figures(new):
        return "figure"
    return "name" if any(w[0].isupper() for w in old) and any(w[0].isupper() for w in new) else None


def _figures(some: list[str]) -> str:
    return " ".join(word for word in some if any(sign.isdigit() for sign in word))
