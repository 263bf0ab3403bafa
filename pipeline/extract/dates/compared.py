"""Figures set against those of the time before: "mehr als im Vorjahr", "gegenüber dem Vorquartal"."""

import re
from collections.abc import Iterator
from datetime import date

from pipeline.extract.dates.reading import Reading
from pipeline.extract.mentions import Date, Mention

_REACH = 160
_NEW_SENTENCE = re.compile(r"(?<!mio)(?<!mrd)(?:(?<!\d)|(?<=\d{4}))[.!?]\s|\n")
_OF_YEAR = re.compile(r"\d{4}(?:-(?:\d\d|[QH]\d))?")
_SHAPES = {"M": re.compile(r"\d{4}-\d\d"), "Q": re.compile(r"\d{4}-Q\d")}
# What is told since, until or between two times is not what figures are compared with.
_NO_BASE = frozenset("seit bis ab von zwischen vom gegenüber".split())
_THAN = re.compile(
    r"(?:gegenüber|verglichen\smit|im\svergleich\s(?:zum?|mit)|zum|als(?:\snoch)?(?:\sim|\sdas)?|über|unter"
    r"|nach\s[^;!?]{1,40}\sim|von\s[^;!?]{1,30}\sim)\s(?:dem\s|den\s)?\Z"
)
_IN = re.compile(r"\bim\s\Z")
_FIGURE = re.compile(r"\s(?:noch\s|erst\s|nur\s|waren|war|lag|hatte|gab|\d)|\s?[,;:](?=\s\d)|:\s\d")


def month_or_quarter(reading: Reading, start: int, unit: str) -> date | None:
    """The first day of the month or quarter that the sentence or the one before gives figures of."""
    for mention in _told(reading, start):
        value = mention.value
        if isinstance(value, Date) and value.first_on and _SHAPES[unit].fullmatch(value.timex):
            leads = reading.word_before(mention.start)
            return None if leads in _NO_BASE else date.fromisoformat(value.first_on)
    return None


def year_compared(reading: Reading, start: int, end: int, this_year: int) -> int | None:
    """The year whose figures are set against those of the "Vorjahr" at an offset."""
    if reading.low[start - 1] == "(":
        return _year_in_brackets(reading, this_year)
    told = next(_told(reading, start), None)
    year = _year_of(told)
    if told is None or year is None or year >= this_year:
        return None
    stops = len(_NEW_SENTENCE.findall(reading.low, told.end, start))
    same = stops == 0
    if stops > 1:
        return None
    if same and year == this_year - 1:
        return year
    if reading.word_before(told.start) in _NO_BASE:
        return None
    return year if _is_set_against(reading, start, end, same) else None


def _is_set_against(reading: Reading, start: int, end: int, same: bool) -> bool:
    window = max(0, start - 60)
    if _THAN.search(reading.low, window, start):
        return True
    return same and bool(_IN.search(reading.low, window, start) and _FIGURE.match(reading.low, end))


def _year_in_brackets(reading: Reading, this_year: int) -> int | None:
    """ "418 Mio. (Vorjahr: 451)": of the year that the figures are of."""
    years = (_year_of(mention, whole=True) for mention in reversed(reading.mentions))
    return next((year for year in years if year in (this_year, this_year - 1)), None)


def _told(reading: Reading, start: int) -> Iterator[Mention]:
    """What was told shortly before, last things first, without what was itself compared."""
    for mention in reversed(reading.mentions):
        if start - mention.end > _REACH or "\n\n" in reading.low[mention.end : start]:
            return
        if mention.rule != "counted unit":
            yield mention


def _year_of(mention: Mention | None, whole: bool = False) -> int | None:
    value = mention.value if mention else None
    if not isinstance(value, Date) or not _OF_YEAR.fullmatch(value.timex):
        return None
    return None if whole and len(value.timex) > 4 else int(value.timex[:4])
