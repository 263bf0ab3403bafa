"""Expressions that need no grammar: "derzeit", "täglich", "jahrelang", "KW 12", "35-Stunden-Woche"."""

import re

from pipeline.extract.dates.lexicon import SHIFTS
from pipeline.extract.dates.numerals import written
from pipeline.extract.dates.reading import LIKELY, SURE, Reading
from pipeline.extract.dates.spans import moved

_HYPHENED = re.compile(r"(?P<number>\d{1,3})-(?P<unit>jahres|monats|wochen|tages?|stunden|minuten)-")
_LETTERS = {"j": "Y", "m": "M", "w": "W", "t": "D", "s": "TH"}
_TIMES = re.compile(r"\b(?:\w+mal|mal)\s\Z")
_WEEK = re.compile(
    r"\.?\s(?P<week>\d{1,2})(?!\d)(?:\s?[-–/]\s?\d{1,2}(?!\d))?(?:[\s/,]+(?P<year>20\d\d)(?!\d))?"
)
_YEAR_OF_WEEK = re.compile(r"\s(?:des\sjahres\s)?(?P<year>20\d\d)(?!\d)")
_OF_SOMETHING = re.compile(r"\s(?:des|der|von|vom)\s")
_QUARTER_YEAR = re.compile(r"(?:\s|/|\s/\s)(?P<year>20\d\d)(?!\d)")
_SOONER = re.compile(r"\s(?:oder\sspäter|als|denn)\b")


def read_fixed(reading: Reading, start: int, end: int, value: str) -> None:
    """A word or phrase that means always the same."""
    kind, _, timex = value.partition(" ")
    if kind == "DATE" and not _stands_alone(reading, start, end):
        return
    if kind == "SET":
        times = _TIMES.search(reading.low, max(reading.done, start - 16), start)
        start = times.start() if times else start
    reading.add(start, end, timex, kind, "fixed expression", LIKELY)


def _stands_alone(reading: Reading, start: int, end: int) -> bool:
    """ "früher oder später", "je früher", "Bald-Förderung" are no times."""
    word = reading.low[start:end]
    if reading.low.startswith("-", end) or reading.low[start - 1 : start] == "-":
        return False
    if word == "früher":
        before = reading.word_before(start)
        return not _SOONER.match(reading.low, end) and before not in (
            "ein",
            "je",
            "noch",
            "jahr",
            "jahre",
            "tage",
            "etwas",
            "nicht",
        )
    if word == "zur zeit":
        return not _OF_SOMETHING.match(reading.low, end)
    if word == "bald":
        return reading.word_before(start) not in ("so", "möglichst", "recht", "sobald")
    return True


def read_quarter(reading: Reading, start: int, end: int, value: str) -> None:
    """ "Q1 2018", "Q3/2019" """
    found = _QUARTER_YEAR.match(reading.low, end)
    if found:
        reading.add(start, found.end(), f"{found['year']}-Q{value}", "DATE", "quarter")


def read_former(reading: Reading, start: int, end: int, _value: str) -> None:
    """ "Ex-Landesrat" was one in the past."""
    if reading.low.startswith("-", end) and reading.text[end + 1 : end + 2].isupper():
        reading.add(start, end, "PAST_REF", "DATE", "former", LIKELY)


def read_week_number(reading: Reading, start: int, end: int, _value: str) -> None:
    """ "KW 12", "in der 12. Kalenderwoche 2018" """
    before, begin = reading.before(start)
    if before.endswith(".") and before[:-1].isdigit():
        after = _YEAR_OF_WEEK.match(reading.low, end)
        _add_week(
            reading, begin, after.end() if after else end, int(before[:-1]), after["year"] if after else None
        )
        return
    found = _WEEK.match(reading.low, end)
    if found:
        _add_week(reading, start, found.end(), int(found["week"]), found["year"])
    elif before in SHIFTS and reading.published and end - start > len("kw"):
        week = moved(reading.published, "W", SHIFTS[before])
        reading.add(begin, end, week.timex, "DATE", "week number", LIKELY)


def _add_week(reading: Reading, start: int, end: int, week: int, year: str | None) -> None:
    if not 1 <= week <= 53:
        return
    known = year or (str(reading.published.year) if reading.published else "XXXX")
    reading.add(start, end, f"{known}-W{week:02d}", "DATE", "week number", SURE if year else LIKELY)


def read_hyphened(reading: Reading, start: int) -> bool:
    """ "35-Stunden-Woche", "14-Tage-Frist" """
    found = _HYPHENED.match(reading.low, start)
    if found is None:
        return False
    letter = _LETTERS[found["unit"][0]] if not found["unit"].startswith("minuten") else "TM"
    head = "PT" if letter[0] == "T" else "P"
    value = head + written(float(found["number"])) + letter.removeprefix("T")
    reading.add(start, found.end() - 1, value, "DURATION", "hyphened duration", LIKELY)
    return True
