"""The map of Germany or of a Land: how often districts are named, or what they were given, by year."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from datasette.database import Database

from archive.german import LANDS
from archive.shapes import CREDIT, around, shapes
from archive.territory import districts_by_key
from serve import addresses
from serve.archive_rows import Row, rows
from serve.choropleth import bounds, shade
from serve.language import N_, gettext
from serve.overview import told_years
from serve.spoken import counted, money, number, to
from serve.spoken import land as name_of

MEASURES = {
    "mitteilungen": N_("Mitteilungen, die den Kreis nennen"),
    "summe": N_("Förderungen, gegeben und zugesagt"),
}
_VALUES = {
    "mitteilungen": "SELECT key, sum(releases) AS n FROM mention_months WHERE {where} GROUP BY key",
    "summe": """SELECT key, sum(high) AS n FROM grant_months
        WHERE {where} AND currency = 'EUR' AND status IN ('given', 'promised') GROUP BY key""",
}
_YEAR = "kind = 'district' AND month >= :year AND month < :year || ':'"  # the colon comes after the digits
_DISTRICTS = "SELECT ags, name, jurisdiction, population FROM districts WHERE valid_to IS NULL ORDER BY ags"


@dataclass(frozen=True, slots=True)
class Area:
    """A district on the map and in the table."""

    ags: str
    name: str
    land: str
    path: str
    value: int
    said: str
    shade: int
    address: str


@dataclass(frozen=True, slots=True)
class Class:
    """A line of the legend."""

    shade: int
    words: str
    districts: int


async def page(db: Database, land: str, args: Mapping[str, str]) -> dict[str, object]:
    """Everything the page says; `land` is empty for Germany."""
    years = (await told_years(db))[::-1]
    measure = args.get("zeige", "") if args.get("zeige", "") in MEASURES else "mitteilungen"
    year = args.get("jahr", "") if args.get("jahr", "") in years else ""
    sql = _VALUES[measure].format(where=_YEAR if year else "kind = 'district'")
    counts, districts = await asyncio.gather(rows(db, sql, {"year": year}), rows(db, _DISTRICTS))
    values, moved = _of_today(counts)
    shown = [d for d in districts if d["ags"] in shapes().paths and land in ("", d["jurisdiction"])]
    tops = bounds(values[d["ags"]] for d in shown)
    areas = [_area(d, values[d["ags"]], measure, tops) for d in shown]
    return {
        "land": land,
        "land_name": name_of(land) if land else gettext("Deutschland"),
        "view": around(d["ags"] for d in shown).view if shown else "0 0 1 1",
        "areas": areas,
        "ranked": sorted(areas, key=lambda area: (-area.value, area.name)),
        "legend": _legend(areas, measure),
        "measures": MEASURES,
        "measure": measure,
        "years": years,
        "year": year,
        "moved": moved,
        "lands": [
            (name, f"{addresses.land(code)}{_query(measure, year)}", code == land) for code, name in _lands()
        ],
        "whole": f"/karte{_query(measure, year)}",
        "credit": CREDIT,
    }


def _of_today(counts: list[Row]) -> tuple[Counter[str], int]:
    """Values by district of today, and how many former districts they hold.

    What was said of a former district goes to the one of today in which most of its people live.
    """
    values: Counter[str] = Counter()
    moved = 0
    for row in counts:
        known = districts_by_key().get(row["key"])
        former = known is not None and row["key"] not in shapes().paths and known.successors
        values[known.successors[0] if known and former else row["key"]] += row["n"]
        moved += bool(former)
    return values, moved


def _area(district: Row, value: int, measure: str, tops: list[float]) -> Area:
    ags, land = district["ags"], name_of(district["jurisdiction"])
    path = shapes().paths[ags]
    said = _said(value, measure)
    return Area(ags, district["name"], land, path, value, said, shade(value, tops), addresses.district(ags))


def _said(value: int, measure: str) -> str:
    if not value:
        return gettext("nichts")
    return money(value) if measure == "summe" else counted(value, "Mitteilung", "Mitteilungen")


def _legend(areas: list[Area], measure: str) -> list[Class]:
    """The classes from nothing up, with the values they run from and to."""
    found = []
    for at in sorted({area.shade for area in areas}):
        members = [area.value for area in areas if area.shade == at]
        found.append(Class(at, _span(min(members), max(members), measure), len(members)))
    return found


def _span(low: int, high: int, measure: str) -> str:
    r"""
    >>> _span(0, 0, "summe"), _span(3, 9, "mitteilungen"), _span(4000, 2500000, "summe")
    ('nichts', '3 bis 9', '4.000\xa0€ bis 2,5\xa0Mio.\xa0€')
    """
    if not high:
        return gettext("nichts")
    least, most = (money(v).replace(" ", "\u00a0") if measure == "summe" else number(v) for v in (low, high))
    return least if low == high else to(least, most)


def _lands() -> list[tuple[str, str]]:
    return sorted(((code, name_of(code)) for code in LANDS if code != "DE"), key=lambda land: land[1])


def _query(measure: str, year: str) -> str:
    said = {"zeige": measure if measure != "mitteilungen" else "", "jahr": year}
    return f"?{urlencode({k: v for k, v in said.items() if v})}".rstrip("?")
