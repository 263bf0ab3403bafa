"""Hours of opening, which fall on such a weekday every week: "Montag bis Freitag 9 bis 17 Uhr"."""

import re

from pipeline.extract.dates.lexicon import WEEKDAYS
from pipeline.extract.dates.reading import Reading

_NAMES = "|".join(WEEKDAYS)
_SPAN = (
    r"[\s,:]{1,2}(?:(?:jeweils|von|in\sder\szeit|ab|bis|zwischen)\s){0,2}"
    r"\d[\d.:]{0,4}\s?(?:(?:bis|und|-|–)\s?\d[\d.:]{0,4}\s?)?uhr"
)
_HOURS = re.compile(_SPAN)
_AND_HOURS = re.compile(rf"(?:(?:,|\sund|\ssowie)\s(?:{_NAMES})){{0,5}}{_SPAN}")
_RANGE_AND_HOURS = re.compile(rf"\s?(?:bis|-|–)\s?(?:{_NAMES}){_SPAN}")
_ENDS_RANGE = re.compile(rf"(?:{_NAMES})\s?(?:bis|-|–)\s?\Z")
# Hours told before for other days: "Montag bis Freitag 9 bis 17 Uhr, Samstag 10 bis 14 Uhr"
_AFTER_HOURS = re.compile(
    rf"\b(?:{_NAMES})s?(?:\s?(?:bis|und|-|–|,)\s?(?:{_NAMES})s?){_SPAN}(?:,|;|\sund|\ssowie)\s\Z"
)
_LABEL = re.compile(
    r"(?:öffnungszeit|sprechzeit|servicezeit|kassenzeit|geschäftszeit|bürozeit|besuchszeit|besuchszeiten|abgabezeit"
    r"|beratungszeit|telefonzeit|annahmezeit)(?:en)?(?:\s[^.!?\n:]{1,40})?:?\s[^\n]{0,90}\Z"
)
_LOOKBACK = 130
_OF_ONE_DAY = frozenset(("am", "ab", "bis", "vom", "kommenden", "nächsten", "diesen"))


def are_opening_hours(reading: Reading, start: int, end: int) -> bool:
    """Whether the weekday between the offsets is one on which something is open every week."""
    low = reading.low
    if _RANGE_AND_HOURS.match(low, end):
        return True
    if _AND_HOURS.match(low, end) is None:
        return False
    if _ENDS_RANGE.search(low, max(0, start - 20), start):
        return _HOURS.match(low, end) is not None
    if reading.word_before(start) in _OF_ONE_DAY:
        return False
    before = max(0, start - _LOOKBACK)
    return bool(_AFTER_HOURS.search(low, before, start) or _LABEL.search(low, before, start))
