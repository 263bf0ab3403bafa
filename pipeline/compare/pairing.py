"""Facts of two versions paired: what changed its value, what vanished and what appeared.

A fact that the rules only understood otherwise has not changed: its words must have.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from rapidfuzz import fuzz

from archive.differences import Edit
from pipeline.compare.facts import SAID, Fact

Action = Literal["changed", "appeared", "vanished"]
ALIKE = 55.0  # of 100, for the words around two facts that are one
SAME_QUOTE = 50.0  # of 100, for two wordings of one statement
ASIDE = 4  # words beside a fact in a passage that was replaced by another with a fact of that kind
MOST_PAIRS = 10_000
REACH = 120  # characters of the sentence around a fact
_ENDS = re.compile(r"[.!?:]\s|\n")


class FactChange(NamedTuple):
    """One fact that changed, appeared or vanished; the side that lacks it is None."""

    kind: str
    action: Action
    old: Fact | None
    new: Fact | None


class Hunk(NamedTuple):
    """A passage that became another: old[a:b] and new[c:d]."""

    a: int
    b: int
    c: int
    d: int


def hunks(edits: Sequence[Edit], old_at: int = 0, new_at: int = 0) -> list[Hunk]:
    """The passages of some edits, with offsets added."""
    found = []
    for kept, gone, new in edits:
        a, c = old_at + kept, new_at + kept
        old_at, new_at = a + len(gone), c + len(new)
        found.append(Hunk(a, old_at, c, new_at))
    return found


class Passages:
    """The passages in which two texts differ, in order, and which of them a fact touches."""

    def __init__(self, found: Sequence[Hunk]) -> None:
        self.found = found
        self._ends = [h.b for h in found], [h.d for h in found]
        self._shifts = [0, *(h.d - h.b for h in found)]

    def touched(self, fact: Fact, side: Literal[0, 1]) -> int | None:
        """The first passage that has words of a fact; `side` is 0 for the old text and 1 for the new one."""
        at = bisect_right(self._ends[side], fact.start)
        if at < len(self.found):
            start, end = self.found[at][2 * side : 2 * side + 2]
            if start < fact.end and (start < end or fact.start < start):
                return at
        return None

    def moved(self, start: int) -> int:
        """Where a place of the old text that stayed is in the new one."""
        return start + self._shifts[bisect_right(self._ends[0], start)]


def paired(
    old: str, new: str, before: Sequence[Fact], after: Sequence[Fact], passages: Sequence[Hunk]
) -> list[FactChange]:
    """What became of the facts of one text in the other, in the order of the texts."""
    found: list[FactChange] = []
    for kind in dict.fromkeys(fact.kind for fact in (*before, *after)):
        ours, theirs = [f for f in before if f.kind == kind], [f for f in after if f.kind == kind]
        found += _Pairs(old, new, ours, theirs, Passages(passages)).changes(kind)
    return sorted(_once(found), key=_place)


class _Pairs:
    """The facts of one kind in both texts, while they find each other."""

    def __init__(self, old: str, new: str, before: list[Fact], after: list[Fact], passages: Passages) -> None:
        self.old, self.new, self.passages = old, new, passages
        self.values = {f.value for f in before}, {f.value for f in after}
        self.before, self.after = dict.fromkeys(before), dict.fromkeys(after)  # not paired yet
        self.changed: list[tuple[Fact, Fact]] = []

    def changes(self, kind: str) -> Iterator[FactChange]:
        self._in_place()
        if kind == "title":
            for old, new in zip(list(self.before), list(self.after), strict=True):
                self._pair(old, new)
        self._replaced()
        self._same_value()
        if kind == "quote":
            self._best(lambda x, y: fuzz.ratio(x.value, y.value), SAME_QUOTE)
        else:
            self._best(self._likeness, ALIKE)
        yield from (FactChange(kind, "changed", x, y) for x, y in self.changed)
        gone = [f for f in self._left(0) if f.value not in self.values[1]]
        come = [f for f in self._left(1) if f.value not in self.values[0]]
        yield from (FactChange(kind, "vanished", f, None) for f in gone)
        yield from (FactChange(kind, "appeared", None, f) for f in come)

    def _left(self, side: Literal[0, 1]) -> list[Fact]:
        """Facts without a partner whose own words changed."""
        facts = self.after if side else self.before
        return [f for f in facts if self.passages.touched(f, side) is not None]

    def _in_place(self) -> None:
        """Facts whose words stayed, however they are understood, and facts of one value at one place."""
        here = {f.start: f for f in self.after}
        for fact in list(self.before):
            other = here.get(self.passages.moved(fact.start))
            if other not in self.after:
                continue
            stayed = self.passages.touched(fact, 0) is None and other.surface == fact.surface
            if (
                stayed and fact.kind == "quote" and _differ(fact, other)
            ):  # other words around, another speaker
                self._pair(fact, other)
            elif stayed or other.value == fact.value:
                del self.before[fact], self.after[other]

    def _replaced(self) -> None:
        """A passage that is hardly more than one fact, replaced by one that is hardly more than another."""
        ours, theirs = _grouped(self.passages, self.before, 0), _grouped(self.passages, self.after, 1)
        for at, out in ours.items():
            put, hunk = theirs.get(at, []), self.passages.found[at]
            beside = _words(self.old[hunk.a : hunk.b], out) + _words(self.new[hunk.c : hunk.d], put)
            if len(out) == len(put) == 1 and out[0].value != put[0].value and beside <= ASIDE:
                self._pair(out[0], put[0])

    def _same_value(self) -> None:
        """What moved within the text."""
        by_value: defaultdict[str, list[Fact]] = defaultdict(list)
        for fact in self.after:
            by_value[fact.value].append(fact)
        for fact in list(self.before):
            if others := by_value[fact.value]:
                self._pair(fact, others.pop(0))

    def _best(self, likeness: Callable[[Fact, Fact], float], least: float) -> None:
        """The likest first; where two are equally like, those that keep the order."""
        ours, theirs = self._left(0), self._left(1)
        if len(ours) * len(theirs) > MOST_PAIRS:
            return
        rated = [
            (likeness(x, y), -abs(i - j), x, y) for i, x in enumerate(ours) for j, y in enumerate(theirs)
        ]
        for rate, _, x, y in sorted(rated, key=lambda r: r[:2], reverse=True):
            if rate >= least and x in self.before and y in self.after:
                self._pair(x, y)

    def _pair(self, old: Fact, new: Fact) -> None:
        del self.before[old], self.after[new]
        if _differ(old, new):
            self.changed.append((old, new))

    def _likeness(self, old: Fact, new: Fact) -> float:
        return fuzz.token_sort_ratio(_around(self.old, old), _around(self.new, new))


def _differ(old: Fact, new: Fact) -> bool:
    """Whether two facts say different things; a speaker who is named once only is no other."""
    if old.kind != "quote":
        return old.value != new.value
    (*one, said), (*other, says) = old.value.split(SAID), new.value.split(SAID)
    return said != says or bool(one and other and one != other)


def _grouped(passages: Passages, facts: Iterable[Fact], side: Literal[0, 1]) -> dict[int, list[Fact]]:
    groups: defaultdict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        if (at := passages.touched(fact, side)) is not None:
            groups[at].append(fact)
    return groups


def _around(text: str, fact: Fact) -> str:
    """The sentence in which a fact stands, without the fact."""
    left, right = text[max(0, fact.start - REACH) : fact.start], text[fact.end : fact.end + REACH]
    return f"{_ENDS.split(left)[-1]} {_ENDS.split(right)[0]}"


def _words(text: str, found: Iterable[Fact]) -> int:
    return max(0, len(text.split()) - sum(len(fact.surface.split()) for fact in found))


def _once(found: Iterable[FactChange]) -> list[FactChange]:
    """Each change of value once, however often the text repeats it."""
    first = {
        (c.kind, c.action, c.old and c.old.value, c.new and c.new.value): c for c in reversed(list(found))
    }
    return list(first.values())


def _place(change: FactChange) -> tuple[int, int, str]:
    fact = change.new or change.old
    assert fact is not None
    return (fact.start, fact.end, change.kind)
