"""Sketches of all present texts, kept in step with them, and which of them may be alike."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from sqlite_utils import Database

from archive.store import writing
from pipeline.near_duplicates.likeness import WINDOW
from pipeline.near_duplicates.sketch import RULES, bands, sketch
from pipeline.settled import among_news
from pipeline.workers import Workers, ordered

KEY = "sketch_rules"
CHUNK = 5_000  # new texts looked for at once: what bounds memory
DAY = "coalesce(r.published_on, substr(r.first_seen_at, 1, 10))"
STALE = f"""
SELECT r.id, r.version_id, {DAY}, v.title, v.text FROM releases r
    JOIN versions v ON v.id = r.version_id
    LEFT JOIN text_sketches s ON s.release_id = r.id
WHERE (s.version_id IS NOT r.version_id OR s.told_on IS NOT {DAY}) AND r.id > ? %s
ORDER BY r.id LIMIT {CHUNK}
"""
Row = tuple[str, str, str, str, str]
Sketched = tuple[str, str, str, bytes | None]


def sketched(some: list[Row]) -> list[Sketched]:
    """The sketches of some texts, in order. Runs in worker processes."""
    return [(key, version, day, sketch(title, text)) for key, version, day, title, text in some]


def follow(db: Database, workers: Workers = 1) -> None:
    """Sketch what is new or changed, and take out the pairs of which it was part."""
    with writing(db):
        row = db.execute("SELECT value FROM archive_state WHERE key = ?", (KEY,)).fetchone()
        if row is None or row[0] != RULES:
            db.execute("DELETE FROM text_pairs")
            db.execute("DELETE FROM text_sketches")
            db.execute("INSERT OR REPLACE INTO archive_state VALUES (?, ?)", (KEY, RULES))
    made = ordered(sketched, _stale(db), workers, batch=500)
    while some := list(islice(made, CHUNK)):
        with writing(db):
            db.conn.executemany("INSERT OR REPLACE INTO text_sketches VALUES (?, ?, ?, ?, 0)", some)
            gone = "DELETE FROM text_pairs WHERE one_id = ? OR other_id = ?"
            db.conn.executemany(gone, [(key, key) for key, *_ in some])


def _stale(db: Database) -> Iterator[Row]:
    last, stale = "", STALE % among_news(db, "r.id")
    while rows := db.execute(stale, (last,)).fetchall():
        last = rows[-1][0]
        yield from rows


NEW = """
SELECT release_id, told_on, bands FROM text_sketches WHERE compared = 0 ORDER BY told_on, release_id LIMIT ?
"""
AROUND = """
SELECT release_id, told_on, bands FROM text_sketches
WHERE told_on BETWEEN ? AND ? AND bands IS NOT NULL ORDER BY told_on, release_id
"""


def unmet(db: Database) -> tuple[list[str], list[tuple[str, str]]]:
    """Some texts that were compared with none yet, and the pairs to compare: those with a band in common.

    The new texts are held in memory, some thousands at a time; the texts of their season pass by. So work
    grows with the texts that pass, not with the pairs there could be, and the distant past is never read.
    """
    found = db.execute(NEW, (CHUNK,)).fetchall()
    new = [(key, date.fromisoformat(day), bands(packed)) for key, day, packed in found if packed]
    return [row[0] for row in found], sorted(_meeting(db, new)) if new else []


def _meeting(db: Database, new: list[tuple[str, date, tuple[int, ...]]]) -> set[tuple[str, str]]:
    days = {key: day for key, day, _ in new}
    holders: list[dict[int, list[str]]] = [{} for _ in new[0][2]]  # by the place of a band
    for key, _, found in new:
        for held, band in zip(holders, found, strict=True):
            held.setdefault(band, []).append(key)
    reach = timedelta(days=WINDOW)
    since, until = min(days.values()) - reach, max(days.values()) + reach
    pairs = set()
    for key, day, packed in db.conn.execute(AROUND, (since.isoformat(), until.isoformat())):
        met: set[str] = set()
        for held, band in zip(holders, bands(packed), strict=True):
            if band in held:
                met.update(held[band])
        on = date.fromisoformat(day)
        for other in met - {key}:
            if abs(on - days[other]) <= reach:
                pairs.add((min(key, other), max(key, other)))
    return pairs
