"""Years of two digits, as releases of the nineties wrote them: "im Jahr 97", "Schuljahr 97/98"."""

import re

from pipeline.extract.dates.fiscal import fiscal_year
from pipeline.extract.dates.notation import full_year
from pipeline.extract.dates.reading import LIKELY, Reading

_LAST_PRESS = 2012  # from then on two digits after "Jahr" are a sum
_PAIR = re.compile(r"(?P<first>\d\d)/(?P<last>\d\d)(?![\d/.,:])")
_PAIR_LEADS = (
    "jahr", "jahre", "jahres", "jahren", "spielzeit", "saison", "semester", "winter", "haushalt", "etat",
)  # fmt: skip
_YEAR_LEADS = frozenset(("jahr", "haushaltsjahr"))
_BEFORE_YEAR = frozenset("im vom das des dem seit zum".split())
_ENDS = re.compile(r"(?=\s[a-zäöüß]|[.,;:)](?!\d)|\s?\Z|\n)")
_EARLIEST = 45


def read_short_year(reading: Reading, start: int, end: int) -> bool:
    """Two digits at an offset, if they are a year or the first of a pair of years."""
    word, begin = reading.before(start)
    pair = _PAIR.match(reading.low, start) if word.endswith(_PAIR_LEADS) else None
    if pair and (int(pair["first"]) + 1) % 100 == int(pair["last"]):
        first = full_year(pair["first"], reading)
        days = fiscal_year(reading.low, start, first) or (f"{first}-01-01", f"{first + 1}-12-31")
        reading.add(start, pair.end(), f"{first}/{first + 1}", "DATE", "pair of short years", LIKELY, days)
        return True
    published = reading.published
    if word not in _YEAR_LEADS or published is None or published.year > _LAST_PRESS:
        return False
    year = full_year(reading.low[start:end], reading)
    led = reading.word_before(begin) in _BEFORE_YEAR and _ENDS.match(reading.low, end) is not None
    if not led or not published.year - _EARLIEST < year <= published.year + 1:
        return False
    reading.add(start, end, str(year), "DATE", "short year", LIKELY)
    return True
