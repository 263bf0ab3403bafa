"""Which files the address of an attachment held, one after the other: a file that was replaced is noted.

Only what came whole, with status 200 or "not modified", and is no web page counts: a block page, an error or
an outage replaces nothing.
"""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from sqlite_utils import Database

from archive.urls import canonical
from pipeline.reservations import RESERVED

MARK = "attachment_captures"  # the last capture that was looked at, in archive_state
ADDRESSED = """
SELECT id, url FROM attachments WHERE files IS NULL AND address IS NULL ORDER BY id
"""
TOUCHED = """
SELECT id FROM attachments WHERE files IS NULL
UNION SELECT a.id FROM captures c JOIN attachments a ON a.address = c.requested_url
    WHERE c.role = 'attachment' AND c.id > :mark
UNION SELECT a.id FROM captures c JOIN attachments a ON a.address = c.url
    WHERE c.role = 'attachment' AND c.id > :mark
ORDER BY 1
"""
HELD = f"""
SELECT c.payload_digest, c.captured_at, coalesce(c.refers_to, c.id) AS holder, c.payload_bytes
FROM attachments a
    JOIN releases r ON r.id = a.release_id
    JOIN captures c ON c.source_key = r.source_key AND (c.requested_url = a.address OR c.url = a.address)
WHERE a.id = ? AND c.status IN (200, 304) AND c.truncated IS NULL
    AND coalesce(c.content_type, '') NOT LIKE 'text/html%' AND NOT {RESERVED}
ORDER BY c.id
"""


PRESENT = """
UPDATE attachments SET files = ?, payload_digest = ?, capture_id = coalesce(?, capture_id) WHERE id = ?
"""


def sync(db: Database) -> None:
    """Bring the files of all attachments up to date; the caller holds the transaction."""
    addresses = [(_address(url), key) for key, url in db.execute(ADDRESSED).fetchall()]
    db.conn.executemany("UPDATE attachments SET address = ? WHERE id = ?", addresses)
    row = db.execute("SELECT value FROM archive_state WHERE key = ?", (MARK,)).fetchone()
    last = db.execute("SELECT coalesce(max(id), 0) FROM captures").fetchone()[0]
    for (key,) in db.execute(TOUCHED, {"mark": int(row[0]) if row else 0}).fetchall():
        _write(db, key)
    db.execute("INSERT OR REPLACE INTO archive_state VALUES (?, ?)", (MARK, str(last)))


def forget(db: Database) -> None:
    """Look at all captures anew next time."""
    db.execute("DELETE FROM archive_state WHERE key = ?", (MARK,))


def _address(url: str) -> str:
    try:
        return canonical(url)
    except ValueError:
        return url  # as the page wrote it; nobody could ask for it


def _write(db: Database, key: int) -> None:
    found = list(_files(db.execute(HELD, (key,)).fetchall()))
    db.execute("DELETE FROM attachment_files WHERE attachment_id = ?", (key,))
    rows = [(key, number, *file) for number, file in enumerate(found, start=1)]
    db.conn.executemany("INSERT INTO attachment_files VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    present = found[-1] if found else (None, None, None)
    values = (len(found), present[0], present[2], key)
    db.execute(PRESENT, values)


def _files(held: list[tuple[str, str, int, int]]) -> Iterator[tuple[str, int, int, str, str]]:
    for digest, same in groupby(held, key=itemgetter(0)):
        seen = list(same)
        _, first_at, holder, size = seen[0]
        yield digest, size, holder, first_at, seen[-1][1]
