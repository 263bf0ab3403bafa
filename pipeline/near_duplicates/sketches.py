"""Sketches of all present texts, kept in step with them, and which of them may be alike."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, KeysView, Mapping
from datetime import date, timedelta
from itertools import compress, islice
from operator import is_not
from typing import NamedTuple

from sqlite_utils import Database

from archive.store import writing
from pipeline.near_duplicates.likeness import WINDOW
from pipeline.near_duplicates.sketch import RULES, bands, sketch
from pipeline.settled import among_news
from pipeline.workers import Workers, ordered

KEY = "sketch_rules"
REACH = timedelta(days=WINDOW)
CHUNK = 5_000  # new texts looked for at once: what bounds memory
DAY = "coalesce(r.published_on, substr(r.first_seen_at, 1, 10))"
STALE = f"""
SELECT r.id, r.version_id, {DAY}, v.title, v.text FROM releases r
    JOIN versions v ON v.id = r.version_id
    LEFT JOIN text_sketches s ON s.release_id = r.id
WHERE (s.version_id IS NOT r.version_id OR s.told_on IS NOT {DAY}) AND r.id > ? %s
ORDER BY r.id LIMIT {CHUNK}
"""
PUT = f"""
INSERT OR REPLACE INTO text_sketches SELECT r.id, r.version_id, {DAY}, ?, 0 FROM releases r WHERE r.id = ?
"""
UNPAIR = "DELETE FROM text_pairs WHERE one_id = ? OR other_id = ?"
Row = tuple[str, str, str, str, str]
Sketched = tuple[str, str, str, bytes | None]


def sketched(some: list[Row]) -> list[Sketched]:
    """The sketches of some texts, in order. Runs in worker processes."""
    return [(key, version, day, sketch(title, text)) for key, version, day, title, text in some]


def follow_rules(db: Database) -> None:
    """Forget what was made by other rules; the caller holds the transaction."""
    row = db.execute("SELECT value FROM archive_state WHERE key = ?", (KEY,)).fetchone()
    if row is None or row[0] != RULES:
        db.execute("DELETE FROM text_pairs")
        db.execute("DELETE FROM text_sketches")
        db.execute("INSERT OR REPLACE INTO archive_state VALUES (?, ?)", (KEY, RULES))


def put(db: Database, made: Mapping[str, bytes | None], known: Iterable[str]) -> None:
    """Write sketches of the texts that releases have now; what was found of the `known` ones is taken out."""
    db.conn.executemany(PUT, [(packed, key) for key, packed in made.items()])
    db.conn.executemany(UNPAIR, [(key, key) for key in known])


def follow(db: Database, workers: Workers = 1) -> None:
    """Sketch what is not sketched as it is now, and take out the pairs of which it was part."""
    with writing(db):
        follow_rules(db)
    made = ordered(sketched, _stale(db), workers, batch=500)
    while some := list(islice(made, CHUNK)):
        with writing(db):
            db.conn.executemany("INSERT OR REPLACE INTO text_sketches VALUES (?, ?, ?, ?, 0)", some)
            db.conn.executemany(UNPAIR, [(key, key) for key, *_ in some])


def _stale(db: Database) -> Iterator[Row]:
    last, stale = "", STALE % among_news(db, "r.id")
    while rows := db.execute(stale, (last,)).fetchall():
        last = rows[-1][0]
        yield from rows


NEW = """
SELECT release_id, told_on, bands FROM text_sketches WHERE compared = 0 ORDER BY told_on, release_id LIMIT ?
"""
# Those that are new, too, meet when their turn comes.
AROUND = """
SELECT release_id, told_on, bands FROM text_sketches
WHERE told_on BETWEEN ? AND ? AND bands IS NOT NULL AND compared = 1 ORDER BY told_on, release_id
"""
PASSING = 2_000  # texts of a season that are looked at together
Text = tuple[str, date, tuple[int, ...]]  # release, day, bands


class Holders(NamedTuple):
    """Who has the bands of one place: hardly any is shared, and a list for each would cost much."""

    last: dict[int, str]
    shared: dict[int, list[str]]  # those that several have


def unmet(db: Database) -> tuple[list[str], list[tuple[str, str]]]:
    """Some texts that were compared with none yet, and the pairs to compare: those with a band in common.

    The new texts are held in memory, some thousands at a time; the texts of their season pass by. So work
    grows with the texts that pass, not with the pairs there could be, and the distant past is never read.
    """
    found = db.execute(NEW, (CHUNK,)).fetchall()
    new = [_text(*row) for row in found if row[2]]
    return [row[0] for row in found], sorted(set(_meeting(db, new))) if new else []


def _text(key: str, day: str, packed: bytes) -> Text:
    return key, date.fromisoformat(day), bands(packed)


def _meeting(db: Database, new: list[Text]) -> Iterator[tuple[str, str]]:
    days = {key: day for key, day, _ in new}
    holders = [_holders(column, list(days)) for column in _columns(new)]
    yield from _pairs(new, holders, days, [held.shared.keys() for held in holders])
    since, until = min(days.values()) - REACH, max(days.values()) + REACH
    passing = db.conn.execute(AROUND, (since.isoformat(), until.isoformat()))
    while rows := passing.fetchmany(PASSING):
        some = [_text(*row) for row in rows]
        yield from _pairs(some, holders, days, [held.last.keys() for held in holders])


def _columns(some: list[Text]) -> Iterator[tuple[int, ...]]:
    """Bands by place."""
    return zip(*(found for *_, found in some), strict=True)


def _holders(column: tuple[int, ...], keys: list[str]) -> Holders:
    held = Holders(dict(zip(column, keys, strict=True)), {})
    is_shared = map(is_not, map(held.last.__getitem__, column), keys)
    for band, key in compress(zip(column, keys, strict=True), is_shared):
        held.shared.setdefault(band, [held.last[band]]).append(key)
    return held


def _pairs(
    some: list[Text], holders: list[Holders], days: dict[str, date], wanted: list[KeysView[int]]
) -> Iterator[tuple[str, str]]:
    """Texts with those that share a band with them, of the bands that are wanted."""
    met: defaultdict[int, list[list[str]]] = defaultdict(list)
    for held, column, sought in zip(holders, _columns(some), wanted, strict=True):
        common = sought & set(column)
        for at, band in compress(enumerate(column), map(common.__contains__, column)) if common else ():
            met[at].append(held.shared.get(band) or [held.last[band]])
    for at, others in met.items():
        key, day, _ = some[at]
        for other in set().union(*others) - {key}:
            if abs(day - days[other]) <= REACH:
                yield min(key, other), max(key, other)
