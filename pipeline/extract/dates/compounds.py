"""Days of a month in one word: "zweiten Septembersonntag", "letzten Apriltag", "ersten Februarwochenende"."""

import re
from datetime import date

from pipeline.extract.dates import months
from pipeline.extract.dates.anchored import add_nth
from pipeline.extract.dates.calendar import days_in, is_day, week_of
from pipeline.extract.dates.lexicon import WEEKDAYS
from pipeline.extract.dates.moments import add_day
from pipeline.extract.dates.numerals import cardinal, ordinal
from pipeline.extract.dates.reading import LIKELY, Reading
from pipeline.extract.dates.resolve import year_of_month
from pipeline.extract.dates.spans import nth_weekday

_HYPHENED = re.compile(rf"-(?P<name>{'|'.join(WEEKDAYS)}|wochenende)(?![a-zäöüß])")
_EDGE = re.compile(r"\b(?P<edge>ersten|letzten)\s(?:(?P<number>\w+)\s)?\Z")
_YEAR = re.compile(r"\s(?P<year>(?:19|20)\d\d)(?!\d)")


def read_month(reading: Reading, start: int, end: int, month: str) -> None:
    """A month by itself, or of "am letzten Juni-Freitag"."""
    found = _HYPHENED.match(reading.low, end) if reading.low.startswith("-", end) else None
    if found:
        read_in_month(reading, start, found.end(), f"{month} {found['name']}")
    else:
        months.read_month(reading, start, end, month)


def _add_days(reading: Reading, start: int, end: int, month: int) -> None:
    """ "in den ersten zehn Märztagen", "in den letzten Apriltagen" """
    edge = _EDGE.search(reading.low, max(reading.done, start - 30), start)
    year = year_of_month(reading, month, start, end)
    if edge is None or year is None:
        return
    number = cardinal(edge["number"]) if edge["number"] else None
    days, last = int(number or 0), days_in(year, month)
    if edge["number"] and (number is None or not 1 < days < last):
        return
    first, stop = (1, days) if edge["edge"] == "ersten" else (last - days + 1, last)
    timex = f"{year}-{month:02d}"
    timex = f"{timex}-{first:02d}/{timex}-{stop:02d}" if days else timex
    reading.add(edge.start(), end, timex, "DATE", "days of a month", LIKELY)


def read_in_month(reading: Reading, start: int, end: int, value: str) -> None:
    """A month and a weekday, "tag" or "wochenende"; the word before says the how many-th."""
    number, _, name = value.partition(" ")
    month, tail = int(number), _YEAR.match(reading.low, end)
    if name == "tagen":
        _add_days(reading, start, end, month)
        return
    if name in WEEKDAYS:
        add_nth(reading, start, end, month, WEEKDAYS[name], tail)
        return
    word, begin = reading.before(start)
    place = -1 if word.startswith("letzte") else ordinal(word)
    stop = tail.end() if tail else end
    year = int(tail["year"]) if tail else year_of_month(reading, month, start, stop)
    if not place or not year:
        return
    if name == "wochenende":
        saturday = nth_weekday(year, month, WEEKDAYS["samstag"], place)
        if saturday:
            reading.remember(saturday, begin)
            reading.add(begin, stop, week_of(saturday) + "-WE", "DATE", "weekend of a month", LIKELY)
        return
    number_of_day = days_in(year, month) if place < 0 else place
    if is_day(year, month, number_of_day):
        day = date(year, month, number_of_day)
        add_day(reading, begin, stop, day, day.isoformat(), "day of a month", "", LIKELY)
