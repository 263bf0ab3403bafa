"""Which days ministries work: public holidays of each Land, and the seasons in which less is published.

Public holidays follow the laws of the Länder in force since 2018 (Reformation Day in the north, Women's Day
in Berlin and Mecklenburg-Vorpommern, World Children's Day in Thuringia). School holidays move from year to
year by decree: reference/school_holidays.csv has them; in years beyond it the weeks count that all share.
"""

import csv
from collections import defaultdict
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Literal

Season = Literal["plain", "holiday", "bridge", "christmas", "summer", "school"]
DayKind = tuple[int, Season]  # weekday from Monday = 0

EVERYWHERE = ((1, 1), (5, 1), (10, 3), (12, 25), (12, 26))
FIXED = {  # (month, day): the first year, and the Länder; the federal government keeps those of Berlin
    (1, 6): (0, "BW BY ST"),
    (3, 8): (2019, "BE"),
    (8, 15): (0, "SL BY"),
    (9, 20): (2019, "TH"),
    (10, 31): (0, "BB MV SN ST TH"),
    (11, 1): (0, "BW BY NW RP SL"),
}
LATER = {(3, 8): (2023, "MV"), (10, 31): (2018, "HB HH NI SH")}
ONCE = {  # holidays of a single year; an empty string stands for every Land
    date(2017, 10, 31): "",
    date(2020, 5, 8): "BE",
    date(2025, 5, 8): "BE",
    date(2028, 6, 17): "BE",
}
CORPUS_CHRISTI = "BW BY HE NW RP SL"
SUMMER = ((7, 10), (8, 31))  # where no table says it: on most of these days schools are closed everywhere
SUMMER_LEAST = timedelta(days=30)  # no other school holidays are that long


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (Meeus, Jones, Butcher).

    >>> easter(2026).isoformat()
    '2026-04-05'
    """
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), g = divmod(b, 4), (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    (i, k), m = divmod(c, 4), (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)


@cache
def holidays(year: int, jurisdiction: str) -> frozenset[date]:
    """The public holidays of a Land ("DE-TH") or of the federal government ("DE") in a year."""
    land = _land(jurisdiction)
    sunday = easter(year)
    days = {date(year, *day) for day in EVERYWHERE}
    for table in (FIXED, LATER):
        days |= {date(year, *day) for day, (since, where) in table.items() if year >= since and land in where}
    days |= {sunday + timedelta(days=n) for n in (-2, 1, 39, 50, *((60,) if land in CORPUS_CHRISTI else ()))}
    if land == "SN":  # the Wednesday before 23 November
        days.add(date(year, 11, 22) - timedelta(days=(date(year, 11, 22).weekday() - 2) % 7))
    days |= {day for day, where in ONCE.items() if day.year == year and where in ("", land)}
    return frozenset(days)


def is_workday(day: date, jurisdiction: str) -> bool:
    """Monday to Friday, no public holiday, not Christmas Eve or New Year's Eve."""
    closed = day in holidays(day.year, jurisdiction) or (day.month == 12 and day.day in (24, 31))
    return day.weekday() < 5 and not closed


@cache
def kind(day: date, jurisdiction: str) -> DayKind:
    """What sort of day it is for a press office.

    >>> kind(date(2026, 5, 15), "DE-TH")  # the Friday after Ascension Day
    (4, 'bridge')
    """
    weekday = day.weekday()
    if day in holidays(day.year, jurisdiction):
        return weekday, "holiday"
    if (day.month, day.day) >= (12, 24) or (day.month, day.day) <= (1, 6):
        return weekday, "christmas"
    beside = {0: 1, 4: -1}.get(weekday)  # Monday before a Tuesday, Friday after a Thursday
    if beside and (other := day + timedelta(days=beside)) in holidays(other.year, jurisdiction):
        return weekday, "bridge"
    return weekday, _school(day, jurisdiction)


@cache
def school_holidays(jurisdiction: str) -> dict[date, Season]:
    """The days on which the schools of a Land are closed for holidays, with "summer" or "school".

    The federal government keeps those of Berlin, as it keeps its public holidays.
    """
    return _tables()[f"DE-{_land(jurisdiction)}"]


@cache
def _tables() -> dict[str, dict[date, Season]]:
    found: dict[str, dict[date, Season]] = defaultdict(dict)
    with resources.files("reference").joinpath("school_holidays.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            first, last = date.fromisoformat(row["from_on"]), date.fromisoformat(row["to_on"])
            season: Season = "summer" if last - first >= SUMMER_LEAST else "school"
            for n in range((last - first).days + 1):
                found[row["jurisdiction"]][first + timedelta(days=n)] = season
    return found


@cache
def known_summers(jurisdiction: str) -> frozenset[int]:
    """The years whose summer holidays are known."""
    return frozenset(day.year for day, season in school_holidays(jurisdiction).items() if season == "summer")


def _school(day: date, jurisdiction: str) -> Season:
    if day.year in known_summers(jurisdiction):
        return school_holidays(jurisdiction).get(day, "plain")
    return "summer" if SUMMER[0] <= (day.month, day.day) <= SUMMER[1] else "plain"


def _land(jurisdiction: str) -> str:
    return jurisdiction.removeprefix("DE").removeprefix("-") or "BE"
