"""The first or last months of a year: "die ersten neun Monate 2016", "in den letzten zwei Quartalen 2019"."""

import re

from pipeline.extract.dates.compared import year_of_figures
from pipeline.extract.dates.lexicon import SHIFTS
from pipeline.extract.dates.phrase import Phrase
from pipeline.extract.dates.reading import LIKELY, Reading
from pipeline.extract.dates.verbs import PAST

OF_YEAR = re.compile(
    r"\s{1,2}(?:(?:des\sjahres|im\sjahr|von|in)\s)?(?P<year>[12]\d{3})(?!\d)(?![.,:/]\d)"
    r"|\s{1,2}(?:des\s)?(?P<shift>dieses|vergangenen|letzten|vorigen|nächsten|kommenden"
    r"|laufenden)\s(?:haushalts)?jahre?s|\s{1,2}(?:des\s|im\s)(?P<before>vorjahre?s?)(?![a-zäöüß])"
)
_OF_THIS_YEAR = re.compile(r"\sdes\sjahres(?!\s\d)")
_EDGE = re.compile(r"(?:(?:der|die|den)\s)?(?P<edge>ersten|letzten)\s\Z")
_LAST = re.compile(
    r"(?:(?:der|die|den)\s)?(?P<edge>letzten)\s"
)  # which reads as "last year" does, with its number
_OF_WHAT = re.compile(r"\s(?:nach|der|des|dieses|ihre[rs]|seine[rs]|seit|im|in|mit|als|von|auf|zu)\b")
_LATE = 25  # day from which a month counts as over
_MONTHS_IN = {"M": 1, "Q": 3}


def read_stretch(reading: Reading, phrase: Phrase, end: int, unit: str) -> bool:
    """Several months or quarters at the beginning or end of a year that is named."""
    if unit not in _MONTHS_IN or phrase.number is None or not reading.calendar_only:
        return False
    months = int(phrase.number * _MONTHS_IN[unit])
    edge = _EDGE.search(reading.low, max(reading.done, phrase.start - 12), phrase.start) or _LAST.match(
        reading.low, phrase.start
    )
    tail = OF_YEAR.match(reading.low, end) or _OF_THIS_YEAR.match(reading.low, end)
    if edge is None or not 1 < months < 12 or reading.published is None:
        return False
    if tail is None and not _are_just_over(reading, edge, end, months):
        return False
    year = year_of_tail(reading, tail) if tail else str(reading.published.year)
    first, last = (1, months) if edge["edge"] == "ersten" else (13 - months, 12)
    timex = f"{year}-{first:02d}/{year}-{last:02d}"
    reading.add(edge.start(), tail.end() if tail else end, timex, "DATE", "stretch of a year", LIKELY)
    return True


def _are_just_over(reading: Reading, edge: re.Match[str], end: int, months: int) -> bool:
    """ "In den ersten vier Monaten wurden …", said at the end of April or in May."""
    published = reading.published
    if published is None or edge["edge"] != "ersten" or _OF_WHAT.match(reading.low, end):
        return False
    over = published.month - (published.day < _LATE)
    return over - 1 <= months <= over and reading.direction(edge.start(), end) == PAST


def year_of_tail(reading: Reading, tail: re.Match[str]) -> str:
    """The year that follows a part of it: "2016", "des vergangenen Jahres"."""
    told = tail.groupdict()
    if told.get("year"):
        return str(told["year"])
    if reading.published is None:
        return "XXXX"
    if told.get("before"):
        return str(year_of_figures(reading, tail.start(), reading.published.year) - 1)
    return str(reading.published.year + SHIFTS.get(told.get("shift") or "", 0))
