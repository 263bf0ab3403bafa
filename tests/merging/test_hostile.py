"""What is wrong with the database of another archive stays there: it is never changed, and not believed."""

import random
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from archive.errors import ArchiveError
from archive.redaction import decisions
from archive.schema import MIGRATIONS, migrations
from archive.store import open_archive
from pipeline.merging.home import Home
from pipeline.merging.theirs import READ
from tests.merging.machines import TEXTS, Machine, Visit, crawled, machine

EVIL = """id", "name", "jurisdiction") SELECT 'evil', 'evil', 'DE' --""".replace('"', '""')
FOR_EVER = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS id FROM n"
SPOILT = {  # what is done to the database, and what the refusal says
    "a trigger": ("CREATE TRIGGER t AFTER INSERT ON captures BEGIN DELETE FROM runs; END", "trigger t"),
    "a view that never ends": (f"DROP TABLE imports; CREATE VIEW imports AS {FOR_EVER}", "imports"),
    "a generated column": ("ALTER TABLE runs ADD COLUMN x AS (hex(zeroblob(100000000)))", "table runs"),
    "SQL for a column": (f'ALTER TABLE publishers RENAME COLUMN id TO "{EVIL}"', "table publishers"),
    "a virtual table": (
        "DROP TABLE run_lists; CREATE VIRTUAL TABLE run_lists USING fts5(run_id)",
        "table run_lists",
    ),
    "bytes for a text": ("UPDATE captures SET url = x'00ff'", "another type in captures"),
    "a text for a number": (
        "UPDATE captures SET warc_offset = 'abc' WHERE id = 1",
        "another type in captures",
    ),
    "a source elsewhere": ("UPDATE captures SET source_key = '../../x'", "no name of a folder"),
    "names of nobody": (
        "INSERT INTO publisher_names VALUES ('nobody', 'x', NULL, NULL, NULL)",
        "contradicts",
    ),
    "nothing of ours": ("DROP TABLE _sqlite_migrations", "something else"),
}


def spoil(other: Machine, sql: str) -> None:
    """Change a database as nobody should."""
    with closing(sqlite3.connect(other.home.archive)) as connection:
        connection.executescript(f"PRAGMA foreign_keys = OFF; {sql}; PRAGMA wal_checkpoint(TRUNCATE)")


def state(folder: Path) -> dict[str, bytes]:
    """Every byte of a folder, but for locks."""
    return {
        str(path): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith("lock")
    }


@pytest.mark.parametrize(("sql", "said"), SPOILT.values(), ids=SPOILT)
def test_a_database_that_is_not_as_ours_is_refused_and_its_evidence_can_be_taken(
    pair: tuple[Machine, Machine], tmp_path: Path, sql: str, said: str
) -> None:
    one, _ = pair
    spoil(one, sql)
    before, into = state(one.home.folder), machine(tmp_path / "into")
    with pytest.raises(ArchiveError, match=re.escape(said)) as refused:
        into.take(one)
    assert str(one.home.archive) in str(refused.value)
    assert state(one.home.folder) == before
    assert into.rows("SELECT count(*) FROM captures") == [(0,)]
    one.home.archive.unlink()
    assert into.take(one)[0].taken == 4
    assert into.faults() == []


@pytest.mark.parametrize("content", [b"", random.Random(3).randbytes(9000), b"SQLite format 3\0" * 300])
def test_what_is_no_database_is_said_to_be_none(
    pair: tuple[Machine, Machine], tmp_path: Path, content: bytes
) -> None:
    one, _ = pair
    one.home.archive.write_bytes(content)
    into = machine(tmp_path / "into")
    if content:
        with pytest.raises(ArchiveError, match="cannot be read"):
            into.take(one)
    else:  # a crawl that was killed before its first word
        assert into.take(one)[0].taken == 4
    assert one.home.archive.read_bytes() == content


def test_a_damaged_database_names_itself_and_not_ours(pair: tuple[Machine, Machine], tmp_path: Path) -> None:
    one, _ = pair
    whole = one.home.archive.read_bytes()
    for start in range(8192, len(whole), 40960):
        noise = random.Random(start).randbytes(4096)
        one.home.archive.write_bytes(whole[:start] + noise + whole[start + 4096 :])
        into = machine(tmp_path / f"into-{start}")
        try:
            into.take(one)
        except ArchiveError as error:
            assert str(one.home.archive) in str(error)  # noqa: PT017  # some pages are never read
        assert into.faults() == []


def older(of: Machine, stop_before: str) -> None:
    """Give an archive the schema of an earlier version."""
    path = of.home.archive.with_name("older.db")
    db = Database(path)
    migrations.apply(db, stop_before=stop_before)
    db.execute("ATTACH ? AS now", (str(of.home.archive),))
    for table in READ:
        if table in db.table_names():
            names = ", ".join(f'"{column.name}"' for column in db[table].columns)
            db.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM now.{table}")
    db.conn.commit()
    db.close()
    path.replace(of.home.archive)


@pytest.mark.parametrize("version", [MIGRATIONS[5], MIGRATIONS[-1]])
def test_an_archive_of_an_older_version_stays_one(
    pair: tuple[Machine, Machine], tmp_path: Path, version: str
) -> None:
    one, two = pair
    into, same = machine(tmp_path / "into"), machine(tmp_path / "same")
    same.take(one, two)
    older(one, version)
    before = state(one.home.folder)
    assert [merged.taken for merged in into.take(one, two, dry=True)] == [4, 4]
    into.take(one, two)
    assert state(one.home.folder) == before
    with closing(sqlite3.connect(one.home.archive)) as known:
        assert known.execute("SELECT max(name) < ? FROM _sqlite_migrations", (version,)).fetchone() == (1,)
    younger = ("lists",)  # than one of the versions
    assert into.facts(younger) == same.facts(younger)


def test_a_dry_run_leaves_our_own_older_archive_as_it_is(pair: tuple[Machine, Machine]) -> None:
    one, two = pair
    older(one, MIGRATIONS[-1])
    before = state(one.home.folder)
    assert one.take(two, dry=True)[0].taken == 2
    assert state(one.home.folder) == before


def test_what_still_stands_in_the_log_of_a_killed_crawl_is_read_and_stays_there(
    pair: tuple[Machine, Machine], tmp_path: Path
) -> None:
    one, _ = pair
    copy = tmp_path / "copy"
    db = open_archive(one.home.archive)
    db.execute("UPDATE entries SET title = 'Noch im Protokoll'")
    shutil.copytree(one.home.folder, copy)  # as a power cut leaves it
    db.close()
    log, shared = copy / "archive.db-wal", copy / "archive.db-shm"
    shared.unlink()  # memory of those who are at it, which is nobody
    before = state(copy)
    into = machine(tmp_path / "into")
    into.take(Machine(Home(copy)))
    assert log.stat().st_size > 0
    assert {**state(copy), str(shared): b""} == {**before, str(shared): b""}
    assert into.rows("SELECT DISTINCT title FROM entries") == [("Noch im Protokoll",)]


def test_what_a_record_says_counts_where_its_row_says_something_else(
    pair: tuple[Machine, Machine], tmp_path: Path
) -> None:
    one, _ = pair
    honest, into = machine(tmp_path / "honest"), machine(tmp_path / "into")
    honest.take(one)
    [(record,)] = one.rows("SELECT record_id FROM captures WHERE id = 1")
    spoil(one, "UPDATE captures SET url = 'https://test.example/a', payload_digest = 'x' WHERE id = 1")
    [merged] = into.take(one)
    assert (merged.taken, merged.tallies["th-test"].belied) == (4, 1)
    for each in (honest, into):
        each.build()
    assert into.facts() == honest.facts()
    assert into.faults() == []
    assert into.rows(f"SELECT url FROM captures WHERE record_id = '{record}'") == [
        ("https://test.example/presse/meldung-1",)
    ]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE entries SET title = CAST(x'c3' AS TEXT)",
        "UPDATE entries SET title = 'a' || char(0) || 'b', url = url || char(0)",
        "UPDATE captures SET warc_offset = -5 WHERE id = 2",
        "UPDATE captures SET warc_offset = 9223372036854775807 WHERE id = 2",
        "UPDATE captures SET warc_length = 9223372036854775807",
        "UPDATE captures SET warc_length = -9223372036854775807",
        "UPDATE captures SET warc_file = 'th-test/../../../etc/passwd' WHERE id = 2",
        "UPDATE captures SET refers_to = id, run_id = 77",
        "UPDATE issues SET first_seen_at = '~'; UPDATE runs SET ended_at = ''",
    ],
)
def test_odd_values_break_nothing(pair: tuple[Machine, Machine], tmp_path: Path, sql: str) -> None:
    one, two = pair
    spoil(one, sql)
    into = machine(tmp_path / "into")
    into.take(one, two)
    into.build()
    assert into.faults() == []


def test_an_archive_is_named_once(pair: tuple[Machine, Machine], tmp_path: Path) -> None:
    one, two = pair
    link = tmp_path / "link"
    link.symlink_to(two.home.folder)
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "warc").symlink_to(one.home.warc)
    for others, said in (
        ((two, Machine(Home(link))), "twice"),
        ((two, two), "twice"),
        ((one,), "itself"),
        ((Machine(Home(shared)),), "itself"),
    ):
        with pytest.raises(ArchiveError, match=said):
            one.take(*others)


def test_an_id_of_a_redaction_is_no_header_and_no_path(pair: tuple[Machine, Machine]) -> None:
    one, two = pair
    two.redact(kind="name", phrases=("Heike Werner",))
    path = two.home.warc / decisions.FILE
    path.write_bytes(re.sub(rb'"id":"\w+"', rb'"id":"x\\r\\nWARC-Type: response"', path.read_bytes()))
    with pytest.raises(ArchiveError, match=r"redactions\.jsonl"):
        one.take(two)


def test_crawled_pages_have_rows_that_agree_with_their_records(tmp_path: Path) -> None:
    one = crawled(tmp_path / "one", *(Visit(hour, hour % 3, TEXTS[hour % 2]) for hour in range(1, 9)))
    into = machine(tmp_path / "into")
    assert into.take(one)[0].tallies["th-test"].belied == 0
