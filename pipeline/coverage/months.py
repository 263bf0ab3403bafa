"""Months in which a source released far less than it uses to, given its level, the season and its Land.

The expected number of a month is the source's level around it (the median of the months near it, so that a
gap does not hide itself), times the working days of the month weighed by season, times what the month of the
year does to all sources, times what the month did to the other sources of its Land (elections, a change of
government). Counts scatter more than a Poisson law allows; the negative binomial law with the dispersion of
the source, drawn to that of all sources, gives the chance of so few (Cameron and Trivedi, Regression
Analysis of Count Data, 2013, chapter 3). Low months are left out of the dispersion: gaps must not excuse
themselves.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from math import exp, lgamma, log
from statistics import median

from archive.workdays import Season, kind

CHANCE = 0.001  # that a month in order is called suspicious: one in 83 years of a source
FEW = 0.5  # share of the expected below which a month is looked at
NEAR, LEAST_NEAR = 9, 8  # months before and after that give the level; how many of them there must be
WEIGHTS: dict[Season, float] = {
    "plain": 1.0,
    "school": 0.9,
    "summer": 0.8,
    "bridge": 0.5,
    "christmas": 0.25,
    "holiday": 0.15,
}
WEEKEND = 0.1
PRIOR_SEASON = 200.0  # releases' worth of evidence that a month of the year is like its working days
PRIOR_LAND, LAND = 30.0, (0.5, 1.5)
PRIOR_DISPERSION, LEAST_DISPERSION = 0.08, 0.01
PRIOR_MONTHS, PRIOR_LEVEL = 24, 10.0  # months' worth of evidence for it, and with how many releases each
MEDIAN = 1.57  # variance of a median, times that of a mean

Month = int  # 12 * year + month - 1


@dataclass(frozen=True, slots=True)
class Few:
    """A month with far fewer releases than expected."""

    source: str
    month: Month
    held: int
    expected: float
    chance: float

    @property
    def iso(self) -> str:
        return f"{self.month // 12}-{self.month % 12 + 1:02}"


@dataclass(frozen=True, slots=True)
class Profile:
    """The releases of a source by month, of the months that can be judged; gaps are zeros."""

    jurisdiction: str
    first: Month
    held: tuple[int, ...]

    def months(self) -> Iterator[tuple[Month, int]]:
        """Each month with its releases."""
        return ((self.first + n, count) for n, count in enumerate(self.held))


def profile(jurisdiction: str, held: Mapping[Month, int], complete_until: Month) -> Profile:
    """The profile without the months in which a source began and ended; what comes later is not over yet."""
    first, last = min(held) + 1, min(max(held), complete_until + 1)
    return Profile(jurisdiction, first, tuple(held.get(month, 0) for month in range(first, last)))


def suspicious(profiles: Mapping[str, Profile]) -> Iterator[Few]:
    """The months of all sources that have too few releases."""
    expected = _expected(profiles)
    own, pooled = _dispersions(profiles, expected)
    for key, source in profiles.items():
        dispersion = own.get(key, pooled)
        for month, held in source.months():
            if (level := expected[key].get(month)) is None or held >= FEW * level:
                continue
            near = sum(abs(other - month) <= NEAR for other in expected[key]) or 1
            unsure = MEDIAN * (1 / level + dispersion) / near
            if (chance := at_most(held, level, dispersion + unsure)) < CHANCE:
                yield Few(key, month, held, level, chance)


def at_most(count: int, mean: float, dispersion: float) -> float:
    """The chance of at most `count` by the negative binomial law with variance mean + dispersion * mean².

    >>> round(at_most(2, 20.0, 0.1), 4), round(at_most(0, 3.0, 1e-9), 4)
    (0.001, 0.0498)
    """
    size = 1 / dispersion
    fail = -size * log(1 + dispersion * mean)
    odds = log(mean) - log(mean + size)
    terms = (lgamma(n + size) - lgamma(size) - lgamma(n + 1) + fail + n * odds for n in range(count + 1))
    return min(1.0, sum(map(exp, terms)))


@cache
def exposure(jurisdiction: str, month: Month) -> float:
    """The working days of a month, weighed by season."""
    day, total = date(month // 12, month % 12 + 1, 1), 0.0
    while day.month == month % 12 + 1:
        weekday, season = kind(day, jurisdiction)
        total += WEIGHTS[season] * (1.0 if weekday < 5 else WEEKEND)
        day += timedelta(days=1)
    return total


def _expected(profiles: Mapping[str, Profile]) -> dict[str, dict[Month, float]]:
    levels = {key: dict(_levels(source)) for key, source in profiles.items()}
    seasons = _seasons(profiles, levels)
    levels = {k: {m: v * seasons[m % 12] for m, v in some.items()} for k, some in levels.items()}
    lands = _lands(profiles, levels)
    return {
        key: {m: v * lands(key, m, profiles[key].held[m - profiles[key].first], v) for m, v in some.items()}
        for key, some in levels.items()
    }


def _levels(source: Profile) -> Iterator[tuple[Month, float]]:
    """What each month would bring by the months near it and its own working days."""
    days = [exposure(source.jurisdiction, month) for month, _ in source.months()]
    rates = [held / day for held, day in zip(source.held, days, strict=True)]
    for n, day in enumerate(days):
        near = rates[max(0, n - NEAR) : n] + rates[n + 1 : n + 1 + NEAR]
        if len(near) >= LEAST_NEAR and (level := median(near)) > 0:
            yield source.first + n, level * day


def _seasons(profiles: Mapping[str, Profile], levels: Mapping[str, Mapping[Month, float]]) -> list[float]:
    held, expected = [PRIOR_SEASON] * 12, [PRIOR_SEASON] * 12
    for key, source in profiles.items():
        for month, count in source.months():
            if level := levels[key].get(month):
                held[month % 12] += count
                expected[month % 12] += level
    return [h / e for h, e in zip(held, expected, strict=True)]


class _Lands:
    """What a month did to the sources of a Land, other than the one asked for."""

    def __init__(self) -> None:
        self.held: defaultdict[tuple[str, Month], float] = defaultdict(float)
        self.expected: defaultdict[tuple[str, Month], float] = defaultdict(float)
        self.of: dict[str, str] = {}

    def __call__(self, source: str, month: Month, held: int, expected: float) -> float:
        at = (self.of[source], month)
        told = (self.held[at] - held + PRIOR_LAND) / (self.expected[at] - expected + PRIOR_LAND)
        return min(max(told, LAND[0]), LAND[1])


def _lands(profiles: Mapping[str, Profile], levels: Mapping[str, Mapping[Month, float]]) -> _Lands:
    lands = _Lands()
    for key, source in profiles.items():
        lands.of[key] = source.jurisdiction
        for month, held in source.months():
            if level := levels[key].get(month):
                lands.held[source.jurisdiction, month] += held
                lands.expected[source.jurisdiction, month] += level
    return lands


def _dispersions(
    profiles: Mapping[str, Profile], expected: Mapping[str, Mapping[Month, float]]
) -> tuple[dict[str, float], float]:
    """Dispersion by source, and of all together."""
    sums = {key: _scatter(profiles[key], levels) for key, levels in expected.items()}
    prior = PRIOR_MONTHS * PRIOR_LEVEL**2
    squares = sum(s[1] for s in sums.values()) + prior
    pooled = max((sum(s[0] for s in sums.values()) + prior * PRIOR_DISPERSION) / squares, LEAST_DISPERSION)
    own = {}
    for key, (excess, square) in sums.items():
        weight = PRIOR_MONTHS * square / max(len(expected[key]), 1)
        own[key] = max((excess + weight * pooled) / (square + weight), pooled / 2) if square else pooled
    return own, pooled


def _scatter(source: Profile, expected: Mapping[Month, float]) -> tuple[float, float]:
    """What the variance of the months is beyond Poisson's, and their squares; without those that are low."""
    told = [(held, level) for month, held in source.months() if (level := expected.get(month))]
    kept = [(held, level) for held, level in told if held >= FEW * level]
    return sum((held - level) ** 2 - level for held, level in kept), sum(level**2 for _, level in kept)
