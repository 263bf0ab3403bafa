"""Days given by number, with the year they leave open: "am 19. März", "28. Dezember bis 3. Januar"."""

import re
from datetime import date

from pipeline.extract.dates.calendar import is_day
from pipeline.extract.dates.chronicle import is_item, remember_item, year_in_list, year_of_section
from pipeline.extract.dates.lexicon import SHORT_WEEKDAYS
from pipeline.extract.dates.moments import add_day
from pipeline.extract.dates.notation import Day, days_at
from pipeline.extract.dates.reading import LIKELY, SURE, Reading
from pipeline.extract.dates.resolve import year_of_day

_RANGE_GAP = re.compile(
    r",?\s{0,2}(?:bis(?:\szum|\seinschließlich)?|–|-|—)\s{0,2}(?:(?:den|dem)\s)?(?:[a-z]+,\s)?\Z"
)
_EVERY_YEAR = re.compile(
    r"(?:jedes jahr|jährlich|alljährlich|jedem jahr|aller jahre),?\s(?:jeweils\s)?(?:(?:am|zum|vom|bis"
    r"|ab|bis zum)\s)?\Z"
)
_OF_EVERY_YEAR = re.compile(r"\s(?:(?:eines\s)?jeden|jedes|eines)\sjahres")
_STREET = re.compile(
    r"(?:straße|strasse|str\.|platz|allee|brücke|ufer|weg|kaserne|damm|ring|schule|park|stadion|bewegung)"
    r"(?:\s(?:des|der|vom))?\s{1,2}\Z"
)


def read_days(
    reading: Reading,
    pos: int,
    start: int,
    weekday: int | None = None,
    part: str = "",
    in_year: int | None = None,
) -> bool:
    """Reads the days written at `pos`; the first mention begins at `start`, where a weekday may stand.

    `in_year` is their year where something beside them tells it.
    """
    days = days_at(reading, pos)
    if not days:
        return False
    if _STREET.search(reading.low, max(0, pos - 24), pos) or reading.low.startswith(
        ("-str", "-platz"), days[-1].end
    ):
        reading.reject(pos, days[-1].end, "name of a street or place")
        reading.done = days[-1].end
        return True
    if not all(
        1 <= found.month <= 12 and is_day(found.year or 2000, found.month, found.day) for found in days
    ):
        reading.reject(pos, days[-1].end, "the calendar has no such day")
        reading.done = days[-1].end if days[-1].month <= 12 else reading.done
        return days[-1].month <= 12
    if days[-1].year is None and _add_yearly(reading, days):
        return True
    listed = is_item(reading, start, days[-1].end)
    year = days[-1].year or in_year or _year_after(reading, days[0])
    if year is None and listed:
        year = year_in_list(reading, start, days[-1].month, days[-1].day)
    elif year is None and weekday is None:
        year = year_of_section(reading, pos, days[-1].end)
    known = year is not None
    if year is None:
        year = year_of_day(
            reading, days[-1].month, days[-1].day, pos, days[-1].end, weekday if len(days) == 1 else None
        )
    else:
        reading.months[days[-1].month] = (year, pos)
    if listed and known and year and is_day(year, days[-1].month, days[-1].day):
        remember_item(reading, start, date(year, days[-1].month, days[-1].day))
    for found in days:
        begin = start if found is days[0] else found.start
        over = year is not None and found.month > days[-1].month
        _add_day(reading, begin, found, year - over if year else year, part if found is days[0] else "")
    return True


def _add_yearly(reading: Reading, days: list[Day]) -> bool:
    """ "jedes Jahr am 3. Oktober", "der 31. Dezember eines jeden Jahres" """
    pos, end = days[0].start, days[-1].end
    after = _OF_EVERY_YEAR.match(reading.low, end)
    if after is None and _EVERY_YEAR.search(reading.low, max(0, pos - 40), pos) is None:
        return False
    for found in days:
        stop = after.end() if after and found is days[-1] else found.end
        reading.add(found.start, stop, f"XXXX-{found.month:02d}-{found.day:02d}", "SET", "day every year")
    return True


def _year_after(reading: Reading, found: Day) -> int | None:
    """The end of a range follows its beginning: "28. Dezember 2018 bis 3. Januar"."""
    if not reading.day or not reading.mentions or reading.day_at != reading.mentions[-1].start:
        return None
    last = reading.mentions[-1]
    if found.start - last.end > 30 or not _RANGE_GAP.fullmatch(reading.low, last.end, found.start):
        return None
    day = reading.day
    return day.year + ((found.month, found.day) < (day.month, day.day))


def _add_day(reading: Reading, start: int, found: Day, year: int | None, part: str) -> None:
    start = _with_short_weekday(reading, start)
    end = _closed(reading, start, found.end)
    monthday = f"{found.month:02d}-{found.day:02d}"
    rule = "day" if found.year else "day without year"
    if year is None:
        reading.add(start, end, f"XXXX-{monthday}", "DATE", rule, LIKELY)
        return
    if not is_day(year, found.month, found.day):
        reading.reject(start, end, "the calendar has no such day")
        return
    timex = f"{year:04d}-{monthday}"
    add_day(
        reading,
        start,
        end,
        date(year, found.month, found.day),
        timex,
        rule,
        part,
        SURE if found.year else LIKELY,
    )


def _closed(reading: Reading, start: int, end: int) -> int:
    """The end of a mention with the bracket it opens."""
    closing = reading.low.startswith(")", end) and "(" in reading.low[start:end]
    return end + 1 if closing else end


def _with_short_weekday(reading: Reading, start: int) -> int:
    """Where "Fr., 16. Februar" begins."""
    before = reading.low[max(reading.done, start - 6) : start]
    word = before.split()[-1] if before.split() and before.endswith((" ", "\u00a0")) else ""
    if word.rstrip(".,") in SHORT_WEEKDAYS and word[-1] in ".,":
        return start - len(before) + before.rindex(word)
    return start
