"""The rows of the archive without what has to go: forgotten where they are derived, cleaned where not."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlite_utils import Database

from archive.redaction.scrub import MARK, scrubbed
from archive.redaction.words import Sought, spans
from archive.store import open_archive
from pipeline import settled
from pipeline.aggregates import run as aggregates

INDEXES = ("releases_fts", "attachment_pages_fts")
KEPT = ("redactions", "redacted_releases", "redacted_addresses", "_sqlite_migrations")
# The next build takes out what touched releases contributed, as it was.
FIGURES = (*aggregates.DERIVED, "release_sets")
REFERENCE = ("ministers", "terms", "districts", "municipalities")  # of our own making, not of the portals
TOUCHED = """
SELECT p.release_id FROM captures c JOIN parsed_captures p ON p.capture_id = c.id
WHERE c.record_id IN (SELECT value FROM json_each(:records)) AND p.release_id IS NOT NULL
UNION SELECT v.release_id FROM captures c JOIN version_captures s ON s.capture_id = c.id
    JOIN versions v ON v.id = s.version_id
WHERE c.record_id IN (SELECT value FROM json_each(:records))
UNION SELECT a.release_id FROM captures c JOIN attachments a ON a.capture_id = c.id
WHERE c.record_id IN (SELECT value FROM json_each(:records))
UNION SELECT release_id FROM versions WHERE says(title) OR says(text)
"""
SAYING = """
SELECT release_id FROM versions WHERE says(title) OR says(text)
UNION SELECT a.release_id FROM captures c JOIN attachments a ON a.capture_id = c.id
WHERE c.record_id IN (SELECT value FROM json_each(:records))
"""
LINKED_ELSEWHERE = """
UPDATE attachments SET files = NULL, capture_id = NULL, payload_digest = NULL, read_as = NULL
WHERE capture_id IN (SELECT id FROM captures WHERE truncated = 'redacted')
"""

NOT_READ = """
DELETE FROM parsed_captures WHERE capture_id IN (SELECT id FROM captures WHERE truncated = 'redacted')
"""


def functions(db: Database, what: Sought, mark: str) -> None:
    """Give the connection `says(text)` and `cleaned(text)`; addresses are marked so that they stay apart."""

    def cleaned(text: str) -> str:
        is_address = text.startswith(("http://", "https://"))
        return scrubbed(text, what, f"entfernt-{mark}" if is_address else MARK)

    db.conn.create_function("says", 1, lambda text: bool(text and spans(text, what)), deterministic=True)
    db.conn.create_function("cleaned", 1, cleaned, deterministic=True)


def saying(db: Database, records: Iterable[str]) -> set[str]:
    """The releases whose own words say it, or that link a file which goes; others only link to them."""
    found = db.execute(SAYING, {"records": json.dumps(list(records))}).fetchall()
    return {release for (release,) in found}


def touched(db: Database, records: Iterable[str]) -> set[str]:
    """The releases that say it, or that one of these records shows."""
    found = db.execute(TOUCHED, {"records": json.dumps(list(records))}).fetchall()
    return {release for (release,) in found}


def renamed(db: Database) -> dict[str, str]:
    """Addresses that say it, as they are written from now on, each with the id that its release keeps."""
    sql = "SELECT cleaned(url), release_id FROM release_addresses WHERE says(url)"
    return dict(db.execute(sql).fetchall())


def clean(db: Database, addresses: Iterable[str], releases: Iterable[str]) -> None:
    """Take it out of every row that is not derived again; rows about releases that went as a whole go too."""
    db.execute("PRAGMA defer_foreign_keys = ON")
    for url in addresses:
        db.execute("DELETE FROM entries WHERE url = ?", (url,))
        db.execute("DELETE FROM issues WHERE subject = ?", (url,))
    for release in releases:
        db.execute("DELETE FROM issues WHERE release_id = ?", (release,))
        db.execute("DELETE FROM corrections WHERE release_id = ?", (release,))
    db.execute(LINKED_ELSEWHERE)
    db.execute(NOT_READ)
    for table, column in _texts(db):
        # Two rows that differed by the word alone become one.
        db.execute(f'UPDATE OR REPLACE "{table}" SET "{column}" = cleaned("{column}") WHERE says("{column}")')
    settled.forget(db)


def _texts(db: Database) -> Iterator[tuple[str, str]]:
    """Every column that holds text, except where the search index keeps its own."""
    for table in db.tables:
        if table.name in KEPT + FIGURES + REFERENCE or any(table.name.startswith(index) for index in INDEXES):
            continue
        for column in table.columns:
            if column.type.upper() == "TEXT":
                yield table.name, column.name


def compact(archive: Path) -> None:
    """Write database and indexes anew, so that no deleted page or term stays on the disk."""
    db = open_archive(archive)
    for index in INDEXES:
        db.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")
    db.execute("VACUUM")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
