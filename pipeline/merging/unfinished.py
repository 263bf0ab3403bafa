"""A batch of records that a killed merge wrote without their rows: taken back, and the next takes it whole.

Else the rows would be made anew from the records, and of the last one, its request might be torn.
"""

import json
import os
from pathlib import Path

from sqlite_utils import Database

from archive.store import writing

KEY = "merging {}"  # in archive_state, until the rows stand
STATE = "SELECT value FROM archive_state WHERE key = ?"
BEHIND = "SELECT 1 FROM captures WHERE warc_file = ? AND warc_offset + warc_length > ?"


def note(db: Database, warc: Path, source_key: str, path: Path) -> None:
    """Records are about to be appended to a file; within a transaction."""
    path.touch()
    said = json.dumps([str(path.relative_to(warc)), path.stat().st_size, path.stat().st_ino])
    db.execute("INSERT OR REPLACE INTO archive_state VALUES (?, ?)", (KEY.format(source_key), said))


def forget(db: Database, source_key: str) -> None:
    """Their rows stand; within the same transaction."""
    db.execute("DELETE FROM archive_state WHERE key = ?", (KEY.format(source_key),))


def undo(db: Database, warc: Path, source_key: str) -> None:
    """Take back what a killed merge appended; it stays where it has rows meanwhile, or the file is another.

    A redaction writes files anew, and what stood at a byte stands elsewhere then. The caller holds the lock
    of the source.
    """
    row = db.execute(STATE, (KEY.format(source_key),)).fetchone()
    if row is None:
        return
    name, size, inode = json.loads(row[0])
    path = warc / name
    is_same = path.exists() and path.stat().st_ino == inode and path.stat().st_size > size
    if is_same and not db.execute(BEHIND, (name, size)).fetchone():
        os.truncate(path, size)
    with writing(db):
        forget(db, source_key)
