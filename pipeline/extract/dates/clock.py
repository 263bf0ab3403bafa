"""Times of day: "14.30 Uhr", "von 10 bis 12 Uhr", "um neun Uhr", "halb neun", "am Abend"."""

import re
from datetime import date, timedelta

from pipeline.extract.dates.clauses import sentence
from pipeline.extract.dates.lexicon import DAY_PARTS, SHIFTS
from pipeline.extract.dates.numerals import cardinal
from pipeline.extract.dates.reading import LIKELY, MEMORY, Reading
from pipeline.extract.dates.verbs import PAST

_TIME = r"\d{1,2}(?:[.:]\d{2})?"
_PAIR = rf"{_TIME}(?:\s?(?:-|–|—|\?|bis|und)\s?{_TIME})?"
CLOCKS = re.compile(rf"{_PAIR}(?:\s?(?:,|und|sowie|/)\s{{1,2}}{_PAIR}){{0,3}}\s{{0,2}}(?:uhr|h(?![a-zäöüß]))")
CLOCK_TAIL = re.compile(
    r"\s?[,|–-]?\s{0,2}\(?(?:(?:um|ab|gegen|von|zwischen"
    r"|jeweils)\s){0,2}(?P<hour>\d{1,2})(?:[.:](?P<minute>\d{2}))?"
    rf"(?:\s?(?:bis|-|–|und)\s?{_TIME})?\s{{0,2}}uhr(?![a-zäöüß])"
)
_BARE = re.compile(
    r"(?P<hour>\d{1,2})[.:](?P<minute>\d{2})(?![\d:.,])(?!\s?(?:euro|€|prozent|%|mio|mrd|meter|punkte"
    r"|sekunden))"
)
_EACH = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?")
_BEFORE_BARE = frozenset(("um", "ab"))
_WORD_AFTER = re.compile(r"\s([a-zäöüß]+)")
_OF_A_DAY = re.compile(
    r"\s(?:des|vom|am)\s(?=\d|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)"
)
# "um 9 Uhr" is of the day named in the same sentence, "am Abend" of the day the paragraph tells of.
_HOUR_MEMORY = 120
_NEXT = frozenset("nächsten folgenden darauffolgenden".split())
_NO_PART_AFTER = frozenset("guten gute zu schönen jeden jeder jede heiligen einen ein eine".split())


def clock_of(hour: str, minute: str | None) -> str | None:
    """Hour and minute as TIMEX3 writes them; None if the day has no such time."""
    if int(hour) > 24 or int(minute or 0) > 59:
        return None
    return f"{int(hour):02d}:{minute or '00'}"


def read_clock_digits(reading: Reading, start: int) -> bool:
    """Times that begin with a digit."""
    found = CLOCKS.match(reading.low, start)
    if found is None:
        found = _BARE.match(reading.low, start)
        if found is None or reading.word_before(start) not in _BEFORE_BARE:
            return False
    times = list(_EACH.finditer(reading.low, start, found.end()))
    values = [clock_of(time[1], time[2]) for time in times]
    if None in values:
        reading.reject(start, found.end(), "no time of day")
        return False
    day = _day_of_hour(reading, start, found.end())
    for time, value in zip(times, values, strict=True):
        end = found.end() if time is times[-1] else time.end()
        _add_time(reading, time.start(), end, str(value), "hour", day)
    return True


def _day_of_hour(reading: Reading, start: int, end: int) -> date | None:
    """The day of "um 9 Uhr": named in the sentence, or told of just before."""
    told = reading.recent_day(start, _HOUR_MEMORY)
    if told is reading.published or reading.calendar_only:
        return told
    same_sentence = sentence(reading.low, start, end)[0] <= reading.day_at
    return told if same_sentence or reading.direction(start, end) == PAST else reading.published


def _add_time(reading: Reading, start: int, end: int, value: str, rule: str, day: date | None) -> None:
    if reading.calendar_only:
        reading.reject(start, end, "time without a day")
        reading.done = end
        return
    reading.add(start, end, f"{day or 'XXXX-XX-XX'}T{value}", "TIME", rule, LIKELY)


def read_clock(reading: Reading, start: int, end: int, _value: str) -> None:
    """ "neun Uhr": the number stands before, in words."""
    word, begin = reading.before(start)
    number = cardinal(word) if word.isalpha() else None
    if number is not None and 1 <= number <= 24:
        _add_time(
            reading, begin, end, f"{int(number):02d}:00", "hour in words", _day_of_hour(reading, begin, end)
        )


def read_half_hour(reading: Reading, start: int, end: int, _value: str) -> None:
    """ "halb neun" is half an hour before nine."""
    after = _WORD_AFTER.match(reading.low, end)
    number = cardinal(after[1]) if after else None
    if after and number is not None and 1 <= number <= 12 and number == int(number):
        _add_time(
            reading,
            start,
            after.end(),
            f"{(int(number) - 1) or 12:02d}:30",
            "half hour",
            _day_of_hour(reading, start, end),
        )


def read_day_part(reading: Reading, start: int, end: int, value: str) -> None:
    """ "am Abend" of the day spoken of."""
    before = reading.word_before(start)
    if not reading.text[start].isupper() or before in _NO_PART_AFTER or _OF_A_DAY.match(reading.low, end):
        return
    if before in _NEXT and reading.published:
        return
    if value == "NI" and SHIFTS.get(before) and reading.published:
        night = reading.published + timedelta(days=min(SHIFTS[before], 0))
        reading.add(start, end, f"{night.isoformat()}TNI", "TIME", "night", LIKELY)
        return
    _add_time(reading, start, end, value, "part of day", reading.recent_day(start))


def read_day_habit(reading: Reading, start: int, end: int, value: str) -> None:
    """ "abends": of the day spoken of in the same sentence, otherwise every day."""
    if value == "NI":
        reading.add(start, end, "PT1NI", "SET", "habit")
    elif reading.day and start - reading.day_at < MEMORY:
        _add_time(reading, start, end, value, "part of day", reading.recent_day(start))
    else:
        reading.add(start, end, f"XXXX-XX-XXT{value}", "SET", "habit", LIKELY)


def part_after(reading: Reading, end: int) -> tuple[str, int]:
    """The part of the day named right after a day ("heute Nachmittag"), and where it ends."""
    after = _PART_AFTER.match(reading.low, end)
    return (DAY_PARTS[after[1]], after.end()) if after else ("", end)


_PART_AFTER = re.compile(rf"\s(?:am\s(?:frühen\s|späten\s)?)?({'|'.join(DAY_PARTS)})(?![a-zäöüß])")
