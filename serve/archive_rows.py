"""Asking the archive from a page: which of Datasette's databases it is, and rows as plain dictionaries."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from datasette.database import Database, QueryInterrupted

if TYPE_CHECKING:  # Datasette loads plugins while its app module is being imported
    from datasette.app import Datasette

Row = dict[str, Any]  # columns hold what SQLite held
TABLES = frozenset({"releases", "versions", "releases_fts", "minister_mentions", "release_sets"})


def archive_of(datasette: Datasette) -> Database | None:
    """The first database that is an archive of press releases; None where only others are served."""
    return next((db for db in datasette.databases.values() if db.path and _is_archive(Path(db.path))), None)


async def rows(db: Database, sql: str, values: Mapping[str, object] | None = None) -> list[Row]:
    """All rows of a query."""
    result = await db.execute(sql, dict(values or {}))
    return [dict(row) for row in result.rows]


async def row(db: Database, sql: str, values: Mapping[str, object] | None = None) -> Row | None:
    """The first row of a query."""
    return next(iter(await rows(db, sql, values)), None)


async def rows_in_time(
    db: Database, sql: str, values: Mapping[str, object] | None = None, milliseconds: int | None = None
) -> list[Row] | None:
    """All rows of a query; None where it takes longer than this, or than the server allows."""
    try:
        result = await db.execute(
            sql, dict(values or {}), custom_time_limit=milliseconds, log_sql_errors=False
        )
    except QueryInterrupted:
        return None
    return [dict(row) for row in result.rows]


@cache
def _is_archive(path: Path) -> bool:
    if not path.is_file():
        return False
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    except sqlite3.DatabaseError:  # a file that is no database is Datasette's to report
        return False
    finally:
        connection.close()
    return names >= TABLES
