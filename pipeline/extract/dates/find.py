"""Finds time expressions and says which days they mean.

One cheap scan for trigger words and digits says where to look; a reader for each kind of trigger looks around
it. What is annotated, and how, follows the TIMEX3 of TimeML (Pustejovsky et al. 2003; ISO 24617-1) and its
adaptation to German.
"""

import re
from collections.abc import Callable

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from pipeline.extract.dates import clock, counted, deictic, feasts, fixed, months, units, weekdays, years
from pipeline.extract.dates.compounds import read_in_month, read_month
from pipeline.extract.dates.days import read_days
from pipeline.extract.dates.lexicon import WORDS
from pipeline.extract.dates.monthdays import read_day_of_month
from pipeline.extract.dates.reading import Reading
from pipeline.extract.mentions import Context, Mention, Rejection

_READERS: dict[str, Callable[[Reading, int, int, str], None]] = {
    "month": read_month,
    "season": months.read_season,
    "seasonal": months.read_seasonal,
    "holiday": feasts.read_holiday,
    "weekday": weekdays.read_weekday,
    "in_month": read_in_month,
    "weekly": weekdays.read_weekly,
    "deictic": deictic.read_deictic,
    "deictic_adjective": deictic.read_deictic_adjective,
    "unit": units.read_unit,
    "school_year": counted.read_school_year,
    "counted": counted.read_counted,
    "ultimo": counted.read_ultimo,
    "decade": years.read_decade,
    "clock": clock.read_clock,
    "half_hour": clock.read_half_hour,
    "day_part": clock.read_day_part,
    "day_habit": clock.read_day_habit,
    "fixed": fixed.read_fixed,
    "former": fixed.read_former,
    "short_month": months.read_short_month,
    "quarter": fixed.read_quarter,
    "week_number": fixed.read_week_number,
}
_TRIGGERS = [*WORDS, *"0123456789"]
_ASCII_DIGITS = frozenset("0123456789")
_FIRST_DIGIT = len(WORDS)
_ACTIONS = [(_READERS[word.reader], word.value) for word in WORDS.values()]
# Built in two milliseconds, and a third faster than the automaton chosen by default.
_AUTOMATON = AhoCorasick(_TRIGGERS, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA)
# Sums and percentages are most of the numbers in a release; they need no closer look.
_PLAIN_NUMBER = re.compile(
    r"\d{1,3}(?:(?:\.\d{3})+(?!\d)|,\d+|\s?(?:%|prozent|euro|€|mio|mrd|million|milliard))"
)
# A publication outside these years is a mistake; relative expressions must not run off the calendar for it.
_FIRST_PRESS, _LAST_PRESS = 1600, 9000
_LONGEST_ADDRESS = 120
_BLANKS = " \n\u00a0"
_GLUE = frozenset(".,:/")


def find(
    text: str, context: Context, rejected: list[Rejection] | None = None, *, calendar_only: bool = False
) -> list[Mention]:
    """The time expressions of a text, in order.

    `calendar_only` keeps what has a place in the calendar, as one wants it of a release: no durations, sets,
    "derzeit", nor times of unknown day; an hour belongs to the mention of its day. Otherwise everything is
    found that TIMEX3 annotates, and an hour is a mention of its own.
    """
    published = context.published
    if published and not _FIRST_PRESS <= published.year <= _LAST_PRESS:
        published = None
    reading = Reading(text, published, calendar_only, rejected)
    low = reading.low
    length, number_end = len(low), 0
    for index, start, end in _AUTOMATON.find_matches_as_indexes(low):
        if start < reading.done:
            continue
        if index >= _FIRST_DIGIT:
            if start >= number_end:
                number_end = _read_number(reading, start)
        elif (end == length or not low[end].isalnum()) and (start == 0 or not low[start - 1].isalnum()):
            reader, value = _ACTIONS[index]
            reader(reading, start, end, value)
    return reading.all_mentions()


def _read_number(reading: Reading, start: int) -> int:
    """Reads a run of digits as a day, a time, a year or none of these; returns where the run ends."""
    low = reading.low
    plain = _PLAIN_NUMBER.match(low, start)
    if plain:
        return plain.end()
    end = start + 1
    while low[end : end + 1] in _ASCII_DIGITS:
        end += 1
    if end - start <= 4 and (start == 0 or low[start - 1] in _BLANKS or _stands_alone(low, start)):
        _read_digits(reading, start, end)
    return end


def _read_digits(reading: Reading, start: int, end: int) -> None:
    short = end - start <= 2
    if (short or reading.low.startswith("-", end)) and read_days(reading, start, start):
        return
    if short and (clock.read_clock_digits(reading, start) or fixed.read_hyphened(reading, start)):
        return
    if short and read_day_of_month(reading, start):
        return
    years.read_digits(reading, start, end)


def _stands_alone(low: str, start: int) -> bool:
    return not (_continues(low, start) or _in_address(low, start))


def _in_address(low: str, start: int) -> bool:
    """Whether digits are part of a web or mail address."""
    if low[start - 1] not in "/-_=&?.@":
        return False
    begin = low.rfind(" ", max(0, start - _LONGEST_ADDRESS), start) + 1
    word = low[begin or max(0, start - _LONGEST_ADDRESS) : start]
    return "://" in word or "www." in word or "@" in word


def _continues(low: str, start: int) -> bool:
    """Whether digits go on with a word or number before them: "B19", "1.800", "Lv 15/20"."""
    before = low[start - 1]
    return before.isalnum() or before == "_" or (before in _GLUE and start > 1 and low[start - 2].isdigit())
