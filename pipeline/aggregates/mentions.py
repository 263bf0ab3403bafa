"""What each release contributes: whom and what it names, and the month it came out."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations, product
from typing import NamedTuple

from sqlite_utils import Database

Entity = tuple[str, str]  # kind and key
MOST_TOGETHER = 25  # a list of places says of no two of them that they have to do with each other
_PAIRED = frozenset({"minister", "ministry", "district", "municipality"})
_RELEASES = """
SELECT id, coalesce(substr(published_on, 1, 7), ''), publisher_id, source_key FROM releases
WHERE id IN (SELECT value FROM json_each(?))
"""
_NAMED = """
SELECT release_id, 'minister', minister_id FROM minister_mentions
    WHERE minister_id IS NOT NULL AND release_id IN (SELECT value FROM json_each(:ids))
UNION SELECT release_id, 'office', office FROM minister_mentions
    WHERE office IS NOT NULL AND release_id IN (SELECT value FROM json_each(:ids))
UNION SELECT release_id, 'office', office FROM person_mentions
    WHERE release_id IN (SELECT value FROM json_each(:ids))
UNION SELECT release_id, 'district', district_ags FROM district_mentions
    WHERE district_ags IS NOT NULL AND release_id IN (SELECT value FROM json_each(:ids))
UNION SELECT release_id, 'district', district_ags FROM municipality_mentions
    WHERE district_ags IS NOT NULL AND release_id IN (SELECT value FROM json_each(:ids))
UNION SELECT release_id, 'municipality', municipality_ags FROM municipality_mentions
    WHERE municipality_ags IS NOT NULL AND release_id IN (SELECT value FROM json_each(:ids))
"""
_COUNTED = """
SELECT release_id, month, entities FROM counted_releases
WHERE release_id IN (SELECT value FROM json_each(?))
"""
_ADD_MONTH = """
INSERT INTO mention_months VALUES (?, ?, ?, ?)
ON CONFLICT DO UPDATE SET releases = releases + excluded.releases
"""
_ADD_PAIR = """
INSERT INTO co_mentions VALUES (?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET releases = releases + excluded.releases
"""


class Counted(NamedTuple):
    """A release as it is counted."""

    month: str  # "2018-03"; "" without a date
    entities: tuple[Entity, ...]


class Changes(NamedTuple):
    """What is added to the figures, below zero where it is taken away."""

    months: Counter[tuple[str, str, str]]
    pairs: Counter[tuple[Entity, Entity]]

    def add(self, counted: Counted) -> None:
        """Add what a release contributes: whole rows at a time, as there are many pairs."""
        month = counted.month
        self.months.update([(kind, key, month) for kind, key in counted.entities])
        paired = [entity for entity in counted.entities if entity[0] in _PAIRED]
        if len(paired) <= MOST_TOGETHER:
            towns = [entity for entity in paired if entity[0] == "municipality"]
            others = [entity for entity in paired if entity[0] != "municipality"]
            self.pairs.update(combinations(others, 2))
            # No town is paired with a place: its district is named with it each time.
            self.pairs.update(product([entity for entity in others if entity[0] != "district"], towns))

    def take_away(self, other: "Changes") -> None:
        self.months.subtract(other.months)
        self.pairs.subtract(other.pairs)


def count(db: Database, ids: Sequence[str], changes: Changes) -> dict[str, Counted]:
    """Count some releases anew, and tell how; the caller holds the transaction and writes the changes."""
    asked = json.dumps(ids)
    before, now = Changes(Counter(), Counter()), _present(db, asked)
    for _, month, entities in db.execute(_COUNTED, (asked,)).fetchall():
        before.add(Counted(month, tuple(map(tuple, json.loads(entities)))))
    changes.take_away(before)
    for counted in now.values():
        changes.add(counted)
    db.conn.executemany("DELETE FROM counted_releases WHERE release_id = ?", [(key,) for key in ids])
    rows = [(key, c.month, json.dumps(c.entities, ensure_ascii=False)) for key, c in sorted(now.items())]
    db.conn.executemany("INSERT INTO counted_releases VALUES (?, ?, ?)", rows)
    return now


def write(db: Database, changes: Changes) -> None:
    """Write what was added and taken away; what came down to nothing goes."""
    months = [(*key, by) for key, by in sorted(changes.months.items()) if by]
    db.conn.executemany(_ADD_MONTH, months)
    db.conn.executemany(
        "DELETE FROM mention_months WHERE kind = ? AND key = ? AND month = ? AND releases = 0",
        [row[:3] for row in months if row[3] < 0],
    )
    pairs = sorted(_both_ways(changes.pairs))
    db.conn.executemany(_ADD_PAIR, pairs)
    db.conn.executemany(
        "DELETE FROM co_mentions WHERE kind = ? AND key = ? AND other_kind = ? AND other_key = ? "
        "AND releases = 0",
        [row[:4] for row in pairs if row[4] < 0],
    )


def _present(db: Database, asked: str) -> dict[str, Counted]:
    named: defaultdict[str, list[Entity]] = defaultdict(list)
    for release, kind, key in db.execute(_NAMED, {"ids": asked}).fetchall():
        named[release].append((kind, key))
    found = {}
    for release, month, publisher, source in db.execute(_RELEASES, (asked,)).fetchall():
        entities = [*named[release], ("ministry", publisher), ("source", source)]
        found[release] = Counted(month, tuple(sorted(entities)))
    return found


def _both_ways(pairs: Counter[tuple[Entity, Entity]]) -> Iterable[tuple[str, str, str, str, int]]:
    for (one, other), by in pairs.items():
        if by:
            yield *one, *other, by
            yield *other, *one, by
