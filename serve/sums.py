"""Sums of grants, told apart by how far the grants came and how exactly their amounts were said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from archive.german import money
from serve.archive_rows import Row

STATUSES = {"given": "gegeben", "promised": "zugesagt", "planned": "geplant"}
HELD = ("given", "promised")  # what is planned is not counted as money
_BOUNDED = frozenset({"range", "at_least", "at_most"})


@dataclass(frozen=True, slots=True)
class Line:
    """The grants of one status."""

    status: str
    stories: int
    exact: str
    about: str
    bounded: str  # ranges, at least, at most
    together: str


@dataclass(frozen=True, slots=True)
class Sums:
    """All grants of one currency."""

    currency: str
    lines: tuple[Line, ...]
    repeated: int  # tellings of grants that are counted already


def sums(rows: Iterable[Row]) -> list[Sums]:
    """Sums from rows of `grant_months`, euros first."""
    by_currency: dict[str, dict[str, list[Row]]] = {}
    for row in rows:
        by_currency.setdefault(row["currency"], {}).setdefault(row["status"], []).append(row)
    found = [_sums(currency, by_status) for currency, by_status in by_currency.items()]
    return sorted(found, key=lambda s: (s.currency != "EUR", s.currency))


def months(rows: Iterable[Row]) -> dict[str, int]:
    """Euros given or promised by month, at most."""
    found: dict[str, int] = {}
    for row in rows:
        if row["currency"] == "EUR" and row["status"] in HELD:
            found[row["month"]] = found.get(row["month"], 0) + row["high"]
    return found


def _sums(currency: str, by_status: Mapping[str, list[Row]]) -> Sums:
    order = [*STATUSES, *(status for status in by_status if status not in STATUSES)]
    lines = tuple(_line(status, by_status[status], currency) for status in order if status in by_status)
    repeated = sum(row["tellings"] - row["stories"] for rows in by_status.values() for row in rows)
    return Sums(currency, lines, repeated)


def _line(status: str, rows: list[Row], currency: str) -> Line:
    exact = [row for row in rows if row["qualifier"] == "exact"]
    about = [row for row in rows if row["qualifier"] == "about"]
    bounded = [row for row in rows if row["qualifier"] in _BOUNDED]
    stories = sum(row["stories"] for row in rows)
    together = _span(rows, currency)
    parts = (_span(exact, currency), _span(about, currency, "rund "), _span(bounded, currency))
    return Line(STATUSES.get(status, status), stories, *parts, ("rund " if about else "") + together)


def _span(rows: list[Row], currency: str, word: str = "") -> str:
    if not rows:
        return ""
    low, high = sum(row["low"] for row in rows), sum(row["high"] for row in rows)
    if low == high:
        return word + money(high, currency)
    return f"{money(low, currency)} bis {money(high, currency)}"
