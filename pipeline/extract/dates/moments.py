"""A day with the part of the day and the hour that belong to it: "Montag, 19. Februar, 13 Uhr"."""

from datetime import date

from pipeline.extract.dates.clock import CLOCK_TAIL, clock_of
from pipeline.extract.dates.reading import SURE, Reading


def add_day(
    reading: Reading,
    start: int,
    end: int,
    day: date,
    timex: str,
    rule: str,
    part: str = "",
    confidence: float = SURE,
) -> None:
    """Adds a resolved day, with the part of the day and the hour that belong to it."""
    if _is_named_again(reading, start, day):
        reading.reject(start, end, "the day named before")
        reading.done = end
        return
    reading.remember(day, start)
    clock = CLOCK_TAIL.match(reading.low, end) if reading.calendar_only else None
    time = clock_of(clock["hour"], clock["minute"]) if clock else None
    if clock and time:
        reading.add(start, clock.end(), f"{timex}T{time}", "TIME", rule + " and hour", confidence)
    elif part:
        reading.add(start, end, f"{timex}T{part}", "TIME", rule + " and part of day", confidence)
    else:
        reading.add(start, end, timex, "DATE", rule, confidence)


def _is_named_again(reading: Reading, start: int, day: date) -> bool:
    """Whether "4. April (Mittwoch)" has just named that day."""
    if reading.day != day or not reading.mentions or reading.mentions[-1].start != reading.day_at:
        return False
    return reading.low[reading.mentions[-1].end : start].strip(" \u00a0") in ("(", ",")
