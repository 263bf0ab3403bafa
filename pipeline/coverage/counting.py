"""How a series of numbers is counted, learned from the numbers and their days; and what is missing from it.

A number is no proof by itself: some series skip, some numbers are identifiers, some stand in the wrong year.
Only a series in which numbers rise with the days and follow each other is taken at its word.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

ORDERLY = 0.9  # share of numbers whose rank is that of their day
NEAR = 10, 0.05  # ranks, or share of all, by which numbers of one week may be out of order
SAME_NUMBER = timedelta(days=14)  # two releases with one number so close are a correction or a joint release
TWICE = 0.05  # share of numbers that may stand for two releases
SKIPPING = 0.125  # gaps for each number held: a series with more does not count one by one
LEAST = 10  # numbers before a series is judged
STRAY = (
    20,
    5,
    3,
)  # a jump of so many, beyond so many times what the days allow, of so few numbers, is a misprint


class Point(NamedTuple):
    """One number of a release, or of a list's row that led to no release (`release` is None)."""

    source: str
    year: int  # of the count
    value: int
    day: date
    release: str | None
    stated: bool  # whether the number names its year


@dataclass(frozen=True, slots=True)
class Run:
    """Numbers in a row that nothing has; `after` and `before` are the days of those around them."""

    first: int
    last: int
    after: date | None
    before: date | None
    source: str

    def __len__(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Count:
    """The numbers of one year of a series."""

    first: int
    last: int
    held: frozenset[int]
    missing: tuple[Run, ...]


def orderly(points: Sequence[Point]) -> list[Point]:
    """The points whose rank by number is about that by day."""
    by_day = sorted(points, key=lambda p: (p.day, p.value))
    rank = {id(p): n for n, p in enumerate(sorted(by_day, key=lambda p: (p.value, p.day)))}
    room = max(NEAR[0], round(NEAR[1] * len(points)))
    return [p for n, p in enumerate(by_day) if abs(rank[id(p)] - n) <= room]


def is_counted(points: Iterable[Point]) -> bool:
    """Whether the numbers rise with the days and each stands for one release, taken over all years."""
    total = rising = values = twice = 0
    for year in by_year(points).values():
        total += len(year)
        rising += len(orderly(year))
        days = _days(year)
        values += len(days)
        twice += sum(max(some) - min(some) > SAME_NUMBER for some in days.values())
    return total >= LEAST and rising >= ORDERLY * total and twice <= TWICE * values


def counts(points: Iterable[Point], *, restarts: bool) -> dict[int, Count]:
    """By year what is held and what is missing; empty where the series skips."""
    years = {year: _without_strays(some, both=not restarts) for year, some in by_year(points).items()}
    found: dict[int, Count] = {}
    last: Point | None = None
    for year, some in sorted(years.items()):
        if some:
            found[year] = _count(some, None if restarts else last, restarts)
            last = max(some, key=lambda p: p.value)
    held = sum(len(count.held) for count in found.values())
    gaps = sum(len(count.missing) for count in found.values())
    if gaps <= SKIPPING * held:
        return found
    return {
        y: c
        for y, c in found.items()
        if len(c.held) >= LEAST and len(c.missing) <= SKIPPING / 4 * len(c.held)
    }


def restarts(points: Sequence[Point]) -> bool:
    """Whether numbers begin anew each January: they name their year, or fall at most turns of the year."""
    if 2 * sum(point.stated for point in points) > len(points):
        return True
    years = by_year(points)
    falls = [
        _low(years[later]) < _high(years[earlier])
        for earlier, later in pairwise(sorted(years))
        if later == earlier + 1
    ]
    if not falls:  # one year alone: a count that began in it begins with small numbers
        return all(min(p.value for p in some) <= LEAST for some in years.values())
    return 2 * sum(falls) > len(falls)


def by_year(points: Iterable[Point]) -> dict[int, list[Point]]:
    """The points of each year."""
    years: defaultdict[int, list[Point]] = defaultdict(list)
    for point in points:
        years[point.year].append(point)
    return years


def _count(points: Sequence[Point], before: Point | None, from_one: bool) -> Count:
    """What is held of one year; a count that goes on begins behind the last number of the year before."""
    held: dict[int, Point] = {}
    for point in points:  # a number that any release has is not missing
        if point.value not in held or held[point.value].release is None:
            held[point.value] = point
    first = 1 if from_one else before.value + 1 if before else min(held)
    first, last = min(first, min(held)), max(held)
    missing, previous = [], before
    expected = first
    for value in sorted(v for v, p in held.items() if p.release):
        if value > expected:
            source = (previous or held[value]).source
            missing.append(
                Run(expected, value - 1, previous.day if previous else None, held[value].day, source)
            )
        expected, previous = value + 1, held[value]
    if expected <= last:  # promised by a list, and not held
        missing.append(Run(expected, last, previous.day if previous else None, None, held[last].source))
    return Count(first, last, frozenset(v for v, p in held.items() if p.release), tuple(missing))


def _without_strays(points: Sequence[Point], *, both: bool) -> list[Point]:
    """Without misprints that would stretch the count: a few numbers far beyond all others."""
    inside = orderly(points)
    values = sorted(inside, key=lambda p: (p.value, p.day))
    values = _cut(values)
    if both:
        values = _cut(values[::-1])[::-1]
    if not values:
        return []
    low, high = values[0].value, values[-1].value
    return [p for p in points if (low <= p.value or not both) and p.value <= high]


def _cut(values: Sequence[Point]) -> list[Point]:
    if len(values) <= STRAY[2]:
        return list(values)
    days = abs((values[-1].day - values[0].day).days) + 1
    for at in range(len(values) - STRAY[2], len(values)):
        near, far = values[at - 1], values[at]
        passed = abs((far.day - near.day).days) + 1
        if abs(far.value - near.value) > STRAY[0] + STRAY[1] * passed * len(values) / days:
            return list(values[:at])
    return list(values)


def _days(points: Iterable[Point]) -> dict[int, list[date]]:
    days: defaultdict[int, list[date]] = defaultdict(list)
    for point in points:
        days[point.value].append(point.day)
    return days


def _low(points: Sequence[Point]) -> int:
    early = sorted(points, key=lambda p: (p.day, p.value))
    return sorted(p.value for p in early[: max(1, len(early) // 4)])[0]


def _high(points: Sequence[Point]) -> int:
    values = sorted(p.value for p in points)
    return values[len(values) // 2]
