"""Opening subscriptions.db: private, beside the archive and never part of it."""

import os
import secrets
import sqlite3
from importlib.resources import files
from pathlib import Path

from sqlite_utils import Database, Migrations

from archive.errors import ArchiveError, NewerSchemaError
from archive.locks import lock
from archive.schema import statements
from archive.store import BUSY_SECONDS

OWNER_ONLY = 0o600
FOLDER = files("alerts") / "migrations"
NAMES = tuple(sorted(file.name.removesuffix(".sql") for file in FOLDER.iterdir()))
migrations = Migrations("pressearchiv-alerts")


def _from_file(name: str) -> None:
    @migrations(name=name)
    def apply(db: Database) -> None:
        for statement in statements((FOLDER / f"{name}.sql").read_text("utf-8")):
            db.execute(statement)


for _name in NAMES:
    _from_file(_name)


def open_subscriptions(path: Path, *, create: bool = True) -> Database:
    """The file of subscriptions, for its owner's eyes only. Raises ArchiveError where it cannot be used."""
    if not path.exists() and not create:
        raise ArchiveError(f"{path} does not exist; `pressearchiv alerts add` makes it")
    try:
        with lock(path.with_name(f"{path.name}-lock"), f"the opening of {path}", BUSY_SECONDS):
            return _opened(path)
    except sqlite3.DatabaseError as error:
        raise ArchiveError(
            f"{path} cannot be used ({error}); check rights and space, or restore it"
        ) from error


def _opened(path: Path) -> Database:
    # Made closed: SQLite gives its log files the rights of the database.
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, OWNER_ONLY))
    path.chmod(OWNER_ONLY)
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    # What was sent must not be forgotten when the machine loses power.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # an address that left is gone from the disk, too
    db = Database(connection)
    unknown = [m.name for m in migrations.applied(db) if m.name not in NAMES]
    if unknown:
        raise NewerSchemaError(f"{path} was written by a newer version of pressearchiv ({unknown[-1]})")
    migrations.apply(db)
    db.execute("INSERT OR IGNORE INTO state VALUES ('secret', ?)", (secrets.token_hex(32),))
    return db


def state(db: Database, key: str) -> str | None:
    """A value of the table `state`."""
    row = db.execute("SELECT value FROM state WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else None


def put_state(db: Database, key: str, value: str) -> None:
    """Set a value of the table `state`."""
    db.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (key, value))
