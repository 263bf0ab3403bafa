"""Pages that moved, and captures that came late: what was built without them is built again with them."""

from collections.abc import Callable, Iterable

from sqlite_utils import Database

from archive import stamps
from pipeline.compare.moved import Move, text_of
from pipeline.compare.same import UNRELATED, likeness

NAMED = "SELECT release_id FROM release_addresses WHERE url = ? AND source_key = ?"
LED_HERE = """
SELECT a.release_id FROM captures c
    JOIN release_addresses a ON a.source_key = c.source_key AND a.url = c.requested_url
WHERE c.url = ? AND c.source_key = ? AND c.requested_url <> c.url
    AND c.status IN (200, 304) AND c.role = 'detail'
    AND NOT EXISTS (SELECT 1 FROM parsed_captures p WHERE p.capture_id = c.id AND p.outcome <> 'release')
ORDER BY c.captured_at, c.id LIMIT 1
"""
MOVED_HERE = """
SELECT a.release_id FROM moves m
    JOIN release_addresses a ON a.source_key = m.source_key AND a.url = m.from_url
WHERE m.url = ? AND m.source_key = ?
"""
NOTE = """
INSERT OR IGNORE INTO moves
SELECT source_key, url, ?, ?, ?, ? FROM release_addresses WHERE release_id = ?
"""


def known(db: Database, source_key: str, urls: tuple[str, ...]) -> str | None:
    """The release that is known by one of these addresses, by one that leads there or from which it moved."""
    return named(db, source_key, urls) or led(db, source_key, urls)


def named(db: Database, source_key: str, urls: tuple[str, ...]) -> str | None:
    """The release that was read under one of these addresses."""
    return _first(db, NAMED, source_key, urls)


def led(db: Database, source_key: str, urls: tuple[str, ...]) -> str | None:
    """The release of which an address leads to one of these, or that moved there."""
    return _first(db, LED_HERE, source_key, urls) or _first(db, MOVED_HERE, source_key, urls)


def _first(db: Database, sql: str, source_key: str, urls: tuple[str, ...]) -> str | None:
    rows = (db.execute(sql, (url, source_key)).fetchone() for url in dict.fromkeys(urls))
    return next((str(row[0]) for row in rows if row), None)


def kept(db: Database, source_key: str, url: str) -> str | None:
    """The id that a release keeps though its address was changed on request."""
    sql = "SELECT release_id FROM redacted_addresses WHERE source_key = ? AND url = ?"
    row = db.execute(sql, (source_key, url)).fetchone()
    return str(row[0]) if row else None


MOVED = """
SELECT DISTINCT old.release_id, new.release_id FROM unsettled_captures u
    CROSS JOIN captures c ON c.id = u.capture_id
    JOIN release_addresses old ON old.source_key = c.source_key AND old.url = c.requested_url
    JOIN release_addresses new ON new.source_key = c.source_key AND new.url = c.url
WHERE c.requested_url <> c.url AND c.status IN (200, 304) AND c.role = 'detail'
    AND old.release_id <> new.release_id
    AND NOT EXISTS (SELECT 1 FROM parsed_captures p WHERE p.capture_id = c.id)
"""
LATE = """
SELECT DISTINCT r.id FROM unsettled_captures u
    CROSS JOIN captures c ON c.id = u.capture_id
    JOIN release_addresses a ON a.source_key = c.source_key AND a.url IN (c.url, c.requested_url)
    JOIN releases r ON r.id = a.release_id
WHERE c.role = 'detail' AND c.status IN (200, 304) AND c.captured_at < r.last_seen_at
    AND NOT EXISTS (SELECT 1 FROM parsed_captures p WHERE p.capture_id = c.id)
"""
# Read while a crawl went on, whose lists said another day afterwards.
LISTED_ANEW = """
SELECT DISTINCT r.id FROM captures c
    JOIN parsed_captures p ON p.capture_id = c.id
    JOIN releases r ON r.id = p.release_id
    JOIN entries e ON e.source_key = c.source_key AND e.url = c.requested_url
WHERE c.id > ? AND c.role = 'detail' AND e.last_capture_id > c.id
    AND coalesce(r.published_rule, 'listing') = 'listing' AND r.published_on IS NOT e.listed_on
"""
PARTS = (
    "grants minister_mentions person_mentions district_mentions municipality_mentions amounts dates "
    "attachments release_addresses versions"
).split()


def overtaken(db: Database) -> set[str]:
    """Releases of which a redirect says that they are one, or of which an older capture came late."""
    led = [pair for pair in db.execute(MOVED).fetchall() if _is_one(db, *pair)]
    return {key for row in (*led, *db.execute(LATE).fetchall()) for key in row}


def listed_anew(db: Database) -> set[str]:
    """Releases since the last whole build that have their day from a list which says another one by now."""
    return {key for (key,) in db.execute(LISTED_ANEW, (stamps.marks(db).reach,)).fetchall()}


def note(db: Database, found: Iterable[Move]) -> None:
    """Write down that releases are one; `known` goes by it from now on."""
    rows = [(m.old.url, m.rule, m.likeness, m.new.first_seen_at, m.new.id) for m in found]
    db.conn.executemany(NOTE, rows)


def forget(db: Database, releases: Iterable[str], let_go: Callable[[str], None]) -> None:
    """Forget releases; `let_go` is called with each before.

    Their captures are read again, in the order of time; that gives what a build from the beginning would.
    """
    for release in sorted(releases):
        let_go(release)
        db.execute(
            "DELETE FROM version_captures WHERE version_id IN (SELECT id FROM versions WHERE release_id = ?)",
            (release,),
        )
        for table in PARTS:
            db.execute(f"DELETE FROM {table} WHERE release_id = ?", (release,))
        db.execute("DELETE FROM releases WHERE id = ?", (release,))
        db.execute("DELETE FROM parsed_captures WHERE release_id = ?", (release,))


def _is_one(db: Database, old: str, new: str) -> bool:
    """Whether a redirect joins two texts that have to do with each other: what is gone may lead anywhere."""
    return likeness(text_of(db, old), text_of(db, new)) >= UNRELATED
