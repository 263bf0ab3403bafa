"""Words that count units themselves: "Vorjahr", "diesjährig", "Jahresende", "im laufenden Schuljahr"."""

import re
from datetime import date

from pipeline.extract.dates.calendar import span
from pipeline.extract.dates.compared import month_or_quarter, read_period_before, year_compared
from pipeline.extract.dates.fiscal import school_year, school_year_of
from pipeline.extract.dates.lexicon import MONTHS, SEASONS
from pipeline.extract.dates.moments import add_day
from pipeline.extract.dates.phrase import phrase_before
from pipeline.extract.dates.reading import LIKELY, Reading
from pipeline.extract.dates.spans import moved
from pipeline.extract.dates.units import YEAR_NUMBER, add_moved, read_unit
from pipeline.extract.dates.verbs import FUTURE, PAST

_PAIR_AFTER = re.compile(r"\s\d{4}/\d")
_TIME_NOUN = re.compile(rf"\s(?:{'|'.join((*SEASONS, *MONTHS))})(?![a-zäöüß])")
_YEAR_AFTER = re.compile(r"\s(?P<year>(?:19|20)\d{2})(?![\d/])")
_NAMED_YEAR = re.compile(r"\s\((?P<year>(?:19|20)\d{2})(?![\d/])")
_COURSES = ("kindergarten", "kita", "ausbildungs", "lehr", "studien")  # that end with a last year
_IN_NEW = frozenset(("im", "zum", "des", "vom"))
_LATE, _EARLY = 10, 2  # months in which the other end of the year is nearer
_MONTH_AFTER = re.compile(rf"\s(?:{'|'.join(MONTHS)})(?![a-zäöüß])")
_MONDAYS = ("wochenbeginn", "wochenanfang")
_SENTENCES = 160
_COMPARED = ("M-12", "Q-4")  # "Vorjahresmonat", "Vorjahresquartal"


def read_school_year(reading: Reading, start: int, end: int, unit: str) -> None:
    """ "im laufenden Schuljahr"; with a year behind it, that speaks for itself."""
    phrase = phrase_before(reading, start)
    if phrase.number is not None or phrase.vague or phrase.ordinal is not None or phrase.every or phrase.per:
        read_unit(reading, start, end, unit)
        return
    if (
        phrase.shift is None
        or reading.published is None
        or reading.low[start:end].endswith(("jahre", "jahren"))
    ):
        return
    final = reading.low.startswith(_COURSES, start) and "letzte" in reading.low[phrase.start : start]
    if final and reading.direction(start, end) != PAST:
        reading.reject(phrase.start, end, "last year of a course")
        return
    first = school_year_of(reading.published) + phrase.shift
    reading.add(phrase.start, end, f"{first}/{first + 1}", "DATE", "school year", LIKELY, school_year(first))


def read_counted(reading: Reading, start: int, end: int, value: str) -> None:
    """ "im Vorjahr", "diesjährig", "bis Jahresende" """
    unit, by = value[0], int(value[1:])
    if read_period_before(reading, start, end, value):
        return
    if reading.low.startswith(("neuen", "alten"), start) and reading.word_before(start) not in _IN_NEW:
        return
    if _says_itself(reading, end, unit):
        return
    after = YEAR_NUMBER.match(reading.low, end) if by == 0 and unit == "Y" else None
    if after:
        reading.add(start, after.end(), after["year"], "DATE", "year")
        return
    base = reading.recent_day(start) if unit == "D" else reading.published
    if value in _COMPARED:
        base = _told_base(reading, start, unit)
        if base is None:
            reading.reject(start, end, "month or quarter of the year before, of none told")
            return
    if base is None:
        reading.add(
            start,
            end,
            {"Y": "XXXX", "M": "XXXX-XX", "W": "XXXX-WXX"}.get(unit, "XXXX-XX-XX"),
            "DATE",
            "counted unit",
            LIKELY,
        )
        return
    if reading.low.startswith("folgejahr", start) and reading.told_year is not None:
        reading.add(start, end, f"{reading.told_year + 1:04d}", "DATE", "year told of", LIKELY)
        return
    named = _NAMED_YEAR.match(reading.low, end) if unit == "Y" else None
    if named:
        reading.add(start, end, named["year"], "DATE", "counted unit", LIKELY)
        return
    if value == "Y-1" and reading.low.startswith("vorjahr", start):
        compared = year_compared(reading, start, end, base.year)
        by = compared - 1 - base.year if compared else by
    if value in ("M-1", "Q-1"):
        base = month_or_quarter(reading, start, unit) or base
    if value == "Y+0":
        by = _turn_of_year(reading, start, end, base.month)
    if value == "W+0" and base.weekday() and reading.low.startswith(_MONDAYS, start):
        by = int(reading.direction(start, end) == FUTURE)
    add_moved(reading, start, end, moved(base, unit, by), "counted unit")


def read_ultimo(reading: Reading, start: int, end: int, unit: str) -> None:
    """ "bis Monatsultimo": the last day of the month, quarter or year."""
    published = reading.published
    last = span(moved(published, unit, 0).timex)[1] if published else None
    if published is None or last is None or not reading.text[start].isupper():
        return
    if unit == "M" and _MONTH_AFTER.match(reading.low, end):
        return  # "Monatsultimo April": the month speaks for itself
    year = _YEAR_AFTER.match(reading.low, end) if unit == "Y" else None
    if year:
        reading.add(start, year.end(), f"{year['year']}-12-31", "DATE", "last day of a unit")
        return
    if last > published.isoformat() and reading.direction(start, end) == PAST:
        last = span(moved(published, unit, -1).timex)[1] or last
    add_day(reading, start, end, date.fromisoformat(last), last, "last day of a unit", "", LIKELY)


def _says_itself(reading: Reading, end: int, unit: str) -> bool:
    """Whether what follows names the time: "Monatsende April", "diesjährigen Sommer"."""
    if unit == "M" and _MONTH_AFTER.match(reading.low, end):
        return True
    return (_TIME_NOUN.match(reading.low, end) or _PAIR_AFTER.match(reading.low, end)) is not None


def _told_base(reading: Reading, start: int, unit: str) -> date | None:
    """The month or quarter told of, of which "Vorjahresmonat" and "Vorjahresquartal" are a year before."""
    base = month_or_quarter(reading, start, unit)
    if base is not None:
        return base
    if unit == "Q":
        return reading.told_quarter(start)
    told = reading.told_month(start, _SENTENCES)
    return date(*told, 1) if told else None


def _turn_of_year(reading: Reading, start: int, end: int, month: int) -> int:
    """ "zum Jahresbeginn" lies ahead in December, "zum Jahresende" behind in January."""
    word = reading.low[start:end]
    if word.startswith("neuen"):
        return int(month >= _LATE)
    if word.startswith("alten"):
        return -int(month <= _EARLY)
    if word in ("jahresbeginn", "jahresanfang") and month >= _LATE:
        return int(reading.direction(start, end) == FUTURE)
    if word == "jahresende" and month <= _EARLY:
        return -int(reading.word_before(start) != "bis" and reading.direction(start, end) == PAST)
    return 0
