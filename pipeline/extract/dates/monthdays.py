"""Days whose month is told elsewhere: "am 5. des Monats", "am 15. des nächsten Monats", "am 27."."""

import re
from datetime import date

from pipeline.extract.dates.calendar import is_day, shift_months
from pipeline.extract.dates.lexicon import SHIFTS, WEEKDAYS
from pipeline.extract.dates.moments import add_day
from pipeline.extract.dates.reading import LIKELY, MEMORY, Reading
from pipeline.extract.dates.verbs import FUTURE, PAST, looks_finite

_OF_MONTH = re.compile(
    r"(?P<day>\d{1,2})\.(?:\s(?:(?:des|dieses)\s(?:(?P<shift>[a-zäöüß]+en)\s)?(?P<month>monate?s)(?![a-zäöüß])"
    r"|(?P<this>d\.\s?m(?:ts?)?\.))"
    r"|(?=[,;)]|\s[a-zäöüß]|\s?\Z|\n))"
)
# "vom 17. bis 20. d. M.", "am 3. und 4. dieses Monats"
_LISTED_OF_MONTH = re.compile(
    r"(?P<first>\d{1,2})\.\s?(?:bis(?:\szum)?|und|-|–)\s?(?P<last>\d{1,2})\.\s"
    r"(?:d\.\s?m\.|(?:des|dieses)\s(?:(?P<shift>[a-zäöüß]+en)\s)?monate?s(?![a-zäöüß]))"
)
_OF_SAME_MONTH = re.compile(
    r"(?P<day>\d{1,2})\.\s(?:desselben|des\sselben|des\sgleichen)\smonate?s(?![a-zäöüß])"
)
_ON_WEEKDAY = re.compile(
    rf"(?P<day>\d{{1,2}})\.\s(?:auf\s(?:einen|den)|ein)\s(?P<name>{'|'.join(WEEKDAYS)})(?![a-zäöüß])"
)
_STOP = re.compile(r"[.!?:]\s")
_ON_THE = frozenset(("ab", "seit", "für", "auf"))
_ON = frozenset(("am", "vom", "zum", "bis", "ab"))
_FINITE = re.compile(r"\s([a-zäöüß]+)")


def read_day_of_month(reading: Reading, start: int) -> bool:
    """ "am 5. des Monats", "am 15. des nächsten Monats", and "am 27." alone."""
    if "." not in reading.low[start + 1 : start + 3]:
        return False
    if _read_listed(reading, start):
        return True
    if reading.published is not None and _read_on_weekday(reading, start):
        return True
    if _read_same_month(reading, start):
        return True
    found = _OF_MONTH.match(reading.low, start)
    if found is None or reading.published is None or not _is_led(reading, start, found):
        return False
    day, told = int(found["day"]), None
    if found["shift"] is not None or found["month"] or found["this"]:
        year, month = _shifted_month(reading, found["shift"])
    else:
        verb = _FINITE.match(reading.low, found.end())
        if verb and not looks_finite(verb[1]):
            return False
        told = reading.told_month(start) if _same_sentence(reading, start) else None
        year, month = told or _month_of_day(reading, day, start, found.end())
    if not is_day(year, month, day):
        return False
    timex = f"{year:04d}-{month:02d}-{day:02d}"
    add_day(reading, start, found.end(), date(year, month, day), timex, "day of a month", "", LIKELY)
    return True


def _read_listed(reading: Reading, start: int) -> bool:
    found = _LISTED_OF_MONTH.match(reading.low, start)
    if found is None or reading.published is None:
        return False
    year, month = _shifted_month(reading, found["shift"])
    days = [int(found["first"]), int(found["last"])]
    if not all(is_day(year, month, day) for day in days):
        return False
    ends = (found.end("first") + 1, found.end())
    for begin, end, day in zip((start, found.start("last")), ends, days, strict=True):
        timex = f"{year:04d}-{month:02d}-{day:02d}"
        add_day(reading, begin, end, date(year, month, day), timex, "day of a month", "", LIKELY)
    return True


def _read_same_month(reading: Reading, start: int) -> bool:
    """ "am 22. desselben Monats" """
    found = _OF_SAME_MONTH.match(reading.low, start)
    told = reading.told_month(start, MEMORY) if found else None
    if found is None or told is None or not is_day(*told, int(found["day"])):
        return False
    day = date(*told, int(found["day"]))
    add_day(reading, start, found.end(), day, day.isoformat(), "day of a month", "", LIKELY)
    return True


def _read_on_weekday(reading: Reading, start: int) -> bool:
    """ "weil der 31. auf einen Sonntag fällt": of the month told of, or the nearest that fits."""
    found = _ON_WEEKDAY.match(reading.low, start)
    published = reading.published
    if found is None or published is None or reading.word_before(start) not in ("der", "den", "dem"):
        return False
    day, weekday = int(found["day"]), WEEKDAYS[found["name"]]
    base = reading.recent_day(start) or published
    months = [shift_months(base.year, base.month, by) for by in (0, 1, -1, 2, -2)]
    fitting = [
        date(year, month, day)
        for year, month in months
        if is_day(year, month, day) and date(year, month, day).weekday() == weekday
    ]
    if not fitting:
        return False
    nearest = min(fitting, key=lambda other: abs(other - base))
    end = found.end("day") + 1
    add_day(reading, start, end, nearest, nearest.isoformat(), "day of a month", "", LIKELY)
    reading.done = found.end()
    return True


def _is_led(reading: Reading, start: int, found: re.Match[str]) -> bool:
    word, begin = reading.before(start)
    if word == "der" and (found["month"] or found["this"]):
        return True  # "Stichtag ist der 15. dieses Monats"
    if word == "bis" and reading.word_before(begin)[-1:].isdigit():
        return False  # "die Häuser 7 bis 12."
    return word in _ON or (word in ("dem", "den") and reading.word_before(begin) in _ON_THE)


def _same_sentence(reading: Reading, start: int) -> bool:
    last = reading.mentions[-1].end if reading.mentions else 0
    return _STOP.search(reading.low, last, start) is None


def _shifted_month(reading: Reading, adjective: str | None) -> tuple[int, int]:
    published = reading.published or date.min
    return shift_months(published.year, published.month, SHIFTS.get(adjective or "", 0))


def _month_of_day(reading: Reading, day: int, start: int, end: int) -> tuple[int, int]:
    """The month of "am 27.": this one, unless the tense says the one before or after."""
    published = reading.published or date.min
    direction = reading.direction(start, end)
    by = 1 if day < published.day and direction == FUTURE else 0
    by = -1 if day > published.day and direction == PAST else by
    return shift_months(published.year, published.month, by)
