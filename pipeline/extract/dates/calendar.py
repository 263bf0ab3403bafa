"""The calendar behind time expressions: the days a TIMEX3 value spans, months and weeks apart."""

import re
from datetime import date, timedelta
from functools import lru_cache

_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
Span = tuple[str | None, str | None]

FIRST_YEAR, LAST_YEAR = 1, 9998  # winter reaches into the year after, and `date` ends in 9999

# Meteorological seasons. Winter belongs to the year in which it begins.
SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}

_SHAPE = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d))?|Q(?P<quarter>[1-4])|H(?P<half>[12])"
    r"|W(?P<week>\d\d)(?P<weekend>-WE)?|(?P<season>SP|SU|FA|WI)))?(?:T.*)?\Z"
)


@lru_cache(maxsize=8192)
def span(timex: str) -> Span:
    """First and last calendar day of a TIMEX3 value; nothing where it is no stretch of the calendar.

    >>> span("2018-Q1")
    ('2018-01-01', '2018-03-31')
    >>> span("P3M")
    (None, None)
    """
    if "/" in timex:
        first, _, last = timex.partition("/")
        return span(first)[0], span(last)[1]
    if timex.isdigit() and len(timex) < 4:
        width = 10 ** (4 - len(timex))
        begin = int(timex) * width
        return _iso(begin or 1, 1, 1), _iso(begin + width - 1, 12, 31)
    shape = _SHAPE.match(timex)
    return _shape_span(shape) if shape else (None, None)


def _shape_span(shape: re.Match[str]) -> Span:
    year = int(shape["year"])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None, None
    if shape["day"]:
        day = f"{shape['year']}-{shape['month']}-{shape['day']}"
        return (day, day) if is_day(year, int(shape["month"]), int(shape["day"])) else (None, None)
    if shape["month"]:
        return _months(year, int(shape["month"]), int(shape["month"]))
    if shape["quarter"]:
        last = 3 * int(shape["quarter"])
        return _months(year, last - 2, last)
    if shape["half"]:
        last = 6 * int(shape["half"])
        return _months(year, last - 5, last)
    if shape["season"]:
        return _months(year, *SEASON_MONTHS[shape["season"]])
    if shape["week"]:
        return _week(year, int(shape["week"]), bool(shape["weekend"]))
    return _iso(year, 1, 1), _iso(year, 12, 31)


def _months(year: int, first: int, last: int) -> Span:
    if not 1 <= first <= 12:
        return None, None
    end_year = year + (last < first)
    return _iso(year, first, 1), _iso(end_year, last, days_in(end_year, last))


def _week(year: int, week: int, weekend: bool) -> Span:
    monday = date.fromisocalendar(year, 1, 1) + timedelta(weeks=week - 1)
    first = monday + timedelta(days=5 if weekend else 0)
    return first.isoformat(), (monday + timedelta(days=6)).isoformat()


def _iso(year: int, month: int, day: int) -> str:
    return f"{year:04d}-{month:02d}-{day:02d}"


def days_in(year: int, month: int) -> int:
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if leap else _DAYS[month - 1]


def is_day(year: int, month: int, day: int) -> bool:
    """Whether the calendar has that day.

    >>> is_day(2020, 2, 29), is_day(2021, 2, 29)
    (True, False)
    """
    if not (1 <= year <= 9999 and 1 <= month <= 12 and day >= 1):
        return False
    return day <= 28 or day <= days_in(year, month)


def week_of(day: date) -> str:
    """The ISO week of a day, as TIMEX3 writes it."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def season_of(day: date) -> tuple[int, str]:
    """Year and season in which a day lies."""
    if day.month in (12, 1, 2):
        return (day.year if day.month == 12 else day.year - 1), "WI"
    return day.year, ("SP", "SU", "FA")[(day.month - 3) // 3]


def shift_months(year: int, month: int, by: int) -> tuple[int, int]:
    """A month some months away.

    >>> shift_months(2018, 11, 3)
    (2019, 2)
    """
    count = year * 12 + month - 1 + by
    return count // 12, count % 12 + 1
