"""Lists of what happened when, whose first item alone says the year: "2. Mai 1989 – …; 19. August – …"."""

import re
from datetime import date

from pipeline.extract.dates.reading import Reading
from pipeline.extract.dates.verbs import FUTURE

_BEGINS = re.compile(r"(?:[;:•]\s|\n(?:[•–-]\s)?)\Z")
_GOES_ON = re.compile(r"(?:\s?(?:bis|–|-)\s?\d{1,2}\.\s?(?:\d{1,2}\.|[a-zäöü]+))?\s?[–:]\s")
_REACH = 300
_DAY = re.compile(r"(?:[•–-]\s)?(?:[a-zäö]{2}\.?,?\s)?\d{1,2}\.")
_LABEL = re.compile(r"(?:\s?(?:bis|und|/|–|-)\s?[a-zäöüß]+)?:\s")
_LOOKS_BACK = re.compile(r"bilanz|rückblick|chronik|rückschau|was war|das war")
_HEAD = 400
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,/])")
_LONGEST = 2000  # characters from a label to the last day under it
_NEW_YEAR = 2  # until February, a review is of the year before


def is_item(reading: Reading, start: int, end: int) -> bool:
    """Whether low[start:end] begins an item of a list and says of when it is."""
    low = reading.low
    return _GOES_ON.match(low, end) is not None and _BEGINS.search(low, max(0, start - 3), start) is not None


def year_in_list(reading: Reading, start: int, month: int, day: int) -> int | None:
    """The year of an item, from the item before it or the heading above all of them."""
    if reading.item is not None and start - reading.item[1] <= _REACH:
        before = reading.item[0]
        return before.year + ((month, day) < (before.month, before.day))
    return _year_of_heading(reading, start, month, day) or _year_to_come(reading, start, month, day)


def _year_of_heading(reading: Reading, start: int, month: int, day: int) -> int | None:
    """ "Aus der Chronik des Jahres:" above the items"""
    published = reading.published
    begin = reading.low.rfind("\n\n", max(0, start - _LONGEST), start) + 2
    begin = 0 if begin == 1 else begin
    heading = reading.low[begin : reading.low.find("\n", begin, start)]
    if published is None or not heading or not _LOOKS_BACK.search(heading):
        return None
    named = _YEAR.search(heading)
    if named:
        return int(named[0])
    year = published.year - (published.month <= _NEW_YEAR)
    return year - ((year, month, day) > (published.year, published.month, published.day))


def _year_to_come(reading: Reading, start: int, month: int, day: int) -> int | None:
    """After an item of the line before that lies ahead, a list goes on ahead."""
    before, published = reading.day, reading.published
    last = reading.mentions[-1] if reading.mentions else None
    if before is None or published is None or last is None or before <= published:
        return None
    line = reading.low.rfind("\n", 0, last.start) + 1
    if reading.low[last.end : start].count("\n") > 2 or not _DAY.match(reading.low, line):
        return None
    return before.year + ((month, day) < (before.month, before.day))


def is_label(reading: Reading, start: int, end: int) -> bool:
    """Whether a month or a season heads a line: "Januar bis März: …", "Frühjahr: …"."""
    return start > 0 and reading.low[start - 1] == "\n" and _LABEL.match(reading.low, end) is not None


def label_year(reading: Reading, start: int) -> int | None:
    """The year under review, if the text says that it looks back; the lines that follow are of it."""
    published = reading.published
    if published is None or _LOOKS_BACK.search(reading.low, 0, _HEAD) is None:
        return None
    known = reading.section[0] if reading.section else None
    if known is None:
        named = _YEAR.search(reading.low, 0, min(_HEAD, start))
        known = int(named[0]) if named else published.year - (published.month <= _NEW_YEAR)
    reading.section = known, start
    return known


def year_of_section(reading: Reading, start: int, end: int) -> int | None:
    """The year under review of a day in the lines of its months."""
    if reading.section is None:
        return None
    year, where = reading.section
    if (
        start - where > _LONGEST
        or "\n\n" in reading.low[where:start]
        or reading.direction(start, end) == FUTURE
    ):
        return None
    return year


def remember_item(reading: Reading, start: int, day: date) -> None:
    reading.item = day, start
