"""Grants as stories: each counted once, however often it is told, and summed by month."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from sqlite_utils import Database

from pipeline.aggregates.mentions import Entity
from pipeline.aggregates.stories import Story, Telling, stories
from pipeline.aggregates.sums import ALOFT, Sums, Written

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
_OF = "FROM grant_stories WHERE amount IN (SELECT value FROM json_each(?))"
CHUNK = 200  # amounts of which the stories are told at once
Named = Callable[[str], tuple[Entity, ...]]
RELEASES = 20_000  # of which it is held whom they name


class Row(NamedTuple):
    """A telling as it is written; a grant is found again by the place of its amount."""

    key: str
    release_id: str
    field: str
    start: int
    amount: str


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
    sums, named, sought = Sums(db), _naming(db), iter(sorted(amounts))
    while some := list(islice(sought, CHUNK)):
        before = {Written(*row) for row in db.execute(f"SELECT * {_OF}", (json.dumps(some),)).fetchall()}
        now = {_written(amount, story, told): told for amount, story, told in _told(db, some, named)}
        gone, come = before.difference(now), [story for story in now if story not in before]
        db.conn.executemany("DELETE FROM grant_stories WHERE id = ?", [(story.id,) for story in gone])
        db.conn.executemany(f"INSERT INTO grant_stories VALUES ({', '.join('?' * 15)})", come)
        for story in gone:
            sums.change(story, map(tuple, json.loads(story.entities)), -1)
        for story in come:
            sums.change(story, now[story], 1)
        sums.write(ALOFT)
    sums.write()


def _rows(grants: Iterable[tuple[str, str, int, float | None, float | None, str]]) -> Iterator[Row]:
    """Tellings with keys that last: release and amount, and a number where a release has the amount twice."""
    seen: Counter[str] = Counter()
    for release, field, start, low, high, currency in grants:
        key = f"{release}-{round(high if high is not None else low or 0)}"
        seen[key] += 1
        key = key if seen[key] == 1 else f"{key}-{seen[key]}"
        bounds = " ".join("-" if value is None else str(round(value)) for value in (low, high))
        yield Row(key, release, field, start, f"{currency} {bounds}")


def _told(db: Database, amounts: Sequence[str], named: Named) -> Iterator[tuple[str, Story, list[Entity]]]:
    """The stories of some amounts, to which their tellings belong from now on, and whom they name where."""
    tellings: defaultdict[str, list[Telling]] = defaultdict(list)
    known: dict[str, str] = {}
    for amount, story, *row in db.execute(_TELLINGS, (json.dumps(amounts),)).fetchall():
        telling = Telling(*row)
        tellings[amount].append(telling)
        known[telling.key] = story
    found = [(amount, story) for amount in amounts for story in stories(tellings[amount])]
    told = [(story.id, t.key) for _, story in found for t in story.tellings if known[t.key] != story.id]
    db.conn.executemany("UPDATE grant_tellings SET story_id = ? WHERE key = ?", told)
    return ((amount, story, _entities(story, named)) for amount, story in found)


def _entities(story: Story, named: Named) -> list[Entity]:
    found = {entity for release in {t.release_id for t in story.tellings} for entity in named(release)}
    places = ("district", story.said("district_ags")), ("municipality", story.said("municipality_ags"))
    return sorted(found | {(kind, key) for kind, key in places if key})


def _written(amount: str, story: Story, entities: Iterable[Entity]) -> Written:
    surest = story.surest
    return Written(
        *(story.id, amount, surest.value_min, surest.value_max, surest.currency, surest.qualifier),
        *(story.status, story.said("recipient"), story.said("district_ags"), story.said("municipality_ags")),
        *(story.first_on, story.tellings[-1].published_on, len(story.tellings)),
        len({t.release_id for t in story.tellings}),
        f"[{', '.join(map(_json, entities))}]",
    )


@lru_cache(maxsize=RELEASES)
def _json(entity: Entity) -> str:
    return json.dumps(entity, ensure_ascii=False)


def _naming(db: Database) -> Named:
    """Who is named in, and speaks through, a release."""

    @lru_cache(maxsize=RELEASES)
    def named(release: str) -> tuple[Entity, ...]:
        row = db.execute("SELECT entities FROM counted_releases WHERE release_id = ?", (release,)).fetchone()
        return tuple((kind, key) for kind, key in json.loads(row[0] if row else "[]") if kind in _NAMERS)

    return named
