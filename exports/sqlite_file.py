"""A SQLite file of the exported tables, with keys, an index per reference, and the codebook as a table."""

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

from archive.errors import ArchiveError
from exports.tables import Row, Shape

TYPES = {
    "string": "TEXT",
    "integer": "INTEGER",
    "number": "REAL",
    "boolean": "INTEGER",
    "date": "TEXT",
    "datetime": "TEXT",
}
INDEXED = ("release_id", "minister_id", "district_ags", "municipality_ags", "published_on", "payload_digest")


def write_table(path: Path, shape: Shape, rows: Iterable[Row]) -> None:
    """Add a table to the file; all of it or nothing."""
    columns = [f'"{c.name}" {TYPES[c.type]}{" NOT NULL" if c.required else ""}' for c in shape.columns]
    key = ", ".join(f'"{name}"' for name in shape.table.key)
    marks = ", ".join("?" * len(columns))
    indexes = [c.name for c in shape.columns if c.name in INDEXED and c.name != shape.table.key[0]]
    _write(
        path,
        [
            f'DROP TABLE IF EXISTS "{shape.name}"',
            f'CREATE TABLE "{shape.name}" ({", ".join(columns)}, UNIQUE ({key}))',
        ],
        (f'INSERT INTO "{shape.name}" VALUES ({marks})', rows),
        [f'CREATE INDEX "{shape.name}_{name}" ON "{shape.name}" ("{name}")' for name in indexes],
    )


def write_codebook(path: Path, names: Sequence[str], rows: Iterable[Row]) -> None:
    """The codebook as a table of its own."""
    listed = ", ".join(f'"{name}" TEXT' for name in names)
    marks = ", ".join("?" * len(names))
    before = ["DROP TABLE IF EXISTS codebook", f"CREATE TABLE codebook ({listed})"]
    _write(path, before, (f"INSERT INTO codebook VALUES ({marks})", rows), [])


def _write(path: Path, before: list[str], insert: tuple[str, Iterable[Row]], after: list[str]) -> None:
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.execute("PRAGMA synchronous = OFF")  # a file that is not whole is made again
            db.execute("PRAGMA cache_size = -32000")
            db.execute("BEGIN")
            for statement in before:
                db.execute(statement)
            db.executemany(*insert)
            for statement in after:
                db.execute(statement)
            db.execute("COMMIT")
    except sqlite3.OperationalError as error:
        raise ArchiveError(
            f"{path} cannot be written ({error}); make room on the disk and run again"
        ) from error
