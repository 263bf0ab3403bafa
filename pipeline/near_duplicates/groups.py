"""Groups of releases with the same text: who was first, and how alike the others are to it."""

import hashlib
from collections.abc import Callable, Iterable

from sqlite_utils import Database

from pipeline.near_duplicates.likeness import Likeness

Compare = Callable[[str, str], Likeness]
# The hour decides only where a page tells it; a day alone comes before the hours of the same day.
ORDER = """
SELECT r.id, r.title, r.publisher_id, r.jurisdiction, s.told_on FROM releases r
    JOIN text_sketches s ON s.release_id = r.id WHERE r.id IN (SELECT one_id FROM text_pairs
    UNION SELECT other_id FROM text_pairs)
ORDER BY s.told_on, coalesce(r.published_at, ''), r.first_seen_at, r.id
"""


def write(db: Database, compare: Compare) -> None:
    """Write all groups anew, from the pairs; the caller holds the transaction."""
    pairs = db.execute("SELECT one_id, other_id, similarity, contained FROM text_pairs").fetchall()
    found = {(one, other): (similar, contained) for one, other, similar, contained in pairs}
    rows = {row[0]: row for row in db.execute(ORDER).fetchall()}
    held = members(rows, found)
    db.execute("DELETE FROM text_group_members")
    db.execute("DELETE FROM text_groups")
    for group in held:
        _write(db, [rows[key] for key in group], found, compare)


Row = tuple[str, str, str, str, str]


def _write(
    db: Database, group: list[Row], pairs: dict[tuple[str, str], tuple[float, float]], compare: Compare
) -> None:
    first, days = group[0][0], [row[4] for row in group]
    key = group_id(first)
    counts = (len(group), len({row[2] for row in group}), len({row[3] for row in group}))
    values = (key, first, group[0][1], *counts, days[0], days[-1])
    db.execute("INSERT INTO text_groups VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
    for number, (release, *_) in enumerate(group, start=1):
        pair = (min(first, release), max(first, release))
        if release == first:
            alike = (1.0, 1.0)
        elif pair in pairs:
            alike = pairs[pair]
        else:
            judged = compare(*pair)
            alike = (judged.similarity, judged.contained)
        db.execute("INSERT INTO text_group_members VALUES (?, ?, ?, ?, ?)", (key, number, release, *alike))


def members(order: Iterable[str], pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """What hangs together by pairs, each group and its members in the given order.

    >>> members("abcd", [("c", "a"), ("d", "b"), ("a", "d")])
    [['a', 'b', 'c', 'd']]
    """
    leader: dict[str, str] = {}

    def find(key: str) -> str:
        path = []
        while leader.get(key, key) != key:
            path.append(key)
            key = leader[key]
        leader.update(dict.fromkeys(path, key))
        return key

    for one, other in pairs:
        leader[find(one)] = find(other)
    grouped: dict[str, list[str]] = {}
    for key in order:
        grouped.setdefault(find(key), []).append(key)
    return [group for group in grouped.values() if len(group) > 1]


def group_id(first_release_id: str) -> str:
    """The id of a group: it stays as long as its first release stays the first.

    >>> group_id("th-tmasgff-0123456789ab")
    'text-2ae71a3a5b58'
    """
    return f"text-{hashlib.sha256(first_release_id.encode()).hexdigest()[:12]}"
