"""Years that begin in one calendar year and end in the next: school years, hunting years, winter terms."""

import re
from datetime import date

from pipeline.extract.dates.calendar import Span, days_in

# First month of each: school years by the Länder's Hamburg agreement, hunting years by section 11 (4) of the
# Federal Hunting Act, agricultural years by section 4a of the Income Tax Act.
_FIRST_MONTHS: dict[str, int] = {
    "schul": 8,
    "kindergarten": 8,
    "kita": 8,
    "ausbildungs": 8,
    "lehr": 8,
    "jagd": 4,
}
_NAMED = re.compile(
    rf"(?P<kind>{'|'.join(_FIRST_MONTHS)})jahre?(?:s|n|sbeginn|sende|sanfang)?\s{{1,2}}(?:\(\s?)?\Z"
)
_REACH = 30


def fiscal_year(low: str, start: int, first: int) -> Span | None:
    """The days of the year named just before low[start:], if it is one of two halves."""
    named = _NAMED.search(low, max(0, start - _REACH), start)
    if named is None:
        return None
    month = _FIRST_MONTHS[named["kind"]]
    return f"{first}-{month:02d}-01", f"{first + 1}-{month - 1:02d}-{days_in(first + 1, month - 1)}"


def school_year(first: int) -> Span:
    """A school year runs from 1 August to 31 July in all Länder."""
    return f"{first}-08-01", f"{first + 1}-07-31"


def school_year_of(day: date) -> int:
    """The year in which the school year of that day began."""
    return day.year if day.month >= 8 else day.year - 1
