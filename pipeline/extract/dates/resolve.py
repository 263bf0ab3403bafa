"""From what an expression leaves open to the day it means: the year of "19. März", the week of "Freitag"."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from pipeline.extract.dates.calendar import is_day
from pipeline.extract.dates.leads import is_aftermath, is_appointment, is_topic
from pipeline.extract.dates.lexicon import SHIFTS, WEEKDAYS
from pipeline.extract.dates.reading import Reading
from pipeline.extract.dates.tense import announces
from pipeline.extract.dates.told import said_with_year, told_year, year_before_past
from pipeline.extract.dates.verbs import FUTURE, OPEN, PAST, PLANNED

# A day this near to publication is meant even against the tense: a release of the 18th quotes what
# somebody "said on the opening on the 20th".
_NEAR = timedelta(days=45)
# Without any cue a release speaks rather of the past months than of as many to come.
_BACK, _AHEAD = timedelta(days=200), timedelta(days=166)
_AFTERMATH = timedelta(days=120)
_PUT_OFF = timedelta(days=100)  # what "war geplant" for a month further off is the last one of that name
_BEFORE = 80
_SOON = 2  # "Demonstration am Samstag", said on a Friday, is announced, not told of
_RELATIVE = ("weekday", "day by name", "counted unit", "unit ")  # rules of days that no date names
# The gap of a list of days ends so; a relative clause or "zuvor" would turn to another day.
_LISTED = re.compile(r"\A[^,]*(?:,|,?\s(?:und|sowie))\s(?:(?:dann|schließlich|danach)\s)?(?:a[mb]\s)?\Z")
_HEADLINE = 240
_LEAD = 600  # the first paragraphs, which say in full what the headline says in short
_SHIFTING = "vergangenen|letzten|vorigen|kommenden|nächsten"
_NAMES = {
    number: "|".join(name for name in WEEKDAYS if WEEKDAYS[name] == number) for number in WEEKDAYS.values()
}
_SAID_LATER = {
    number: re.compile(rf"(?P<shift>{_SHIFTING})\s(?:{names})(?![a-zäöüß])")
    for number, names in _NAMES.items()
}
_HAD = re.compile(r"\shatten?\s[^.!?\n]*\Z")
_YEAR_BELOW = re.compile(r"\s((?:19|20)\d\d)(?![\d/])")
_ENDS_RANGE = re.compile(r"(?:\d\.?|\s)(?:–|-|bis\s(?:zum\s)?)\Z")
_IN_RETROSPECT = re.compile(r"(?:rückwirkend|nachträglich)\s(?:[a-zäöü]+\s){1,2}\Z")
_RETROSPECT = 30
_AGAIN = re.compile(r"\b(?:wird|werden|soll|sollen|wieder|erneut|erst|immer|nächste\smal)\s[^.!?\n,;]*\Z")
_OF_A_DAY = re.compile(r"\d\.\s\Z")
_RANGE_AFTER = re.compile(rf"\sbis\s(?:einschließlich\s|zum\s)?(?:{'|'.join(WEEKDAYS)})(?![a-zäöüß])")
_RESULT = re.compile(r"\s\(\d{1,2}:\d{1,2}\)")
CLOCK_AFTER = re.compile(r",?\s(?:um\s|ab\s)?\d{1,2}(?:[.:]\d\d)?\suhr")


def year_of_day(
    reading: Reading, month: int, day: int, start: int, end: int, weekday: int | None = None
) -> int | None:
    """The year of a day given without one; None if it cannot be known."""
    published = reading.published
    if published is None:
        return told_year(reading, month, start)
    told = weekday is None and (
        reading.year_of_sentence(start) or reading.year_of_clause(start) or reading.year_ahead(month, start)
    )
    told = (
        told
        or year_before_past(reading, start, end)
        or reading.year_of_story(start, end)
        or reading.year_of_then(start)
    )
    if told:
        return told
    reach = 4 if (month, day) == (2, 29) else 1
    candidates = [
        date(year, month, day)
        for year in range(published.year - reach, published.year + reach + 1)
        if is_day(year, month, day)
    ]
    if not candidates:
        return None
    nearest = min(candidates, key=lambda other: abs(other - published))
    fitting = [other for other in candidates if other.weekday() == weekday]
    # A day near publication with the wrong weekday is a slip of the pen, not another year.
    if fitting and abs(nearest - published) > _NEAR:
        return min(fitting, key=lambda other: abs(other - published)).year
    return _nearest(reading, candidates, published, start, end, told_year(reading, month, start))


def year_of_month(reading: Reading, month: int, start: int, end: int) -> int | None:
    """The year of a month given without one."""
    published = reading.published
    if published is None:
        return told_year(reading, month, start)
    if reading.year_of_sentence(start):
        return reading.year_of_sentence(start)
    ahead = reading.year_ahead(month, start)
    if ahead:
        return ahead
    if _IN_RETROSPECT.search(reading.low, max(0, start - _RETROSPECT), start):
        latest = reading.told_month(start) or (published.year, published.month)
        return latest[0] - (month > latest[1])
    again = said_with_year(reading, month, start)
    before = year_before_past(reading, start, end)
    if before:
        return before
    told = None if again else reading.year_to_go_on(start, end)
    if told:
        return told[0] + (month < told[1])
    candidates = [date(year, month, 15) for year in range(published.year - 1, published.year + 2)]
    if _is_next_time(reading, month, start, end):
        return published.year + (month < published.month)
    if month == published.month % 12 + 1 and reading.direction(start, end) == PAST:
        return published.year - (month > published.month)  # "im Januar hatte" in December is long past
    known = None if again else told_year(reading, month, start)
    return _nearest(reading, candidates, published.replace(day=15), start, end, known)


def _is_next_time(reading: Reading, month: int, start: int, end: int) -> bool:
    """ "Bis Dezember soll" in January: the month just past is meant for the next time."""
    published = reading.published
    if published is None or month % 12 + 1 != published.month:
        return False
    word, begin = reading.before(start)
    again = _AGAIN.search(reading.low, max(0, start - _BEFORE), start)
    leads = word in ("bis", "ab") or (word == "im" and (reading.text[begin] == "I" or again))
    return bool(leads) and reading.direction(start, end) == FUTURE


def year_by(reading: Reading, in_year: Callable[[int], date], start: int, end: int) -> int | None:
    """The year of something that comes once a year: a feast, a season."""
    published = reading.published
    if published is None:
        return None
    if reading.year_of_sentence(start):
        return reading.year_of_sentence(start)
    candidates = [in_year(year) for year in range(published.year - 1, published.year + 2)]
    chosen = _nearest(reading, candidates, published, start, end)
    return next(
        (year for year in range(published.year - 1, published.year + 2) if in_year(year).year == chosen), None
    )


def _nearest(
    reading: Reading, candidates: list[date], published: date, start: int, end: int, told: int | None = None
) -> int | None:
    if not candidates:
        return None
    nearest = min(candidates, key=lambda day: abs(day - published))
    if abs(nearest - published) <= _NEAR and not (
        nearest < published and _goes_on_ahead(reading, start, end)
    ):
        return nearest.year
    direction = reading.direction(start, end)
    if direction == OPEN and (
        announces(reading.text, reading.low, start, end)
        or reading.told_side(start) == FUTURE
        or is_appointment(reading.text, reading.low, start, end)
    ):
        direction = FUTURE
    if is_headline(reading, start):
        below, year = said_below(reading, start, end)
        direction = below or direction
        if year is not None:
            return year
    if told is not None and told < published.year and direction != FUTURE:
        return told
    if direction == PAST and is_topic(reading.low, start) and not _is_told_back(reading, start):
        direction = OPEN
    if direction == PLANNED:
        return max((day for day in candidates if day <= published + _PUT_OFF), default=nearest).year
    if direction == PAST:
        return max((day for day in candidates if day <= published + _NEAR), default=nearest).year
    if (
        direction == FUTURE
        and nearest <= published <= nearest + _AFTERMATH
        and is_aftermath(reading.low, start)
    ):
        return nearest.year  # "nach der Wahl am 14. September wählt der Landtag"
    if direction == FUTURE:
        near = timedelta(0) if abs(nearest - published) <= _NEAR else _NEAR
        return min((day for day in candidates if day >= published - near), default=nearest).year
    return next((day for day in candidates if -_BACK <= day - published < _AHEAD), nearest).year


def is_headline(reading: Reading, start: int) -> bool:
    return start < _HEADLINE and "\n" not in reading.low[:start]


def said_below(reading: Reading, start: int, end: int) -> tuple[int, int | None]:
    """What the text says of a season, month or day of its headline: "Volksabstimmung im Frühjahr"."""
    head = reading.low.find("\n", end)
    at = reading.low.find(reading.low[start:end], head, head + _LEAD) if head >= 0 else -1
    if at < 0 or (_OF_A_DAY.search(reading.low, at - 4, at) and not reading.low[start].isdigit()):
        return OPEN, None
    stop = at + end - start
    year = _YEAR_BELOW.match(reading.low, stop)
    return (OPEN, int(year[1])) if year else (reading.direction(at, stop), None)


def _is_told_back(reading: Reading, start: int) -> bool:
    """ "hatte vor der Wahl am 9. Mai versprochen" """
    return _HAD.search(reading.low, max(0, start - _BEFORE), start) is not None


def _goes_on_ahead(reading: Reading, start: int, end: int) -> bool:
    """Whether a sentence goes on with what is to come: "zum 15. April, der zweite zum 15. Oktober"."""
    return reading.told_direction(start) == FUTURE and reading.direction(start, end) == FUTURE


def day_of_week(reading: Reading, weekday: int, start: int, end: int) -> date | None:
    """The day meant by a bare weekday: the last one or the day itself, unless the sentence looks ahead."""
    published = reading.published
    if published is None:
        return None
    direction = reading.direction(start, end) or reading.told_direction(start)
    direction = FUTURE if direction == PLANNED else direction  # it is called off before the day
    if direction == OPEN and (
        announces(reading.text, reading.low, start, end) or CLOCK_AFTER.match(reading.low, end)
    ):
        direction = FUTURE
    ahead = (weekday - published.weekday()) % 7
    if direction == OPEN and reading.calendar_only:
        direction = _direction_told_later(reading, weekday, end)
    if direction == OPEN and reading.calendar_only and is_headline(reading, start):
        direction = said_below(reading, start, end)[0]
    if direction == OPEN and reading.calendar_only and is_appointment(reading.text, reading.low, start, end):
        direction = FUTURE
    if direction == OPEN and reading.calendar_only and _RANGE_AFTER.match(reading.low, end):
        direction = FUTURE  # "auf die Tage von Freitag bis einschließlich Montag"
    if reading.low.startswith(" (", end) and _RESULT.match(reading.low, end):
        direction = PAST
    elif direction == OPEN and reading.calendar_only and ahead <= _SOON:
        direction = FUTURE
    if direction == FUTURE:
        after = _day_listed_before(reading, start)
        if after is not None:
            return after + timedelta(days=(weekday - after.weekday()) % 7)
        week = timedelta(days=7 if ahead == 0 and _tells_of_next_week(reading, weekday, start) else 0)
        return published + timedelta(days=ahead) + week
    return published - timedelta(days=(published.weekday() - weekday) % 7)


def _direction_told_later(reading: Reading, weekday: int, end: int) -> int:
    """What the text says of a headline's weekday below: "Warnstreik am Dienstag" and "kommenden Dienstag"."""
    later = _SAID_LATER[weekday].search(reading.low, end, end + _LEAD)
    if later is None:
        return OPEN
    return PAST if SHIFTS[later["shift"]] < 0 else FUTURE


def _day_listed_before(reading: Reading, start: int) -> date | None:
    """The day to come, by its name, after which a list goes on: "übermorgen in Suhl, Montag in Gera"."""
    if reading.told_direction(start) != FUTURE or not reading.mentions[-1].rule.startswith(_RELATIVE):
        return None
    gap = reading.low[reading.mentions[-1].end : start]
    return reading.day if _LISTED.search(gap) else None


def _tells_of_next_week(reading: Reading, weekday: int, start: int) -> bool:
    """Whether a day told of before lies between publication and the same weekday a week later."""
    told, published = reading.recent_day(start), reading.published
    if told is None or published is None:
        return False
    if _ENDS_RANGE.search(reading.low, max(0, reading.day_at - 8), reading.day_at):
        return False
    return (
        told.isocalendar()[:2] == (published + timedelta(days=7)).isocalendar()[:2]
        and told.weekday() < weekday
    )


def shifted_weekday(published: date, weekday: int, by: int) -> date:
    """ "am vergangenen Freitag", "am kommenden Montag"; 0 is "diesen Donnerstag"."""
    if by < 0:
        return published - timedelta(days=(published.weekday() - weekday - 1) % 7 + 1 + 7 * (-by - 1))
    ahead = (weekday - published.weekday() - (by > 0)) % 7 + (by > 0)
    return published + timedelta(days=ahead + 7 * max(0, by - 1))
