"""What earlier runs saw of a source, asked while its lists are judged: rows that went, pages that moved."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from archive.records import Entry
from archive.store import writing
from crawler.monitors import FEW, FirstPage

TITLES = 60  # of the newest entries, sought on a page without rows
TELLING = 20  # characters; a shorter title stands on many pages
KNOWN = "SELECT count(*) FROM entries WHERE source_key = ? AND url IN (SELECT value FROM json_each(?))"
HOLES = """
SELECT count(*) FROM entries WHERE source_key = :source AND listed_on BETWEEN :since AND :today
    AND url NOT IN (SELECT value FROM json_each(:urls))
    AND (:alone OR url IN (SELECT url FROM list_entries WHERE source_key = :source AND seed = :seed))
"""
NEWEST_TITLES = """
SELECT DISTINCT title FROM entries WHERE source_key = ? AND length(title) >= ? AND first_seen_at < ?
ORDER BY listed_on DESC, id DESC LIMIT ?
"""
NAMESAKES = """
SELECT title, listed_on, url FROM entries
WHERE source_key = ? AND first_seen_at < ? AND title IN (SELECT value FROM json_each(?))
"""
# Pages that answered at their own address, so that a redirect is news.
NEWEST_HELD = """
SELECT e.url FROM entries e WHERE e.source_key = ? AND 200 = (
    SELECT CASE WHEN url = requested_url AND status IN (200, 304) THEN 200 END
    FROM captures INDEXED BY captures_requested
    WHERE requested_url = e.url AND source_key = e.source_key AND role = 'detail' ORDER BY id DESC LIMIT 1)
ORDER BY e.listed_on DESC, e.id LIMIT ?
"""
NOTE_LIST = "INSERT OR REPLACE INTO run_lists VALUES (?, ?, ?, ?, ?, ?)"
NOTE_ENTRY = "INSERT OR IGNORE INTO list_entries VALUES (?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Before:
    """The memory of one source; `began` is when the present run did."""

    db: Database
    source_key: str
    alone: bool  # the source has one list only: whatever it knows stood there
    began: str

    def known(self, urls: Sequence[str]) -> int:
        """How many of some addresses are entries."""
        return self._count(KNOWN, (self.source_key, json.dumps(urls)))

    def holes(self, seed: str, since: str, urls: Sequence[str]) -> int:
        """How many entries of a list have a day from `since` until today and are not among some addresses."""
        values = {"source": self.source_key, "seed": seed, "since": since, "today": self.began[:10]}
        return self._count(HOLES, {**values, "urls": json.dumps(urls), "alone": self.alone})

    def titles(self) -> list[str]:
        """The titles of the newest entries that earlier runs saw."""
        values = (self.source_key, TELLING, self.began, TITLES)
        return [title for (title,) in self.db.execute(NEWEST_TITLES, values).fetchall()]

    def twins(self, rows: Iterable[Entry]) -> int:
        """How many rows have title and day of an entry that earlier runs saw at another address."""
        told = [row for row in rows if row.title]
        if len(told) < FEW:  # on most days one or two are new, and a source has thousands of titles
            return 0
        values = (self.source_key, self.began, json.dumps([row.title for row in told]))
        known: dict[tuple[str | None, str | None], set[str]] = defaultdict(set)
        for title, day, url in self.db.execute(NAMESAKES, values).fetchall():
            known[title, day].add(url)
        return sum(bool(known[row.title, row.listed_on] - {row.url}) for row in told)

    def newest_held(self, count: int) -> list[str]:
        """The addresses of the newest releases that answered when they were last asked for."""
        return [url for (url,) in self.db.execute(NEWEST_HELD, (self.source_key, count)).fetchall()]

    def stood(self, seed: str, urls: Iterable[str]) -> None:
        """Write down which entries stood on the first page of a list."""
        if not self.alone:
            with writing(self.db):
                self.db.conn.executemany(NOTE_ENTRY, [(self.source_key, seed, url) for url in urls])

    def note(self, run_id: int, pages: Iterable[FirstPage]) -> None:
        """Write down what lists showed that were read as far as they had to be; within a transaction."""
        values = [(run_id, p.seed, p.role, p.rows, p.size, p.newest_listed_on) for p in pages]
        self.db.conn.executemany(NOTE_LIST, values)

    def _count(self, sql: str, values: tuple[str, ...] | dict[str, str | bool]) -> int:
        return int(self.db.execute(sql, values).fetchone()[0])
