"""Rows of captures that wait a moment to be written together; alone, each takes twice as long.

Their records are on the disk by then, so that the next run adopts those of a run that was killed. While
another process writes, as a build that reads along does for most of a second, they go on waiting, and the
crawl goes on.
"""

import asyncio
from collections.abc import Callable

from sqlite_utils import Database

from archive import captures
from archive.captures import Row
from archive.errors import ArchiveError, BusyError
from archive.records import Capture, Exchange
from archive.store import writing
from archive.warc import Written

MOST = 128
MOST_MEANWHILE = 8 * MOST  # where another process writes; then the crawl waits for it
SECONDS = 0.2


class Waiting:
    """Those of one run, in order: no row may be written before that of an earlier record."""

    def __init__(self, db: Database, on_trouble: Callable[[str], None]) -> None:
        """`on_trouble` is told why rows cannot be written, where nobody waits for it."""
        self._db, self._on_trouble = db, on_trouble
        self._rows: list[Row] = []
        self._addresses: set[str] = set()
        self._timer: asyncio.TimerHandle | None = None

    def __contains__(self, url: str) -> bool:
        return url in self._addresses

    def add(self, run: int | None, exchange: Exchange, written: Written, before: Capture | None) -> Capture:
        """The row of an exchange; that of a page in order waits, and has no id yet (0).

        Raises ArchiveError as `write` does, sqlite3.OperationalError.
        """
        if exchange.role != "detail" or exchange.status != 200 or exchange.truncated:
            self.write()
            return captures.add(self._db, run, exchange, written, before)
        self._rows.append(row := captures.row(run, exchange, written, before))
        self._addresses |= {exchange.url, exchange.requested_url}
        if len(self._rows) >= MOST_MEANWHILE:
            self.write()
        elif len(self._rows) % MOST == 0:
            self._write_if_free()
        else:
            self._write_soon()
        return captures.without_id(row)

    def write(self, *, patient: bool = True) -> None:
        """Write them all. Raises ArchiveError where SQLite cannot; they go on waiting then."""
        if self._timer:
            self._timer.cancel()
            self._timer = None
        if self._rows:
            with writing(self._db, patient=patient):
                captures.add_all(self._db, self._rows)
            self._rows.clear()
            self._addresses.clear()

    def _write_if_free(self) -> None:
        try:
            self.write(patient=False)
        except BusyError:
            self._write_soon()

    def _write_soon(self) -> None:
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(SECONDS, self._write_late)

    def _write_late(self) -> None:
        self._timer = None
        try:
            self._write_if_free()
        except ArchiveError as error:
            self._on_trouble(str(error))
