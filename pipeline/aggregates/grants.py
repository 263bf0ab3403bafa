"""Grants as stories: each counted once, however often it is told, and summed by month."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from sqlite_utils import Database

from pipeline.aggregates import near
from pipeline.aggregates.mentions import Entity
from pipeline.aggregates.near import Known, Touched
from pipeline.aggregates.stories import Story, stories
from pipeline.aggregates.sums import ALOFT, Sums, Written

_NAMERS = frozenset({"minister", "office", "ministry"})  # what a release names besides the place of the grant
_GRANTS = """
SELECT g.release_id, a.field, a."start", g.value_min, g.value_max, g.currency
FROM grants g JOIN amounts a ON a.id = g.amount_id
WHERE g.release_id IN (SELECT value FROM json_each(?)) AND coalesce(g.value_min, g.value_max) IS NOT NULL
ORDER BY g.release_id, a.field DESC, a."start"
"""
_REGROUPED = """
SELECT t.amount, t.story_id, t.key, m.group_id FROM text_group_members m
    CROSS JOIN grant_tellings t ON t.release_id = m.release_id
WHERE t.text_group IS NOT m.group_id
UNION ALL SELECT amount, story_id, key, NULL FROM grant_tellings t
WHERE text_group IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM text_group_members m WHERE m.release_id = t.release_id)
"""
_STORIES = "SELECT * FROM grant_stories WHERE id IN (SELECT value FROM json_each(?))"
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


class Changes:
    """Which tellings came and went, by amount; and of some releases that tell them, whom they name."""

    def __init__(self) -> None:
        self.touched: defaultdict[str, Touched] = defaultdict(lambda: Touched(set(), set()))
        self.named: dict[str, tuple[Entity, ...]] = {}

    def came(self, amount: str, key: str) -> None:
        self.touched[amount].came.add(key)

    def went(self, amount: str, story: str) -> None:
        self.touched[amount].gone.add(story)

    def name(self, release: str, entities: Iterable[Entity]) -> None:
        """Spare a look at whom a release names, while there is room."""
        if len(self.named) < RELEASES:
            self.named[release] = _namers(entities)


def retell(db: Database, ids: Sequence[str], changes: Changes) -> None:
    """Write the tellings of some releases anew; the stories of what changed must be told again."""
    asked = json.dumps(ids)
    own = "FROM grant_tellings WHERE release_id IN (SELECT value FROM json_each(?))"
    for amount, story in db.execute(f"SELECT DISTINCT amount, story_id {own}", (asked,)).fetchall():
        changes.went(amount, story)
    db.execute(f"DELETE {own}", (asked,))
    rows = list(_rows(db.execute(_GRANTS, (asked,)).fetchall()))
    sql = "INSERT INTO grant_tellings VALUES (?, '', ?, ?, ?, ?, NULL)"
    db.conn.executemany(sql, rows)
    for row in rows:
        changes.came(row.amount, row.key)


def regroup(db: Database, changes: Changes) -> None:
    """Follow the groups of releases with the same text; the stories of what changed must be told again."""
    moved = db.execute(_REGROUPED).fetchall()
    sql = "UPDATE grant_tellings SET text_group = ? WHERE key = ?"
    db.conn.executemany(sql, [(group, key) for *_, key, group in moved])
    for amount, story, key, _ in moved:
        changes.came(amount, key)
        changes.went(amount, story)


def tell(db: Database, changes: Changes) -> None:
    """Make the stories anew that these changes touch, and the sums with them."""
    sums, named, sought = Sums(db), _naming(db, changes.named), iter(sorted(changes.touched))
    while some := list(islice(sought, CHUNK)):
        touched = {amount: changes.touched[amount] for amount in some}
        before = {story for one in touched.values() for story in one.gone}
        now, moved = dict[Written, list[Entity]](), list[tuple[str, str]]()
        for amount, known in near.told(db, touched).items():
            of = {one.telling.key: one.story for one in known}
            for story in _changed(known, of, touched[amount]):
                before |= {of[told.key] for told in story.tellings}
                moved += [(story.id, told.key) for told in story.tellings if of[told.key] != story.id]
                entities = _entities(story, named)
                now[_written(amount, story, entities)] = entities
        db.conn.executemany("UPDATE grant_tellings SET story_id = ? WHERE key = ?", moved)
        rows = db.execute(_STORIES, (json.dumps(sorted(before)),)).fetchall()
        _write(db, {Written(*row) for row in rows}, now, sums)
        sums.write(ALOFT)
    sums.write()


def _changed(known: Sequence[Known], of: Mapping[str, str], touched: Touched) -> Iterator[Story]:
    """The stories of tellings that were `of` stories before, without those that are as they were."""
    sizes = Counter(one.story for one in known)
    for story in stories(one.telling for one in known):
        keys = [telling.key for telling in story.tellings]
        is_same = sizes[story.id] == len(keys) and all(of[key] == story.id for key in keys)
        if not is_same or story.id in touched.gone or not touched.came.isdisjoint(keys):
            yield story


def _write(db: Database, before: set[Written], now: Mapping[Written, list[Entity]], sums: Sums) -> None:
    gone, come = before.difference(now), [story for story in now if story not in before]
    db.conn.executemany("DELETE FROM grant_stories WHERE id = ?", [(story.id,) for story in gone])
    db.conn.executemany(f"INSERT INTO grant_stories VALUES ({', '.join('?' * 15)})", come)
    for story in gone:
        sums.change(story, map(tuple, json.loads(story.entities)), -1)
    for story in come:
        sums.change(story, now[story], 1)


def _rows(grants: Iterable[tuple[str, str, int, float | None, float | None, str]]) -> Iterator[Row]:
    """Tellings with keys that last: release and amount, and a number where a release has the amount twice."""
    seen: Counter[str] = Counter()
    for release, field, start, low, high, currency in grants:
        key = f"{release}-{round(high if high is not None else low or 0)}"
        seen[key] += 1
        key = key if seen[key] == 1 else f"{key}-{seen[key]}"
        bounds = " ".join("-" if value is None else str(round(value)) for value in (low, high))
        yield Row(key, release, field, start, f"{currency} {bounds}")


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


def _naming(db: Database, known: Mapping[str, tuple[Entity, ...]]) -> Named:
    """Who is named in, and speaks through, a release."""

    @lru_cache(maxsize=RELEASES)
    def named(release: str) -> tuple[Entity, ...]:
        if release in known:
            return known[release]
        row = db.execute("SELECT entities FROM counted_releases WHERE release_id = ?", (release,)).fetchone()
        return _namers((kind, key) for kind, key in json.loads(row[0] if row else "[]"))

    return named


def _namers(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    return tuple(entity for entity in entities if entity[0] in _NAMERS)
