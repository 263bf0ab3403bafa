"""The part of a build that groups releases with the same text: joint, shortened, corrected, sent again.

A group is what hangs together by pairs that were found to be the same text, so it does not matter in which
order the releases came: a rebuild gives the same groups.
"""

import sys
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from sqlite_utils import Database

from archive.store import writing
from pipeline.near_duplicates import groups, sketch, sketches
from pipeline.near_duplicates.likeness import Likeness, Told, likeness, may_be_same
from pipeline.near_duplicates.sketch import words
from pipeline.workers import Workers

RULES_VERSION = sketch.RULES
DERIVED = "text_group_members text_groups text_pairs text_sketches".split()
TOLD = f"""
SELECT r.id, {sketches.DAY}, v.title, v.text, r.publisher_id
FROM releases r JOIN versions v ON v.id = r.version_id
WHERE r.id = ?
"""
PLACES = """
SELECT surface FROM district_mentions WHERE release_id = :id
UNION SELECT surface FROM municipality_mentions WHERE release_id = :id
"""
SETTLED = "text_groups"  # in archive_state: the groups say what the pairs say
SAID = "SELECT v.title, v.text FROM releases r JOIN versions v ON v.id = r.version_id WHERE r.id = ?"
SPLIT = 10_000  # texts in memory as words, most of which they share
HELD = 20_000  # texts in memory while pairs are compared; pairs come in the order of days


def group_new(db: Database, workers: Workers = 1) -> None:
    """Sketch, compare and group what is new since the last build; can be stopped and run again anywhere."""
    sketches.follow(db, workers)
    compare, may_meet = likeness_of(db), bound_of(db)
    while (found := sketches.unmet(db))[0]:
        new, pairs = found
        judged = [(one, other, compare(one, other)) for one, other in pairs if may_meet(one, other)]
        rows = [(one, other, like.similarity, like.contained) for one, other, like in judged if like.same]
        with writing(db):
            db.conn.executemany("INSERT OR REPLACE INTO text_pairs VALUES (?, ?, ?, ?)", rows)
            done = "UPDATE text_sketches SET compared = 1 WHERE release_id = ?"
            db.conn.executemany(done, [(key,) for key in new])
            _unsettle(db)
    if not db.execute("SELECT 1 FROM archive_state WHERE key = ?", (SETTLED,)).fetchone():
        with writing(db):
            groups.write(db, compare)
            db.execute("INSERT INTO archive_state VALUES (?, 'yes')", (SETTLED,))


def _unsettle(db: Database) -> None:
    db.execute("DELETE FROM archive_state WHERE key = ?", (SETTLED,))


def forget(db: Database) -> None:
    """Forget all that was derived."""
    for table in DERIVED:
        db.execute(f"DELETE FROM {table}")
    _unsettle(db)


def forget_release(db: Database, release_id: str) -> None:
    """Forget what hangs on one release; the groups that held it are made anew by `group_new`."""
    own = "SELECT group_id FROM text_group_members WHERE release_id = ?"
    touched = [row[0] for row in db.execute(own, (release_id,)).fetchall()]
    for group in touched:
        db.execute("DELETE FROM text_group_members WHERE group_id = ?", (group,))
        db.execute("DELETE FROM text_groups WHERE id = ?", (group,))
    db.execute("DELETE FROM text_pairs WHERE one_id = ? OR other_id = ?", (release_id, release_id))
    db.execute("DELETE FROM text_sketches WHERE release_id = ?", (release_id,))
    _unsettle(db)


def bound_of(db: Database) -> Callable[[str, str], bool]:
    """Whether two releases by id can be the same text; words that were read lately are remembered."""

    @lru_cache(maxsize=SPLIT)
    def said(key: str) -> tuple[str, ...]:
        title, text = db.execute(SAID, (key,)).fetchone()
        return tuple(map(sys.intern, words(f"{title}\n{text}".casefold())))

    return lambda one, other: may_be_same(said(one), said(other))


def likeness_of(db: Database) -> groups.Compare:
    """A comparison of two releases by id; texts that were read lately are remembered."""

    @lru_cache(maxsize=HELD)
    def told(key: str) -> Told:
        key, day, title, text, publisher = db.execute(TOLD, (key,)).fetchone()
        surfaces = db.execute(PLACES, {"id": key}).fetchall()
        places = frozenset(word for (surface,) in surfaces for word in words(surface))
        return Told(key, date.fromisoformat(day), title, text, places, publisher)

    def compare(one: str, other: str) -> Likeness:
        return likeness(told(one), told(other))

    return compare
