"""The text of attached files, once per payload: rows of `attachment_texts` and `attachment_pages`."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from archive import issues
from archive.errors import WarcError
from archive.evidence import read_record
from archive.records import Issue, Place
from pipeline.attachments import index
from pipeline.attachments.confined import READER, Text, text_of

ISSUE = "attachment"
GOOD = ("text", "no_text", "unsupported")  # what calls for nobody; the page of the release says it
UNREAD = """
SELECT f.payload_digest, min(f.capture_id), c.source_key, a.url
FROM attachment_files f
    JOIN attachments a ON a.id = f.attachment_id
    JOIN captures c ON c.id = f.capture_id
WHERE NOT EXISTS (SELECT 1 FROM attachment_texts t WHERE t.payload_digest = f.payload_digest)
GROUP BY f.payload_digest ORDER BY 2, 1
"""


@dataclass(frozen=True, slots=True)
class File:
    """A payload to read, and where it lies."""

    digest: str
    capture_id: int
    source_key: str
    url: str
    place: Place


@dataclass(frozen=True, slots=True)
class Read:
    """A file and what it says."""

    file: File
    text: Text


def unread(db: Database) -> list[File]:
    """Files of which nobody read the bytes yet; those that were replaced since are read, too."""
    place = "SELECT warc_file, warc_offset, warc_length FROM captures WHERE id = ?"
    return [
        File(digest, capture_id, source_key, url, Place(*db.execute(place, (capture_id,)).fetchone()))
        for digest, capture_id, source_key, url in db.execute(UNREAD).fetchall()
    ]


def read_all(warc: Path, some: list[File]) -> list[Read]:
    """The texts of some files, in order. Runs in worker processes."""
    return [Read(file, _read(warc, file)) for file in some]


def _read(warc: Path, file: File) -> Text:
    try:
        record = read_record(warc, file.place, expected=file.digest)
    except WarcError as error:
        return Text("unreadable", reason=str(error))
    if not record.whole:
        return Text("too_large", reason=f"more than {len(record.payload)} bytes once unpacked")
    return text_of(record.payload)


def write(db: Database, found: Iterable[Read], at: str) -> None:
    """Write texts, their pages and what the index holds of them; the caller holds the transaction."""
    for read in found:
        file, text = read.file, read.text
        characters = sum(len(said) for _, said in text.pages)
        row = (file.digest, text.outcome, text.format, text.count, characters, text.reason, READER)
        db.execute("INSERT INTO attachment_texts VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        pages = [
            (db.execute(PAGE, (file.digest, number, said)).lastrowid or 0, said)
            for number, said in text.pages
        ]
        index.add(db, pages)
        if text.outcome in GOOD:
            issues.close(db, ISSUE, [file.url], at)
        else:
            issues.note(db, [_issue(read)], at)


PAGE = "INSERT INTO attachment_pages (payload_digest, page, text) VALUES (?, ?, ?)"
STALE = """
SELECT payload_digest FROM attachment_texts t WHERE reader <> ? OR outcome = 'unreadable'
    OR NOT EXISTS (SELECT 1 FROM attachment_files f WHERE f.payload_digest = t.payload_digest)
"""


def forget_stale(db: Database) -> None:
    """Forget what older rules read, what may be restored by now, and what no release links any more."""
    digests = [digest for (digest,) in db.execute(STALE, (READER,)).fetchall()]
    index.remove(db, digests)
    for table in ("attachment_pages", "attachment_texts"):
        rows = [(digest,) for digest in digests]
        db.conn.executemany(f"DELETE FROM {table} WHERE payload_digest = ?", rows)
    db.conn.executemany(
        "UPDATE attachments SET read_as = NULL WHERE payload_digest = ?", [(d,) for d in digests]
    )


def _issue(read: Read) -> Issue:
    file, text = read.file, read.text
    message = f"The file gave no text ({text.outcome}): {text.reason}."
    if text.outcome == "cut":
        message = f"The file is longer than what is read of one: {text.reason}."
    mend = "Open it in a viewer; it is kept as it came, and search does not cover what was not read."
    return Issue(ISSUE, file.url, message, mend, file.source_key, file.capture_id)
