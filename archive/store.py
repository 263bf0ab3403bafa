"""Opening archive.db: the one place that sets pragmas, migrates and explains what is wrong with a file."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from archive.errors import ArchiveError
from archive.schema import migrate

BUSY_SECONDS = 60


def open_archive(path: Path, *, create: bool = True) -> Database:
    """The archive database, migrated, in WAL mode, so that readers go on while somebody writes.

    Raises ArchiveError where the file is missing (with create=False), is no database or cannot be written.
    """
    if not create and not path.exists():
        raise ArchiveError(f"{path} does not exist; run `pressearchiv crawl` or `pressearchiv demo` first")
    if not path.parent.is_dir():
        raise ArchiveError(
            f"the folder {path.parent} does not exist; create it or name another with --archive"
        )
    try:
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
        db = Database(connection)
        migrate(db, str(path))
    except sqlite3.OperationalError as error:
        raise ArchiveError(
            f"{path} cannot be opened for writing ({error}); check rights and free space"
        ) from error
    except sqlite3.DatabaseError as error:
        raise ArchiveError(f"{path} is no SQLite database ({error}); move it away or name another") from error
    return db


@contextmanager
def writing(db: Database) -> Iterator[Database]:
    """One transaction that takes the write lock at once, so that two writers queue instead of failing."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield db
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")
