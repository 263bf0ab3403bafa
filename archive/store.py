"""Opening archive.db: the one place that sets pragmas, migrates and explains what is wrong with a file."""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

from sqlite_utils import Database

from archive.errors import ArchiveError, BusyError
from archive.locks import lock
from archive.schema import is_older, migrate

BUSY_SECONDS = 60
CACHE_KIB = 256 << 10
LOG_PAGES = 64 << 10  # 256 MB that stand in the log before they go to their places
LOG_SECONDS = 8.0


def open_archive(path: Path, *, create: bool = True) -> Database:
    """The archive database, migrated, in WAL mode, so that readers go on while somebody writes.

    Raises ArchiveError where the file is missing (with create=False), is no database or cannot be written.
    """
    if not create and not path.exists():
        raise ArchiveError(
            f"{path} does not exist; run `pressearchiv crawl` or `pressearchiv demo` first, or `pressearchiv "
            "build` where only the database was lost"
        )
    if not path.parent.is_dir():
        raise ArchiveError(
            f"the folder {path.parent} does not exist; create it or name another with --archive"
        )
    try:
        # Two processes that open a new archive at once must not both switch its journal and make its tables.
        with lock(path.with_name(f"{path.name}-lock"), f"the opening of {path}", BUSY_SECONDS):
            db = _opened(path)
    except sqlite3.OperationalError as error:
        raise ArchiveError(
            f"{path} cannot be opened for writing ({error}); check rights and free space"
        ) from error
    except sqlite3.DatabaseError as error:
        raise ArchiveError(
            f"{path} is no SQLite database or is damaged ({error}); move it away, and `pressearchiv build` "
            "makes it again from the WARC files"
        ) from error
    return db


def read_archive(path: Path) -> Database:
    """The archive for those who only look: also from a medium or a folder that cannot be written.

    Raises ArchiveError as `open_archive` does, and where the schema is older and cannot be migrated here.
    """
    if not path.exists() or is_writable(path):
        return open_archive(path, create=False)
    # Without a log beside it nothing is written, and SQLite need not make the files by which writers agree.
    alone = not path.with_name(f"{path.name}-wal").exists()
    uri = f"{path.resolve().as_uri()}?mode=ro{'&immutable=1' * alone}"
    try:
        db = Database(sqlite3.connect(uri, uri=True))
        if is_older(db, str(path)):
            raise ArchiveError(
                f"{path} has an older schema and cannot be written here; copy it elsewhere first"
            )
    except sqlite3.DatabaseError as error:
        raise ArchiveError(f"{path} cannot be read ({error}); check rights and that it is whole") from error
    return db


def is_writable(path: Path) -> bool:
    """Whether a file and its folder can be written to."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _opened(path: Path) -> Database:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    # A crawl adds row by row; with SQLite's thousand pages it would stop for the disk at every hundredth row.
    connection.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
    db = Database(connection)
    migrate(db, str(path))
    return db


def give_room(db: Database) -> None:
    """Memory for a build, which changes pages all over the file: they are read once, and written together."""
    db.execute(f"PRAGMA cache_size = -{CACHE_KIB}")


@contextmanager
def log_kept_short(path: Path, every: float = LOG_SECONDS) -> Iterator[Callable[[], None]]:
    """While this lasts, what stands in the log goes to its places `every` so many seconds, in a thread.

    A writer that does so itself when the log is full stops for as long, and whoever waits for it; so does who
    closes the archive last, which from the first time on is this thread. What is yielded asks for it now.
    """
    now, over = threading.Event(), threading.Event()

    def keep() -> None:  # an archive may not be there yet; of a full disk the writer tells
        with ExitStack() as held:
            connection: sqlite3.Connection | None = None
            while not over.is_set():
                now.wait(every)
                now.clear()
                with suppress(sqlite3.Error):
                    connection = connection or held.enter_context(closing(sqlite3.connect(uri, uri=True)))
                    connection.execute("PRAGMA wal_checkpoint(PASSIVE)")

    uri = f"{path.resolve().as_uri()}?mode=rw"
    keeper = threading.Thread(target=keep, name="log", daemon=True)
    keeper.start()
    try:
        yield now.set
    finally:
        over.set()
        now.set()
        keeper.join()


@contextmanager
def writing(db: Database, *, patient: bool = True) -> Iterator[Database]:
    """One transaction that takes the write lock at once, so that two writers queue instead of failing.

    Raises ArchiveError where SQLite cannot write (a full disk, a lock held too long); nothing of the
    transaction stays then. Who has other work to do is not `patient`: BusyError where somebody else writes.
    """
    try:
        _begin(db, patient)
        yield db
        db.execute("COMMIT")
    except sqlite3.OperationalError as error:
        _roll_back(db)
        raise unwritable(error) from error
    except BaseException:
        _roll_back(db)
        raise


def _begin(db: Database, patient: bool) -> None:
    if patient:
        db.execute("BEGIN IMMEDIATE")
        return
    db.execute("PRAGMA busy_timeout = 0")
    try:
        db.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname.startswith("SQLITE_BUSY"):
            raise BusyError("another process is writing to the archive") from error
        raise
    finally:
        db.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")


def _roll_back(db: Database) -> None:
    if db.conn.in_transaction:
        db.execute("ROLLBACK")


def unwritable(error: sqlite3.Error) -> ArchiveError:
    """What a person reads when SQLite cannot write."""
    return ArchiveError(f"the archive cannot be written ({error}); {_mend(str(error))}")


def _mend(message: str) -> str:
    if "full" in message or "I/O" in message:
        return "make room on the disk and run again"
    if "locked" in message:
        return "another process is writing; run again when it is done"
    if "readonly" in message:
        return "check the rights of the file and its folder"
    return "run `pressearchiv verify`"
