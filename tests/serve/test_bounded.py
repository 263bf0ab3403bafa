"""Statements that go on for ever end in time, whoever asked them, and the next one is answered."""

import asyncio
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from datasette.app import Datasette
from datasette.database import QueryInterrupted

from serve import bounded

ENDLESS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
LONG = 300_000  # rows


@pytest.fixture
def database(tmp_path: Path) -> bounded.Bounded:
    path = tmp_path / "some.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (x)")
        connection.execute("INSERT INTO t VALUES (1), (2)")
    connection.close()
    served = Datasette([str(path)])
    bounded.bound(served, served.get_database("some"))
    found = served.get_database("some")
    assert isinstance(found, bounded.Bounded)
    return found


def _endless(connection: sqlite3.Connection) -> object:
    return connection.execute(ENDLESS).fetchone()


def _twice(connection: sqlite3.Connection) -> object:
    """What takes an interrupt for an answer, and asks on."""
    with suppress(sqlite3.OperationalError):
        _endless(connection)
    return _endless(connection)


@pytest.mark.parametrize("work", [_endless, _twice])
def test_work_ends_in_time_and_the_connection_goes_on(
    database: bounded.Bounded, monkeypatch: pytest.MonkeyPatch, work: Callable[[sqlite3.Connection], object]
) -> None:
    async def ask() -> object:
        with pytest.raises(QueryInterrupted):
            await database.execute_fn(work)
        return (await database.execute("SELECT count(*) FROM t")).first()[0]

    monkeypatch.setattr(bounded, "MOST_SECONDS", 0.2)
    assert asyncio.run(ask()) == 2


def test_what_is_unhurried_is_done_to_its_end(
    database: bounded.Bounded, monkeypatch: pytest.MonkeyPatch
) -> None:
    def work(connection: sqlite3.Connection) -> int:
        with bounded.unhurried():
            began, count = time.monotonic(), 0
            while time.monotonic() < began + 0.5:
                count = connection.execute(
                    ENDLESS.replace("FROM n)", f"FROM n WHERE i < {LONG})")
                ).fetchone()[0]
        return count

    monkeypatch.setattr(bounded, "MOST_SECONDS", 0.2)
    assert asyncio.run(database.execute_fn(work))


def test_errors_that_are_no_bound_stay_what_they_are(database: bounded.Bounded) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        asyncio.run(database.execute_fn(lambda connection: connection.execute("SELECT * FROM absent")))
