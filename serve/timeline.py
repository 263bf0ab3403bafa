"""The hits of a search over time: bars for days, months or years, counts or shares of all releases."""

import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from archive.filters import day
from archive.german import MONTHS, number, short
from archive.selection import Asked
from serve.facets import rough
from serve.narrow import Narrowed

MOST_DAYS, MOST_MONTHS = 45, 60
_TOTALS = """
SELECT substr(published_on, 1, ?) AS at, count(*) FROM releases WHERE published_on IS NOT NULL GROUP BY at
"""
_known: dict[tuple[str, int], tuple[int, dict[str, int]]] = {}
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
    estimated: bool
    undated: int

    @property
    def ends(self) -> tuple[str, str]:
        return self.bars[0].label, self.bars[-1].label


def timeline(connection: sqlite3.Connection, what: Asked, found: Narrowed) -> Timeline | None:
    """The hits over time; None where fewer than two stretches of time would show."""
    days = sorted(d.published_on for d in found.documents if d.published_on)
    if not days:
        return None
    width, unit = _unit(days[0], days[-1])
    counts = Counter(on[:width] for on in days)
    stretches = list(_between(days[0][:width], days[-1][:width]))
    if len(stretches) < 2:
        return None
    totals = _totals(connection, width, days[0][:width], days[-1][:width])
    shares = {at: counts[at] * found.scale * 100 / totals[at] if totals.get(at) else None for at in stretches}
    scaled = {at: shares[at] or 0.0 for at in stretches} if what.zeit == "anteil" else dict(counts)
    most = max(scaled.values()) or 1
    bars = [
        Bar(
            _named(at),
            rough(counts[at] * found.scale) if found.scale > 1 else counts[at],
            _per_cent(shares[at]),
            max(2, round(HEIGHT * scaled.get(at, 0) / most)) if counts[at] else 0,
            what.address(von=day(at), bis=day(at, last=True), jahr=""),
        )
        for at in stretches
    ]
    return Timeline(bars, unit, found.scale > 1, len(found.documents) - len(days))


def _per_cent(share: float | None) -> str:
    """A share as it reads; a dash where the archive holds nothing of that time.

    >>> _per_cent(12.34), _per_cent(0.02), _per_cent(0.0)
    ('12 %', '0,02 %', '0 %')
    """
    if share is None:
        return "–"
    return f"{number(float(f'{min(share, 100):.2g}'))} %"


def _unit(first: str, last: str) -> tuple[int, str]:
    """How many letters of an ISO day tell stretches of time apart, and what such a stretch is called."""
    months = (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7]) - int(first[5:7])
    if months <= 1 and len(list(_between(first, last))) <= MOST_DAYS:
        return 10, "Tag"
    return (7, "Monat") if months < MOST_MONTHS else (4, "Jahr")


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
    return at if len(at) == 4 else f"{MONTHS[int(at[5:7]) - 1]} {at[:4]}"


def _totals(connection: sqlite3.Connection, width: int, first: str, last: str) -> dict[str, int]:
    """The releases of every day, month or year, read anew only when some came in since."""
    held = connection.execute("SELECT max(rowid) FROM releases").fetchone()[0]
    path = connection.execute("PRAGMA database_list").fetchone()[2]
    known = _known.get((path, width))
    if known is None or known[0] != held:
        known = _known[path, width] = held, dict(connection.execute(_TOTALS, (width,)).fetchall())
    return {at: n for at, n in known[1].items() if first <= at <= last}
