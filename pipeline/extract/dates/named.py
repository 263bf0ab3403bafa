"""Years that belong to a name and date nothing: "Agenda 2030", "Kita 2000", the strategy „Bauen 2005“."""

import re

from pipeline.extract.dates.reading import Reading

# Programmes called after a year to come, and houses, clubs and stations called after a round one.
_PROGRAMMES = ("agenda ", "horizont ", "vision ", "leitbild ")
_HOUSES = (
    "kita ", "kindergarten ", "radio ", "studio ", "klub ", "club ", "spielhaus ", "kino ",
    "apotheke ", "hotel ",
)  # fmt: skip
_OPENING = re.compile(r"[„»“\"‚](?P<name>[^„“”»«\"\n.,:;!?]{1,40}\s)\Z")
_CLOSING = frozenset("“”«»\"‘'")
_LONGEST = 44
_EDITION = 1  # „Jugend forscht 2019“ in 2019 is the competition of that year
_NOT_IN_NAMES = frozenset(
    "im in seit ab bis vom von zum zur für anfang ende mitte jahr jahre jahren und ist sind war wird".split()
)


def is_named(reading: Reading, start: int) -> bool:
    """Whether the four digits at an offset are the end of a name; a rejection tells so."""
    low = reading.low
    glued = low[start - 1 : start] == "." and low[start - 2 : start - 1].isalpha()
    leads = (_PROGRAMMES, _HOUSES) if low[start + 3] == "0" else (_PROGRAMMES,)
    named = any(low.endswith(names, 0, start) for names in leads) or _is_quoted(reading, start)
    if glued or named:
        reading.reject(start, start + 4, "year in a name")
    return glued or named


def _is_quoted(reading: Reading, start: int) -> bool:
    if reading.low[start + 4 : start + 5] not in _CLOSING or start + 4 == len(reading.low):
        return False
    opening = _OPENING.search(reading.text, max(0, start - _LONGEST), start)
    if opening is None or opening["name"].split()[-1].lower() in _NOT_IN_NAMES:
        return False
    if not any(word[0].isupper() for word in opening["name"].split()):
        return False
    published = reading.published
    return published is None or abs(int(reading.low[start : start + 4]) - published.year) > _EDITION
