"""Pairs of which only one half is said in full: "in diesem auf …, im nächsten Jahr".

So are "im dritten und vierten Quartal" and "im ersten Halbjahr 2018 …, im zweiten …". The other halves stand
where no trigger word does, so the half said in full looks for them around it.
"""

import re

from pipeline.extract.dates.lexicon import SHIFTS
from pipeline.extract.dates.numerals import ORDINALS
from pipeline.extract.dates.reading import Reading
from pipeline.extract.dates.spans import moved

_REACH = 120
_SHIFT = "|".join(sorted(SHIFTS, key=len, reverse=True))
# Not before a noun, which would be another one: "in diesem Land".
_OTHER_SHIFT = re.compile(
    rf"(?<![\w-])(?:in|im|vom|ab|bis|für|zum)\s(?:(?:dem|der|das|die)\s)?(?P<shift>{_SHIFT})"
    r"(?=,?\s(?:\d|auf|und|oder|sowie|bis|wie|als|noch|werden|wurden|waren|sind|gibt|gab|nur|rund|etwa)(?:\s|\d))"
)
_LATER_SHIFT = re.compile(
    rf"(?:,|;|\sund)\s(?:(?:in|im)\s)?(?P<shift>{_SHIFT})"
    r"(?=\s(?:dann|sollen|soll|werden|wird|sind|waren|gar|sogar|rund|etwa|noch|\d)(?:\s|\d))"
)
_THIS = re.compile(
    r",\s(?:in|im)\s(?P<shift>diesem|laufenden|kommenden|nächsten)"
    r"(?=\s(?:werden|wird|sollen|soll|sind|dürften|rechnet|könnten)\s)"
)
_THIS_TO = re.compile(r"\d\s[^.;!?\d]{0,30}in\s(?P<shift>diesem)\sauf\s")
_SOON = 80
_BREAK = re.compile(r"(?<!mio)(?<!mrd)[.!?;]\s|\n")
_PLACE_BEFORE = re.compile(
    r"(?P<place>ersten|zweiten|dritten)\s(?:und|oder|bis|sowie|auf\sdas)\s(?:(?:im|zum|ins)\s)?\Z"
)
_PLACE_AFTER = re.compile(
    r"[^.!?;\n]{1,80}?\s(?:im|ins|zum)\s(?P<place>ersten|zweiten|dritten|vierten)(?=[,.;](?!\d)|\s(?:[a-zäöü]|\d))"
)
_UNITS = {"Y": "jahr", "M": "monat", "W": "woche", "Q": "quartal", "H": "halbjahr"}


def read_other_shift(reading: Reading, start: int, unit: str) -> None:
    """ "von 500 Mio. in diesem auf 560 Mio. im nächsten Jahr": the first of the two."""
    published = reading.published
    if published is None or unit not in _UNITS:
        return
    begin = max(reading.mentions[-1].end if reading.mentions else 0, start - _REACH)
    for stop in _BREAK.finditer(reading.low, begin, start):
        begin = stop.end()
    every = list(_OTHER_SHIFT.finditer(reading.low, begin, start))
    if every:
        found = every[-1]
        to = moved(published, unit, SHIFTS[found["shift"]])
        reading.add_beside(found.start(), found.end(), to.timex, "unit left out")


def read_later_shift(reading: Reading, end: int, unit: str) -> None:
    """ "nächstes Jahr 390 Mio., übernächstes dann 520 Mio.": the second of the two."""
    published = reading.published
    later = _LATER_SHIFT.search(reading.low, end, end + _REACH)
    if (
        later is None
        or published is None
        or unit not in _UNITS
        or _BREAK.search(reading.low, end, later.start())
    ):
        return
    to = moved(published, unit, SHIFTS[later["shift"]])
    reading.add_beside(later.start("shift"), later.end(), to.timex, "unit left out")


def read_this_after(reading: Reading, end: int) -> None:
    """ "2007 waren es 60, in diesem sollen es 80 werden" """
    published = reading.published
    if published is None or reading.low.find(", i", end, end + _SOON) < 0:
        return
    later = _THIS.search(reading.low, end, end + _SOON)
    if later and not _BREAK.search(reading.low, end, later.start()):
        year = published.year + SHIFTS[later["shift"]]
        reading.add_beside(later.start("shift"), later.end(), str(year), "unit left out")


def read_this_before(reading: Reading, start: int) -> None:
    """ "von 36.900 in diesem auf unter 20.000 im Jahr 2010" """
    if reading.low.find(" diesem auf ", max(reading.done, start - _SOON), start) < 0:
        return
    before = _THIS_TO.search(reading.low, max(reading.done, start - _SOON), start)
    if before and reading.published and not _BREAK.search(reading.low, before.end(), start):
        year = str(reading.published.year)
        reading.add_beside(before.start("shift"), before.end("shift"), year, "unit left out")


def read_other_part(reading: Reading, start: int, end: int, timex: str) -> None:
    """The other quarter or half of a year beside one that is named."""
    head = timex[:-1]
    before = _PLACE_BEFORE.search(reading.low, max(reading.done, start - 30), start)
    if before and ORDINALS[before["place"]] < int(timex[-1]):
        reading.add_beside(
            before.start(), before.end("place"), f"{head}{ORDINALS[before['place']]}", "unit left out"
        )
    after = _PLACE_AFTER.match(reading.low, end)
    if after and _fits(head, ORDINALS[after["place"]], int(timex[-1])):
        reading.add_beside(
            after.start("place"), after.end("place"), f"{head}{ORDINALS[after['place']]}", "unit left out"
        )


def _fits(head: str, place: int, other: int) -> bool:
    return place != other and place <= (2 if head.endswith("H") else 4)
