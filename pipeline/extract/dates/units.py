"""Units of time with what stands around them: "im vergangenen Jahr", "Ende des Jahres", "Q3 2018"."""

import re
from datetime import date, timedelta

from pipeline.extract.dates.calendar import span
from pipeline.extract.dates.compared import month_of_paragraph
from pipeline.extract.dates.durations import DAY_TOLD, read_duration, read_set, vague
from pipeline.extract.dates.ellipsis import (
    read_later_shift,
    read_other_part,
    read_other_shift,
    read_this_before,
)
from pipeline.extract.dates.feasts import read_day_beside
from pipeline.extract.dates.lexicon import MONTHS, PLURALS, WEEKDAYS
from pipeline.extract.dates.moments import add_day
from pipeline.extract.dates.monthdays import read_ordinal_of_month
from pipeline.extract.dates.numerals import VAGUE, cardinal
from pipeline.extract.dates.phrase import Phrase, phrase_before
from pipeline.extract.dates.reading import GUESSED, LIKELY, MEMORY, SURE, Reading
from pipeline.extract.dates.resolve import is_headline, said_below
from pipeline.extract.dates.spans import Moved, moved
from pipeline.extract.dates.stretches import OF_YEAR, read_stretch, year_of_tail
from pipeline.extract.dates.verbs import FUTURE, OPEN, PAST

YEAR_NUMBER = re.compile(
    r"\s{1,2}\(?(?P<year>[12]\d{3}|\d{3}(?=\s(?:vor|nach|verstorben|v"
    r"|n)))(?!\d)(?![.,:]\d)(?!\s?/)(?!\s(?:euro|menschen|personen))"
)
_MONTH_AFTER = re.compile(rf"\s(?:{'|'.join(MONTHS)})(?![a-zäöüß])")
_WEEKDAY_AFTER = re.compile(rf"\s(?:am\s)?(?P<name>{'|'.join(WEEKDAYS)})(?![a-zäöüß])")
_BESIDE = re.compile(r"\s(zuvor|davor|darauf|danach)(?![a-zäöüß])")
_WITHIN_YEAR = re.compile(r"\s(?:nach|der|des|zuvor|davor|danach|darauf)(?![a-zäöüß])")
# "am nächsten Tag" and "an diesem Tag" belong to the day told of, even if that was a page ago.
_TOLD = 2500
_TOLD_UNITS = frozenset(("tag", "woche", "monat"))
_DAYS_AFTER = re.compile(r",?\s\(?(?:vom\s|am\s)?\d{1,2}\.(?:\d{1,2}\.|\s[a-zä]+)?\s?(?:/|–|-|und|auf|bis)")
_DIGITS_AFTER = re.compile(r"\s(?:von\s)?\d")
_UNKNOWN = {"Y": "XXXX", "M": "XXXX-XX", "W": "XXXX-WXX", "D": "XXXX-XX-XX", "WE": "XXXX-WXX-WE"}
_OF_YEAR_BEFORE = re.compile(r"\sdes\svorjahre?s(?![a-zäöüß])")
_BEFORE_VAGUE = frozenset(("seit", "vor", "nach", "in", "innerhalb", "binnen", "über", "für"))
_LAST_BEFORE = re.compile(r"\svor\s(?:der|dem|den|ihrer|seiner|einer)\s")
_OF_WHAT = re.compile(r"\s(?:im|des|der|vor|in|dieses|dieser|seiner|ihrer)\s")
# Until March "im vierten Quartal" is rather the one just over, from October "im ersten" may be the next one.
_ERST, _REACH = re.compile(r"\berst\s(?:wieder\s)?im\s[a-zäöüß]+\s\Z"), 32
_NEW_YEAR, _OLD_YEAR = 3, 10
_LAST_PART = {"Q": 4, "H": 2}
_NARROW = frozenset(_LAST_PART)


def read_unit(reading: Reading, start: int, end: int, unit: str) -> None:
    """One unit with the words around it."""
    if not reading.text[start].isupper():
        return
    if unit == "M" and _MONTH_AFTER.match(reading.low, end):
        return  # "Ende des Monats Mai": the month speaks for itself
    if unit == "M" and reading.low.startswith("monats", start) and read_ordinal_of_month(reading, start, end):
        return
    if unit == "D" and read_day_beside(reading, start, end):
        return
    phrase = phrase_before(reading, start)
    if read_stretch(reading, phrase, end, unit):
        return
    year = YEAR_NUMBER.match(reading.low, end) if unit == "Y" else None
    if year and phrase.number is None and not phrase.vague:
        _read_numbered_year(reading, phrase, start, end, year)
    elif phrase.every or phrase.per:
        read_set(reading, phrase, end, unit)
    elif phrase.ordinal is not None:
        _read_ordinal(reading, phrase, start, end, unit)
    elif phrase.number is not None or phrase.half or phrase.vague or phrase.long:
        one = phrase.number == 1 and phrase.shift is not None and reading.low[start:end] not in PLURALS
        read = _read_shifted if one else read_duration
        read(reading, phrase, start, end, unit)
    elif phrase.anaphoric is not None or phrase.shift is not None:
        _read_shifted(reading, phrase, start, end, unit)
    elif phrase.part and unit in "YMWD":
        _read_part(reading, phrase, end, unit)
    else:
        _read_bare(reading, phrase, start, end, unit)


def _read_numbered_year(reading: Reading, phrase: Phrase, start: int, end: int, year: re.Match[str]) -> None:
    """ "im Jahr 2011"; in "den Jahren 2018 und 2019" the numbers speak for themselves."""
    if (
        reading.low[start:end] in PLURALS
        and not phrase.article.endswith("m")
        and phrase.preposition not in ("im", "vom")
    ):
        return
    begin = phrase.start if phrase.part or phrase.article else start
    if year["year"] and year.start("year") - end > 1 and "(" in year[0]:
        return
    if reading.calendar_only:
        read_this_before(reading, begin)
    reading.add(begin, year.end(), year["year"].zfill(4), "DATE", "year")


def _read_ordinal(reading: Reading, phrase: Phrase, start: int, end: int, unit: str) -> None:
    """ "im zweiten Quartal 2018", "des 19. Jahrhunderts" """
    place = phrase.ordinal or 0
    if unit == "CE":
        reading.add(phrase.start, end, str(place - 1).zfill(2), "DATE", "century")
    elif unit == "ML":
        reading.add(phrase.start, end, str(place - 1), "DATE", "millennium")
    elif (
        unit in _NARROW
        and place <= (4 if unit == "Q" else 2)
        and not reading.low.startswith("semester", start)
    ):
        after = OF_YEAR.match(reading.low, end)
        stop = after.end() if after else end
        year = year_of_tail(reading, after) if after else _year_of_part(reading, unit, place, start, end)
        sure = SURE if after else LIKELY
        timex = f"{year}-{unit}{place}"
        if reading.published:
            read_other_part(reading, phrase.start, stop, timex)
        reading.add(phrase.start, stop, timex, "DATE", "part of year", sure)
    elif unit in "YMWD" and reading.low[start:end] not in PLURALS:
        reading.add(phrase.start, end, f"P1{unit}", "DURATION", "one of a row", GUESSED)


def _year_of_part(reading: Reading, unit: str, place: int, start: int, end: int) -> str:
    """The year of "im vierten Quartal": in January the last one, if the sentence does not look ahead."""
    published = reading.published
    if published is None:
        return "XXXX"
    first, last = span(f"{published.year}-{unit}{place}")
    below, told = said_below(reading, start, end) if is_headline(reading, start) else (OPEN, None)
    if told is not None:
        return str(told)
    direction = below or reading.direction(start, end)
    if direction == OPEN and _ERST.search(reading.low, max(0, start - _REACH), start):
        direction = FUTURE
    far = published.month <= _NEW_YEAR and place == (4 if unit == "Q" else 2)
    if str(first) > published.isoformat() and (direction == PAST or (far and direction != FUTURE)):
        return str(published.year - 1)
    over = place == 1 and published.month >= _OLD_YEAR and str(last) < published.isoformat()
    return str(published.year + (over and direction == FUTURE))


def _read_shifted(reading: Reading, phrase: Phrase, start: int, end: int, unit: str) -> None:
    """ "im vergangenen Jahr", "Ende nächster Woche", "am folgenden Tag" """
    shift = phrase.shift if phrase.shift is not None else phrase.anaphoric or 0
    if reading.low[start:end] in PLURALS and not (unit == "Y" and phrase.preposition == "im"):
        if reading.low[phrase.start : phrase.start + 6] in ("diesen", "dieser", "diese ") and unit in "DW":
            reading.add(phrase.start, end, "PRESENT_REF", "DATE", "present age", LIKELY)
        else:
            reading.add(phrase.start, end, vague(unit), "DURATION", "vague duration", LIKELY)
        return
    if unit.startswith("T") or unit == "ML":
        return
    if unit == "M" and phrase.anaphoric == 0 and _read_year_before(reading, phrase.start, end):
        return
    last = phrase.shift == -1 and "letzte" in reading.low[phrase.start : end]
    if (
        unit == "D"
        and last
        and (_OF_WHAT.match(reading.low, end) or not reading.low.startswith("tag", start))
    ):
        reading.reject(phrase.start, end, "last day of something")
        return
    if unit == "Y" and last and phrase.article == "das" and _LAST_BEFORE.match(reading.low, end):
        reading.reject(phrase.start, end, "last year before something")
        return
    if reading.word_before(phrase.start) == "und" and reading.low.startswith("letzt", phrase.start):
        reading.reject(phrase.start, end, "last of a row")
        return
    base = reading.published
    within = unit in _NARROW and last and phrase.preposition == "im"
    if within and base and reading.direction(start, end) == FUTURE:
        timex = f"{base.year}-{unit}{_LAST_PART[unit]}"  # "im letzten Quartal beginnen": the year's last
        reading.add(phrase.start, end, timex, "DATE", "part of year", LIKELY)
        return
    if unit == "W" and base and _read_day_of_week(reading, phrase.start, end, moved(base, unit, shift)):
        return
    if unit == "Y" and phrase.anaphoric is not None and reading.told_year is not None:
        add_moved(reading, phrase.start, end, Moved(f"{reading.told_year + shift:04d}"), "year told of")
        return
    if reading.day and unit == "D" and start - reading.day_at < _TOLD:
        base = reading.day
    elif phrase.anaphoric is not None:
        told = reading.told_month(start, MEMORY) if unit == "M" else None
        base = date(*told, 1) if told else reading.recent_day(start)
    if base is not None:
        if phrase.shift is not None:
            read_other_shift(reading, phrase.start, unit)
            read_later_shift(reading, end, unit)
        add_moved(reading, phrase.start, end, moved(base, unit, shift), "unit with adjective")
    elif unit in _UNKNOWN:
        reading.add(phrase.start, end, _UNKNOWN[unit], "DATE", "unit with adjective", LIKELY)


def _read_year_before(reading: Reading, start: int, end: int) -> bool:
    """ "im gleichen Monat des Vorjahres" """
    beside = _OF_YEAR_BEFORE.match(reading.low, end)
    base = month_of_paragraph(reading, start) if beside else None
    if beside is None or base is None:
        return False
    add_moved(reading, start, beside.end(), moved(base, "M", -12), "month of the year before")
    return True


def _read_day_of_week(reading: Reading, start: int, end: int, week: Moved) -> bool:
    """ "nächste Woche Montag" """
    named = _WEEKDAY_AFTER.match(reading.low, end)
    first = span(week.timex)[0]
    if named is None or first is None:
        return False
    day = date.fromisoformat(first) + timedelta(days=WEEKDAYS[named["name"]])
    add_day(reading, start, named.end(), day, day.isoformat(), "weekday of a week", "", LIKELY)
    return True


def add_moved(reading: Reading, start: int, end: int, to: Moved, rule: str) -> None:
    if to.day is not None:
        reading.remember(to.day, start)
    reading.add(start, end, to.timex, "DATE", rule, LIKELY)


def _read_part(reading: Reading, phrase: Phrase, end: int, unit: str) -> None:
    """ "Ende des Jahres", "zu Beginn der Woche" """
    if phrase.article not in ("des", "der", "dem") or unit == "D":
        return
    if reading.published is None:
        reading.add(phrase.start, end, "XXXX", "DATE", "part of unit", LIKELY)
        return
    add_moved(reading, phrase.start, end, moved(reading.published, unit, 0), "part of unit")


def _read_bare(reading: Reading, phrase: Phrase, start: int, end: int, unit: str) -> None:
    """A unit without number or adjective."""
    word, preposition = reading.low[start:end], phrase.preposition
    if word in ("wochenende", "wochenendes"):
        if _DAYS_AFTER.match(reading.low, end):
            reading.reject(start, end, "weekend whose days are told beside it")
        elif preposition in ("am", "übers", "über", "vom", "zum", "für"):
            _read_weekend(reading, start, end)
    elif word in PLURALS:
        years = phrase.article == "die" and unit == "Y" and not _DIGITS_AFTER.match(reading.low, end)
        if preposition in _BEFORE_VAGUE or years:
            reading.add(phrase.start, end, vague(unit), "DURATION", "vague duration", LIKELY)
    elif word in _TOLD_UNITS and _BESIDE.match(reading.low, end):
        _read_beside(reading, phrase, end, unit)
    elif preposition == "im" and word == "jahr":
        _read_in_year(reading, start, end)
    elif preposition in ("im", "am") and word in ("monat", "tag") and not phrase.article:
        if _counts_before(reading, start):
            reading.add(start, end, f"P1{unit}", "SET", "per unit", GUESSED)
    elif word in ("jahr", "tag") and phrase.article in ("das", "den", "der") and not preposition:
        _read_defined(reading, start, end, unit)


def _read_defined(reading: Reading, start: int, end: int, unit: str) -> None:
    """ "das Jahr, in dem …" """
    if reading.low.startswith(", ", end):
        reading.add(start, end, f"P1{unit}", "DURATION", "a unit", GUESSED)


def _read_beside(reading: Reading, phrase: Phrase, end: int, unit: str) -> None:
    """ "am Tag darauf", "in der Woche zuvor" """
    beside = _BESIDE.match(reading.low, end)
    base = reading.recent_day(phrase.start)
    if beside is None or base is None:
        return
    if DAY_TOLD.match(reading.low, beside.end()):
        reading.reject(phrase.start, beside.end(), "distance to a day told beside it")
        return
    by = -1 if beside[1].endswith("vor") else 1
    add_moved(reading, phrase.start, beside.end(), moved(base, unit, by), "unit beside the day told of")


def _read_in_year(reading: Reading, start: int, end: int) -> None:
    """ "im Jahr darauf", "im Jahr nach der Wahl", "500 im Jahr" """
    beside = _BESIDE.match(reading.low, end)
    if beside and reading.told_year is not None and start - reading.done < MEMORY:
        by = -1 if beside[1].endswith("vor") else 1
        reading.add(start, beside.end(), f"{reading.told_year + by:04d}", "DATE", "year told of", LIKELY)
    elif _WITHIN_YEAR.match(reading.low, end):
        reading.add(start, end, "P1Y", "DURATION", "year of something", GUESSED)
    else:
        reading.add(start, end, "P1Y", "SET", "per unit", GUESSED)


def _counts_before(reading: Reading, start: int) -> bool:
    words = reading.low[max(0, start - 40) : start].split()
    return any(word[0].isdigit() or word in VAGUE or cardinal(word) is not None for word in words)


def _read_weekend(reading: Reading, start: int, end: int) -> None:
    published = reading.published
    if published is None:
        reading.add(start, end, "XXXX-WXX-WE", "DATE", "weekend", LIKELY)
        return
    back = reading.direction(start, end) == PAST
    ago_or_ahead = -1 if back or published.weekday() == 0 else 1
    shift = 0 if published.weekday() >= 5 else ago_or_ahead
    add_moved(reading, start, end, moved(published, "WE", shift), "weekend")
