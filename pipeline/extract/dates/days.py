"""Days given by number: "19. März 2018", "19.02.2018", "1. und 2. Juli", "26.–28.6.2022", "2018-03-19"."""

import re
from datetime import date
from typing import NamedTuple

from pipeline.extract.dates.calendar import is_day
from pipeline.extract.dates.lexicon import MONTHS, SHIFTS, SHORT_MONTHS, SHORT_WEEKDAYS, WEEKDAYS
from pipeline.extract.dates.moments import add_day
from pipeline.extract.dates.reading import LIKELY, SURE, Reading
from pipeline.extract.dates.resolve import year_of_day


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
    rf"(?:(?:{MONTH})s?(?![a-zäöüß])(?:\.(?=\s\d{{4}}(?!{_VERB})))?|(?:{_SHORT_MONTH})(?![a-zäöüß])\.?)"
)
_WEEKDAY = rf"(?:{'|'.join(WEEKDAYS)})"
_NUMBER_OF_YEAR = r"(?P<year>[12]\d{3})(?![\d])(?![.,:]\d)(?!\s?(?:euro|€|uhr|mio|menschen|personen))"
YEAR_TAIL = (
    rf",?\s{{1,2}}(?:(?:(?:des|im|vom)\s(?:jahre?s?\s)?)?{_NUMBER_OF_YEAR}"
    r"|(?:des\s)?(?P<shift>dieses|vergangenen|letzten|vorigen|nächsten|kommenden|laufenden|gleichen)\sjahre?s"
    r"|(?:des\s)?(?P<before>vorjahre?s|vergangenen\skalenderjahres|v\.\s?j\.)|(?P<this>d\.\s?j\.))"
    r"|\s['’](?P<short>\d\d)(?!\d)"
)
# What may stand between a weekday or feast and its date.
JOIN = re.compile(r"(?:\s?,\s?|\s{1,2}|\s?\()(?:(?:den|dem|der|am)\s)?\(?(?=\d)")
JOINT = (
    r",?\)?\s{0,2}(?:,|/|&|und|u\.|bis(?:\szum|\seinschließlich)?|sowie|oder|zum|–|-|—|auf)\s{0,2}"
    rf"(?:(?:am|den|dem|zum)\s)?(?:{_WEEKDAY},?\s{{1,2}}(?:(?:den|dem)\s)?)?"
)
_NAMED = re.compile(
    rf"(?P<days>\d{{1,2}}\.?(?:{JOINT}\d{{1,2}}\.){{0,8}})\s{{0,3}}(?P<month>{_ANY_MONTH})(?:{YEAR_TAIL})?"
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
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?![\d-])")
_ITEM = re.compile(r"\d{1,2}")
_LATER_NAMED = re.compile(
    rf"{JOINT}(?P<day>\d{{1,2}})\.?\s{{0,2}}(?P<month>{_ANY_MONTH})\s{{1,2}}(?P<year>\d{{4}})(?!\d)"
)
_LATER_NUMERIC = re.compile(
    rf"{JOINT}(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?(?P<year>\d{{4}}|\d\d)(?!\d)"
)
_LATER_DOTTED = re.compile(rf"{JOINT}\d{{1,2}}\.\s?\d{{1,2}}\.")
_RANGE_GAP = re.compile(
    r",?\s{0,2}(?:bis(?:\szum|\seinschließlich)?|–|-|—)\s{0,2}(?:(?:den|dem)\s)?(?:[a-z]+,\s)?\Z"
)
_LEADS_TO_DAY = frozenset(
    "am vom bis zum den dem ab seit und sowie der oder – - stichtag montag dienstag mittwoch donnerstag"
    " freitag samstag sonntag mo. di. mi. do. fr. sa. so. mo., di., mi., do., fr., sa., so., montag,"
    " dienstag, mittwoch, donnerstag, freitag, samstag, sonntag, zwischen".split()
)
_NO_DAY_AFTER = frozenset(
    "version v nr nr. nummer ziffer kapitel punkt abschnitt ziff. kap. seite abs. absatz art."
    " artikel § §§ din fassung ausgabe release teil anlage anhang tabelle abbildung abb. tab."
    " unterpunkt pkt.".split()
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
    if tail["shift"] and reading.published:
        return reading.published.year + SHIFTS.get(tail["shift"], 0)
    return None


def days_at(reading: Reading, pos: int) -> list[Day]:
    """The days written at an offset, in order; empty if there are none."""
    named = _NAMED.match(reading.low, pos)
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
    return [_numeric(reading, numeric)] if numeric and _reads_as_day(reading, numeric) else []


def _listed(found: re.Match[str], month: int, year: int | None) -> list[Day]:
    begin = found.start("days")
    items = list(_ITEM.finditer(found["days"]))
    return [
        Day(
            begin + item.start(),
            found.end() if item is items[-1] else begin + item.end() + 1,
            int(item[0]),
            month,
            year,
        )
        for item in items
    ]


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
    bracketed = reading.low[found.start() - 1 : found.start()] == "(" and reading.low.startswith(
        ")", found.end()
    )
    last = reading.mentions[-1].end if reading.mentions else -9
    ranged = reading.low[last : found.start()].strip() in ("–", "-", "—")
    if not (dated or bracketed or ranged or before in _LEADS_TO_DAY):
        reading.reject(found.start(), found.end(), "digits without year or preposition")
        return False
    return True


def _later_year(reading: Reading, end: int, month: int, day: int) -> int | None:
    """The year of "28. Dezember" in "28. Dezember bis 3. Januar 2019"."""
    later = _LATER_NAMED.match(reading.low, end) or _LATER_NUMERIC.match(reading.low, end)
    if later is None:
        return None
    year = full_year(later["year"], reading)
    later_month = int(later["month"]) if later["month"].isdigit() else month_number(later["month"])
    return year - ((month, day) > (later_month, int(later["day"])))


def read_days(reading: Reading, pos: int, start: int, weekday: int | None = None, part: str = "") -> bool:
    """Reads the days written at `pos`; the first mention begins at `start`, where a weekday may stand."""
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
    year = days[-1].year or _year_after(reading, days[0])
    if year is None:
        year = year_of_day(
            reading, days[-1].month, days[-1].day, pos, days[-1].end, weekday if len(days) == 1 else None
        )
    else:
        reading.months[days[-1].month] = (year, pos)
    for found in days:
        begin = start if found is days[0] else found.start
        _add_day(reading, begin, found, year, part if found is days[0] else "")
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
