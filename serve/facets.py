"""The filters beside the hits: which values there are, how many hits each has, and which are set."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

from datasette.database import Database

from archive.german import KINDS, LANDS
from archive.selection import Asked, conditions
from serve.archive_rows import Row, row, rows_in_time

FACET_LENGTH = 12
# Places and persons are counted among the newest hits only: joining all mentions of a broad search takes
# seconds at a hundred thousand releases.
NEWEST = 2000
TIME_LIMIT_MS = 800
TITLES = {
    "land": "Land",
    "herausgeber": "Herausgeber",
    "art": "Art",
    "jahr": "Jahr",
    "kreis": "Kreis",
    "person": "Person",
}
AMONG_NEWEST = ("kreis", "person")
_HITS = """
SELECT id, jurisdiction AS land, publisher_name AS herausgeber, kind AS art,
       substr(published_on, 1, 4) AS jahr, published_on FROM releases
"""
_NEWEST_HITS = f"(SELECT id FROM hits ORDER BY published_on DESC LIMIT {NEWEST}) AS hits"
_COUNTS = {
    **{name: f"SELECT {name} AS value, NULL AS label, count(*) AS n FROM hits" for name in list(TITLES)[:4]},
    "kreis": f"""SELECT districts.ags AS value, districts.name AS label, count(DISTINCT hits.id) AS n
        FROM {_NEWEST_HITS} JOIN district_mentions ON district_mentions.release_id = hits.id
        JOIN districts ON districts.ags = district_mentions.district_ags""",
    "person": f"""SELECT ministers.id AS value, ministers.name AS label, count(DISTINCT hits.id) AS n
        FROM {_NEWEST_HITS} JOIN minister_mentions ON minister_mentions.release_id = hits.id
        JOIN ministers ON ministers.id = minister_mentions.minister_id""",
}
LABELS = {"land": LANDS, "art": KINDS}
NAMES = {
    "kreis": "SELECT name FROM districts WHERE ags = :value",
    "person": "SELECT name FROM ministers WHERE id = :value",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter, how many hits it has and where choosing it leads."""

    label: str
    count: int
    address: str
    chosen: bool
    share: int  # per cent of the largest, for a bar


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter; `choices` is None where counting took too long."""

    title: str
    choices: list[Choice] | None
    among_newest: bool  # counted among the newest hits only


@dataclass(frozen=True, slots=True)
class Counted:
    """The number of hits, None where counting took too long, and the filters."""

    total: int | None
    facets: list[Facet]


async def count(db: Database, what: Asked) -> Counted:
    """Count the hits, and those of every value of every filter.

    A filter that is set is counted as if it were not, so that its other values can be chosen.
    """
    chosen = [name for name, _ in what.set() if name in TITLES]
    others = [name for name in TITLES if name not in chosen]
    together, *alone = await asyncio.gather(
        _counts(db, what, others, ""), *(_counts(db, what, [name], name) for name in chosen)
    )
    by_name = dict(together or {})
    for counts in alone:
        by_name |= counts or {}
    total = together["total"][0]["n"] if together else None
    return Counted(total, [_facet(what, name, by_name.get(name), total) for name in TITLES])


async def chips(db: Database, what: Asked) -> AsyncIterator[tuple[str, str]]:
    """Each filter that is set, in words, with the address of the search without it."""
    for name, value in what.set():
        label = LABELS.get(name, {}).get(value, value)
        if name in NAMES:
            named = await row(db, NAMES[name], {"value": value})
            label = str(named["name"]) if named else value
        word = "nachträglich geändert" if name == "geaendert" else f"{TITLES[name]}: {label}"
        yield word, what.address(**{name: ""})


async def _counts(db: Database, what: Asked, names: list[str], without: str) -> dict[str, list[Row]] | None:
    where, values = conditions(what, without)
    # Without any condition the counts come out of the indexes, and gathering the hits would only delay.
    materialized = "NOT MATERIALIZED" if where == "1" else "MATERIALIZED"
    parts = ["SELECT 'total' AS facet, NULL AS value, NULL AS label, count(*) AS n FROM hits"]
    for name in names:
        order = "value DESC" if name == "jahr" else "n DESC, value"
        limited = f"GROUP BY 1 HAVING value IS NOT NULL ORDER BY {order} LIMIT {FACET_LENGTH}"
        parts.append(f"SELECT '{name}' AS facet, * FROM ({_COUNTS[name]} {limited})")
    sql = f"WITH hits AS {materialized} ({_HITS} WHERE {where}) {' UNION ALL '.join(parts)}"
    counted = await rows_in_time(db, sql, values, TIME_LIMIT_MS)
    if counted is None:
        return None
    return {name: [r for r in counted if r["facet"] == name] for name in ("total", *names)}


def _facet(what: Asked, name: str, counted: list[Row] | None, total: int | None) -> Facet:
    partial = name in AMONG_NEWEST and (total is None or total > NEWEST)
    if counted is None:
        return Facet(TITLES[name], None, partial)
    most = max((r["n"] for r in counted), default=1)
    return Facet(TITLES[name], [_choice(what, name, r, most) for r in counted], partial)


def _choice(what: Asked, name: str, counted: Row, most: int) -> Choice:
    value, count = str(counted["value"]), counted["n"]
    chosen = getattr(what, name) == value
    label = str(counted["label"] or LABELS.get(name, {}).get(value, value))
    address = what.address(**{name: "" if chosen else value})
    return Choice(label, count, address, chosen, max(1, round(100 * count / most)))
