"""The hits of a search over time: bars for days, months or years, counts or shares of all releases."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pyroaring import BitMap

from archive.filters import day
from archive.selection import Asked
from serve.language import N_
from serve.narrow import Narrowed
from serve.spoken import day as day_in_words
from serve.spoken import percent, short

MOST_DAYS, MOST_MONTHS = 45, 60
LAST = 2**32  # beyond any document
HEIGHT = 100  # a bar's height is per cent of the highest


@dataclass(frozen=True, slots=True)
class Bar:
    """One stretch of time."""

    label: str
    count: int
    share: str  # of all releases of that time
    height: int
    address: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars from the first to the last hit, gaps included."""

    bars: list[Bar]
    unit: str
    undated: int

    @property
    def ends(self) -> tuple[str, str]:
        return self.bars[0].label, self.bars[-1].label


def timeline(what: Asked, found: Narrowed) -> Timeline | None:
    """The hits over time; None where fewer than two stretches of time would show."""
    months = sorted(m for m, held in found.sets.months.items() if m and held.intersect(found.documents))
    if not months:
        return None
    first, last = (_day_in(found, month, at) for month, at in ((months[0], -1), (months[-1], 0)))
    width, unit = _unit(first, last)
    stretches = list(_between(first[:width], last[:width]))
    if len(stretches) < 2:
        return None
    counts, totals = _counted(found, width, stretches)
    shares = {at: counts[at] * 100 / totals[at] if totals[at] else None for at in stretches}
    scaled = {at: shares[at] or 0.0 for at in stretches} if what.zeit == "anteil" else dict(counts)
    most = max(scaled.values()) or 1
    bars = [
        Bar(
            _named(at),
            counts[at],
            _per_cent(shares[at]),
            max(2, round(HEIGHT * scaled[at] / most)) if counts[at] else 0,
            what.address(von=day(at), bis=day(at, last=True), jahr=""),
        )
        for at in stretches
    ]
    return Timeline(bars, unit, len(found.documents & found.sets.months.get("", BitMap())))


def _day_in(found: Narrowed, month: str, at: int) -> str:
    """The last day of a month with hits (0), or the first (-1)."""
    by_day = found.sets.kinds["day"]
    return [on for on in found.sets.days[month] if by_day[on].intersect(found.documents)][at]


def _counted(found: Narrowed, width: int, stretches: list[str]) -> tuple[Counter[str], Counter[str]]:
    """The hits of every day, month or year, and all releases of it that were looked through."""
    sets, counts, totals = found.sets, Counter[str](), Counter[str]()
    if width == len("2018-03-28"):
        held = {on: sets.kinds["day"][on] for on in stretches if on in sets.kinds["day"]}
    else:
        held = {m: some for m, some in sets.months.items() if stretches[0] <= m[:width] <= stretches[-1]}
    for at, documents in held.items():
        counts[at[:width]] += found.documents.intersection_cardinality(documents)
        totals[at[:width]] += documents.range_cardinality(found.down_to, LAST)
    return counts, totals


def _per_cent(share: float | None) -> str:
    """A share as it reads; a dash where the archive holds nothing of that time.

    >>> _per_cent(12.34), _per_cent(0.02), _per_cent(0.0)
    ('12 %', '0,02 %', '0 %')
    """
    if share is None:
        return "–"
    return percent(float(f"{min(share, 100):.2g}"))


def _unit(first: str, last: str) -> tuple[int, str]:
    """How many letters of an ISO day tell stretches of time apart, and what such a stretch is called."""
    months = (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7]) - int(first[5:7])
    if months <= 1 and len(list(_between(first, last))) <= MOST_DAYS:
        return 10, N_("Tag")
    return (7, N_("Monat")) if months < MOST_MONTHS else (4, N_("Jahr"))


def _between(first: str, last: str) -> Iterable[str]:
    """All days, months or years from the first to the last."""
    at = first
    while at <= last:
        yield at
        at = _next(at)


def _next(at: str) -> str:
    parts = [int(part) for part in at.split("-")]
    if len(parts) == 1:
        return f"{parts[0] + 1:04}"
    if len(parts) == 3 and day(later := f"{at[:8]}{parts[2] + 1:02}"):
        return later
    month = f"{parts[0]:04}-{parts[1] + 1:02}" if parts[1] < 12 else f"{parts[0] + 1:04}-01"
    return month if len(parts) == 2 else f"{month}-01"


def _named(at: str) -> str:
    if len(at) == 10:
        return short(at)
    return at if len(at) == 4 else day_in_words(at)
