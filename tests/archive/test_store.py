"""The database opens migrated, or says why it does not; a failed write leaves nothing behind."""

import sqlite3
from pathlib import Path

import pytest

from archive import schema
from archive.errors import ArchiveError
from archive.store import open_archive, writing


def count(db: object) -> int:
    return int(db.execute("SELECT count(*) FROM publishers").fetchone()[0])  # type: ignore[attr-defined]


def test_an_older_database_is_migrated_and_keeps_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    connection = sqlite3.connect(path)
    old = schema.Database(connection)
    schema.migrations.apply(old, stop_before=schema.MIGRATIONS[1])
    old.execute("INSERT INTO publishers VALUES ('p', 'P', 'DE')")
    connection.commit()
    connection.close()
    db = open_archive(path)
    assert count(db) == 1
    assert [m.name for m in schema.migrations.applied(db)] == list(schema.MIGRATIONS)
    db.close()


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    path.write_text("no database at all" * 100)
    with pytest.raises(ArchiveError, match="is no SQLite database"):
        open_archive(path)
    assert path.read_text().startswith("no database")


def test_a_missing_file_or_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="does not exist; run `pressearchiv crawl`"):
        open_archive(tmp_path / "archive.db", create=False)
    with pytest.raises(ArchiveError, match=r"the folder .* does not exist"):
        open_archive(tmp_path / "no" / "archive.db")


def test_a_full_disk_leaves_nothing_of_the_transaction(tmp_path: Path) -> None:
    db = open_archive(tmp_path / "archive.db")
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count = {pages + 1}")
    with pytest.raises(ArchiveError, match="make room on the disk and run again"), writing(db):
        for n in range(1000):
            db.execute("INSERT INTO publishers VALUES (?, ?, 'DE')", (f"p{n}", "x" * 500))
    assert count(db) == 0
    db.close()


def test_an_error_in_the_middle_rolls_back(tmp_path: Path) -> None:
    db = open_archive(tmp_path / "archive.db")
    with pytest.raises(KeyError), writing(db):
        db.execute("INSERT INTO publishers VALUES ('p', 'P', 'DE')")
        raise KeyError
    assert count(db) == 0
    db.close()


def test_readers_go_on_while_somebody_writes(tmp_path: Path) -> None:
    db, reader = (open_archive(tmp_path / "archive.db") for _ in range(2))
    with writing(db):
        db.execute("INSERT INTO publishers VALUES ('p', 'P', 'DE')")
        assert count(reader) == 0
    assert count(reader) == 1
    db.close()
    reader.close()
