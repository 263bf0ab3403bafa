"""The part of a build that reads attached files: which there are, what they say, whom and what they name."""

from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path

from sqlite_utils import Database

from archive.store import writing
from pipeline.attachments import files, index, texts
from pipeline.attachments.mentions import COLUMNS, Attached, Named, named_all
from pipeline.extract.release import RULES_VERSION
from pipeline.workers import Workers, ordered

BATCH = 20  # files per transaction
DERIVED = "attachment_mentions attachment_files attachment_pages attachment_texts".split()
UNNAMED = """
SELECT a.id, r.id, r.published_on, r.jurisdiction, a.payload_digest FROM attachments a
    JOIN releases r ON r.id = a.release_id
    JOIN attachment_texts t ON t.payload_digest = a.payload_digest
WHERE a.id > :last
    AND a.read_as IS NOT a.payload_digest || ' ' || coalesce(r.published_on, '') || ' ' || :rules
ORDER BY a.id LIMIT 100
"""
PAGES = "SELECT page, text FROM attachment_pages WHERE payload_digest = ? ORDER BY page"


def read_new(db: Database, warc: Path, at: str, workers: Workers) -> None:
    """Read what is new since the last build; can be stopped and run again at any point."""
    with writing(db):
        index.follow_rules(db)
        files.sync(db)
        texts.forget_stale(db)
    found = ordered(partial(texts.read_all, warc), texts.unread(db), workers, batch=4)
    while read := list(islice(found, BATCH)):
        with writing(db):
            texts.write(db, read, at)
    named = ordered(named_all, _unnamed(db), workers, batch=4)
    while some := list(islice(named, BATCH)):
        with writing(db):
            _write(db, some)


def forget(db: Database) -> None:
    """Forget all that was derived; the rows of `attachments` are the caller's to delete after this."""
    index.clear(db)
    for table in DERIVED:
        db.execute(f"DELETE FROM {table}")
    files.forget(db)


def forget_release(db: Database, release_id: str) -> None:
    """Forget what hangs on the attachments of one release; texts stay, they belong to the bytes."""
    db.execute("DELETE FROM attachment_mentions WHERE release_id = ?", (release_id,))
    own = "SELECT id FROM attachments WHERE release_id = ?"
    db.execute(f"DELETE FROM attachment_files WHERE attachment_id IN ({own})", (release_id,))


def _unnamed(db: Database) -> Iterator[Attached]:
    last = 0
    while rows := db.execute(UNNAMED, {"last": last, "rules": RULES_VERSION}).fetchall():
        last = rows[-1][0]
        for key, release, published, jurisdiction, digest in rows:
            pages = tuple(db.execute(PAGES, (digest,)).fetchall())
            read_as = f"{digest} {published or ''} {RULES_VERSION}"
            yield Attached(key, release, published, jurisdiction, read_as, pages)


def _write(db: Database, some: list[Named]) -> None:
    marks = ", ".join("?" * len(COLUMNS.split(",")))
    for named in some:
        key = named.attached.attachment_id
        db.execute("DELETE FROM attachment_mentions WHERE attachment_id = ?", (key,))
        db.conn.executemany(f"INSERT INTO attachment_mentions ({COLUMNS}) VALUES ({marks})", named.rows)
        db.execute("UPDATE attachments SET read_as = ? WHERE id = ?", (named.attached.read_as, key))
