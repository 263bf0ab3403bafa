"""Stretches of the calendar, so many units away from a day: the week before, the quarter after next."""

from datetime import date, timedelta
from typing import NamedTuple

from pipeline.extract.dates.calendar import days_in, shift_months, week_of


class Moved(NamedTuple):
    timex: str
    day: date | None = None  # where the stretch is a single day


def moved(base: date, unit: str, by: int) -> Moved:
    """The year, half year, quarter, month, week, weekend or day that many units from a day.

    >>> moved(date(2018, 3, 19), "Q", -1).timex, moved(date(2018, 3, 19), "W", 1).timex
    ('2017-Q4', '2018-W13')
    """
    if unit == "Y":
        return Moved(f"{base.year + by:04d}")
    if unit == "M":
        year, month = shift_months(base.year, base.month, by)
        return Moved(f"{year:04d}-{month:02d}")
    if unit in ("Q", "H"):
        months = 3 if unit == "Q" else 6
        year, month = shift_months(base.year, (base.month - 1) // months * months + 1, by * months)
        return Moved(f"{year:04d}-{unit}{(month - 1) // months + 1}")
    if unit == "W":
        return Moved(week_of(base + timedelta(weeks=by)))
    if unit == "WE":
        return Moved(week_of(_saturday(base, by)) + "-WE")
    if unit == "DE":
        return Moved(str(base.year // 10 + by))
    if unit == "CE":
        return Moved(str(base.year // 100 + by))
    day = base + timedelta(days=by)
    return Moved(day.isoformat(), day)


def _saturday(base: date, by: int) -> date:
    """The Saturday of the weekend before (-1), of this (0) or after (1)."""
    this = base - timedelta(days=base.weekday()) + timedelta(days=5)
    if by > 0:
        return this + timedelta(weeks=by - (base.weekday() < 5))
    return this + timedelta(weeks=by)


def nth_weekday(year: int, month: int, weekday: int, place: int) -> date | None:
    """The second Thursday of a month, say; -1 is the last. None if the month has no such day.

    >>> nth_weekday(2016, 9, 3, 2)
    datetime.date(2016, 9, 8)
    """
    first = date(year, month, 1)
    days = range(1 + (weekday - first.weekday()) % 7, days_in(year, month) + 1, 7)
    return date(year, month, days[place - 1 if place > 0 else place]) if place <= len(days) else None


def same_day_in_year(day: date, year: int) -> date:
    """That day in another year; the last of February where it has no 29th."""
    return date(year, day.month, min(day.day, days_in(year, day.month)))
