"""How long and how often: "drei Jahre und vier Monate", "seit Wochen", "alle vier Jahre"; and ages."""

import re
from datetime import date, timedelta

from pipeline.extract.dates.lexicon import MONTHS, WEEKDAYS
from pipeline.extract.dates.moments import add_day
from pipeline.extract.dates.numerals import cardinal, written
from pipeline.extract.dates.phrase import Phrase
from pipeline.extract.dates.reading import GUESSED, LIKELY, MEMORY, Reading
from pipeline.extract.dates.spans import Moved, moved
from pipeline.extract.dates.verbs import PAST

# How a duration counts each unit: TIMEX3 has none for quarters and half years.
_COUNT = {"Q": (3, "M"), "H": (6, "M")}
_AND_MORE = re.compile(
    r"\sund\s(?P<number>\w+)\s(?P<unit>monate?n?|wochen?|tage?n?|stunden?|minuten?)(?![a-zäöüß])"
)
_UNIT_LETTER = {"m": "M", "w": "W", "t": "D", "s": "H"}
_AGE = re.compile(r"\s(?:alt|alte|alter|altes|alten)(?![a-zäöüß])")
_AGED = re.compile(r"\b(?:alters?|altersgrenze) (?:von )?\Z")
_TRAIL = re.compile(r"\s(?:lang|(?P<way>zuvor|davor|später|danach|darauf|drauf|früher|vorher))(?![a-zäöüß])")
_EARLIER = frozenset(("zuvor", "davor", "früher", "vorher"))
_SPENT = frozenset("t€ tsd. cent millionen milliarden euro € dm mark mio. mrd. prozent % stück mal".split())
_AGAIN = re.compile(r"(?:zweite|dritte|vierte|fünfte|sechste)[rsn]?\s[\w-]+\sin\s\Z")
_NEAR = 200  # the day told of is in this sentence or the one before
# "vor 400 Jahren" gives no year.
_EXACTLY = re.compile(r"(?:vor|seit)\s(?=genau\s)")
_AS_PLANNED = re.compile(r"\sals\s(?:geplant|vorgesehen|bisher|erwartet|gedacht|zunächst|ursprünglich)")
_FURTHEST = 30
# "in zwei Wochen, am 22.": the day speaks for itself
DAY_TOLD = re.compile(
    rf"(?:,|\s?[(–-])\s?(?:(?:genauer|genau|also|und\szwar|nämlich)\s)?(?:(?:am|im|vom|zum|ab)\s)?"
    rf"(?:(?:{'|'.join(WEEKDAYS)})(?![a-zäöüß])|\d{{1,2}}\.\s?(?:\d|[a-zä]|,|bis)"
    rf"|\d{{1,2}}\.[,)]|(?:19|20)\d\d[,.)]|(?:{'|'.join(MONTHS)})(?![a-zäöüß]))"
)


def read_duration(reading: Reading, phrase: Phrase, start: int, end: int, unit: str) -> None:
    """ "drei Jahre und vier Monate", "seit Jahren", "in den vergangenen zwei Jahrzehnten" """
    if _is_age(reading, phrase, end, unit):
        reading.reject(phrase.start, end, "age")
        reading.done = end
        return
    number = 0.5 if phrase.half and phrase.number in (None, 1.0) else phrase.number
    if number is None or (phrase.vague and number == 1):
        number, value = None, vague(unit)
    else:
        value, end = _with_more(reading, length(number, unit), end)
    trail = _TRAIL.match(reading.low, end)
    if (
        reading.calendar_only
        and trail
        and trail["way"]
        and _add_from_told(reading, phrase, trail, unit, number)
    ):
        return
    if reading.calendar_only and not trail and number and _add_distant(reading, phrase, end, unit, number):
        return
    reading.add(phrase.start, trail.end() if trail else end, value, "DURATION", "duration")


def _is_age(reading: Reading, phrase: Phrase, end: int, unit: str) -> bool:
    if _AGE.match(reading.low, end) or _AGED.search(reading.low, max(0, phrase.start - 16), phrase.start):
        return True
    return unit == "Y" and phrase.preposition in ("ab", "unter", "mit") and phrase.shift is None


def _with_more(reading: Reading, value: str, end: int) -> tuple[str, int]:
    """The value and end with "und vier Monate" added to it."""
    more = _AND_MORE.match(reading.low, end)
    extra = cardinal(more["number"]) if more else None
    if more is None or extra is None:
        return value, end
    letter = _UNIT_LETTER[more["unit"][0]]
    return value + ("T" if letter in "HS" and "T" not in value else "") + written(extra) + letter, more.end()


def _add_distant(reading: Reading, phrase: Phrase, end: int, unit: str, number: float) -> bool:
    """ "vor drei Jahren", "in zwei Wochen": how far from publication, at the grain of the unit."""
    loose = phrase.about or phrase.vague or phrase.half or phrase.article or phrase.shift is not None
    if number != int(number) or number > _FURTHEST or reading.published is None:
        return False
    if loose:
        return phrase.about and _add_exact(reading, phrase, end, unit, int(number))
    if phrase.preposition not in ("vor", "in") or unit not in ("Y", "M", "W", "D"):
        return False
    if phrase.preposition == "in" and (
        reading.direction(phrase.start, end) == PAST or _takes_so_long(reading, phrase.start)
    ):
        return False
    if DAY_TOLD.match(reading.low, end):
        reading.reject(phrase.start, end, "distance to a day told beside it")
        return True
    away = moved(reading.published, unit, int(number) * (-1 if phrase.preposition == "vor" else 1))
    if away.day:
        reading.remember(away.day, phrase.start)
    reading.add(phrase.start, end, away.timex, "DATE", "distance from publication", GUESSED)
    return True


def _add_exact(reading: Reading, phrase: Phrase, end: int, unit: str, number: int) -> bool:
    """ "seit genau einer Woche", "vor genau zehn Tagen": the day itself."""
    exact = _EXACTLY.match(reading.low, phrase.start)
    if exact is None or unit not in ("W", "D") or reading.published is None:
        return False
    day = reading.published - timedelta(days=number * (7 if unit == "W" else 1))
    add_day(reading, exact.end(), end, day, day.isoformat(), "distance from publication", "", LIKELY)
    return True


def _takes_so_long(reading: Reading, start: int) -> bool:
    """ "50 Mio. Euro in fünf Jahren" are spent in that time."""
    _, preposition = reading.before(start)
    word = reading.word_before(preposition)
    return (
        word in _SPENT
        or word[-1:].isdigit()
        or _AGAIN.search(reading.low, max(0, start - 40), start) is not None
    )


def _add_from_told(
    reading: Reading, phrase: Phrase, trail: re.Match[str], unit: str, number: float | None
) -> bool:
    """ "zwei Tage später", "ein Jahr zuvor": from the day or year the text spoke of last."""
    loose = phrase.about or phrase.vague or phrase.half or phrase.preposition or phrase.shift is not None
    planned = reading.low.startswith(" als ", trail.end()) or _AS_PLANNED.match(reading.low, trail.end())
    if loose or planned or number is None or number != int(number) or number > _FURTHEST:
        return False
    by = int(number) * (-1 if trail["way"] in _EARLIER else 1)
    if unit == "Y" and reading.told_year is not None and phrase.start - reading.done < MEMORY:
        to = Moved(f"{reading.told_year + by:04d}")
    elif unit == "M" and (month := reading.told_month(phrase.start, _NEAR)):
        to = moved(date(*month, 1), "M", by)
    elif unit in ("D", "W") and reading.day and phrase.start - reading.day_at < _NEAR:
        to = moved(reading.day, "D", by * (7 if unit == "W" else 1))
    else:
        return False
    if to.day:
        reading.remember(to.day, phrase.start)
    reading.add(phrase.start, trail.end(), to.timex, "DATE", "distance from the day told of", GUESSED)
    return True


def read_set(reading: Reading, phrase: Phrase, end: int, unit: str) -> None:
    """ "alle vier Jahre", "jeden zweiten Tag", "pro Monat" """
    number = phrase.ordinal or phrase.number or 1
    value = vague(unit) if phrase.vague else length(number, unit)
    reading.add(phrase.start, end, value, "SET", "every unit")


def length(number: float, unit: str) -> str:
    """A duration as TIMEX3 writes it.

    >>> length(2, "Y"), length(0.5, "TH"), length(1, "Q")
    ('P2Y', 'PT0.5H', 'P3M')
    """
    times, letter = _COUNT.get(unit, (1, unit))
    head = "PT" if letter[0] == "T" else "P"
    return head + written(number * times) + letter.removeprefix("T")


def vague(unit: str) -> str:
    letter = _COUNT.get(unit, (1, unit))[1]
    return ("PTX" if letter[0] == "T" else "PX") + letter.removeprefix("T")
