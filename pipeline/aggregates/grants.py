"""Grants as stories: each counted once, however often it is told, and summed by month."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from sqlite_utils import Database

from pipeline.aggregates.mentions import Entity
from pipeline.aggregates.stories import Story, Telling, stories

_NAMERS = frozenset({"minister", "office", "ministry"})  # what a release names besides the place of the grant
_GRANTS = """
SELECT g.release_id, a.field, a."start", g.value_min, g.value_max, g.currency
FROM grants g JOIN amounts a ON a.id = g.amount_id
WHERE g.release_id IN (SELECT value FROM json_each(?)) AND coalesce(g.value_min, g.value_max) IS NOT NULL
ORDER BY g.release_id, a.field DESC, a."start"
"""
_TELLINGS = """
SELECT t.amount, t.story_id, t.key, t.release_id, t.field, r.published_on, g.value_min, g.value_max,
    g.currency, g.qualifier, g.status, g.recipient, g.district_ags, g.municipality_ags, t.text_group
FROM grant_tellings t JOIN releases r ON r.id = t.release_id
    JOIN amounts a ON a.release_id = t.release_id AND a.field = t.field AND a."start" = t."start"
    JOIN grants g ON g.release_id = t.release_id AND g.amount_id = a.id
WHERE t.amount IN (SELECT value FROM json_each(?))
"""
_REGROUPED = """
SELECT t.amount, t.key, m.group_id FROM grant_tellings t
    LEFT JOIN text_group_members m ON m.release_id = t.release_id
WHERE t.text_group IS NOT m.group_id
"""
_ADD = """
INSERT INTO grant_months VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET stories = stories + excluded.stories, tellings = tellings + excluded.tellings,
    low = low + excluded.low, high = high + excluded.high
"""
_OF = "FROM grant_stories WHERE amount IN (SELECT value FROM json_each(?))"
CHUNK = 200  # amounts of which the stories are told at once
ALOFT = 100_000  # sums in memory before they are written
Place = tuple[str, str, str, str, str, str]  # kind, key, month, currency, status, qualifier


class Row(NamedTuple):
    """A telling as it is written; a grant is found again by the place of its amount."""

    key: str
    release_id: str
    field: str
    start: int
    amount: str


class Written(NamedTuple):
    """A story as it is written."""

    id: str
    amount: str
    value_min: float | None
    value_max: float | None
    currency: str
    qualifier: str
    status: str
    recipient: str | None
    district_ags: str | None
    municipality_ags: str | None
    first_on: str | None
    last_on: str | None
    tellings: int
    releases: int
    entities: str


class Sum(NamedTuple):
    """What stories come to, in whole units of the currency, so that sums do not depend on their order."""

    stories: int
    tellings: int
    low: int
    high: int


def retell(db: Database, ids: Sequence[str]) -> set[str]:
    """Write the tellings of some releases anew; the amounts whose stories must be told again."""
    asked = json.dumps(ids)
    own = "FROM grant_tellings WHERE release_id IN (SELECT value FROM json_each(?))"
    touched = {row[0] for row in db.execute(f"SELECT DISTINCT amount {own}", (asked,)).fetchall()}
    db.execute(f"DELETE {own}", (asked,))
    rows = list(_rows(db.execute(_GRANTS, (asked,)).fetchall()))
    sql = "INSERT INTO grant_tellings VALUES (?, '', ?, ?, ?, ?, NULL)"
    db.conn.executemany(sql, rows)
    return touched | {row.amount for row in rows}


def regroup(db: Database) -> set[str]:
    """Follow the groups of releases with the same text; the amounts whose stories must be told again."""
    moved = db.execute(_REGROUPED).fetchall()
    sql = "UPDATE grant_tellings SET text_group = ? WHERE key = ?"
    db.conn.executemany(sql, [(group, key) for _, key, group in moved])
    return {amount for amount, _, _ in moved}


def tell(db: Database, amounts: Iterable[str]) -> None:
    """Make the stories of these amounts anew, and the sums with them."""
    changes: defaultdict[Place, Counter[str]] = defaultdict(Counter)
    sought = iter(sorted(amounts))
    while some := list(islice(sought, CHUNK)):
        before = {Written(*row) for row in db.execute(f"SELECT * {_OF}", (json.dumps(some),)).fetchall()}
        now = _told(db, some)
        gone, come = before.difference(now), [story for story in now if story not in before]
        db.conn.executemany("DELETE FROM grant_stories WHERE id = ?", [(story.id,) for story in gone])
        db.conn.executemany(f"INSERT INTO grant_stories VALUES ({', '.join('?' * 15)})", come)
        _change(changes, gone, -1)
        _change(changes, come, 1)
        if len(changes) > ALOFT:
            _add(db, changes)
            changes.clear()
    _add(db, changes)


def _add(db: Database, changes: Mapping[Place, Counter[str]]) -> None:
    """Write what was added and taken away; what came down to nothing goes."""
    rows = [(*place, *(by[field] for field in Sum._fields)) for place, by in sorted(changes.items())]
    db.conn.executemany(_ADD, [row for row in rows if any(row[6:])])
    where = " AND ".join(f"{c} = ?" for c in ("kind", "key", "month", "currency", "status", "qualifier"))
    gone = [place for place, by in changes.items() if by["stories"] < 0]
    db.conn.executemany(f"DELETE FROM grant_months WHERE {where} AND stories = 0", gone)


def _rows(grants: Iterable[tuple[str, str, int, float | None, float | None, str]]) -> Iterator[Row]:
    """Tellings with keys that last: release and amount, and a number where a release has the amount twice."""
    seen: Counter[str] = Counter()
    for release, field, start, low, high, currency in grants:
        key = f"{release}-{round(high if high is not None else low or 0)}"
        seen[key] += 1
        key = key if seen[key] == 1 else f"{key}-{seen[key]}"
        bounds = " ".join("-" if value is None else str(round(value)) for value in (low, high))
        yield Row(key, release, field, start, f"{currency} {bounds}")


def _told(db: Database, amounts: Sequence[str]) -> list[Written]:
    """The stories of some amounts, to which their tellings belong from now on."""
    tellings: defaultdict[str, list[Telling]] = defaultdict(list)
    known: dict[str, str] = {}
    for amount, story, *row in db.execute(_TELLINGS, (json.dumps(amounts),)).fetchall():
        telling = Telling(*row)
        tellings[amount].append(telling)
        known[telling.key] = story
    found = [(amount, story) for amount in amounts for story in stories(tellings[amount])]
    named = _named(db, sorted({t.release_id for _, story in found for t in story.tellings}))
    told = [(story.id, t.key) for _, story in found for t in story.tellings if known[t.key] != story.id]
    db.conn.executemany("UPDATE grant_tellings SET story_id = ? WHERE key = ?", told)
    return [_written(amount, story, named) for amount, story in found]


def _written(amount: str, story: Story, named: Mapping[str, Sequence[Entity]]) -> Written:
    releases = {t.release_id for t in story.tellings}
    entities = {entity for release in releases for entity in named.get(release, ())}
    district, town = story.said("district_ags"), story.said("municipality_ags")
    entities |= {("district", district)} if district else set()
    entities |= {("municipality", town)} if town else set()
    surest = story.surest
    return Written(
        *(story.id, amount, surest.value_min, surest.value_max, surest.currency, surest.qualifier),
        *(story.status, story.said("recipient"), district, town),
        *(story.first_on, story.tellings[-1].published_on, len(story.tellings), len(releases)),
        json.dumps(sorted(entities), ensure_ascii=False),
    )


def _named(db: Database, releases: list[str]) -> dict[str, list[Entity]]:
    """Who is named in, and speaks through, each release."""
    where = "release_id IN (SELECT value FROM json_each(?))"
    sql = f"SELECT release_id, entities FROM counted_releases WHERE {where}"
    rows = db.execute(sql, (json.dumps(releases),)).fetchall()
    return {
        release: [(kind, key) for kind, key in json.loads(entities) if kind in _NAMERS]
        for release, entities in rows
    }


def _change(changes: defaultdict[Place, Counter[str]], told: Iterable[Written], sign: int) -> None:
    """What stories add to the sums, or take away from them."""
    for story in told:
        low, high = story.value_min, story.value_max
        least = round(low) if low is not None else 0
        by = Sum(1, story.tellings, least, round(high) if high is not None else least)
        month = (story.first_on or "")[:7]
        for kind, key in json.loads(story.entities):
            counter = changes[kind, key, month, story.currency, story.status, story.qualifier]
            for field, value in zip(Sum._fields, by, strict=True):
                counter[field] += sign * value
