"""Rewriting a WARC file without what has to go: still valid, every other record byte for byte as it was.

The new file takes the place of the old one at once. Beside it stands a journal of where its records are now,
until the database knows; a crash in between is mended by `finish`.
"""

import os
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import msgspec
from sqlite_utils import Database
from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord

from archive.errors import WarcError
from archive.evidence import whole_members
from archive.redaction.removal import Removal, without
from archive.store import writing
from archive.warc import ASKED, REMOVED

# A revisit is as long as what it refers to; its old length would say how long the words were.
REVISITED = """
UPDATE captures SET payload_bytes = (SELECT t.payload_bytes FROM captures t WHERE t.id = captures.refers_to)
WHERE source_key = ? AND refers_to IN (
    SELECT id FROM captures WHERE record_id IN (SELECT value FROM json_each(?)))
"""


class Moved(msgspec.Struct, frozen=True):
    """A response or revisit record of a rewritten file, as its row must say it."""

    record_id: str
    offset: int
    length: int
    changed: bool
    payload_digest: str | None = None  # None: as it was
    payload_bytes: int | None = None
    url: str = ""
    requested_url: str = ""
    removed: bool = False


class _Journal(msgspec.Struct, frozen=True):
    file: str
    records: list[Moved]


def rewrite(
    path: Path, removal: Removal, progress: Callable[[int], None] = lambda size: None
) -> list[Moved] | None:
    """Write the file anew beside the old one; its records, or None where nothing in it had to go."""
    fresh: Path = _fresh(path)
    moved: list[Moved] = []
    touched = False
    try:
        with fresh.open("wb") as new:
            for raw, record, payload in _records(path):
                progress(len(raw))
                changed = without(record, payload, removal)
                touched = touched or changed is not None
                start = new.tell()
                new.write(raw if changed is None else changed)
                if record.rec_type in ("response", "revisit"):
                    moved.append(_moved(record, start, new.tell() - start, changed, removal))
            new.flush()
            os.fsync(new.fileno())
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    if not touched:
        fresh.unlink()
        return None
    return moved


def take_place(db: Database, warc: Path, path: Path, moved: list[Moved]) -> None:
    """Let a rewritten file take the place of the old one, and let the rows of its captures follow."""
    journal = _Journal(str(path.relative_to(warc)), moved)
    note = _note(path)
    draft = note.with_name(f"{note.name}.draft")
    with draft.open("wb") as file:
        file.write(msgspec.json.encode(journal))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(note)
    _settle(db, warc, note)


def finish(db: Database, warc: Path) -> int:
    """Bring to its end what a crash left half done; how many files that was."""
    for name in ("*.fresh", "*.rewritten.draft"):
        for left in warc.glob(f"*/.{name}"):
            if not left.with_name(left.name.replace(".fresh", ".rewritten")).exists():
                left.unlink()
    notes = sorted(warc.glob("*/.*.rewritten"))
    for note in notes:
        _settle(db, warc, note)
    return len(notes)


def _settle(db: Database, warc: Path, note: Path) -> None:
    journal = msgspec.json.decode(note.read_bytes(), type=_Journal)
    path = warc / journal.file
    if _fresh(path).exists():
        _fresh(path).replace(path)
        _sync_folder(path.parent)
    with writing(db):
        # Two records must not stand at one place, not even for a moment.
        db.execute("UPDATE captures SET warc_offset = -1 - warc_offset WHERE warc_file = ?", (journal.file,))
        for record in journal.records:
            _follow(db, journal.file, record)
        shorter = [record.record_id for record in journal.records if record.payload_bytes is not None]
        db.execute(REVISITED, (path.parent.name, msgspec.json.encode(shorter).decode()))
    note.unlink()


def _follow(db: Database, file: str, record: Moved) -> None:
    db.execute(
        "UPDATE captures SET warc_offset = ?, warc_length = ? WHERE record_id = ? AND warc_file = ?",
        (record.offset, record.length, record.record_id, file),
    )
    if record.changed:
        db.execute(
            "UPDATE captures SET payload_digest = coalesce(?, payload_digest), "
            "payload_bytes = coalesce(?, payload_bytes), url = ?, requested_url = ?, "
            "truncated = CASE WHEN ? THEN ? ELSE truncated END WHERE record_id = ?",
            (
                *(record.payload_digest, record.payload_bytes, record.url, record.requested_url),
                *(record.removed, REMOVED, record.record_id),
            ),
        )


def _records(path: Path) -> Iterator[tuple[bytes, ArcWarcRecord, bytes]]:
    """Each record with its bytes as they stand and its payload as sent.

    Raises WarcError where something between them cannot be read: it might hold what has to go.
    """
    members, gaps, end = whole_members(path)
    if gaps or end < path.stat().st_size:
        where = gaps[0][0] if gaps else end
        raise WarcError(f"{path} is damaged at byte {where}; restore it from the backup, then redact again")
    with path.open("rb") as file:
        for offset, length in members:
            file.seek(offset)
            raw = file.read(length)
            record = next(ArchiveIterator(BytesIO(raw)))
            yield raw, record, record.raw_stream.read()


def _moved(record: ArcWarcRecord, offset: int, length: int, changed: bytes | None, removal: Removal) -> Moved:
    head = record.rec_headers
    url = head.get_header("WARC-Target-URI")
    return Moved(
        head.get_header("WARC-Record-ID"),
        offset,
        length,
        changed is not None,
        head.get_header("WARC-Payload-Digest"),
        record.length if changed is not None and record.rec_type == "response" else None,
        url,
        head.get_header(ASKED) or url,
        head.get_header("WARC-Record-ID") in removal.records,
    )


def _fresh(path: Path) -> Path:
    return path.with_name(f".{path.name}.fresh")


def _note(path: Path) -> Path:
    return path.with_name(f".{path.name}.rewritten")


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
