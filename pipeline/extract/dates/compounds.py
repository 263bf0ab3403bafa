"""Days of a month in one word: "zweiten Septembersonntag", "letzten Apriltag", "ersten Februarwochenende"."""

import re
from datetime import date

from pipeline.extract.dates.anchored import add_nth
from pipeline.extract.dates.calendar import days_in, is_day, week_of
from pipeline.extract.dates.lexicon import WEEKDAYS
from pipeline.extract.dates.moments import add_day
from pipeline.extract.dates.numerals import ordinal
from pipeline.extract.dates.reading import LIKELY, Reading
from pipeline.extract.dates.resolve import year_of_month
from pipeline.extract.dates.spans import nth_weekday

_YEAR = re.compile(r"\s(?P<year>(?:19|20)\d\d)(?!\d)")


def read_in_month(reading: Reading, start: int, end: int, value: str) -> None:
    """A month and a weekday, "tag" or "wochenende"; the word before says the how many-th."""
    number, _, name = value.partition(" ")
    month, tail = int(number), _YEAR.match(reading.low, end)
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
