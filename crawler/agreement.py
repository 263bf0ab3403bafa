"""Lists of one source as a check of each other: one that stopped showing what another shows, for weeks."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import permutations

from sqlite_utils import Database

from archive.clock import stamp
from archive.records import Issue

KIND = "lists_disagree"
LATE, RECENT = timedelta(days=7), timedelta(days=35)  # a feed may come hours after its listing, not a week
LEAST_LOST, LEAST_KNOWN = 3, 5  # releases below which a share says nothing
LOST, SHARED = 0.5, 0.8  # some lists show a part only, by design: only those that agreed before are compared
# What the first crawl brought says nothing: it read one list to its end and of the other the first page.
SHOWN = """
SELECT count(*), count(b.url) FROM list_entries a
    JOIN entries e ON e.source_key = a.source_key AND e.url = a.url
    LEFT JOIN list_entries b ON b.source_key = a.source_key AND b.seed = :other AND b.url = a.url
WHERE a.source_key = :source AND a.seed = :seed AND e.first_seen_at > :since AND e.first_seen_at <= :until
    AND substr(e.first_seen_at, 1, 10) > (
        SELECT substr(min(first_seen_at), 1, 10) FROM entries WHERE source_key = :source)
"""


def disagreements(db: Database, source_key: str, seeds: Iterable[str], now: datetime) -> Iterator[Issue]:
    """An issue for each list that lost the thread; `seeds` are the lists that were read just now."""
    for seed, other in permutations(sorted(seeds), 2):
        late, recent = stamp(now - LATE), stamp(now - RECENT)
        count, shared = _shown(db, source_key, seed, other, recent, late)
        known, agreed = _shown(db, source_key, seed, other, "", recent)
        lost = count - shared
        if lost >= max(LEAST_LOST, LOST * count) and known >= LEAST_KNOWN and agreed >= SHARED * known:
            told = f"{lost} of {count} releases that {seed} showed in the last weeks never stood on {other}"
            before = f"{agreed} of {known} did before"
            yield Issue(KIND, other, f"{told}; {before}", "open both in a browser", source_key)


def _shown(db: Database, source_key: str, seed: str, other: str, since: str, until: str) -> tuple[int, int]:
    """How many entries of a list came in a span of time, and how many of them the other list showed too."""
    values = {"source": source_key, "seed": seed, "other": other, "since": since, "until": until}
    count, shared = db.execute(SHOWN, values).fetchone()
    return count, shared
