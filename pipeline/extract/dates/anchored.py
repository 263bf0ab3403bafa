"""Weekdays placed by something else: "Dienstag nach Pfingsten", "Freitag zuvor", "Montag kommender Woche"."""

import re
from datetime import date, timedelta

from pipeline.extract.dates.days import read_days
from pipeline.extract.dates.feasts import BESIDE_FEAST, feast_beside, weekday_beside
from pipeline.extract.dates.lexicon import ANAPHORIC, MONTHS, SHIFTS
from pipeline.extract.dates.moments import add_day
from pipeline.extract.dates.numerals import cardinal, ordinal
from pipeline.extract.dates.reading import LIKELY, MEMORY, Reading
from pipeline.extract.dates.resolve import year_of_month
from pipeline.extract.dates.spans import nth_weekday
from pipeline.extract.dates.verbs import PAST
from pipeline.extract.mentions import Date, Mention

_OF_WEEK = re.compile(
    r"\s(?:in\s)?(?:der\s)?(?:(?P<shift>[a-zäöüß]{4,16}e[nr])\swoche|(?P<beside>vor|folge)woche)(?![a-zäöüß])"
)
_IN_MONTH = re.compile(
    rf"\s(?:im|des)\s(?:monats?\s)?(?P<month>{'|'.join(MONTHS)})s?(?:\s(?P<year>(?:19"
    rf"|20)\d\d)(?!\d))?(?![a-zäöüß])"
)
_OF_THIS_MONTH = re.compile(r"\sdes\smonats(?![a-zäöüß])")
_BESIDE_TOLD = re.compile(
    r"\s(?:(?P<way>zuvor|davor|danach|darauf)|(?P<event>vor|nach)\s(?:der|dem)\s(?:[a-zäöü]*wahl|wahl(?:tag|sonntag)|abstimmung))"
    r"(?![a-zäöüß])"
)
_FAR = 1500  # characters over which "der Sonntag darauf" looks back
_SUNDAY = 6  # on which Germans vote
_BESIDE_EVENT = re.compile(r"\s(?:nach|vor)\s(?:[^\s,.;]+\s){0,2}[^\s,.;]+,\s(?:dem|den)\s(?=\d)")
_BESIDE = (" nach ", " vor ", " in ", " zuvor", " davor", " danach", " darauf")
_EARLIER_BY = 2  # said on a Friday, "Donnerstag in zwei Wochen" is the thirteenth day
_HALF_A_WEEK = 3  # "Freitag vor einer Woche" is that nearest to a week ago
_WEEKS_AWAY = re.compile(
    r"\s(?P<way>vor|in)\s(?:knapp\s|gut\s|genau\s|rund\s)?(?:(?P<number>\w{1,9})\swochen?"
    r"|(?P<days>acht|vierzehn|8|14)\stagen)(?![a-zäöüß])"
)
_TO = re.compile(r",?\s{0,2}(?:bis(?:\szum|\seinschließlich)?|–|-)\s{0,2}")
_WEEK = timedelta(days=7)
Days = tuple[date, date]
_WEEKS_OF_DAYS = {"acht": 1, "8": 1, "vierzehn": 2, "14": 2}


def read_beside(reading: Reading, start: int, end: int, weekday: int) -> bool:
    """A weekday before or after a feast, an event with its date, or the day told of; or weeks away."""
    if not reading.low.startswith(_BESIDE, end):
        return False
    return (
        _read_beside_feast(reading, start, end, weekday)
        or _read_beside_told(reading, start, end, weekday)
        or _read_weeks_away(reading, start, end, weekday)
    )


def read_within(reading: Reading, name: int, start: int, end: int, weekday: int, part: str) -> bool:
    """A weekday of a week or month; the weekday's name begins at `name`, the expression at `start`."""
    return _read_with_week(reading, start, end, weekday, part) or _read_in_month(reading, name, end, weekday)


def _read_with_week(reading: Reading, start: int, end: int, weekday: int, part: str) -> bool:
    """ "Dienstag vergangener Woche" """
    if reading.low.find("woche", end, end + 32) < 0:
        return False
    week = _OF_WEEK.match(reading.low, end)
    if week is None or reading.published is None:
        return False
    told = week["shift"] in ANAPHORIC
    if week["beside"]:
        by = -1 if week["beside"] == "vor" else 1
    elif told or week["shift"] in SHIFTS:
        by = (ANAPHORIC if told else SHIFTS)[week["shift"]]
    else:
        return False
    base = reading.recent_day(start) if told else reading.published
    day = (base or reading.published) + timedelta(days=weekday, weeks=by)
    day -= timedelta(days=(base or reading.published).weekday())
    add_day(reading, start, week.end(), day, day.isoformat(), "weekday of a week", part, LIKELY)
    return True


def _read_in_month(reading: Reading, start: int, end: int, weekday: int) -> bool:
    """ "zweiten Donnerstag im September" """
    if not reading.low.startswith((" im ", " des "), end):
        return False
    if _OF_THIS_MONTH.match(reading.low, end) and reading.published:
        return _add_of_this_month(reading, start, end, weekday)
    found = _IN_MONTH.match(reading.low, end)
    if found is None:
        return False
    tail = found if found["year"] else None
    return add_nth(reading, start, found.end(), MONTHS[found["month"]], weekday, tail)


def _add_of_this_month(reading: Reading, start: int, end: int, weekday: int) -> bool:
    """ "am letzten Sonntag des Monats": of the month told of in the sentence, or of this one."""
    word, begin = reading.before(start)
    place = -1 if word.startswith("letzte") else ordinal(word)
    published = reading.published
    if place is None or published is None:
        return False
    day = nth_weekday(*(reading.told_month(start) or (published.year, published.month)), weekday, place)
    if day is None:
        return False
    add_day(reading, begin, end + len(" des monats"), day, day.isoformat(), "weekday of a month", "", LIKELY)
    return True


def add_nth(
    reading: Reading, start: int, end: int, month: int, weekday: int, tail: re.Match[str] | None
) -> bool:
    """The second Thursday of a month, say; the word that counts it stands before `start`."""
    word, begin = reading.before(start)
    place = -1 if word.startswith("letzte") else ordinal(word)
    stop = tail.end() if tail else end
    year = int(tail["year"]) if tail else year_of_month(reading, month, start, stop)
    day = nth_weekday(year, month, weekday, place) if year and place else None
    if day is None:
        return False
    add_day(reading, begin, stop, day, day.isoformat(), "weekday of a month", "", LIKELY)
    return True


def _read_beside_told(reading: Reading, start: int, end: int, weekday: int) -> bool:
    """ "am Freitag zuvor", "am Montag darauf", seen from the day told of."""
    beside = _BESIDE_TOLD.match(reading.low, end)
    if beside is None or reading.day is None or start - reading.day_at > _FAR:
        return False
    if beside["event"] and reading.day.weekday() != _SUNDAY:
        return False
    if beside["way"] in ("zuvor", "davor") or beside["event"] == "vor":
        day = reading.day - timedelta(days=(reading.day.weekday() - weekday - 1) % 7 + 1)
    else:
        day = reading.day + timedelta(days=(weekday - reading.day.weekday() - 1) % 7 + 1)
    add_day(reading, start, beside.end(), day, day.isoformat(), "weekday beside the day told of", "", LIKELY)
    return True


def _read_beside_feast(reading: Reading, start: int, end: int, weekday: int) -> bool:
    """ "Dienstag nach Pfingsten", "am Montag nach den Osterferien, dem 16. April" """
    dated = _BESIDE_EVENT.match(reading.low, end)
    if dated and read_days(reading, dated.end(), start, weekday):
        return True
    beside = BESIDE_FEAST.match(reading.low, end)
    feast = feast_beside(reading, beside, start) if beside else None
    if beside is None or feast is None:
        return False
    day = weekday_beside(feast, beside["way"], weekday)
    add_day(reading, start, beside.end(), day, day.isoformat(), "weekday beside a feast", "", LIKELY)
    return True


def _read_weeks_away(reading: Reading, start: int, end: int, weekday: int) -> bool:
    """ "am Donnerstag in zwei Wochen": the Thursday about so many weeks away."""
    away = _WEEKS_AWAY.match(reading.low, end)
    if away is None:
        return False
    number = _WEEKS_OF_DAYS[away["days"]] if away["days"] else cardinal(away["number"])
    if number is None or number != int(number) or reading.published is None:
        return False
    if away["way"] == "in":
        earlier = _EARLIER_BY if number > 1 else 0  # less than a week off, it would be "am Donnerstag"
        least = reading.published + timedelta(weeks=int(number), days=-earlier)
        day = least + timedelta(days=(weekday - least.weekday()) % 7)
    else:
        back = (reading.published.weekday() - weekday) % 7
        day = reading.published - timedelta(days=back, weeks=int(number) - (back > _HALF_A_WEEK))
    add_day(reading, start, away.end(), day, day.isoformat(), "weekday weeks away", "", LIKELY)
    return True


def day_of_stretch(reading: Reading, start: int, end: int, weekday: int) -> date | None:
    """After "am übernächsten Wochenende" or "2. bis 4. Oktober", "am Sonntag" is the Sunday of those days."""
    stretch = _stretch_told(reading, start)
    if stretch is None or reading.direction(start, end) == PAST:
        return None
    first, last = stretch
    day = first + timedelta(days=(weekday - first.weekday()) % 7)
    return day if day <= last else None


def _stretch_told(reading: Reading, start: int) -> Days | None:
    """The weekend, week or range to come of which the paragraph tells, unless it has turned to other days."""
    between: list[date] = []
    least = start - MEMORY if start > MEMORY else 0
    least = max(least, reading.low.rfind("\n", least, start) + 1)
    for at in range(len(reading.mentions) - 1, -1, -1):
        if reading.mentions[at].end < least:
            return None
        first, last = _days_told(reading.mentions, at, reading.low)
        if last - first >= _WEEK:
            continue
        if first == last:
            between.append(first)
            continue
        ahead = reading.published is not None and first > reading.published
        return (first, last) if ahead and all(first <= day <= last for day in between) else None
    return None


def _days_told(mentions: list[Mention], at: int, low: str) -> Days:
    """First and last day of a mention, or of the range that it ends."""
    first, last = _days_of(mentions[at])
    if at and first == last and _TO.fullmatch(low, mentions[at - 1].end, mentions[at].start):
        begin = _days_of(mentions[at - 1])
        if begin[0] == begin[1] < first:
            return begin[0], last
    return first, last


def _days_of(mention: Mention) -> Days:
    value = mention.value
    if not isinstance(value, Date) or value.first_on is None or value.last_on is None:
        return date.min, date.max
    return date.fromisoformat(value.first_on), date.fromisoformat(value.last_on)
