"""What the pages of all entities have in common: how often, how much, what last, named with whom."""

import asyncio
from collections import Counter
from dataclasses import dataclass, replace

from datasette.database import Database

from archive.selection import Asked
from serve import addresses
from serve.archive_rows import Row, rows
from serve.bars import Chart, chart
from serve.language import N_
from serve.meanings import sum_of
from serve.spoken import counted, money
from serve.sums import Sums, months, sums

NEWEST, STORIES, TOGETHER = 8, 6, 8
LOOKED_AT = 300  # newest mentions among which the newest releases are
_NAMED = (
    "SELECT release_id, published_on FROM {table} WHERE {column} = :key ORDER BY published_on DESC LIMIT :n"
)
_NEWEST = {
    "minister": (_NAMED.format(table="minister_mentions", column="minister_id"),),
    "office": (
        _NAMED.format(table="minister_mentions", column="office"),
        _NAMED.format(table="person_mentions", column="office"),
    ),
    "district": (
        _NAMED.format(table="district_mentions", column="district_ags"),
        _NAMED.format(table="municipality_mentions", column="district_ags"),
    ),
    "municipality": (_NAMED.format(table="municipality_mentions", column="municipality_ags"),),
    "ministry": (
        "SELECT id AS release_id, published_on FROM releases WHERE publisher_id = :key "
        "ORDER BY published_on DESC LIMIT :n",
    ),
}
# CROSS JOIN: the few named rows come first, whatever the statistics say of the table of all.
_RELEASES = f"""
SELECT r.id, r.title, r.kind, r.published_on, r.publisher_name, r.jurisdiction, r.amount_max
FROM (SELECT DISTINCT release_id FROM ({{newest}})) AS named CROSS JOIN releases r ON r.id = named.release_id
ORDER BY r.published_on DESC, r.first_seen_at DESC LIMIT {NEWEST}
"""
_STORY = """
SELECT s.*, districts.name AS district, municipalities.name AS municipality, releases.title
FROM {source} LEFT JOIN grant_tellings ON grant_tellings.key = s.id
LEFT JOIN releases ON releases.id = grant_tellings.release_id
LEFT JOIN districts ON districts.ags = s.district_ags
LEFT JOIN municipalities ON municipalities.ags = s.municipality_ags
"""
_LAST_FIRST = f"ORDER BY s.first_on DESC, s.value_max DESC, s.id LIMIT {STORIES}"
_TOLD = """(
    SELECT DISTINCT t.story_id FROM ({newest}) AS named
    CROSS JOIN grant_tellings t ON t.release_id = named.release_id
) AS told CROSS JOIN grant_stories s ON s.id = told.story_id"""
_STORIES_NAMED = f"{_STORY.format(source=_TOLD)} {_LAST_FIRST}"
_STORIES_OF = {
    kind: f"{_STORY.format(source='grant_stories s')} WHERE s.{kind}_ags = :key {_LAST_FIRST}"
    for kind in ("district", "municipality")
}
_MONTHS = "SELECT month, releases FROM mention_months WHERE kind = :kind AND key = :key"
_END = """
SELECT substr(month, 1, 4) AS year FROM mention_months WHERE kind = 'source' AND month > ''
ORDER BY month {order} LIMIT 1
"""
_SUMS = """
SELECT month, currency, status, qualifier, stories, tellings, low, high FROM grant_months
WHERE kind = :kind AND key = :key
"""
_TOGETHER = f"""
SELECT other_key AS key, {{names}}.name AS name, co_mentions.releases AS n FROM co_mentions
JOIN {{names}} ON {{names}}.{{id}} = other_key
WHERE co_mentions.kind = :kind AND key = :key AND other_kind = '{{other}}'
ORDER BY n DESC, other_key LIMIT {TOGETHER}
"""
_OTHERS = {
    "minister": (N_("Personen"), "ministers", "id"),
    "district": (N_("Kreise"), "districts", "ags"),
    "municipality": (N_("Gemeinden"), "municipalities", "ags"),
    "ministry": (N_("Ministerien"), "publishers", "id"),
}


@dataclass(frozen=True, slots=True)
class Together:
    """Who or what is named most in the same releases."""

    title: str
    named: list[Row]  # name, n, address of its page, address of the search for both


@dataclass(frozen=True, slots=True)
class Overview:
    """Figures and lists of one entity."""

    releases: int
    undated: int
    mentions: Chart | None
    money: Chart | None
    sums: list[Sums]
    newest: list[Row]
    stories: list[Row]
    together: list[Together]
    search: str
    feed: str


async def overview(db: Database, kind: str, key: str, what: Asked) -> Overview:
    """What is known of an entity; `what` is the search that finds its releases."""
    asked = {"kind": kind, "key": key, "n": LOOKED_AT}
    newest = " UNION ALL ".join(f"SELECT * FROM ({sql})" for sql in _NEWEST[kind])
    named = _STORIES_OF.get(kind) or _STORIES_NAMED.format(newest=newest)
    figures = (_MONTHS, _SUMS, _RELEASES.format(newest=newest), named)
    (by_month, grants, releases, stories), together = await asyncio.gather(
        asyncio.gather(*(rows(db, sql, asked) for sql in figures)),
        asyncio.gather(*(_together(db, other, what, asked) for other in _OTHERS)),
    )
    found = {row["month"]: row["releases"] for row in by_month}
    grants_of = replace(what, foerderung="1")
    return Overview(
        releases=sum(found.values()),
        undated=found.get("", 0),
        mentions=chart(found, _releases, lambda first, last: what.address(von=first, bis=last)),
        money=chart(months(grants), money, lambda first, last: grants_of.address(von=first, bis=last)),
        sums=sums(_totals(grants)),
        newest=releases,
        stories=[story_of(row) for row in stories],
        together=[some for some in together if some.named],
        search=what.address(),
        feed=what.address("/suche.atom"),
    )


async def told_years(db: Database) -> list[str]:
    """All years from the first release to the last."""
    ends = [(await rows(db, _END.format(order=order)))[:1] for order in ("ASC", "DESC")]
    first, last = ([int(row["year"]) for row in end] for end in ends)
    return [str(year) for year in range(first[0], last[0] + 1)] if first and last else []


def story_of(row: Row) -> Row:
    """A grant as lists show it."""
    return row | {"said": sum_of(row), "address": addresses.grant(row["id"])}


async def _together(db: Database, other: str, what: Asked, asked: dict[str, object]) -> Together:
    title, names, column = _OTHERS[other]
    found = await rows(db, _TOGETHER.format(names=names, id=column, other=other), asked)
    return Together(title, [row | _links(other, row["key"], what) for row in found])


def _links(other: str, key: str, what: Asked) -> Row:
    """Where a name leads, and its number: to the releases that name both, where a search can say it."""
    field = {"minister": "person", "district": "kreis", "municipality": "gemeinde"}.get(other, "")
    free = bool(field) and not getattr(what, field)
    both = replace(what, **{field: key}).address() if free else None  # type: ignore[arg-type]
    return {"address": addresses.BY_KIND[other](key), "both": both}


def _totals(grants: list[Row]) -> list[Row]:
    """Rows of all months as one row for each currency, status and qualifier."""
    found: dict[tuple[str, str, str], Counter[str]] = {}
    for row in grants:
        total = found.setdefault((row["currency"], row["status"], row["qualifier"]), Counter())
        total.update({name: row[name] for name in ("stories", "tellings", "low", "high")})
    names = ("currency", "status", "qualifier")
    return [dict(zip(names, which, strict=True)) | total for which, total in found.items()]


def _releases(count: int) -> str:
    return counted(count, "Mitteilung", "Mitteilungen")
