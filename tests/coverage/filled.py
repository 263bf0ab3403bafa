"""Releases written by SQL, as a build leaves them: what numbers and months need, and no more."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from sqlite_utils import Database

from archive.store import open_archive, writing

RELEASES = """
INSERT INTO releases (id, title, kind, published_on, source_key, publisher_id, publisher_name, jurisdiction,
    url, number, first_seen_at, last_seen_at, last_changed_at, version_id, characters)
VALUES (?, 'Titel', 'press_release', ?, ?, ?, ?, 'DE-TH', ?, ?, ?, ?, ?, ?, 0)
"""


class Release(NamedTuple):
    """A release as `fill` writes it."""

    id: str
    day: date
    number: str | None = None
    source: str = "th-umwelt"
    publisher: str = "th-umwelt"


def start(folder: Path) -> Database:
    """An archive with two sources and one capture."""
    db = open_archive(folder / "archive.db")
    for key in ("th-umwelt", "th-bau"):
        db.execute("INSERT INTO publishers VALUES (?, ?, 'DE-TH')", (key, key))
        db.execute(
            "INSERT INTO sources (key, title, publisher_id, jurisdiction, family, status, home) "
            "VALUES (?, ?, ?, 'DE-TH', 'generic', 'demo', '')",
            (key, key, key),
        )
    db.execute(
        "INSERT INTO captures (id, source_key, role, url, requested_url, captured_at, status, "
        "payload_digest, payload_bytes, record_id, record_type, warc_file, warc_offset, warc_length) VALUES "
        "(1, 'th-umwelt', 'detail', '', '', '2026-01-01T00:00:00Z', 200, '', 0, '1', 'response', '', 0, 0)"
    )
    return db


def fill(db: Database, releases: Iterable[Release]) -> None:
    """Write releases."""
    with writing(db):
        for r in releases:
            day, seen = r.day.isoformat(), f"{r.day}T12:00:00Z"
            names = (r.source, r.publisher, r.publisher, f"https://{r.source}.example/{r.id}", r.number)
            db.execute(RELEASES, (r.id, day, *names, seen, seen, seen, f"{r.id}.1"))
