"""Months and seasons: "im März", "Ende Juni 2018", "Herbst des vergangenen Jahres"."""

import re
from datetime import date

from pipeline.extract.dates.calendar import SEASON_MONTHS, is_day, season_of
from pipeline.extract.dates.chronicle import is_label, label_year
from pipeline.extract.dates.compared import is_compared_with
from pipeline.extract.dates.lexicon import ANAPHORIC, PARTS_OF_SPAN, SEASONS, SHIFTS, WEEKDAYS
from pipeline.extract.dates.moments import add_day
from pipeline.extract.dates.notation import JOINT, MONTH, YEAR_TAIL, full_year, month_number, tail_year
from pipeline.extract.dates.numerals import ORDINALS
from pipeline.extract.dates.persons import is_name
from pipeline.extract.dates.reading import LIKELY, SURE, Reading
from pipeline.extract.dates.resolve import year_by, year_of_day, year_of_month
from pipeline.extract.dates.verbs import FUTURE, PAST, looks_finite

_TAIL = re.compile(YEAR_TAIL)
_UNTIL = re.compile(
    rf"\s{{0,2}}(?:bis|–|-)\s{{0,2}}(?:(?:zum|ende|anfang"
    rf"|mitte)\s)?(?P<month>{MONTH})(?![a-zäöüß])(?!\s\d{{4}})"
)
_SHORT_TAIL = re.compile(r"\.?\s(?P<year>(?:19|20)\d{2})(?![\d.,])")
_SHORT_YEAR = re.compile(r"\s(?P<year>[6-9]\d)(?=\s(?P<verb>[a-zäöüß]+)|[.,;:)](?!\d)|\s?\Z|\n)")
_BRACKETED_YEAR = re.compile(r"\s(?P<year>\d\d)\)")
_SHORT_YEARS = 20  # for which one leaves the century out
_PAST_LEADS = frozenset("seit vom ende anfang mitte".split())
_SEASON_NAMES = tuple(SEASONS)
_LATER = re.compile(rf"{JOINT}(?P<month>{MONTH})s?(?:{YEAR_TAIL})")
_RANGE_GAP = re.compile(r"\s{0,2}(?:bis(?:\s(?:zum|ende|anfang|mitte))?|–|-|/)\s{0,2}")
_LIST_GAP = re.compile(r",?\s(?:und|sowie|oder)\s(?:im\s)?|,\s(?:im\s)?")
_BEFORE_WHAT = re.compile(r"\svor\s(?:der|dem|den)\s")
_THROUGHOUT = re.compile(r"\süber(?=\s[a-zäöü])")
_WINTER = re.compile(r"\s(?P<year>\d{4})\s?/\s?(?:\d{4}|\d\d)(?!\d)")
_LATER_SEASON = re.compile(
    rf"\s?(?:/|und|oder|bis)\s?(?P<season>{'|'.join(SEASONS)})\s(?P<year>(?:19|20)\d\d)(?![\d/])"
)
_SEASON_LEADS = frozenset(
    "im in seit ab an bis zum vom nach vor dem den diesen diesem des der und oder zur für anfang"
    " ende mitte beginn spätestens über von".split()
)
_DAYS_BESIDE = re.compile(
    rf"\s\((?:(?:am\s)?(?:{'|'.join(WEEKDAYS)}),\s(?:(?:dem|den|der)\s)?|am\s|vom\s)?"
    r"(?P<first>\d{1,2})\.(?:\s?(?:[–/-]|bis|und)\s?(?P<last>\d{1,2})\.)?\)"
)
_SPRING = (3, 4, 5)  # in which "in diesem Winter" still means the one just over
_MIDDLE = {"SP": (4, 15), "SU": (7, 15), "FA": (10, 15), "WI": (12, 31)}


def part_and_shift(reading: Reading, start: int) -> tuple[int, int | None]:
    """Where the expression begins ("Ende Juni", "kommenden März"), and how far an adjective moves it."""
    shift = None
    word, begin = reading.before(start)
    if begin < reading.done or not word:
        return start, None
    if word in SHIFTS or word in ANAPHORIC:
        shift, start = SHIFTS.get(word, 0), begin
        word, begin = reading.before(start)
    if word in ("des", "der") and begin >= reading.done and reading.word_before(begin) in PARTS_OF_SPAN:
        word, begin = reading.before(begin)
    if word in PARTS_OF_SPAN and begin >= reading.done:
        start = begin
    return start, shift


def read_month(reading: Reading, start: int, end: int, value: str) -> None:
    """A month, with the year after it or found from publication."""
    if not reading.text[start].isupper() or is_name(reading, start, end):
        return
    if reading.low.startswith("-", end) and reading.low[end + 1 : end + 2].isalpha():
        reading.reject(start, end, "part of a compound")
        return
    month = int(value)
    begin, shift = part_and_shift(reading, start)
    if (
        shift is not None
        and reading.low.startswith("letzten ", begin)
        and _BEFORE_WHAT.match(reading.low, end)
    ):
        reading.reject(begin, end, "last month of that name before something")
        return
    ordinal = ORDINALS.get(reading.word_before(start))
    tail = _TAIL.match(reading.low, end)
    if tail and tail["year"] is None and tail["short"] is None and reading.published is None:
        tail = None
    stop = tail.end() if tail else end
    year = (
        tail_year(reading, tail)
        if tail
        else _later_year(reading, end, month) or _year_after(reading, start, month)
    )
    if year is not None and not is_compared_with(reading, start):
        reading.months[month] = (year, start)
    if ordinal:
        _add_ordinal_day(reading, start, stop, year, month, ordinal)
        return
    short = _short_year(reading, start, end) if year is None else None
    if short:
        year, stop = full_year(short["year"], reading), short.end("year")
    if year is None and is_label(reading, begin, stop):
        year = label_year(reading, begin)
    if year is None:
        year = (
            _shifted(reading, month, shift)
            if shift is not None
            else _year_of_span(reading, month, stop) or year_of_month(reading, month, start, stop)
        )
    if _add_days_beside(reading, begin, stop, year, month):
        return
    rule = "month" if tail else "month without year"
    reading.add(begin, stop, f"{year or 'XXXX'}-{month:02d}", "DATE", rule, SURE if tail else LIKELY)


def _add_days_beside(reading: Reading, start: int, end: int, year: int | None, month: int) -> bool:
    """ "im September (20.–22.)": the days within the month told of."""
    found = _DAYS_BESIDE.match(reading.low, end)
    days = [int(day) for day in (found["first"], found["last"]) if day] if found else []
    if found is None or year is None or not all(is_day(year, month, day) for day in days):
        return False
    timex = "/".join(f"{year}-{month:02d}-{day:02d}" for day in days)
    reading.remember(date(year, month, days[0]), start)
    reading.add(start, found.end(), timex, "DATE", "days of a month", LIKELY)
    return True


def _short_year(reading: Reading, start: int, end: int) -> re.Match[str] | None:
    """The year of "Sommer 89", "seit Oktober 90": long past, and nothing is counted with it."""
    if reading.low.startswith("(", start - 1):
        return _year_in_brackets(reading, end)
    found = _SHORT_YEAR.match(reading.text, end)
    if found is None or (reading.published and reading.published.year < 1900 + int(found["year"])):
        return None
    lead = reading.word_before(start)
    if found["verb"]:
        verb = found["verb"]
        return found if looks_finite(verb) or (lead == "seit" and verb.endswith("en")) else None
    return found if lead in _PAST_LEADS or reading.low.startswith(_SEASON_NAMES, start) else None


def _year_in_brackets(reading: Reading, end: int) -> re.Match[str] | None:
    """The year of "(September 99)", if it was not long before publication."""
    found = _BRACKETED_YEAR.match(reading.low, end)
    published = reading.published
    if found is None or published is None:
        return None
    return (
        found
        if published.year - _SHORT_YEARS <= full_year(found["year"], reading) <= published.year
        else None
    )


def _add_ordinal_day(reading: Reading, start: int, end: int, year: int | None, month: int, day: int) -> None:
    """ "am Ersten Mai" """
    begin = reading.before(start)[1]
    year = year or year_of_day(reading, month, day, start, end)
    if year is None:
        reading.add(begin, end, f"XXXX-{month:02d}-{day:02d}", "DATE", "day in words", LIKELY)
    elif is_day(year, month, day):
        add_day(reading, begin, end, date(year, month, day), f"{year}-{month:02d}-{day:02d}", "day in words")


def _shifted(reading: Reading, month: int, shift: int) -> int | None:
    published = reading.published
    if published is None:
        return None
    if shift < 0:
        return published.year - (month >= published.month) + shift + 1
    if shift > 0:
        return published.year + (month <= published.month) + shift - 1
    return published.year


def _year_of_span(reading: Reading, month: int, end: int) -> int | None:
    """The year of "Januar" in "Januar bis Juni", if publication lies between the two."""
    until = _UNTIL.match(reading.low, end)
    published = reading.published
    if until is None or published is None:
        return None
    last = month_number(until["month"])
    if not month <= published.month <= last:
        return None
    over = last > published.month and reading.direction(end - 1, until.end()) == PAST
    return published.year - over  # "lag von Januar bis November", said in January


def _later_year(reading: Reading, end: int, month: int) -> int | None:
    """The year of "November" in "November bis Januar 2019"."""
    later = _LATER.match(reading.low, end)
    if later and later["year"] is None:
        year = tail_year(reading, later)
        return year - (month > month_number(later["month"])) if year else None
    return int(later["year"]) - (month > month_number(later["month"])) if later else None


def _year_after(reading: Reading, start: int, month: int) -> int | None:
    """The year of "März" in "November 2018 bis März" and "November und März"."""
    last = reading.mentions[-1] if reading.mentions else None
    if last is None or not (
        _RANGE_GAP.fullmatch(reading.low, last.end, start)
        or (last.rule == "month without year" and _LIST_GAP.fullmatch(reading.low, last.end, start))
    ):
        return None
    first = last.value
    timex = getattr(first, "timex", "")
    if len(timex) != 7 or not timex[:4].isdigit() or not timex[5:].isdigit():
        return None
    return int(timex[:4]) + (month < int(timex[5:]))


def read_short_month(reading: Reading, start: int, end: int, value: str) -> None:
    """ "Dez. 2018"; without a year it is more often a name or a syllable."""
    year = _SHORT_TAIL.match(reading.low, end)
    if year and reading.text[start].isupper():
        reading.add(start, year.end(), f"{year['year']}-{int(value):02d}", "DATE", "month")


def read_season(reading: Reading, start: int, end: int, value: str) -> None:
    """A season, with the year after it or found from publication."""
    if not reading.text[start].isupper() or is_name(reading, start, end):
        return
    if reading.low.startswith("-", end) and reading.low[end + 1 : end + 2].isalpha():
        reading.reject(start, end, "part of a compound")
        return
    if _THROUGHOUT.match(reading.low, end):
        reading.add(start, end, f"P1{value}", "DURATION", "season long", LIKELY)
        return
    begin, shift = part_and_shift(reading, start)
    tail = _WINTER.match(reading.low, end) or _TAIL.match(reading.low, end)
    later = _LATER_SEASON.match(reading.low, end)
    if later and SEASONS[later["season"]] != value:
        reading.add(begin, end, f"{later['year']}-{value}", "DATE", "season")
    elif tail:
        year = int(tail["year"]) if tail["year"] else tail_year(reading, tail)
        reading.add(begin, tail.end(), f"{year or 'XXXX'}-{value}", "DATE", "season")
    elif short := _short_year(reading, start, end):
        reading.add(begin, short.end("year"), f"19{short['year']}-{value}", "DATE", "season", LIKELY)
    elif is_label(reading, start, end) and (told := label_year(reading, start)):
        reading.add(start, end, f"{told}-{value}", "DATE", "season without year", LIKELY)
    elif begin < start or _leads(reading, start):
        found = _season_year(reading, value, shift, start, end)
        reading.add(begin, end, f"{found or 'XXXX'}-{value}", "DATE", "season without year", LIKELY)
    else:
        reading.add(start, end, f"XXXX-{value}", "DATE", "season in general", LIKELY, (None, None))


def _leads(reading: Reading, start: int) -> bool:
    """Whether "im", "zum", "für das" before a season says that one of some year is meant."""
    word, begin = reading.before(start)
    return word in _SEASON_LEADS or (word == "das" and reading.word_before(begin) in _SEASON_LEADS)


def _season_year(reading: Reading, season: str, shift: int | None, start: int, end: int) -> int | None:
    published = reading.published
    if published is None:
        return None
    month, day = _MIDDLE[season]
    told = reading.year_to_go_on(start, end) if shift is None else None
    if told:
        return told[0] + (SEASON_MONTHS[season][0] < told[1])
    if shift is None:
        return year_by(reading, lambda year: date(year, month, day), start, end)
    current = season_of(published) == (season_of(published)[0], season)
    year = season_of(published)[0] if current else published.year
    if shift == 0:
        over = season == "WI" and published.month in _SPRING and reading.direction(start, end) != FUTURE
        return year - (over and not current)
    if current:
        return year + shift
    ahead = (month, day) > (published.month, published.day)
    return year + shift - (ahead if shift > 0 else 0) + (0 if shift > 0 or ahead else 1)


def read_seasonal(reading: Reading, start: int, end: int, value: str) -> None:
    """ "in den Sommermonaten" """
    reading.add(start, end, f"P1{value}", "SET", "season every year", LIKELY)
