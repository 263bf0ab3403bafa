"""Years, spans of years, decades: "2018", "2018 bis 2021", "Schuljahr 2018/19", "1990er Jahre"."""

import re

from pipeline.extract.dates.ellipsis import read_this_after
from pipeline.extract.dates.fiscal import fiscal_year
from pipeline.extract.dates.lexicon import PARTS_OF_SPAN
from pipeline.extract.dates.named import is_named
from pipeline.extract.dates.notation import full_year
from pipeline.extract.dates.quantities import is_numbered, is_quantity
from pipeline.extract.dates.reading import GUESSED, LIKELY, SURE, Reading
from pipeline.extract.dates.shortyears import read_short_year
from pipeline.extract.mentions import Date

_YEAR = re.compile(
    r"[12]\d{3}(?!\d)(?![.,:]\d)(?!(?!ff\b)[a-zäöüß_])(?!/\d{5})(?!-(?!(?:19|20)\d\d(?!\d))\d{3})"
)
_PAIR = re.compile(r"(?P<first>[12]\d{3})\s?/\s?(?P<last>[12]\d{3}|\d{2})(?![\d/])(?![.,:]\d)")
_SHORT_RANGE = re.compile(r"(?P<first>[12]\d{3})\s?[-–]\s?(?P<last>\d{2})(?![\d])(?![.,:-]\d)")
_DECADE = re.compile(r"(?P<year>[12]\d{2}0|[2-9]0)er[n]?(?P<years>[-\s]jahren?)?(?![a-zäöüß])")
_MONTH_YEAR = re.compile(r"(?P<month>0?[1-9]|1[0-2])/(?P<year>(?:19|20)\d{2})(?![\d/])")
_MONTH_LEADS = frozenset(
    "im seit ab bis vom von stand stand: zum ende anfang mitte fertigstellung fertigstellung: baubeginn"
    " baubeginn: beginn abschluss bauzeit bauzeit: inbetriebnahme".split()
)
_APOSTROPHES = "'’‘"
_SHORT = re.compile(r"\s['’‘]\d\d(?![\w'’])")
_DECADE_LEADS = frozenset("den der die ende mitte anfang".split())
_YEARS = re.compile(r"[-\s]jahren?(?![a-zäöüß])")
_LONGEST_PAIR = 20


def read_digits(reading: Reading, start: int, end: int) -> None:
    """A run of digits that is neither day nor time: perhaps a year, a span of years, a decade."""
    low = reading.low
    decade = _DECADE.match(low, start)
    if decade:
        _add_decade(reading, decade)
    elif (
        end - start == 2 and low[start - 1] in _APOSTROPHES and _SHORT.match(low, max(0, start - 2))
    ):  # "der Etat '98"
        reading.add(start - 1, end, str(full_year(low[start:end], reading)), "DATE", "short year", LIKELY)
    elif end - start < 3:
        paired = low.startswith("/", end) or low.endswith("jahr ", 0, start)
        if not (paired and end - start == 2 and read_short_year(reading, start, end)):
            _read_month_year(reading, start)
    elif _YEAR.match(low, start) and not is_numbered(reading, start) and not is_named(reading, start):
        _read_year(reading, start, end)


def _read_year(reading: Reading, start: int, end: int) -> None:
    pair = _PAIR.match(reading.low, start)
    if (pair and _add_pair(reading, pair)) or is_quantity(reading, start, end):
        return
    short = _SHORT_RANGE.match(reading.low, start)
    if short and 0 < int(short["last"]) - int(short["first"]) % 100 < 60:
        last = short["first"][:2] + short["last"]
        reading.add(start, short.end(), f"{short['first']}/{last}", "DATE", "span of years")
        return
    word, begin = reading.before(start)
    if word in PARTS_OF_SPAN and begin >= reading.done:
        start = begin
    year = reading.low[end - 4 : end]
    reading.add(start, end, year, "DATE", "year", SURE if 1900 <= int(year) < 2060 else GUESSED)
    if reading.calendar_only:
        read_this_after(reading, end)


def _add_pair(reading: Reading, pair: re.Match[str]) -> bool:
    """ "2023/2024", "Schuljahr 2018/19" """
    first = int(pair["first"])
    last = int(pair["last"]) if len(pair["last"]) == 4 else first // 100 * 100 + int(pair["last"])
    if len(pair["last"]) == 2 and last < first:
        last += 100
    if not first < last <= first + _LONGEST_PAIR:
        return False
    if last == first + 1 and _is_winter_too(reading, pair.start()):
        reading.add(pair.start(), pair.end(), f"{first}-WI", "DATE", "season")
        return True
    fiscal = fiscal_year(reading.low, pair.start(), first) if last == first + 1 else None
    days = fiscal or (f"{first}-01-01", f"{last}-12-31")
    rule = "fiscal year" if fiscal else "pair of years"
    reading.add(pair.start(), pair.end(), f"{first}/{last}", "DATE", rule, SURE, days)
    return True


def _is_winter_too(reading: Reading, start: int) -> bool:
    """ "die Winter 2011/12 und 2012/13" """
    last = reading.mentions[-1] if reading.mentions else None
    if last is None or not isinstance(last.value, Date) or not last.value.timex.endswith("-WI"):
        return False
    return reading.low[last.end : start] in (" und ", ", ", " sowie ", " bis ")


def _add_decade(reading: Reading, found: re.Match[str]) -> None:
    year = found["year"]
    if len(year) == 2:
        if not found["years"] and reading.word_before(found.start()) not in _DECADE_LEADS:
            return
        year = ("20" if year == "00" else "19") + year
    reading.add(found.start(), found.end(), year[:3], "DATE", "decade")


def read_decade(reading: Reading, start: int, end: int, value: str) -> None:
    """ "in den sechziger Jahren", "die Neunzigerjahre" """
    after = _YEARS.match(reading.low, end)
    whole = reading.low[start:end].endswith(("jahre", "jahren"))
    called = reading.text[start].isupper() and reading.word_before(start) in ("den", "der")
    if whole or after or called:
        reading.add(start, after.end() if after else end, f"19{value[0]}", "DATE", "decade in words")


def _read_month_year(reading: Reading, start: int) -> None:
    """ "seit 03/2020"; without a preposition it is the number of a release."""
    found = _MONTH_YEAR.match(reading.low, start)
    if found is None:
        return
    if reading.word_before(start) in _MONTH_LEADS:
        timex = f"{found['year']}-{int(found['month']):02d}"
        reading.add(start, found.end(), timex, "DATE", "month in digits", LIKELY)
    else:
        reading.done = found.end()
        reading.reject(start, found.end(), "number of a document")
