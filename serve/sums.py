"""Sums of grants, told apart by how far the grants came and how exactly their amounts were said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from serve.archive_rows import Row
from serve.language import N_, gettext
from serve.spoken import money, to

ORDER = ("given", "promised", "planned")
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
    order = [*ORDER, *(status for status in by_status if status not in ORDER)]
    lines = tuple(_line(status, by_status[status], currency) for status in order if status in by_status)
    repeated = sum(row["tellings"] - row["stories"] for rows in by_status.values() for row in rows)
    return Sums(currency, lines, repeated)


def _line(status: str, rows: list[Row], currency: str) -> Line:
    exact = [row for row in rows if row["qualifier"] == "exact"]
    about = [row for row in rows if row["qualifier"] == "about"]
    bounded = [row for row in rows if row["qualifier"] in _BOUNDED]
    stories = sum(row["stories"] for row in rows)
    parts = (said(some, currency) for some in (exact, about, bounded, rows))
    return Line(status, stories, *parts)


def said(rows: list[Row], currency: str) -> str:
    r"""What amounts come to, in words that promise no more than the least exact of them.

    >>> said([{"qualifier": "exact", "low": 500, "high": 500}], "EUR")
    '500\xa0€'
    >>> about = {"qualifier": "about", "low": 500, "high": 500}
    >>> said([about, {"qualifier": "at_most", "low": 0, "high": 9}], "EUR")
    'rund 500\xa0€ bis 509\xa0€'
    >>> said([{"qualifier": "at_least", "low": 500, "high": 500}], "EUR")
    'mindestens 500\xa0€'
    """
    if not rows:
        return ""
    kinds = {row["qualifier"] for row in rows}
    low, high = sum(row["low"] for row in rows), sum(row["high"] for row in rows)
    least, most = (_money(rounded(v) if "about" in kinds else v, currency) for v in (low, high))
    if kinds == {"at_most"}:
        return gettext("höchstens %(amount)s", amount=most)
    sum_ = most if low == high else to(least, most)
    if "about" in kinds:
        sum_ = gettext("rund %(amount)s", amount=sum_)
    if "at_least" not in kinds:
        return sum_
    at_least = N_("mindestens %(amount)s") if low == high else N_("%(amount)s oder mehr")
    return gettext(at_least, amount=sum_)


def rounded(value: int) -> int:
    """A sum of rough amounts, to three digits.

    >>> rounded(267434040), rounded(509), rounded(0)
    (267000000, 509, 0)
    """
    return round(value, 3 - len(str(value))) if value > 999 else value


def _money(value: float, currency: str) -> str:
    """Money that no line break parts."""
    return money(value, currency).replace(" ", "\u00a0")
