"""Release numbers as they are written: "Nr. 045/2026", "45/26", "2026-045", "26045", "M 12/2026", "123"."""

import re
from typing import NamedTuple

LABEL = re.compile(
    r"^(?:gemeinsame\s+)?(?:(?:presse|medien)\w{5,12})?\W*(?:nr\b|nummer\b)?[\s.:]*", re.IGNORECASE
)
PARTS = re.compile(
    r"(?P<head>[A-Za-zÄÖÜäöü]{1,12})?[\s./-]{0,3}(?P<one>\d{1,6})(?P<more>[a-z])?"
    r"(?:\s?[/.-]\s?(?P<two>\d{1,5}))?(?:[\s/-]{1,3}(?P<tail>[A-Za-zÄÖÜäöü]{1,12}))?"
)


class Number(NamedTuple):
    """A number: of which series, of which year where that is stated, and whether the year is glued to it."""

    series: str  # "" where nothing but the label stands before it
    year: int | None
    value: int
    glued: int | None = None  # the value if the first two of five digits are the year: 19132


def read(text: str, year: int) -> Number | None:
    """The number that a text is; `year` is that of the release, by which "19/20" is understood.

    None where it is no number, or one of a year far from its release: a misprint.

    >>> [read(*told)[:3] for told in [("Nr. 045/2026", 2026), ("19/20", 2020), ("19/20", 2019)]]
    [('', 2026, 45), ('', 2020, 19), ('', 2019, 20)]
    >>> read("M 12a/2026", 2026)[:3], read("19132", 2019)
    (('M', 2026, 12), Number(series='', year=None, value=19132, glued=132))
    """
    found = PARTS.fullmatch(LABEL.sub("", text.strip(), count=1).strip())
    if found is None:
        return None
    series = " ".join(part.upper() for part in (found["head"], found["tail"]) if part)
    one, two = found["one"], found["two"]
    if two is None:
        return Number(series, None, int(one), _glued(one, year))
    for stated, value in ((two, one), (one, two)):
        if len(stated) == 4 and abs(int(stated) - year) <= 1:
            return Number(series, int(stated), int(value))
    told = ((year, two, one), (year, one, two), (year - 1, two, one))  # numbered in December, out in January
    for of, stated, value in told:
        if len(stated) == 2 and int(stated) == of % 100:
            return Number(series, of, int(value))
    return None


def _glued(digits: str, year: int) -> int | None:
    fits = len(digits) == 5 and int(digits[:2]) == year % 100
    return int(digits[2:]) if fits else None
