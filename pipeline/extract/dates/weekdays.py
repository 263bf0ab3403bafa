"""Days called by name: "Freitag (16. Februar)", "am kommenden Montag", "heute", "morgen, Mittwoch, 28. Oktober"."""

import re
from datetime import date, timedelta

from pipeline.extract.dates import tense
from pipeline.extract.dates.clock import part_after
from pipeline.extract.dates.days import add_day, read_days
from pipeline.extract.dates.lexicon import DAY_PARTS, SHIFTS, WEEKDAYS
from pipeline.extract.dates.numerals import ordinal
from pipeline.extract.dates.persons import is_name
from pipeline.extract.dates.reading import LIKELY, SURE, Reading
from pipeline.extract.dates.resolve import day_of_week, shifted_weekday
from pipeline.extract.dates.tense import PAST

_JOIN = re.compile(r"(?:\s?,\s?|\s{1,2}|\s?\()(?:(?:den|dem|der|am)\s)?\(?(?=\d)")
_NEXT_WEEKDAY = re.compile(
    rf"(?:\s?,\s?|\s|\s?\()(?:(?:den|dem|am|also)\s)?(?P<name>{'|'.join(WEEKDAYS)})(?![a-zäöüß])"
)
_EVENT = re.compile(
    r"\s(?:[a-zäöüß-]*(?:sitzung|kabinett|veranstaltung|pressekonferenz|entscheidung|beschluss|urteil|termin|abstimmung"
    r"|eröffnung|übergabe|besuch|plenum|plenardebatte|debatte|beratung|beratungen|gespräch|konferenz|treffen|tagung"
    r"|festakt|auftakt|spatenstich|unterzeichnung|verkündung|demonstration|landtagssitzung|tag|start)[a-zäöüß]*)"
)
_DAY = re.compile(r"\stage?s?(?![a-zäöüß])")
_HABIT = re.compile(r"\s(vormittag|nachmittag|mittag|abend|nacht)s(?![a-zäöüß])")
_MONTHLY = re.compile(r"\s(?:im|des|eines\sjeden)\smonate?s?(?![a-zäöüß])")
_EVERY = frozenset("jeden jeder jede jedem".split())
_PART_ADJECTIVES = frozenset(
    "frühen späten nächsten folgenden selben gleichen ganzen guten schönen am den".split()
)
# "Heute leben dort wenige" is about an age, not about a day.
_GENERIC_BEFORE = frozenset("von wie noch schon erst zwischen".split())
_GENERIC_AFTER = re.compile(
    r"\s(?:noch|schon|immer|kaum|selbstverständlich|üblich|weniger|mehr|nicht\smehr|zum\steil|überwiegend|vielfach|meist"
    r"|vor\sallem|längst|oft|als\s(?:noch|vor|früher|damals|je)|rund|etwa|fast|gut|wieder|so\s)\b"
)
_AGES = re.compile(r"\b(?:früher|damals|einst|ehemals|einstmals|vergangenheit|anders als|mehr denn je)\b")


def read_weekday(reading: Reading, start: int, end: int, value: str) -> None:
    """A weekday, with the date, the part of the day and the hour that may follow it."""
    if not reading.text[start].isupper() or is_name(reading, start, end):
        return
    weekday, _, part = value.partition("T")
    begin, shift, every = _before(reading, start)
    habit = _HABIT.match(reading.low, end)
    if every or habit:
        _add_every(
            reading,
            begin,
            habit.end() if habit else end,
            int(weekday),
            DAY_PARTS[habit[1]] if habit else part,
        )
        return
    if not part:
        part, end = part_after(reading, end)
    joint = _JOIN.match(reading.low, end)
    if joint and read_days(reading, joint.end(), begin, int(weekday), part):
        return
    if reading.low[start:end].endswith(("tagen", "tage", "wochs", "tags")):
        return
    _add_weekday(reading, begin, end, int(weekday), shift, part)


def _add_every(reading: Reading, start: int, end: int, weekday: int, part: str) -> None:
    """ "jeden Montag", "Mittwoch vormittags", "jeden letzten Samstag im Monat" """
    monthly = _MONTHLY.match(reading.low, end)
    if monthly:
        reading.add(start, monthly.end(), "P1M", "SET", "weekday every month")
    else:
        reading.add(
            start, end, f"XXXX-WXX-{weekday + 1}" + (f"T{part}" if part else ""), "SET", "every weekday"
        )


def _before(reading: Reading, start: int) -> tuple[int, int | None, bool]:
    """Where the expression begins, how far an adjective moves it, and whether it is every such day."""
    word = reading.word_before(start)
    begin = start - 1 - len(word)
    if word in _EVERY:
        return begin, None, True
    if (ordinal(word) or word in SHIFTS) and reading.word_before(begin) in _EVERY:
        return begin - 1 - len(reading.word_before(begin)), None, True
    if word in SHIFTS and begin >= reading.done:
        return begin, SHIFTS[word], False
    return start, None, False


def _add_weekday(reading: Reading, start: int, end: int, weekday: int, shift: int | None, part: str) -> None:
    if reading.published is None:
        reading.add(start, end, f"XXXX-WXX-{weekday + 1}" + (f"T{part}" if part else ""), "TIME" if part else "DATE",
                    "weekday", LIKELY)  # fmt: skip
        return
    if shift is None:
        day = day_of_week(reading, weekday, start, end) or reading.published
    elif shift == 0 and reading.direction(start, end) == PAST:
        day = reading.published - timedelta(days=(reading.published.weekday() - weekday) % 7)
    else:
        day = shifted_weekday(reading.published, weekday, shift)
    rule = "weekday" if shift is None else "weekday with adjective"
    add_day(reading, start, end, day, day.isoformat(), rule, part, LIKELY)


def read_weekly(reading: Reading, start: int, end: int, value: str) -> None:
    """ "montags" """
    if reading.text[start].isupper() and reading.word_before(start) in ("des", "eines"):
        return
    reading.add(start, end, f"XXXX-WXX-{int(value) + 1}", "SET", "weekly")


def read_deictic(reading: Reading, start: int, end: int, value: str) -> None:
    """ "heute", "gestern", "morgen" and what specifies it."""
    if reading.low.startswith("morgen", start) and _is_part_of_day(reading, start):
        return
    part, stop = part_after(reading, end)
    if value == "0" and not part and _is_generic(reading, start, end):
        reading.add(start, end, "PRESENT_REF", "DATE", "present age", LIKELY)
        return
    _add_deictic(reading, start, stop, int(value), part)


def _add_deictic(reading: Reading, start: int, end: int, by: int, part: str) -> None:
    named = _NEXT_WEEKDAY.match(reading.low, end)
    stop = named.end() if named and _fits(reading, named["name"], by) else end
    if stop > end and not part:
        part, stop = part_after(reading, stop)
    joint = _JOIN.match(reading.low, stop)
    if joint and read_days(reading, joint.end(), start, None, part):
        return
    if stop < len(reading.low) and reading.low[stop] == ")" and "(" in reading.low[end:stop]:
        stop += 1
    if reading.published is None:
        reading.add(
            start,
            stop,
            "XXXX-XX-XX" + (f"T{part}" if part else ""),
            "TIME" if part else "DATE",
            "day by name",
            LIKELY,
        )
        return
    day = reading.published + timedelta(days=by)
    add_day(reading, start, stop, day, day.isoformat(), "day by name", part, SURE)


def _fits(reading: Reading, name: str, by: int) -> bool:
    day: date | None = reading.published
    return day is None or (day + timedelta(days=by)).weekday() == WEEKDAYS[name]


def _is_part_of_day(reading: Reading, start: int) -> bool:
    """ "am Morgen" is no tomorrow."""
    before = reading.word_before(start)
    if reading.text[start].isupper() and before in _PART_ADJECTIVES | _EVERY:
        if before in ("am", "frühen") and not reading.calendar_only:
            day = reading.recent_day(start)
            reading.add(start, start + 6, f"{day or 'XXXX-XX-XX'}TMO", "TIME", "part of day", LIKELY)
        return True
    return False


def _is_generic(reading: Reading, start: int, end: int) -> bool:
    before = reading.word_before(start)
    if before == "bis":
        return reading.direction(start, end) != PAST
    if before in _GENERIC_BEFORE and not reading.low.startswith(" um ", end):
        return before != "noch" or not reading.low.startswith((" in ", " mit"), end)
    if _GENERIC_AFTER.match(reading.low, end):
        return True
    if not reading.calendar_only and tense.is_general(reading.text, reading.low, start, end):
        return True
    return bool(_AGES.search(reading.low, max(0, start - 90), min(len(reading.low), end + 70)))


def read_deictic_adjective(reading: Reading, start: int, end: int, value: str) -> None:
    """ "am heutigen Dienstag", "in der heutigen Sitzung", "die heutige Jugend"."""
    named = _NEXT_WEEKDAY.match(reading.low, end)
    day = _DAY.match(reading.low, end)
    if named or day:
        stop = (named or day).end()  # type: ignore[union-attr]
        _add_deictic(reading, start, stop, int(value), part_after(reading, stop)[0])
    elif value != "0" or _EVENT.match(reading.low, end):
        _add_deictic(reading, start, end, int(value), "")
    elif reading.word_before(start) in ("dem", "das", "der"):
        reading.reject(start, end, "today's in the sense of present-day")
    else:
        reading.add(start, end, "PRESENT_REF", "DATE", "present age", LIKELY)
