"""Proof that WARC files, captures, releases, offsets and the search index agree."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from archive import captures
from archive.differences import Edit, applied, undone
from archive.errors import WarcError
from archive.evidence import read_record, record_type, whole_members
from pipeline.attachments import index as pages
from pipeline.identity import text_hash
from pipeline.mention_rows import TABLES
from pipeline.search import index, sets


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not agree."""

    part: str
    subject: str
    message: str
    file: str | None = None  # the WARC file that is missing or damaged
    source_key: str | None = None
    capture_id: int | None = None


CHANGED = """
SELECT c.id, c.title_difference, c.text_difference, o.title, n.title, o.text, n.text FROM changes c
    JOIN versions o ON o.release_id = c.release_id AND o.number = c.from_number
    JOIN versions n ON n.release_id = c.release_id AND n.number = c.to_number
"""
Progress = Callable[[str], None]


def verify(db: Database, warc: Path, progress: Progress = lambda part: None) -> Iterator[Finding]:
    """Everything that does not agree; nothing where all does. Reads every byte of the evidence once."""
    for part in (_database, _captures, _orphans, _versions, _changes, _mentions, _attachments, _search):
        progress(part.__name__.removeprefix("_"))
        yield from part(db, warc)


def _database(db: Database, _warc: Path) -> Iterator[Finding]:
    for (message,) in db.execute("PRAGMA quick_check").fetchall():
        if message != "ok":
            yield Finding("database", "archive", str(message))
    for table, rowid, parent, _ in db.execute("PRAGMA foreign_key_check").fetchall():
        yield Finding("database", f"{table} {rowid}", f"points to a row of {parent} that does not exist")


FILES = "SELECT DISTINCT warc_file FROM captures"
CAPTURES = "SELECT id, warc_file FROM captures ORDER BY warc_file, warc_offset"


def _captures(db: Database, warc: Path) -> Iterator[Finding]:
    missing = {name for (name,) in db.execute(FILES).fetchall() if not (warc / name).exists()}
    for name in sorted(missing):
        [count] = db.execute("SELECT count(*) FROM captures WHERE warc_file = ?", (name,)).fetchone()
        message = f"is missing with {count} captures; restore it from the backup"
        yield Finding("captures", name, message, name, name.split("/")[0])
    for capture_id, name in db.execute(CAPTURES).fetchall():
        if name in missing:
            continue
        capture = captures.get(db, capture_id)
        assert capture is not None
        subject = f"capture {capture.id} ({capture.url})"
        place = (name, capture.source_key, capture.id)
        try:
            record = read_record(warc, capture.place, decode=False)
        except WarcError as error:
            yield Finding("captures", subject, str(error), *place)
            continue
        if record.headers.get("warc-record-id") != capture.record_id:
            yield Finding("captures", subject, f"another record stands at {capture.place.offset}", *place)
        elif record.raw_digest not in (None, capture.payload_digest):
            yield Finding("captures", subject, "the payload does not have the digest that was noted", *place)
        elif capture.record_type == "revisit" and capture.refers_to is None:
            yield Finding("captures", subject, "a revisit that refers to no capture")


def _orphans(db: Database, warc: Path) -> Iterator[Finding]:
    for path in sorted(warc.glob("*/*.warc.gz")):
        name = str(path.relative_to(warc))
        known = {
            row[0] for row in db.execute("SELECT warc_offset FROM captures WHERE warc_file = ?", (name,))
        }
        members, gaps, end = whole_members(path)
        kinds = ((record_type(path, at), at) for at, _ in members)
        found = [at for kind, at in kinds if kind in ("response", "revisit") and at not in known]
        for first, behind_it in gaps:
            if first not in known:  # a request, or records between two captures; those are read one by one
                message = f"is damaged from byte {first} to {behind_it}; restore it from the backup"
                yield Finding("captures", name, message, name, name.split("/")[0])
        if end < path.stat().st_size and end not in known:
            message = f"ends in a broken record at byte {end}; the next crawl of the source sets it aside"
            yield Finding("captures", name, message)
        if found:
            behind = found[0] >= captures.known_end(db, name)
            mend = "adopts them" if behind else "does it again when archive.db is moved away"
            count = f"{len(found)} record{'s' * (len(found) > 1)} without a row"
            message = f"{count}, the first at byte {found[0]}; `pressearchiv build` {mend}"
            yield Finding("captures", name, message)


def _versions(db: Database, _warc: Path) -> Iterator[Finding]:
    for key, title, text, noted in db.execute("SELECT id, title, text, text_hash FROM versions"):
        if text_hash(title, text) != noted:
            yield Finding("versions", key, "the text does not have the hash that was noted")
    unshown = """
        SELECT id FROM versions v WHERE NOT EXISTS (
            SELECT 1 FROM version_captures c WHERE c.version_id = v.id AND c.capture_id = v.capture_id
        )
    """
    for (key,) in db.execute(unshown):
        yield Finding("versions", key, "no capture shows this version")


def _changes(db: Database, _warc: Path) -> Iterator[Finding]:
    """Stored differences must make each version of the other, and facts must stand where they are said to."""
    for key, title, text, *texts in db.execute(CHANGED):
        old_title, new_title, old, new = texts
        for stored, before, after in ((title, old_title, new_title), (text, old, new)):
            edits = [Edit(*edit) for edit in json.loads(stored)]
            try:
                agrees = applied(before, edits) == after and undone(after, edits) == before
            except ValueError:
                agrees = False
            if not agrees:
                yield Finding("changes", key, "the stored difference does not make one version of the other")


def _mentions(db: Database, _warc: Path) -> Iterator[Finding]:
    for table, _ in TABLES.values():
        wrong = f"""
            SELECT m.id, m.surface FROM {table} m
                JOIN releases r ON r.id = m.release_id JOIN versions v ON v.id = r.version_id
            WHERE substr(CASE m.field WHEN 'title' THEN v.title ELSE v.text END, m."start" + 1,
                m."end" - m."start") <> m.surface
        """
        for key, surface in db.execute(wrong):
            yield Finding("mentions", f"{table} {key}", f"the text does not read {surface!r} at its offsets")


ATTACHED = """
SELECT m.id, m.surface FROM attachment_mentions m
    JOIN attachments a ON a.id = m.attachment_id
    LEFT JOIN attachment_pages p ON p.payload_digest = a.payload_digest AND p.page = m.page
WHERE substr(p.text, m."start" + 1, m."end" - m."start") IS NOT m.surface
"""


def _attachments(db: Database, _warc: Path) -> Iterator[Finding]:
    for key, surface in db.execute(ATTACHED):
        yield Finding("attachments", f"mention {key}", f"its page does not read {surface!r} at its offsets")
    for message in pages.check(db):
        yield Finding("attachments", "attachment_pages_fts", message)


def _search(db: Database, _warc: Path) -> Iterator[Finding]:
    for message in index.check(db):
        yield Finding("search", "releases_fts", message)
    for message in sets.check(db):
        yield Finding("search", "release_sets", message)
