"""An archive of texts without pages: releases written by SQL, as a build leaves them."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from sqlite_utils import Database

from archive.store import open_archive, writing


class Release(NamedTuple):
    """A release as `fill` writes it."""

    id: str
    day: date
    title: str
    text: str
    publisher: str = "th-umwelt"
    places: tuple[str, ...] = ()
    published_at: str | None = None


RELEASES = """
INSERT INTO releases (id, title, kind, published_on, published_at, source_key, publisher_id, publisher_name,
    jurisdiction, url, first_seen_at, last_seen_at, last_changed_at, version_id, characters)
VALUES (?, ?, 'press_release', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def start(folder: Path) -> Database:
    """An empty archive with one capture, to which every text is ascribed."""
    db = open_archive(folder / "archive.db")
    for number, key in enumerate(("th-umwelt", "sn-umwelt", "bund-umwelt"), start=1):
        land = "DE" if key.startswith("bund") else f"DE-{key[:2].upper()}"
        db.execute("INSERT INTO publishers VALUES (?, ?, ?)", (key, key, land))
        values = (key, key, key, land, f"https://{key}.example/")
        db.execute(
            "INSERT INTO sources (key, title, publisher_id, jurisdiction, family, status, home) "
            "VALUES (?, ?, ?, ?, 'generic', 'demo', ?)",
            values,
        )
        db.execute(
            "INSERT INTO captures (id, source_key, role, url, requested_url, captured_at, status, "
            "payload_digest, payload_bytes, record_id, record_type, warc_file, warc_offset, warc_length) "
            "VALUES (?, ?, 'detail', '', '', '2026-01-01T00:00:00Z', 200, '', 0, ?, 'response', '', ?, 0)",
            (number, key, str(number), number),
        )
    return db


def fill(db: Database, releases: Iterable[Release]) -> None:
    """Write releases, each with its one version and its places."""
    with writing(db):
        for r in releases:
            land = "DE" if r.publisher.startswith("bund") else f"DE-{r.publisher[:2].upper()}"
            seen, version, url = f"{r.day}T12:00:00Z", f"{r.id}.1", f"https://{r.publisher}.example/{r.id}"
            said = (r.id, r.title, r.day.isoformat(), r.published_at, r.publisher, r.publisher, r.publisher)
            db.execute(RELEASES, (*said, land, url, seen, seen, seen, version, len(r.text)))
            row = (version, r.id, 1, r.title, r.text, "", seen, seen, 1)
            db.execute("INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
            for place in r.places:
                db.execute(
                    'INSERT INTO municipality_mentions (release_id, "start", "end", surface, name, '
                    "confidence, rule) VALUES (?, 0, 0, ?, ?, 1, 'test')",
                    (r.id, place, place),
                )
