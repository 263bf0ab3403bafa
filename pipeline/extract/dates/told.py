"""The year that what was told before gives to a day or month: "März 1992 … im März"."""

import re

from pipeline.extract.dates.clauses import clause_around, sentence
from pipeline.extract.dates.reading import Reading
from pipeline.extract.mentions import Date

# A month named again soon after "März 1992" is of that year.
_MONTH_MEMORY = 1500
_NEW_SENTENCE = re.compile(r"[.!?;]\s|\n")
_STOP = re.compile(r"(?<!mio)(?<!mrd)[.!?]\s|\n|[„“”»«\"]")
_YEAR_DIGITS = 4
_HAD = re.compile(r"\bhatten?\b")
_REACH = 120


def told_year(reading: Reading, month: int, start: int) -> int | None:
    known = reading.months.get(month)
    if known is None or start - known[1] >= _MONTH_MEMORY:
        return None
    over = reading.word_before(start) in ("seit", "dem") and "\n" in reading.low[known[1] : start]
    return None if over else known[0]  # "seit dem 10. Juli", of whatever else the paragraphs before told


def said_with_year(reading: Reading, month: int, start: int) -> bool:
    """Whether the sentence names the month with its year before: "wie im Juli 2013 wird auch im Juli …"."""
    last = reading.mentions[-1] if reading.mentions else None
    return (
        last is not None
        and last.rule == "month"
        and isinstance(last.value, Date)
        and last.value.timex.endswith(f"-{month:02d}")
        and not _NEW_SENTENCE.search(reading.low, last.end, start)
    )


def year_before_past(reading: Reading, start: int, end: int) -> int | None:
    """The past year of a sentence that goes on with what had been: "2001 einer, der im Juni … hatte"."""
    last = reading.mentions[-1] if reading.mentions else None
    value = last.value if last else None
    if (
        last is None
        or not isinstance(value, Date)
        or len(value.timex) != _YEAR_DIGITS
        or not value.timex.isdigit()
    ):
        return None
    year = int(value.timex)
    if start - last.end > _REACH or reading.published is None or year >= reading.published.year:
        return None
    if _STOP.search(reading.low, last.end, start):
        return None
    begin, stop = sentence(reading.low, start, end)
    first, after = clause_around(reading.low, begin, start, end, stop)
    return year if first > last.end and _HAD.search(reading.low, first, after) else None
