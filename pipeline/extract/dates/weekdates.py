"""Weekdays placed by what follows: "Dienstag, dem 25. d. M.", "von Freitag auf Samstag (6./7. August)"."""

import re
from datetime import date, timedelta

from pipeline.extract.dates.calendar import is_day, shift_months
from pipeline.extract.dates.days import read_days
from pipeline.extract.dates.feasts import FEASTS, feast_beside, weekday_beside
from pipeline.extract.dates.lexicon import MONTHS, SHIFTS, SHORT_MONTHS, WEEKDAYS
from pipeline.extract.dates.moments import add_day
from pipeline.extract.dates.notation import JOIN, days_at
from pipeline.extract.dates.numerals import ORDINALS
from pipeline.extract.dates.reading import LIKELY, Reading
from pipeline.extract.dates.resolve import year_of_day
from pipeline.extract.dates.spans import nth_weekday

_NAMES = "|".join(WEEKDAYS)
_MONTHS = "|".join((*MONTHS, *SHORT_MONTHS))
_DAY_OF_MONTH = re.compile(
    r"(?:\s(?:darauf|danach|davor|zuvor))?(?:,\s?|\s)(?:den|dem|der|d\.)\s(?:(?P<day>\d{1,2})\."
    r"(?:\s(?:d\.\s?m(?:ts?)?\.|(?:dieses|des)\s(?:laufenden\s)?monats)"
    rf"|(?!\s(?:{_MONTHS}))(?=[,;:)]|\s[\w(]|\s?\Z|\n))"
    rf"|(?P<ordinal>{'|'.join(ORDINALS)})\s(?P<month>{'|'.join(MONTHS)}))(?![a-zäöüß])"
)
_TO_FEAST = re.compile(
    rf"\s(?:bis(?:\szum|\seinschließlich)?|–|-)\s(?P<feast>{FEASTS})(?P<way>)(?![a-zäöüß])"
)
# "Mittwoch, Donnerstag und Freitag nach Weihnachten"
_TO_BESIDE = re.compile(
    rf"(?:(?:,|,?\s(?:und|sowie|bis))\s(?P<last>{_NAMES})){{1,3}}"
    rf"\s(?P<way>nach|vor)\s(?P<feast>{FEASTS})(?![a-zäöüß])"
)
_TO_DATED = re.compile(
    r"(?:\s(?:auf|bis(?:\szum)?|und)\s|\s?[/–-]\s?)(?:den\s|zum\s)?"
    rf"(?:{_NAMES}),?\s\(?(?:den\s|dem\s|der\s)?(?=\d)"
)
_TO_WEEK = re.compile(
    rf"(?:,\s|\s(?:und|oder|bis)\s)(?:{_NAMES})\s(?:(?:in\s)?der\s)?(?P<shift>[a-zäöüß]{{4,16}}e[nr])"
    r"\swoche(?![a-zäöüß])"
)
_OF_NEW_YEAR = re.compile(r"\sdes\s(?P<shift>neuen|kommenden|nächsten)\sjahres(?![a-zäöüß])")


def read_followed(reading: Reading, start: int, end: int, weekday: int) -> bool:
    """A weekday whose day is told by the words behind it; the weekday ends at `end`."""
    if reading.published is None:
        return False
    if reading.low.find(" d", end, end + 10) >= 0 and (
        _read_day_of_month(reading, start, end, weekday) or _read_of_new_year(reading, start, end, weekday)
    ):
        return True
    day = _before_feast(reading, end, weekday) or _before_dated(reading, end, weekday)
    day = day or _listed_beside_feast(reading, end, weekday)
    day = day or _of_same_week(reading, end, weekday)
    if day is None:
        return False
    add_day(reading, start, end, day, day.isoformat(), "weekday of a stretch", "", LIKELY)
    return True


def _read_day_of_month(reading: Reading, start: int, end: int, weekday: int) -> bool:
    """ "Montag, dem 21.", "Dienstag, dem zehnten Mai": the weekday tells the month or year left out."""
    found = _DAY_OF_MONTH.match(reading.low, end)
    published = reading.published
    if found is None or published is None:
        return False
    if found["ordinal"]:
        day, month, near = ORDINALS[found["ordinal"]], MONTHS[found["month"]], published
        months = [(published.year + by, month) for by in (-1, 0, 1)]
    else:
        day = int(found["day"])
        told = reading.told_month(start) or (published.year, published.month)
        months = [shift_months(*told, by) for by in range(-2, 3)]
        near = date(*told, 15) if told != (published.year, published.month) else published
    fitting = [
        date(*month, day)
        for month in months
        if is_day(*month, day) and date(*month, day).weekday() == weekday
    ]
    if not fitting:
        return False
    nearest = min(fitting, key=lambda other: abs(other - near))
    add_day(reading, start, found.end(), nearest, nearest.isoformat(), "weekday and day of a month")
    return True


def _read_of_new_year(reading: Reading, start: int, end: int, weekday: int) -> bool:
    """ "am zweiten Dienstag des neuen Jahres" """
    found = _OF_NEW_YEAR.match(reading.low, end)
    word, begin = reading.before(start)
    place = ORDINALS.get(word)
    if found is None or place is None or reading.published is None:
        return False
    day = nth_weekday(reading.published.year + (reading.published.month > 2), 1, weekday, place)
    if day is None:
        return False
    bracket = JOIN.match(reading.low, found.end())
    if bracket is None or not read_days(reading, bracket.end(), begin):
        add_day(reading, begin, found.end(), day, day.isoformat(), "weekday of a year")
    return True


def _before_feast(reading: Reading, end: int, weekday: int) -> date | None:
    """The first day of "Sonnabend bis Pfingstmontag"."""
    found = _TO_FEAST.match(reading.low, end)
    feast = feast_beside(reading, found, end) if found else None
    return None if feast is None else feast - timedelta(days=(feast.weekday() - weekday) % 7)


def _listed_beside_feast(reading: Reading, end: int, weekday: int) -> date | None:
    """The first day of "Mittwoch und Donnerstag nach Weihnachten"."""
    found = _TO_BESIDE.match(reading.low, end)
    feast = feast_beside(reading, found, end) if found else None
    if found is None or feast is None:
        return None
    last = weekday_beside(feast, found["way"], WEEKDAYS[found["last"]])
    return last - timedelta(days=(last.weekday() - weekday) % 7)


def _before_dated(reading: Reading, end: int, weekday: int) -> date | None:
    """The first day of "Freitag auf Samstag (6./7. August)"."""
    found = _TO_DATED.match(reading.low, end)
    days = days_at(reading, found.end()) if found else []
    if not days:
        return None
    last = days[-1]
    year = last.year or year_of_day(reading, last.month, last.day, end, last.end)
    if year is None or not is_day(year, last.month, last.day):
        return None
    day = date(year, last.month, last.day)
    return day - timedelta(days=(day.weekday() - weekday) % 7)


def _of_same_week(reading: Reading, end: int, weekday: int) -> date | None:
    """The first day of "Donnerstag und Freitag nächster Woche"."""
    found = _TO_WEEK.match(reading.low, end)
    if found is None or found["shift"] not in SHIFTS or reading.published is None:
        return None
    monday = reading.published - timedelta(days=reading.published.weekday())
    return monday + timedelta(days=weekday, weeks=SHIFTS[found["shift"]])
