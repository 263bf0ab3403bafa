"""The database of another archive: read and never changed, and only where it is one as this program makes it.

Somebody else wrote it. A view or a generated column under the name of a table could compute for ever, a
trigger could run while an older schema is brought up to date, and a value may be of any type.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlite_utils import Database

from archive.errors import ArchiveError
from archive.schema import MIGRATIONS, is_older, migrate, migrations
from archive.store import BUSY_SECONDS, is_writable

READ = (
    *("publishers", "publisher_names", "sources", "runs", "run_lists", "list_entries", "entries", "issues"),
    *("captures", "imports", "imported_captures"),
)
SEARCHED = ("versions", "attachments", "release_addresses")  # for words that were redacted elsewhere
ROW_BYTES = 64 << 20  # of a value or a row; longer ones are not read
KINDS = {"INTEGER": "'integer'", "TEXT": "'text'", "REAL": "'real', 'integer'"}
Row = dict[str, object]
Column = tuple[str, str, int, int]  # name, type, whether it is computed, whether it is always filled
COLUMNS = 'SELECT name, type, hidden, "notnull" OR pk FROM pragma_table_xinfo(?) ORDER BY cid'
ACTING = "SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')"
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"


class OtherError(ArchiveError):
    """Another archive cannot be merged; the message names it and the mend. The rest can."""


@contextmanager
def reading(path: Path) -> Iterator[Database]:
    """The database of an archive, an older one as a copy of today's schema; an empty one where there is none.

    What SQLite lays beside a database that is read is gone afterwards, unless it was there before. Raises
    OtherError where it is of a newer version, damaged, of something else, or no database at all.
    """
    with ExitStack() as stack:
        if not path.exists():
            yield stack.enter_context(closing(_empty()))
            return
        with blamed(path), explained(path):
            if not path.with_name(f"{path.name}-wal").exists():
                stack.callback(_tidy, path)
            db = stack.enter_context(closing(_opened(path)))
            _check_objects(db, path)
            if is_older(db, str(path)):
                folder = stack.enter_context(TemporaryDirectory(prefix="pressearchiv-"))
                db = stack.enter_context(closing(_copied(db, path, Path(folder) / path.name)))
            _check_tables(db, path)
        yield db


def rows(db: Database, sql: str, *values: object) -> list[Row]:
    """What a query finds in such a database, by the names of the columns."""
    path = Path(str(db.execute("PRAGMA database_list").fetchone()[2]))
    with explained(path):
        found = db.execute(sql, values)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def captures(db: Database) -> int:
    """How many captures there are."""
    [found] = rows(db, "SELECT count(*) AS count FROM captures")
    return int(str(found["count"]))


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Names the file where SQLite cannot read it."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise OtherError(
            f"{path} cannot be read ({error}); check rights, and if it is damaged move it away: the records "
            "of warc/ are then read themselves"
        ) from error


@contextmanager
def blamed(path: Path) -> Iterator[None]:
    """Around the reading of another archive's files: what goes wrong there is no reason to end the rest."""
    try:
        yield
    except OtherError:
        raise
    except ArchiveError as error:
        raise OtherError(str(error)) from error
    except OSError as error:
        raise OtherError(
            f"{error.filename or path} cannot be read ({error.strerror or error}); check rights, and that it "
            "is mounted"
        ) from error


def _tidy(path: Path) -> None:
    """Let SQLite take away the empty log that reading left: whoever only reads, may not.

    Where somebody else is at the database, or it was written meanwhile, the log stays.
    """
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and not log.stat().st_size and is_writable(path):
        with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(path)) as connection:
            connection.execute("SELECT 1 FROM sqlite_master").fetchone()


def _empty() -> Database:
    db = Database(memory=True)
    migrate(db, ":memory:")
    return db


def _opened(path: Path) -> Database:
    # Without a log beside it nobody writes where nobody can, and SQLite need not make files for the two.
    alone = not is_writable(path) and not path.with_name(f"{path.name}-wal").exists()
    uri = f"{path.resolve().as_uri()}?mode=ro{'&immutable=1' * alone}"
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS)
    connection.text_factory = _text
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, ROW_BYTES)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA temp_store = MEMORY")
    return Database(connection, execute_plugins=False)


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _copied(db: Database, path: Path, place: Path) -> Database:
    """A copy with the schema of today; the original stays of the version that its own machine has."""
    connection = sqlite3.connect(place, isolation_level=None)
    connection.text_factory = _text
    try:
        db.conn.backup(connection)
        connection.execute("PRAGMA synchronous = OFF")
        copy = Database(connection, execute_plugins=False)
        migrate(copy, str(path))
    except sqlite3.DatabaseError as error:
        connection.close()
        raise OtherError(
            f"{path} is of an older version, and no copy of it could be brought up to date in {place.parent} "
            f"({error}); make room there, name another folder with TMPDIR, or run `pressearchiv build` on it"
        ) from error
    return copy


@cache
def _ours() -> tuple[frozenset[tuple[str, str]], dict[str, list[Column]]]:
    """Views and triggers of the schema of any version, and the columns of what is read."""
    with closing(Database(memory=True)) as db:
        acting: set[tuple[str, str]] = set()
        for following in (*MIGRATIONS[1:], None):
            migrations.apply(db, stop_before=following)
            acting.update(db.execute(ACTING).fetchall())
        return frozenset(acting), {table: _columns(db, table) for table in (*READ, *SEARCHED)}


def _columns(db: Database, table: str) -> list[Column]:
    return list(db.execute(COLUMNS, (table,)).fetchall())


def _check_objects(db: Database, path: Path) -> None:
    """Nothing in it may compute or act but what the schema has; before anything else is asked of it."""
    if foreign := set(db.execute(ACTING).fetchall()) - _ours()[0]:
        raise _strange(path, f"a view or trigger {min(name for name, _ in foreign)}")


def _check_tables(db: Database, path: Path) -> None:
    known = {name for (name,) in db.execute(TABLES).fetchall()}
    for table, ours in _ours()[1].items():
        theirs = _columns(db, table)
        if table not in known or [column[:3] for column in theirs] != [column[:3] for column in ours]:
            raise _strange(path, f"another table {table}")
    for table in READ:
        odd = " OR ".join(map(_is_odd, _ours()[1][table]))
        if db.execute(f'SELECT 1 FROM "{table}" WHERE {odd} LIMIT 1').fetchone():
            raise _strange(path, f"values of another type in {table}")


def _is_odd(column: Column) -> str:
    name, kind, _, filled = column
    empty = "" if filled else ", 'null'"
    return f'typeof("{name}") NOT IN ({KINDS[kind]}{empty})'


def _strange(path: Path, what: str) -> OtherError:
    return OtherError(
        f"{path} holds {what}, which no version of pressearchiv makes; move it away, and the records of "
        "warc/ are read themselves"
    )
