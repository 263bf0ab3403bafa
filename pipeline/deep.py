"""Proof that rows say what the bytes say: releases are read again from their records and compared.

The present version of a release is parsed, searched and corrected as a build would do it, written to an
archive in memory, and that one is compared with the one on disk, field by field.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

from sqlite_utils import Database

from archive.corrections import NONE, Corrections
from archive.records import Place
from archive.schema import migrate
from archive.source import Source
from pipeline import mention_rows, releases
from pipeline.attachments import texts
from pipeline.attachments.texts import File
from pipeline.corrected import corrected
from pipeline.prepared import prepared
from pipeline.read import Job, Reading, read_all
from pipeline.unread import JOB, as_job
from pipeline.verify import Finding
from pipeline.workers import ordered

PART = "deep"
REBUILD = "; if rules or corrections changed since, `pressearchiv build --rebuild` reads it again"
RELEASE = (  # what the capture of the present version decides alone
    "title kind kicker subtitle author language updated_on characters title_rule text_rule amount_max"
).split()
# What an earlier version said stays where the present one says nothing.
KEPT = ("number", "published_on", "published_at", "published_precision", "published_rule", "publisher_name")
LISTED = ("number", "published_on", "published_rule", "published_precision", "publisher_name")
VERSION = ("title", "text", "text_hash")
MENTIONS = {table: f"{mention_rows.HEAD}, {columns}" for table, columns in mention_rows.TABLES.values()}
GRANTS = ", ".join(name for name in mention_rows.GRANT.split(", ") if name != "amount_id")
PRESENT = "SELECT r.id, v.id, v.capture_id FROM releases r JOIN versions v ON v.id = r.version_id ORDER BY 1"
FILES = """
SELECT a.payload_digest, f.capture_id, c.source_key, a.url, c.warc_file, c.warc_offset, c.warc_length
FROM attachments a
    JOIN attachment_files f ON f.attachment_id = a.id AND f.payload_digest = a.payload_digest
    JOIN captures c ON c.id = f.capture_id
    JOIN attachment_texts t ON t.payload_digest = a.payload_digest AND t.outcome = 'text'
WHERE a.release_id = ? ORDER BY a.url
"""
PAGES = "SELECT page, text FROM attachment_pages WHERE payload_digest = ? ORDER BY page"
Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A release that is read again."""

    release: str
    version: str
    capture_id: int


def sample(db: Database, count: int | None, seed: int) -> list[Asked]:
    """So many releases, the same ones for the same seed; all of them for None."""
    found = [Asked(*row) for row in db.execute(PRESENT).fetchall()]
    if count is None or count >= len(found):
        return found
    chosen = sorted(found, key=lambda asked: sha256(f"{seed} {asked.release}".encode()).digest())[:count]
    return sorted(chosen, key=lambda asked: asked.release)


def verify(
    db: Database,
    warc: Path,
    sources: Mapping[str, Source],
    asked: Sequence[Asked],
    corrections: Corrections = NONE,
    workers: int = 1,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Iterator[Finding]:
    """The first difference of each release whose rows are not what its bytes say."""
    jobs = [_job(db, one) for one in asked]
    known = [(one, job) for one, job in zip(asked, jobs, strict=True) if job.source_key in sources]
    for one, job in zip(asked, jobs, strict=True):
        if job.source_key not in sources:
            yield Finding(
                PART, one.release, f"no source file describes {job.source_key}; name it with --sources"
            )
    work = partial(read_all, warc, dict(sources))
    memory = _memory()
    readings = ordered(work, [job for _, job in known], workers)
    for done, ((one, job), reading) in enumerate(zip(known, readings, strict=True), 1):
        message = _compared(db, memory, sources[job.source_key], one, reading, corrections)
        message = message or next(_attachments(db, warc, one.release), None)
        if message:
            yield Finding(PART, one.release, message + REBUILD, None, job.source_key, job.capture_id)
        progress(done, len(known))


def _job(db: Database, asked: Asked) -> Job:
    return as_job(db.execute(f"{JOB} WHERE c.id = ?", (asked.capture_id,)).fetchone())


def _memory() -> Database:
    """An empty archive without the rows that ours would point to."""
    memory = Database(memory=True)
    memory.conn.isolation_level = None
    migrate(memory, "memory")
    memory.execute("PRAGMA foreign_keys = OFF")
    return memory


def _compared(
    db: Database,
    memory: Database,
    source: Source,
    asked: Asked,
    reading: Reading,
    corrections: Corrections,
) -> str | None:
    """The first difference between the rows of a release and its reading."""
    if reading.page is None:
        return f"its bytes are no release: {reading.error or reading.outcome}"
    ids = releases.ids(db, source, prepared(source, reading))
    about = [d for key in ids for d in corrections.by_release().get(key, ())]
    reading, _ = corrected(reading, source, about, corrections.about_persons())
    one = prepared(source, reading)
    memory.execute("BEGIN")
    kept = releases.keep(memory, source, one, lambda release: None)
    mention_rows.add(memory, [(kept.release_id, mention_rows.rows(reading))])
    found = next(_differences(db, memory, asked, kept), None)
    memory.execute("ROLLBACK")
    return found


def _differences(db: Database, memory: Database, asked: Asked, kept: releases.Kept) -> Iterator[str]:
    sql = f"SELECT {', '.join(VERSION)} FROM versions WHERE id = ?"
    yield from _fields(VERSION, _one(db, sql, asked.version), _one(memory, sql, kept.version_id))
    names = (*RELEASE, *KEPT)
    sql = f"SELECT {', '.join(names)} FROM releases WHERE id = ?"
    here, there = _one(db, sql, asked.release), _one(memory, sql, kept.release_id)
    listed = "listing" in (*here, *there)  # a list may say something else by now
    loose = {name for name, value in zip(names, there, strict=True) if name in KEPT and value is None}
    yield from _fields(names, here, there, {*loose, "number", *(LISTED if listed else ())})
    for table, columns in (*MENTIONS.items(), ("grants", GRANTS)):
        held = _said(db, table, columns, asked.release)
        yield from _rows(table, held, _said(memory, table, columns, kept.release_id))


def _one(db: Database, sql: str, key: str) -> Row:
    return tuple(db.execute(sql, (key,)).fetchone())


def _said(db: Database, table: str, columns: str, release: str) -> list[Row]:
    """Mentions in their order; ids count all releases, so they are left out."""
    named = ", ".join(name for name in columns.split(", ") if name not in ("id", "release_id"))
    rows = db.execute(f"SELECT {named} FROM {table} WHERE release_id = ?", (release,)).fetchall()
    return sorted(map(tuple, rows), key=repr)


def _fields(names: Sequence[str], here: Row, there: Row, loose: Collection[str] = ()) -> Iterator[str]:
    for name, says, read in zip(names, here, there, strict=True):
        if says != read and name not in loose:
            yield f"{name} is {_short(says, read)}, its bytes say {_short(read, says)}"


def _rows(table: str, here: Sequence[Row], there: Sequence[Row]) -> Iterator[str]:
    for row in here:
        if row not in there:
            yield f"{table} has {row[:4]}, which its bytes do not give"
    for row in there:
        if row not in here:
            yield f"{table} lacks {row[:4]}"
    if len(here) != len(there):
        yield f"{table} has {len(here)} rows, its bytes give {len(there)}"


def _short(value: object, other: object) -> str:
    """A value as it is shown: long texts from a little before they differ."""
    if not (isinstance(value, str) and isinstance(other, str)) or len(value) < 60:
        return repr(value)
    at = next((n for n, (a, b) in enumerate(zip(value, other, strict=False)) if a != b), len(other))
    return f"{value[max(0, at - 20) : at + 30]!r} at {at}"


def _attachments(db: Database, warc: Path, release: str) -> Iterator[str]:
    rows = db.execute(FILES, (release,)).fetchall()
    files = [File(digest, capture, key, url, Place(*at)) for digest, capture, key, url, *at in rows]
    for read in texts.read_all(warc, files):
        held = [tuple(row) for row in db.execute(PAGES, (read.file.digest,)).fetchall()]
        for here, there in zip(held, read.text.pages, strict=False):
            if here != there:
                yield f"{read.file.url}, page {here[0]}, is not what the file says"
        if len(held) != len(read.text.pages):
            yield f"{read.file.url} has {len(held)} pages with text, the file {len(read.text.pages)}"
