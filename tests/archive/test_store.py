"""The database opens migrated, or says why it does not; a failed write leaves nothing behind."""

import sqlite3
from contextlib import ExitStack, closing
from pathlib import Path
from time import sleep

import pytest
from sqlite_utils import Database
from sqlite_utils.db import Table

from archive import schema
from archive.errors import ArchiveError
from archive.store import log_kept_short, open_archive, writing
from pipeline import late_indexes
from tests.waiting import wait_until

REGISTERS = ("ministers", "districts", "municipalities")  # made anew with each new register


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


@pytest.mark.parametrize("parent", ["amounts", "releases", "versions", "attachments", *REGISTERS])
def test_what_refers_to_a_row_that_may_go_is_found_by_an_index(tmp_path: Path, parent: str) -> None:
    """Else each row that goes costs a look at all rows of the table that refers to it."""
    with closing(open_archive(tmp_path / "archive.db")) as db:
        lacking = [
            (table.name, key.column)
            for table in db.tables
            for key in table.foreign_keys
            if key.other_table == parent and key.column not in leading_columns(table)
        ]
    assert lacking == []


def test_a_large_build_keeps_what_it_needs_to_let_rows_go(tmp_path: Path) -> None:
    with closing(open_archive(tmp_path / "archive.db")) as db:
        late_indexes.drop(db, late_indexes.MANY)
        assert "amount_id" in leading_columns(db.table("grants"))
        assert "release_id" in leading_columns(db.table("grants"))
        assert "district_ags" not in leading_columns(db.table("grants"))
        late_indexes.make(db)
        assert "district_ags" in leading_columns(db.table("grants"))


def leading_columns(table: Table) -> set[str]:
    """The columns by which rows of a table are found without looking at all."""
    return {index.columns[0] for index in table.indexes} | {table.pks[0]}


def test_the_log_is_kept_short_beside_a_writer(tmp_path: Path) -> None:
    path, wide = tmp_path / "archive.db", "x" * 4000

    def longest(keeping: bool) -> int:
        path.unlink(missing_ok=True)
        log = path.with_name("archive.db-wal")
        with closing(open_archive(path).conn) as connection, ExitStack() as stack:
            db = Database(connection)
            if keeping:
                stack.enter_context(log_kept_short(path, 0.01))
            for n in range(60):
                with writing(db):
                    db.execute("INSERT INTO publishers VALUES (?, ?, 'DE')", (f"p{n}", wide * 20))
                sleep(0.02)
            assert count(db) == 60
            return log.stat().st_size

    assert longest(keeping=True) < longest(keeping=False) / 2


def test_the_log_goes_to_its_places_when_it_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with closing(open_archive(path).conn) as connection, log_kept_short(path, 3600) as shorten:
        before = path.stat().st_size
        with writing(Database(connection)) as db:
            db.execute("INSERT INTO publishers VALUES ('p', ?, 'DE')", ("x" * 1_000_000,))
        assert path.stat().st_size == before
        shorten()
        wait_until(lambda: path.stat().st_size > before + 1_000_000)


def test_who_closes_last_while_the_log_is_kept_short_does_not_wait_for_it(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    open_archive(path).close()
    with log_kept_short(path, 0.01):
        with closing(open_archive(path).conn) as connection:
            sleep(0.1)
            connection.execute("INSERT INTO publishers VALUES ('p', 'P', 'DE')")
        assert path.with_name("archive.db-wal").exists()
    assert not path.with_name("archive.db-wal").exists()


def test_no_archive_is_made_by_who_keeps_its_log_short(tmp_path: Path) -> None:
    with log_kept_short(tmp_path / "archive.db", 0.01):
        sleep(0.1)
    assert list(tmp_path.iterdir()) == []
