"""Days of the week: "Freitag (16. Februar)", "am kommenden Montag"."""

import re
from datetime import date, timedelta

from pipeline.extract.dates.anchored import day_of_stretch, read_beside, read_within
from pipeline.extract.dates.clock import part_after
from pipeline.extract.dates.days import read_days
from pipeline.extract.dates.hours import are_opening_hours
from pipeline.extract.dates.lexicon import DAY_PARTS, SHIFTS, WEEKDAYS
from pipeline.extract.dates.moments import add_day
from pipeline.extract.dates.notation import JOIN, days_at
from pipeline.extract.dates.numerals import ordinal
from pipeline.extract.dates.persons import is_name
from pipeline.extract.dates.reading import LIKELY, MEMORY, Reading
from pipeline.extract.dates.resolve import day_of_week, shifted_weekday
from pipeline.extract.dates.verbs import PAST
from pipeline.extract.dates.weekdates import read_followed
from pipeline.extract.mentions import Date

_HABIT = re.compile(r"\s(vormittag|nachmittag|mittag|abend|nacht)s(?![a-zäöüß])")
_MONTHLY = re.compile(r"\s(?:im|des|eines\sjeden)\smonate?s?(?![a-zäöüß])")
_NAMES = "|".join(WEEKDAYS)
_BESIDE_DAY = 60  # "4. April in Erfurt (Mittwoch)"
_NEWSPAPER = re.compile(r"(?:bild|welt) am \Z")
_AND = re.compile(r",?\s{0,2}(?:bis(?:\szum)?|und|sowie|–|-|/|,)\s{0,2}(?:am\s)?")
# "Mittwoch und Donnerstag, 4. und 5. April"
_SECOND_WEEKDAY = re.compile(rf"\s?(?:/|und|bis|-|–)\s?(?:{_NAMES}),?\s(?:(?:den|dem)\s)?(?=\d)")
_BRACKETED_RANGE = re.compile(r"\s\(\d{1,2}\.(?:\s?[a-zä]+|\d{1,2}\.)?\s?(?:bis|–|-)")
_SAME_LINE = re.compile(r"(?:(?![.!?]\s[a-zäöü]{2,}\s)[^\n;]){1,80}")
_LAST_BEFORE = re.compile(r"\s(?:vor|des|der)\s(?!woche|monat)[a-zäöüß]")
_FOLLOWING = ("darauffolgenden", "folgenden", "nachfolgenden")
_SOME = frozenset("ein einem einen eines jenem jenen jener".split())
EVERY = frozenset("jeden jeder jede jedem".split())


def read_weekday(reading: Reading, start: int, end: int, value: str) -> None:
    """A weekday, with the date, the part of the day and the hour that may follow it."""
    weekday, _, part = value.partition("T")
    if not reading.text[start].isupper() or (not part and is_name(reading, start, end)):
        return
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
    if reading.low.startswith("letzte", begin) and _LAST_BEFORE.match(reading.low, end):
        reading.reject(begin, end, "last weekday before something")
        return
    if not part:
        part, end = part_after(reading, end)
    joint = JOIN.match(reading.low, end) or _second_weekday(reading, end)
    if joint and _ends_range_in_brackets(reading, start, end):
        joint = None
    if joint and read_days(reading, joint.end(), begin, int(weekday), part):
        return
    if shift is None and read_followed(reading, begin, end, int(weekday)):
        return
    if shift is None and read_beside(reading, begin, end, int(weekday)):
        return
    if read_within(reading, start, begin, end, int(weekday), part):
        return
    if are_opening_hours(reading, start, end):
        reading.add(begin, end, f"XXXX-WXX-{int(weekday) + 1}", "SET", "opening hours", LIKELY)
        return
    if _NEWSPAPER.search(reading.low, max(0, start - 10), start):
        reading.reject(start, end, "name of a newspaper")
        return
    if reading.word_before(start) in _SOME and shift is None:
        reading.reject(start, end, "any such weekday")
        return
    if reading.low[start:end].endswith(("tagen", "tage", "wochs", "tags")):
        return
    _add_weekday(reading, begin, end, int(weekday), shift, part)


def _second_weekday(reading: Reading, end: int) -> re.Match[str] | None:
    """ "Mittwoch und Donnerstag, 4. und 5. April", not "Donnerstag bis Sonntag, 28. Mai" """
    found = _SECOND_WEEKDAY.match(reading.low, end)
    return found if found and len(days_at(reading, found.end())) > 1 else None


def _ends_range_in_brackets(reading: Reading, start: int, end: int) -> bool:
    """ "Freitag bis Sonntag (2. bis 4. Oktober)": the bracket gives the range once more, not the Sunday."""
    return reading.word_before(start) == "bis" and _BRACKETED_RANGE.match(reading.low, end) is not None


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
    word, begin = reading.before(start)
    if word in EVERY:
        return begin, None, True
    if (ordinal(word) or word in SHIFTS) and reading.word_before(begin) in EVERY:
        return reading.before(begin)[1], None, True
    if word in SHIFTS and begin >= reading.done:
        return begin, SHIFTS[word], False
    if word in _FOLLOWING and begin >= reading.done and reading.day and start - reading.day_at < MEMORY:
        return begin, None, False
    return start, None, False


def _add_weekday(reading: Reading, start: int, end: int, weekday: int, shift: int | None, part: str) -> None:
    if reading.published is None:
        timex = f"XXXX-WXX-{weekday + 1}" + (f"T{part}" if part else "")
        reading.add(start, end, timex, "TIME" if part else "DATE", "weekday", LIKELY)
        return
    told = reading.day
    in_brackets = reading.low[start - 1 : start] == "(" and start - reading.day_at < _BESIDE_DAY
    if told and told.weekday() == weekday and in_brackets and shift is None:
        add_day(reading, start, end, told, told.isoformat(), "weekday", part, LIKELY)
        return
    following = None
    if shift is None:
        following = (
            _after_told(reading, start, weekday)
            or _following(reading, start, weekday)
            or _until(reading, start, weekday)
            or _of_agenda(reading, start, end, weekday)
            or day_of_stretch(reading, start, end, weekday)
        )
    if following is not None:
        day = following
    elif shift is None:
        day = day_of_week(reading, weekday, start, end) or reading.published
    elif shift == 0 and reading.direction(start, end) == PAST:
        day = reading.published - timedelta(days=(reading.published.weekday() - weekday) % 7)
    else:
        day = shifted_weekday(reading.published, weekday, shift)
    rule = "weekday" if shift is None else "weekday with adjective"
    add_day(reading, start, end, day, day.isoformat(), rule, part, LIKELY)


def _after_told(reading: Reading, start: int, weekday: int) -> date | None:
    """ "am darauffolgenden Montag": after the day told of."""
    if reading.day is None or not reading.low.startswith(_FOLLOWING, start):
        return None
    return reading.day + timedelta(days=(weekday - reading.day.weekday() - 1) % 7 + 1)


def _following(reading: Reading, start: int, weekday: int) -> date | None:
    """The second of "Donnerstag und Freitag" comes after the first."""
    if not reading.mentions or reading.day is None or reading.day_at != reading.mentions[-1].start:
        return None
    if not reading.mentions[-1].rule.startswith("weekday"):
        return None
    if not _AND.fullmatch(reading.low, reading.mentions[-1].end, start):
        return None
    return reading.day + timedelta(days=(weekday - reading.day.weekday()) % 7)


def _of_agenda(reading: Reading, start: int, end: int, weekday: int) -> date | None:
    """ "Montag: Sitzung in Erfurt" as a line of its own: a day of the week told of, or the next one."""
    if not reading.low.startswith((":", "/", ", ", " ("), end) or reading.text[
        max(0, start - 1) : start
    ] not in ("", "\n"):
        return None
    if reading.published is None:
        return None
    listed = reading.day is not None and reading.text[max(0, reading.day_at - 1) : reading.day_at] in (
        "",
        "\n",
    )
    if listed and reading.day and reading.day >= reading.published and start - reading.day_at < MEMORY:
        return reading.day + timedelta(days=(weekday - reading.day.weekday()) % 7)
    for mention in reversed(reading.mentions):
        value = mention.value
        if isinstance(value, Date) and value.first_on and "-W" in value.timex:
            return date.fromisoformat(value.first_on) + timedelta(days=weekday)
        if mention.rule == "weekday" and reading.day and reading.day >= reading.published:
            return reading.day + timedelta(days=(weekday - reading.day.weekday()) % 7)
    return reading.published + timedelta(days=(weekday - reading.published.weekday()) % 7)


def _until(reading: Reading, start: int, weekday: int) -> date | None:
    """ "20.11.: Landtag, bis Freitag": after a day to come, the weekday that follows it."""
    if reading.word_before(start) != "bis" or reading.day is None or reading.published is None:
        return None
    if reading.day <= reading.published or not _SAME_LINE.fullmatch(reading.low, reading.day_at, start):
        return None
    return reading.day + timedelta(days=(weekday - reading.day.weekday()) % 7)


def read_weekly(reading: Reading, start: int, end: int, value: str) -> None:
    """ "montags" """
    if reading.text[start].isupper() and reading.word_before(start) in ("des", "eines"):
        return
    reading.add(start, end, f"XXXX-WXX-{int(value) + 1}", "SET", "weekly")
