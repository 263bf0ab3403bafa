"""The archive as Datasette reads it, with bounds on time that hold for every statement.

Datasette's own bound asks after each thousand steps of SQLite. To count the rows of a table, or to gather
all words with one beginning, is a single step, which takes minutes where the file does not fit into memory.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock, local
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from datasette.database import Database, QueryInterrupted, Results

if TYPE_CHECKING:  # Datasette loads plugins while its app module is being imported
    from datasette.app import Datasette

MOST_SECONDS = 10.0  # for all that a page asks at once
AGAIN_SECONDS = 0.05  # what began after the interrupt is interrupted, too
COUNT_SECONDS = 0.2  # for the number of rows above a table; "very many" is said beyond
COUNT = "select count(*) from "  # as Datasette writes it
Result = TypeVar("Result")

_limit: ContextVar[float] = ContextVar("limit")  # of the statement that is being executed
_here = local()


class Bounded(Database):  # type: ignore[misc]  # Datasette comes without types
    """A database whose statements end in time, or with QueryInterrupted."""

    def __init__(self, ds: Datasette, path: str, *, is_mutable: bool) -> None:
        super().__init__(ds, path=path, is_mutable=is_mutable)
        self._of_programs = asyncio.Semaphore(max(1, ds.setting("num_sql_threads") // 2))

    async def for_programs(self, fn: Callable[[sqlite3.Connection], Result]) -> Result:
        """Work that may be long, and that nobody sits and waits for: half of the threads stay for readers."""
        async with self._of_programs:
            return await self.execute_fn(fn)

    async def execute(
        self,
        sql: str,
        params: Mapping[str, object] | Sequence[object] | None = None,
        truncate: bool = False,
        custom_time_limit: float | None = None,
        page_size: int | None = None,
        log_sql_errors: bool = True,
    ) -> Results:
        seconds = min(custom_time_limit or float("inf"), self.ds.sql_time_limit_ms) / 1000
        if sql.startswith(COUNT):
            seconds = min(seconds, COUNT_SECONDS)
        token = _limit.set(seconds)
        try:
            return await super().execute(sql, params, truncate, seconds * 1000, page_size, log_sql_errors)
        finally:
            _limit.reset(token)

    async def execute_fn(self, fn: Callable[[sqlite3.Connection], Result]) -> Result:
        watch = _Watch(_limit.get(MOST_SECONDS))

        def watched(connection: sqlite3.Connection) -> Result:
            with watch.over(connection):
                return fn(connection)

        watch.look()
        try:
            result: Result = await super().execute_fn(watched)
        except sqlite3.OperationalError as error:
            if error.args != ("interrupted",) or not watch.late:
                raise
            raise QueryInterrupted(error, "", None) from error
        finally:
            watch.end()
        return result


class _Watch:
    """Looks from the event loop at what a thread asks of SQLite, and interrupts it when its time is over."""

    def __init__(self, seconds: float) -> None:
        self._seconds, self._until = seconds, float("inf")
        self._loop = asyncio.get_running_loop()
        self._next: asyncio.TimerHandle | None = None
        self._connection: sqlite3.Connection | None = None
        self._lock = Lock()  # none is interrupted that has gone on to other work
        self.late = False

    @contextmanager
    def over(self, connection: sqlite3.Connection) -> Iterator[None]:
        self._until = monotonic() + self._seconds  # waiting for a free thread does not count
        self._connection, _here.watch = connection, self
        try:
            yield
        finally:
            with self._lock:
                self._connection = _here.watch = None

    def look(self) -> None:
        left = min(self._until - monotonic(), self._seconds)
        if left <= 0:
            with self._lock:
                if self._connection:
                    self.late = True
                    self._connection.interrupt()
        self._next = self._loop.call_later(left if left > 0 else AGAIN_SECONDS, self.look)

    def end(self) -> None:
        if self._next:
            self._next.cancel()

    def pause(self) -> None:
        self._until = float("inf")

    def go_on(self) -> None:
        self._until = monotonic() + self._seconds


@contextmanager
def unhurried() -> Iterator[None]:
    """Work that all later answers need, and that is done to its end; the bound begins anew after it."""
    watch: _Watch | None = getattr(_here, "watch", None)
    if watch:
        watch.pause()
    try:
        yield
    finally:
        if watch:
            watch.go_on()


def bound(datasette: Datasette, database: Database) -> None:
    """Put bounds on a database that is served."""
    bounded = Bounded(datasette, database.path, is_mutable=database.is_mutable)
    datasette.databases = {
        name: bounded if held is database else held for name, held in datasette.databases.items()
    }
    bounded.name, bounded.route = database.name, database.route
