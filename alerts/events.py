"""What happened in the archive since it was last looked through: releases new, changed, removed.

Rows of the archive are thrown away and made again, releases move, and old captures come late. What was there
before is therefore known by the records of the evidence, which stay: a text of which any record is known is
no news, whatever number it has now, and a release of which any is known is not new.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from sqlite_utils import Database

from alerts.store import put_state, state
from alerts.subscription import Kind
from archive.clock import stamp
from archive.history import BELATED
from archive.redaction import decisions

LOOKED = "looked_at"  # key of the table state
BUILD = "build"
LAST_BUILD = """
SELECT id || ' ' || started_at || ' ' || ended_at FROM runs WHERE kind = 'build' ORDER BY id DESC LIMIT 1
"""
# The covering index of record ids, and no row of captures, is read through.
UNKNOWN = """
CREATE TEMP TABLE unknown AS
SELECT DISTINCT shown.version_id AS id
FROM captures CROSS JOIN version_captures AS shown ON shown.capture_id = captures.id
WHERE NOT EXISTS (SELECT 1 FROM private.seen_records AS seen WHERE seen.record_id = captures.record_id)
"""
_IS_KNOWN = """
EXISTS (SELECT 1 FROM version_captures AS shown
    JOIN captures ON captures.id = shown.capture_id
    JOIN private.seen_records AS seen ON seen.record_id = captures.record_id
    WHERE shown.version_id = {version})
"""
NEWS = f"""
SELECT versions.release_id, versions.number, captures.record_id, versions.first_seen_at,
    releases.published_on,
    EXISTS (SELECT 1 FROM versions AS other WHERE other.release_id = versions.release_id
        AND {_IS_KNOWN.format(version="other.id")}) AS is_known
FROM unknown JOIN versions ON versions.id = unknown.id
    JOIN releases ON releases.id = versions.release_id
    JOIN captures ON captures.id = versions.capture_id
WHERE NOT {_IS_KNOWN.format(version="versions.id")}
ORDER BY versions.first_seen_at, versions.release_id, versions.number
"""
RECORDS = """
SELECT captures.record_id FROM unknown JOIN version_captures AS shown ON shown.version_id = unknown.id
    JOIN captures ON captures.id = shown.capture_id
"""
# An absence is known if any check of it was: one that fell after the page was last seen.
ABSENT = """
SELECT release_id, first_missing_at, last_missing_at FROM presence
WHERE state IN ('missing', 'gone') AND NOT EXISTS (
    SELECT 1 FROM private.absences AS known WHERE known.missing_at > presence.last_seen_at
    AND (known.release_id = presence.release_id OR known.release_id IN (
        SELECT id FROM release_addresses WHERE release_id = presence.release_id)))
ORDER BY last_missing_at, release_id
"""


class Event(NamedTuple):
    """A row of `events`."""

    id: int
    kind: Kind
    release_id: str
    mark: str
    observed_at: str


class Found(NamedTuple):
    """An event that has no row yet."""

    kind: Kind
    release_id: str
    mark: str
    observed_at: str


def unsettled(db: Database, warc: Path) -> str | None:
    """Why the archive cannot be read for events now: a build or a redaction that did not end."""
    row = db.execute(LAST_BUILD).fetchone()
    if row is not None and row[0] is None:
        return "a build was begun and did not end; `pressearchiv build` goes on where it stopped"
    done = {key for (key,) in db.execute("SELECT id FROM redactions").fetchall()}
    if any(decision.id not in done for decision in decisions.read(warc)):
        return "a redaction was begun and did not end; run it again"
    return None


def note(db: Database, private: Database, now: datetime) -> int:
    """Write down what happened; how many events that are. The caller holds a transaction of `private`.

    `db` is the archive, with the file behind `private` attached under that name. At the first look nothing
    happened: what is there then is where everything begins.
    """
    row = db.execute(LAST_BUILD).fetchone()
    built = str(row[0]) if row else ""
    if built and state(private, BUILD) == built:
        return 0
    db.execute("DROP TABLE IF EXISTS temp.unknown")
    db.execute(UNKNOWN)
    found = [*_texts(db), *_absences(db, private)] if state(private, LOOKED) else _first(db, private)
    for record in db.execute(RECORDS):
        private.execute("INSERT OR IGNORE INTO seen_records VALUES (?)", record)
    db.execute("DROP TABLE temp.unknown")
    put_state(private, LOOKED, stamp(now))
    put_state(private, BUILD, built)
    sql = "INSERT OR IGNORE INTO events (kind, release_id, mark, observed_at) VALUES (?, ?, ?, ?)"
    return sum(private.execute(sql, event).rowcount for event in found)


def after(private: Database, event_id: int, limit: int) -> list[Event]:
    """The events after one, in order."""
    sql = "SELECT id, kind, release_id, mark, observed_at FROM events WHERE id > ? ORDER BY id LIMIT ?"
    return [Event(*row) for row in private.execute(sql, (event_id, limit)).fetchall()]


def _texts(db: Database) -> Iterator[Found]:
    for release, number, record, first_seen_at, published_on, is_known in db.execute(NEWS).fetchall():
        if number > 1:
            yield Found("changed", release, record, first_seen_at)
        elif not is_known and not _is_backfill(published_on, first_seen_at):
            yield Found("new", release, record, first_seen_at)


def _is_backfill(published_on: str | None, first_seen_at: str) -> bool:
    """Whether a release was old when first seen: what a source had before it was followed is no news."""
    if not published_on or len(published_on) != 10:
        return False
    seen_on = date.fromisoformat(first_seen_at[:10])
    return date.fromisoformat(published_on) < seen_on - timedelta(days=BELATED[1])


def _absences(db: Database, private: Database) -> Iterator[Found]:
    for release, first_missing_at, last_missing_at in db.execute(ABSENT).fetchall():
        private.execute("INSERT OR IGNORE INTO absences VALUES (?, ?)", (release, last_missing_at))
        yield Found("removed", release, first_missing_at, last_missing_at)


def _first(db: Database, private: Database) -> list[Found]:
    for _ in _absences(db, private):
        pass
    return []
