"""Simulated portals: how ministries publish over years, with pauses, bursts and odd dates.

Everything follows from a seed. The numbers are assumptions about press offices, wider than what the learning
side assumes, so that it meets habits that it has no parameter for: drifting rates, elections, crises, press
offices that close for a week or two of their Land's school holidays.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import exp, log

from archive.workdays import kind, school_holidays

LANDS = "BB BE BW BY HB HE HH MV NI NW RP SH SL SN ST TH".split()
HABITS = {  # chance of a release on Monday to Friday, at weekends; releases on such a day
    "daily": ((0.9, 0.97), (0.03, 0.25), (1.5, 5.0)),
    "most days": ((0.6, 0.8), (0.01, 0.08), (1.2, 2.5)),
    "twice weekly": ((0.08, 0.15), (0.0, 0.02), (1.1, 1.8)),  # and 0.8 to 0.95 on two days
    "weekly": ((0.12, 0.25), (0.0, 0.02), (1.1, 1.6)),
    "sporadic": ((0.04, 0.08), (0.0, 0.01), (1.0, 1.3)),
}
START = date(2021, 1, 1)
WARM_DAYS, WATCHED_DAYS = 730, 3 * 365  # a back-fill reaches two years back, then three years are watched
DAY = timedelta(days=1)
CLOSING = 0.25  # of the press offices close for a week or two of the summer holidays


@dataclass(frozen=True, slots=True)
class Released:
    """One release: the day it came, and the day its list shows."""

    on: date
    listed_on: date


@dataclass(frozen=True)
class Portal:
    """A source with its truth."""

    number: int
    habit: str
    jurisdiction: str
    allowed_days: int | None  # as its source file declares
    page_rows: int
    row_bytes: int
    frame_bytes: int
    chances: tuple[float, ...]  # of a release on each day by its rhythm alone: weekday, holidays, season
    releases: tuple[Released, ...]
    known_from: date  # what a back-fill reached
    fed: bool  # a feed stands beside the listing
    tweaks: dict[int, int] = field(default_factory=dict)  # day number: rows on a page from then on


def portals(count: int, seed: int = 1) -> list[Portal]:
    """So many portals, of each habit in turn."""
    return [portal(number, list(HABITS)[number % len(HABITS)], seed) for number in range(count)]


def portal(number: int, habit: str, seed: int) -> Portal:
    """One portal with five years of releases."""
    chance = random.Random(f"{seed}/{number}")
    jurisdiction = f"DE-{chance.choice(LANDS)}"
    rhythm, drawn = zip(*_chances(chance, habit, jurisdiction), strict=True)
    mean = chance.uniform(*HABITS[habit][2])
    released = tuple(_releases(chance, drawn, mean))
    rows = chance.choice((10, 10, 15, 20, 20, 25, 30))
    young = chance.random() < 0.1  # no back-fill: its habit has to be learned on the way
    return Portal(
        number,
        habit,
        jurisdiction,
        {"daily": 7, "most days": 10, "twice weekly": 21, "weekly": 45, "sporadic": 120}[habit],
        rows,
        chance.randint(500, 2500),
        chance.randint(12_000, 90_000),
        rhythm,
        released,
        START + (WARM_DAYS - (20 if young else 0 if chance.random() < 0.05 else WARM_DAYS)) * DAY,
        number % 4 == 3,
        _tweaks(chance, rows),
    )


def _chances(chance: random.Random, habit: str, jurisdiction: str) -> list[tuple[float, float]]:
    """The chance of a release on each day: by rhythm, and with drift, elections and crises."""
    (low, high), (rest_low, rest_high), _ = HABITS[habit]
    week = [chance.uniform(low, high) for _ in range(5)]
    week += [chance.uniform(rest_low, rest_high) for _ in range(2)]
    if habit == "twice weekly":
        for day in chance.sample(range(5), 2):
            week[day] = chance.uniform(0.8, 0.95)
    seasons = {
        "plain": 1.0,
        "holiday": chance.uniform(0.02, 0.2),
        "bridge": chance.uniform(0.3, 0.8),
        "christmas": chance.uniform(0.05, 0.4),
    }
    school, pauses = _school(chance, jurisdiction), _pauses(chance)
    drift = 0.0
    found = []
    for n in range(WARM_DAYS + WATCHED_DAYS):
        day = START + n * DAY
        weekday, season = kind(day, jurisdiction)
        drift += -drift / 90.0 + chance.gauss(0.0, 0.25 * (2 / 90) ** 0.5)
        usual = seasons.get(season, 1.0) * school.get(day, 1.0)
        today = exp(drift) * next((share for a, b, share in pauses if a <= n <= b), 1.0)
        hazard = -log(1.0 - min(week[weekday], 0.99)) * usual
        found.append((1.0 - exp(-hazard), 1.0 - exp(-hazard * today)))
    return found


def _school(chance: random.Random, jurisdiction: str) -> dict[date, float]:
    """What the school holidays of a Land leave of the rhythm; some offices close for a part of the summer."""
    relaxed = {"summer": chance.uniform(0.4, 0.95), "school": chance.uniform(0.6, 1.0)}
    found = {
        day: relaxed[season] for day, season in school_holidays(jurisdiction).items() if season in relaxed
    }
    if chance.random() < CLOSING:
        for year in range(START.year, START.year + 6):
            summer = sorted(day for day in found if day.year == year and day.month in (6, 7, 8))
            first, closed = summer[0] + chance.randint(7, 21) * DAY, chance.choice((7, 14))
            found |= {first + n * DAY: 0.02 for n in range(closed)}
    return found


def _pauses(chance: random.Random) -> list[tuple[int, int, float]]:
    """One election in five years, with some weeks before and some months after it; and crises with bursts."""
    start = chance.randint(200, WARM_DAYS + WATCHED_DAYS - 200)
    found = [(start, start + chance.randint(28, 70), chance.uniform(0.3, 0.6))]
    for _ in range(6):
        start = chance.randint(0, WARM_DAYS + WATCHED_DAYS)
        found.append((start, start + chance.randint(3, 14), chance.uniform(1.5, 3.0)))
    return found


def _releases(chance: random.Random, chances: Sequence[float], mean: float) -> list[Released]:
    found = []
    for n, share in enumerate(chances):
        day = START + n * DAY
        if chance.random() >= share:
            continue
        number = 1
        while chance.random() < 1 - 1 / mean and number < 12:
            number += 1
        for _ in range(number):
            odd = chance.random()
            shift = chance.randint(-7, -1) if odd < 0.02 else chance.choice((1, 2, 365)) if odd < 0.022 else 0
            found.append(Released(day, day + shift * DAY))
    return found


def _tweaks(chance: random.Random, rows: int) -> dict[int, int]:
    """Some portals change the length of their pages once, without any loss."""
    if chance.random() >= 0.3:
        return {}
    return {chance.randint(WARM_DAYS + 60, WARM_DAYS + WATCHED_DAYS): chance.choice((rows - 3, rows * 2, 12))}
