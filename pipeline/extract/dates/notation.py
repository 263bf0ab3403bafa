"""How days are written: "19. März 2018", "19.02.2018", "1. und 2. Juli", "28. III. 2018", "2018-03-19"."""

import re
from typing import NamedTuple

from pipeline.extract.dates.lexicon import ANAPHORIC, MONTHS, SHIFTS, SHORT_MONTHS, WEEKDAYS
from pipeline.extract.dates.numerals import cardinal
from pipeline.extract.dates.reading import Reading


class Day(NamedTuple):
    """A day as written; the year may be missing."""

    start: int
    end: int
    day: int
    month: int
    year: int | None


MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_SHORT_MONTH = "|".join(sorted(SHORT_MONTHS, key=len, reverse=True))
# After "15. Juni. 2009" these say that the year begins a sentence.
_VERB = (
    r"\s(?:[a-zäöüß]+ten?|hat|haben|wurden?|war|waren|wird|werden|soll|sollen|ist|sind|gab|kam|kamen|begann|folgt"
    r"|fand|fanden|lag|lagen|ging|gingen|will|stehen|steht)\s"
)
_ANY_MONTH = (
    rf"(?:(?:{MONTH})s?(?![a-zäöüß])(?:\.(?=\s\d{{4}}(?!{_VERB})(?:[.,;:)]|\s(?:in|um|an|ab)\s|\s?\Z|\n)))?"
    rf"|(?:{_SHORT_MONTH})(?![a-zäöüß])\.?)"
)
_WEEKDAY = rf"(?:{'|'.join(WEEKDAYS)})"
_NUMBER_OF_YEAR = r"(?P<year>[12]\d{3})(?![\d])(?![.,:]\d)(?!\s?(?:euro|€|uhr|mio|menschen|personen))"
YEAR_TAIL = (
    rf"(?:,(?=\s\d{{4}}[.,;:)\s](?!sogar|nur|erst|schon|bereits|war|lag|fiel))(?!\s\d{{4}}\s[a-zäöü]))?\s{{1,2}}(?:(?:(?:des|im|vom)\s(?:jahre?s?\s)?)?{_NUMBER_OF_YEAR}"
    r"|(?:des\s)?(?P<shift>dieses|vergangenen|letzten|vorigen|vorvergangenen|vorletzten|nächsten|kommenden|übernächsten|laufenden|gleichen"
    r"|selben|desselben|folgenden|darauffolgenden)\sjahre?s"
    r"|(?:des\s)?(?P<before>vorjahre?s|vergangenen\skalenderjahres|v\.\s?j\.)|(?P<this>d\.\s?j\.))"
    r"|\s['’](?P<short>\d\d)(?!\d)|\svor\s(?P<ago>\w{1,12})\sjahren(?![a-zäöüß])"
)
# What may stand between a weekday or feast and its date.
JOIN = re.compile(r"(?:(?:\s?,\s?|[ \u00a0]{1,2}|\s?\()(?:(?:den|dem|der|am|d\.)\s)?\(?|\n)(?=\d)")
JOINT = (
    r",?\)?\s{0,2}(?:,|/|&|und|u\.|bis(?:\szum|\seinschließlich)?|sowie|oder|zum|–|-|—|auf)\s{0,2}"
    rf"(?:(?:am|den|dem|zum)\s)?(?:{_WEEKDAY},?\s{{1,2}}(?:(?:den|dem)\s)?)?"
)
_NAMED = re.compile(
    rf"(?P<days>\d{{1,2}}\.?(?:{JOINT}\d{{1,2}}\.){{0,8}})(?!(?<=\d)\n)\s{{0,3}}"
    rf"(?P<month>{_ANY_MONTH})(?:{YEAR_TAIL})?"
)
_NUMERIC = re.compile(
    r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.(?:\s?(?P<year>\d{4}|\d{2})(?![\d])(?!\.\d)(?!\s?(?:uhr"
    r"|euro|€)))?"
)
# "15.12. des Vorjahres"; plain digits after the dot are read with the day itself.
_RELATIVE_TAIL = re.compile(rf"(?!\s?\d)(?:{YEAR_TAIL})")
_NUMERIC_LIST = re.compile(
    rf"(?P<days>\d{{1,2}}\.(?:{JOINT}\d{{1,2}}\.){{1,8}})\s?(?P<month>\d{{1,2}})\.(?:\s?(?P<year>\d{{4}}"
    rf"|\d{{2}})(?!\d))?"
)
_ROMAN = re.compile(
    r"(?P<day>\d{1,2})\.\s?(?P<month>i{1,3}|iv|vi{0,3}|ix|xi{0,2})\.\s?(?P<year>[12]\d{3})(?!\d)"
)
_ROMAN_MONTHS = "i ii iii iv v vi vii viii ix x xi xii".split()
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?![\d-])")
_HOUR_AFTER = re.compile(r",?\s(?:um\s|ab\s)?\d{1,2}(?:[.:]\d\d)?\suhr")
_TO = re.compile(r"\d\.\szum\s")
# "(bereits 2.5.)", "(am Vorabend, 13.10.)", "(14.10., Aula)"
_IN_BRACKETS = re.compile(r"\((?:[^\W\d]+,?\s){1,2}\Z")
_ENDS_ENTRY = frozenset("),;")
_FROM = frozenset("vom von dem den zwischen".split())
_ITEM = re.compile(r"\d{1,2}")
_LATER_NAMED = re.compile(
    rf"(?:{JOINT}\d{{1,2}}\.\s{{0,2}}{_ANY_MONTH}){{0,4}}"
    rf"{JOINT}(?P<day>\d{{1,2}})\.?\s{{0,2}}(?P<month>{_ANY_MONTH})(?:{YEAR_TAIL})"
)
_ANY_DIGIT, _LONGEST_JOINT = re.compile(r"\d"), 36
_LATER_NUMERIC = re.compile(
    rf"{JOINT}(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?(?P<year>\d{{4}}|\d\d)(?!\d)"
)
_LATER_DOTTED = re.compile(rf"{JOINT}\d{{1,2}}\.\s?\d{{1,2}}\.")
_LEADS_TO_DAY = frozenset(
    "am vom bis zum den dem ab seit und sowie der oder – - stichtag montag dienstag mittwoch donnerstag"
    " mo, di, mi, do, fr, sa, so, freitag samstag sonntag mo. di. mi. do. fr. sa. so."
    " mo., di., mi., do., fr., sa., so., montag,"
    " dienstag, mittwoch, donnerstag, freitag, samstag, sonntag, zwischen spätestens einschließlich stand"
    " stand: sperrfrist sperrfrist: datum: frist: beginn: ende: start: termin: schluss: anmeldeschluss:"
    " anmeldefrist: einsendeschluss: bewerbungsschluss: bewerbungsfrist: antragsfrist: abgabefrist:".split()
)
_NO_DAY_AFTER = frozenset(
    "version v nr nr. nummer ziffer kapitel punkt abschnitt ziff. kap. seite abs. absatz art."
    " artikel § §§ din fassung ausgabe release teil anlage anhang tabelle abbildung abb. tab."
    " unterpunkt pkt.".split()
)


def month_number(word: str) -> int:
    """The month a name or its abbreviation stands for."""
    word = word.rstrip(".")
    return MONTHS.get(word) or SHORT_MONTHS.get(word) or MONTHS[word.rstrip("s")]


def full_year(year: str, reading: Reading) -> int:
    """A year of two digits lies at most ten years after publication."""
    if len(year) == 4:
        return int(year)
    latest = (reading.published.year if reading.published else 2030) + 10
    century = latest // 100 * 100
    return century + int(year) if century + int(year) <= latest else century - 100 + int(year)


def tail_year(reading: Reading, tail: re.Match[str]) -> int | None:
    """The year that follows a day or month, in digits or as "dieses Jahres"."""
    if tail["year"]:
        return int(tail["year"])
    if tail["short"]:
        return full_year(tail["short"], reading)
    if reading.published and (tail["before"] or tail["this"]):
        return reading.published.year - bool(tail["before"])
    if tail["ago"] and reading.published:
        number = cardinal(tail["ago"])
        return reading.published.year - int(number) if number and number == int(number) else None
    if tail["shift"] in ANAPHORIC and reading.told_year is not None:
        return reading.told_year + ANAPHORIC[tail["shift"]]
    if tail["shift"] and reading.published:
        return reading.published.year + SHIFTS.get(tail["shift"], ANAPHORIC.get(tail["shift"], 0))
    return None


def days_at(reading: Reading, pos: int) -> list[Day]:
    """The days written at an offset, in order; empty if there are none."""
    named = _NAMED.match(reading.low, pos)
    if named and _TO.search(named["days"]) and reading.word_before(pos) not in _FROM:
        return []  # "der 2. zum 15. Oktober"
    if named:
        month = month_number(named["month"])
        year = tail_year(reading, named) or _later_year(
            reading, named.end(), month, int(_ITEM.findall(named["days"])[-1])
        )
        return _listed(named, month, year)
    iso = _ISO.match(reading.low, pos)
    if iso:
        return [Day(pos, iso.end(), int(iso[3]), int(iso[2]), int(iso[1]))]
    several = _NUMERIC_LIST.match(reading.low, pos)
    if several:
        return _listed(
            several, int(several["month"]), full_year(several["year"], reading) if several["year"] else None
        )
    numeric = _NUMERIC.match(reading.low, pos)
    roman = None if numeric else _ROMAN.match(reading.low, pos)
    if roman:
        month = _ROMAN_MONTHS.index(roman["month"]) + 1
        return [Day(pos, roman.end(), int(roman["day"]), month, int(roman["year"]))]
    return [_numeric(reading, numeric)] if numeric and _reads_as_day(reading, numeric) else []


def _listed(found: re.Match[str], month: int, year: int | None) -> list[Day]:
    begin = found.start("days")
    items = list(_ITEM.finditer(found["days"]))
    last = int(items[-1][0])
    if len(items) == 1:
        return [Day(begin, found.end(), last, month, year)]
    days = []
    for item in items:
        before = int(item[0]) > last  # "am 29. und am 6. Juni": the first is of May
        end = found.end() if item is items[-1] else begin + item.end() + 1
        in_month = (month - 2) % 12 + 1 if before else month
        in_year = year - 1 if year and before and month == 1 else year
        days.append(Day(begin + item.start(), end, int(item[0]), in_month, in_year))
    return days


def _numeric(reading: Reading, found: re.Match[str]) -> Day:
    day, month = int(found["day"]), int(found["month"])
    if found["year"]:
        return Day(found.start(), found.end(), day, month, full_year(found["year"], reading))
    tail = _RELATIVE_TAIL.match(reading.low, found.end())
    year = tail_year(reading, tail) if tail else _later_year(reading, found.end(), month, day)
    return Day(found.start(), tail.end() if tail and year else found.end(), day, month, year)


def _reads_as_day(reading: Reading, found: re.Match[str]) -> bool:
    before = reading.word_before(found.start())
    listed = (
        before in ("und", "bis", "oder", "sowie")
        and 0 <= found.start() - reading.numbered - len(before) - 2 < 6
    )
    if before in _NO_DAY_AFTER or listed:
        reading.numbered = found.end()
        reading.reject(found.start(), found.end(), f"number after {before!r}")
        return False
    dated = found["year"] or _LATER_DOTTED.match(reading.low, found.end())
    last = reading.mentions[-1].end if reading.mentions else -9
    ranged = reading.low[last : found.start()].strip() in ("–", "-", "—")
    timed = _HOUR_AFTER.match(reading.low, found.end())
    led = before in _LEADS_TO_DAY or dated or ranged or timed
    if not led and not _is_in_brackets(reading.low, found.start(), found.end()):
        reading.reject(found.start(), found.end(), "digits without year or preposition")
        return False
    return True


def _is_in_brackets(low: str, start: int, end: int) -> bool:
    """ "(20.11.)", "(am Vorabend, 13.10.)", "(Beginn: 20.11.)" """
    if low[end : end + 1] not in _ENDS_ENTRY:
        return False
    if low[start - 1 : start] == "(" or _IN_BRACKETS.search(low, max(0, start - 24), start):
        return True
    return low.startswith(")", end) and low.startswith(": ", start - 2)


def _later_year(reading: Reading, end: int, month: int, day: int) -> int | None:
    """The year of "28. Dezember" in "28. Dezember bis 3. Januar 2019"; of every day in a list."""
    if _ANY_DIGIT.search(reading.low, end, end + _LONGEST_JOINT) is None:
        return None
    later = _LATER_NAMED.match(reading.low, end) or _LATER_NUMERIC.match(reading.low, end)
    if later is None:
        return None
    year = full_year(later["year"], reading) if later["month"].isdigit() else tail_year(reading, later)
    if year is None:
        return None
    later_month = int(later["month"]) if later["month"].isdigit() else month_number(later["month"])
    return year - ((month, day) > (later_month, int(later["day"])))
