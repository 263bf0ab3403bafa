"""Feasts: "zu Ostern", "Reformationstag 2017", "am Tag nach Himmelfahrt", "Dienstag nach Pfingsten"."""

import re
from datetime import date, timedelta

from pipeline.extract.dates.days import read_days
from pipeline.extract.dates.holidays import NAMES, THEMES, holiday, last_day
from pipeline.extract.dates.lexicon import SHIFTS
from pipeline.extract.dates.moments import add_day
from pipeline.extract.dates.months import part_and_shift
from pipeline.extract.dates.notation import JOIN, YEAR_TAIL, days_at, tail_year
from pipeline.extract.dates.reading import LIKELY, Reading
from pipeline.extract.dates.resolve import year_by
from pipeline.extract.dates.verbs import PAST

_TAIL = re.compile(YEAR_TAIL)
_SAME_DAY = re.compile(r"[ \u00a0,()–-]*(?:(?:am|an|dem|den|der|zum|also|internationalen)\s)*")
_TODAYS = re.compile(
    r"\s(?:internationalen?|gesetzlichen?|kirchlichen?)\s"
)  # "heutigen Internationalen Frauentag"
FEASTS = "|".join(sorted(NAMES, key=len, reverse=True))
BESIDE_FEAST = re.compile(rf"\s(?P<way>nach|vor)\s(?:dem\s)?(?P<feast>{FEASTS})(?![a-zäöüß])")
_LATER_FEAST = re.compile(rf"\s(?:und|bis(?:\szum)?|–|-)\s(?:{FEASTS})\s(?P<year>(?:19|20)\d\d)(?![\d/])")
_SURNAME = re.compile(r"[\s-][A-ZÄÖÜ][a-zäöüß]")
_LEADS = frozenset(
    "am an zu zum bis ab seit vor nach über auf dem den vom internationalen"
    " heutigen morgigen gestrigen".split()
)
_APPOSITION = 34  # "gestern, am Internationalen Frauentag"
_ANY = frozenset("ein einen einem kein keinen".split())
_WHEN = frozenset("am an zu zwischen der seit".split())
_ABOUT = 2  # years
_SOON, _NEXT = timedelta(days=14), timedelta(days=60)
_NEAR = 60  # "Am 4. Februar ist Rosenmontag" names one day twice


def read_holiday(reading: Reading, start: int, end: int, value: str) -> None:
    """A feast, in the year after it or the one found from publication."""
    if not (reading.text[start].isupper() or " " in value):
        return
    if reading.low.startswith("-", end) and reading.low[end + 1 : end + 2].isalpha():
        return
    tail = _TAIL.match(reading.low, end)
    word = reading.word_before(start)
    if value in THEMES and word not in _LEADS and not tail:
        reading.reject(start, end, "a theme rather than a day")
        return
    if word in _ANY:
        reading.reject(start, end, "any such day")
        return
    if value == "nikolaus" and _SURNAME.match(reading.text, end):
        reading.reject(start, end, "name of a person")
        return
    begin, shift = part_and_shift(reading, start)
    if word.startswith(("heutige", "morgige", "gestrige")) and begin == start:
        begin = reading.before(start)[1]
    year = tail_year(reading, tail) if tail else None
    if year is None and shift is not None and reading.published and word in SHIFTS:
        today = holiday(value, reading.published.year)
        year = reading.published.year + _feast_shift(shift, today, reading.published)
    if year is None:
        year = _year_of_range(reading, end)
    if year is None:
        year = _year_told(reading, value, start) or _year_known(reading, value, start, end)
    stop = tail.end() if tail else end
    if year is None:
        reading.add(begin, stop, "XXXX-XX-XX", "DATE", "feast", LIKELY)
        return
    first = holiday(value, year)
    last = reading.mentions[-1].end if reading.mentions else -99
    if reading.day == first and _TODAYS.fullmatch(reading.low, last, begin):
        reading.reject(begin, stop, "the day named before")
        return
    if reading.day == first and begin - last < _APPOSITION and _SAME_DAY.fullmatch(reading.low, last, begin):
        reading.reject(begin, stop, "the day named before")
        return
    joint = JOIN.match(reading.low, stop)
    if joint and word in ("nach", "vor") and days_at(reading, joint.end()):
        reading.reject(begin, stop, "feast beside the day that is meant")
        return  # "nach Pfingsten, am 17. Mai"
    if joint and read_days(reading, joint.end(), begin, in_year=_year_of_day(reading, value, joint.end())):
        return
    days = (first.isoformat(), last_day(value, first).isoformat())
    reading.remember(first, begin)
    reading.add(begin, stop, first.isoformat(), "DATE", "feast", LIKELY, days)


def _year_known(reading: Reading, feast: str, start: int, end: int) -> int | None:
    """The year that the calendar and the tense say: in early December "am Neujahrstag waren" is long past."""
    year, published = year_by(reading, lambda other: holiday(feast, other), start, end), reading.published
    if year is None or published is None or reading.word_before(start) not in _WHEN:
        return year
    ahead = holiday(feast, year) - published
    least = timedelta(0) if reading.word_before(start) == "seit" else _SOON
    over = least < ahead <= _NEXT and reading.direction(start, end) == PAST
    return year - over


def _year_of_day(reading: Reading, feast: str, pos: int) -> int | None:
    """The one year about now in which a feast falls on the day beside it: "Gründonnerstag (1. April)"."""
    days, published = days_at(reading, pos), reading.published
    if len(days) != 1 or published is None:
        return None
    years = range(published.year - _ABOUT, published.year + _ABOUT + 1)
    on_day = [
        (day.month, day.day) == (days[0].month, days[0].day) for day in (holiday(feast, y) for y in years)
    ]
    return years[on_day.index(True)] if on_day.count(True) == 1 else None


def _year_of_range(reading: Reading, end: int) -> int | None:
    """The year of "Gründonnerstag" in "zwischen Gründonnerstag und Ostermontag 2004"."""
    later = _LATER_FEAST.match(reading.low, end)
    return int(later["year"]) if later else None


def _year_told(reading: Reading, feast: str, start: int) -> int | None:
    """The year of a day told just before, if it was this very feast."""
    day = reading.day
    told = day is not None and start - reading.day_at < _NEAR and holiday(feast, day.year) == day
    return day.year if day and told else None


def feast_beside(reading: Reading, beside: re.Match[str], start: int) -> date | None:
    """The feast that an expression stands before or after; None if its year cannot be known."""
    feast = beside["feast"]
    year = year_by(reading, lambda other: holiday(feast, other), start, beside.end())
    return None if year is None else holiday(feast, year)


def weekday_beside(feast: date, way: str, weekday: int) -> date:
    """The next such weekday after ("nach") or before a feast."""
    if way == "nach":
        return feast + timedelta(days=(weekday - feast.weekday() - 1) % 7 + 1)
    return feast - timedelta(days=(feast.weekday() - weekday - 1) % 7 + 1)


def read_day_beside(reading: Reading, start: int, end: int) -> bool:
    """ "am Tag nach Himmelfahrt" """
    beside = BESIDE_FEAST.match(reading.low, end)
    feast = feast_beside(reading, beside, start) if beside else None
    if beside is None or feast is None:
        return False
    if reading.low.startswith("tage", start) and not reading.low.startswith("tages", start):
        return False  # "drei Tage vor Rosenmontag"
    after = beside["way"] == "nach"
    day = last_day(beside["feast"], feast) + timedelta(days=1) if after else feast - timedelta(days=1)
    add_day(reading, start, beside.end(), day, day.isoformat(), "day beside a feast", "", LIKELY)
    return True


def _feast_shift(shift: int, this_year: date, published: date) -> int:
    if shift > 0:
        return shift - (this_year > published)
    if shift < 0:
        return shift + (this_year < published)
    return 0
