"""Figures set against those of the time before: "mehr als im Vorjahr", "gegenüber dem Vorquartal"."""

import re
from collections.abc import Iterator
from datetime import date

from pipeline.extract.dates.reading import LIKELY, MEMORY, Reading
from pipeline.extract.mentions import Date, Mention

_REACH, _FAR = 160, 320  # months and quarters are compared two sentences on
_NEW_SENTENCE = re.compile(r"(?<!mio)(?<!mrd)(?:(?<!\d)|(?<=\d{4}))[.!?]\s|\n")
_OF_YEAR = re.compile(r"\d{4}(?:-(?:\d\d|[QH]\d))?")
_SHAPES = {"M": re.compile(r"\d{4}-\d\d"), "Q": re.compile(r"\d{4}-Q\d")}
# What is told since, until or between two times is not what figures are compared with.
_NO_BASE = frozenset("seit bis ab von zwischen vom gegenüber".split())
_THAN = re.compile(
    r"(?:gegenüber|verglichen\smit|im\svergleich\s(?:zum?|mit)|zum|als(?:\snoch)?(?:\sim|\sdas)?|über|unter"
    r"|nach\s[^;!?]{1,40}\sim|von\s[^;!?]{1,30}\sim)\s(?:dem\s|den\s)?\Z"
)
_COMPARED_WITH = re.compile(
    r"(?:\bals\s(?:noch\s)?(?:im|in|zum|am|ende)|gegenüber(?:\sde[mn])?|verglichen\smit|vergleich\s(?:zum?|mit))"
    r"\s(?:dem\s|den\s|ende\s)?\Z"
)
_SAME_PERIOD = re.compile(
    r"(?:gleichen|selben|entsprechenden)\s(?:vergleichs)?zeitraum(?:e?s)?\s(?:des|im)\s\Z"
)
_TO = re.compile(r"\s?(?:bis(?:\szum|\seinschließlich)?|–|-|und)\s?")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_IN = re.compile(r"\bim\s\Z")
_FIGURE = re.compile(r"\s(?:noch\s|erst\s|nur\s|waren|war|lag|hatte|gab|\d)|\s?[,;:](?=\s\d)|:\s\d")


def month_or_quarter(reading: Reading, start: int, unit: str) -> date | None:
    """The first day of the month or quarter that the sentence or the one before gives figures of."""
    for mention in _told(reading, start, _FAR):
        value = mention.value
        if isinstance(value, Date) and value.first_on and _SHAPES[unit].fullmatch(value.timex):
            leads = reading.word_before(mention.start)
            return None if leads in _NO_BASE else date.fromisoformat(value.first_on)
    return None


def month_of_paragraph(reading: Reading, start: int) -> date | None:
    """A day of the month that the paragraph tells of, or of publication."""
    told = reading.told_month(start, MEMORY)
    if told and "\n\n" not in reading.low[reading.mentions[-1].end : start]:
        return date(*told, 1)
    return reading.published


def read_period_before(reading: Reading, start: int, end: int, value: str) -> bool:
    """ "im Vorjahreszeitraum", "im gleichen Zeitraum des Vorjahres": the months told of, a year earlier."""
    if value not in ("P-1", "Y-1"):
        return False
    same = _SAME_PERIOD.search(reading.low, max(reading.done, start - 40), start)
    if value != "P-1" and same is None:
        return False
    begin, timex = same.start() if same else start, _period_told(reading, start)
    if timex is None:
        reading.reject(begin, end, "period of the year before, of no period told")
        reading.done = end
        return True
    earlier = _YEAR.sub(lambda year: str(int(year[0]) - 1), timex)
    reading.add(begin, end, earlier, "DATE", "counted unit", LIKELY)
    return True


def _period_told(reading: Reading, start: int) -> str | None:
    told = next(_told(reading, start), None)
    value = told.value if told else None
    if told is None or not isinstance(value, Date) or value.first_on is None:
        return None
    at = reading.mentions.index(told)
    first = reading.mentions[at - 1].value if at else None
    if isinstance(first, Date) and _TO.fullmatch(reading.low, reading.mentions[at - 1].end, told.start):
        return f"{first.timex}/{value.timex}"
    return value.timex


def year_of_figures(reading: Reading, start: int, this_year: int) -> int:
    """The year of the quarter or month that figures were given of; this year if none was told."""
    told = next(_told(reading, start), None)
    year = _year_of(told)
    part = told is not None and "-" in getattr(told.value, "timex", "")
    return year if part and year is not None and year <= this_year else this_year


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


def is_compared_with(reading: Reading, start: int) -> bool:
    """Whether something is set against the time at an offset: "mehr als im März 2018"."""
    return _COMPARED_WITH.search(reading.low, max(0, start - 30), start) is not None


def _told(reading: Reading, start: int, reach: int = _REACH) -> Iterator[Mention]:
    """What was told shortly before, last things first, without what was itself compared."""
    for mention in reversed(reading.mentions):
        if start - mention.end > reach or "\n\n" in reading.low[mention.end : start]:
            return
        if mention.rule != "counted unit" and not is_compared_with(reading, mention.start):
            yield mention


def _year_of(mention: Mention | None, whole: bool = False) -> int | None:
    value = mention.value if mention else None
    if not isinstance(value, Date) or not _OF_YEAR.fullmatch(value.timex):
        return None
    return None if whole and len(value.timex) > 4 else int(value.timex[:4])
