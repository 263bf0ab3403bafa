"""What is known of a source from earlier runs, as far as it tells a quiet portal from a broken one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median

from sqlite_utils import Database

from archive.silence import WINDOW

CLEAN = (
    "ok",
    "unchanged",
    "quiet",
    "overdue",
)  # verdicts of runs that read their lists as far as they had to
LEAST_RUNS = 3  # before it is known what a first page usually holds
REMEMBERED = timedelta(days=400)  # a first page that shows one month or one year is short once in a while
BELATED = (3, 31)  # days: news with an old date counts on the day it was seen; still older is a back-fill

DAYS = """
SELECT DISTINCT listed_on FROM entries
WHERE source_key = ? AND listed_on > ? AND listed_on <= substr(first_seen_at, 1, 10) ORDER BY listed_on
"""
FIRST_SEEN = """
SELECT DISTINCT substr(first_seen_at, 1, 10) FROM entries
WHERE source_key = ? AND substr(first_seen_at, 1, 10) > ?
    AND (listed_on IS NULL OR listed_on > first_seen_at
        OR julianday(substr(first_seen_at, 1, 10)) - julianday(listed_on) BETWEEN ? AND ?)
    AND substr(first_seen_at, 1, 10) > (
        SELECT substr(min(first_seen_at), 1, 10) FROM entries WHERE source_key = ?)
ORDER BY 1
"""
UNDATED = "SELECT count(*), count(listed_on) FROM entries WHERE source_key = ?"
RUNS = f"""
SELECT first_rows, first_bytes FROM runs
WHERE source_key = ? AND kind = 'crawl' AND first_rows > 0 AND ended_at > ?
    AND verdict IN ({", ".join(f"'{name}'" for name in CLEAN)}) ORDER BY id
"""
LISTS = f"""
SELECT seed, rows, bytes FROM runs JOIN run_lists ON run_id = id
WHERE source_key = ? AND kind = 'crawl' AND rows > 0 AND ended_at > ?
    AND verdict IN ({", ".join(f"'{name}'" for name in CLEAN)}) ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class Usual:
    """What first pages held in the clean runs of a good year, oldest first."""

    rows: tuple[int, ...] = ()
    sizes: tuple[int, ...] = ()  # bytes

    @property
    def usual_rows(self) -> float:
        """0 while too little is known."""
        return median(self.rows[-30:]) if len(self.rows) >= LEAST_RUNS else 0.0

    @property
    def least_rows(self) -> int:
        return min(self.rows, default=0)

    @property
    def usual_bytes(self) -> float:
        """0 while too little is known."""
        return median(self.sizes[-30:]) if len(self.sizes) >= LEAST_RUNS else 0.0


@dataclass(frozen=True, slots=True)
class Past:
    """The history of a source, oldest first."""

    days: tuple[date, ...] = ()  # with releases, as far as that is known
    last_on: date | None = None  # the last day that brought anything
    first: Usual = Usual()  # all lists together
    lists: Mapping[str, Usual] = field(default_factory=dict)  # by seed
    entries: int = 0
    dated: int = 0  # of them with a day

    def usual_rows(self, seed: str) -> float:
        """On the first page of a list; while too little is known of it, on those of all lists."""
        return self.lists.get(seed, Usual()).usual_rows or self.first.usual_rows


def past(db: Database, source_key: str, today: date) -> Past:
    """The history of a source as the archive holds it; the run that is under way has no verdict yet."""
    since = (today - WINDOW - REMEMBERED).isoformat()
    listed = _days(db, DAYS, source_key, since)
    seen = _days(db, FIRST_SEEN, source_key, since, *BELATED, source_key)
    entries, dated = db.execute(UNDATED, (source_key,)).fetchone()
    remembered = (source_key, (today - REMEMBERED).isoformat())
    first = _usual(db.execute(RUNS, remembered).fetchall())
    seen_lists: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for seed, rows, size in db.execute(LISTS, remembered).fetchall():
        seen_lists[seed].append((rows, size))
    lists = {seed: _usual(pages) for seed, pages in seen_lists.items()}
    days = listed if 2 * dated >= entries else seen
    last = max([*listed[-1:], *seen[-1:]], default=None)
    return Past(days, last, first, lists, entries, dated)


def _usual(pages: Sequence[tuple[int, int]]) -> Usual:
    return Usual(tuple(rows for rows, _ in pages), tuple(size for _, size in pages))


def _days(db: Database, sql: str, *values: object) -> tuple[date, ...]:
    return tuple(date.fromisoformat(day) for (day,) in db.execute(sql, values).fetchall())
