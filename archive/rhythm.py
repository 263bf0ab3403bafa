"""How often a source is looked at: its rhythm, and whether it is due."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sqlite_utils import Database

from archive.clock import moment
from archive.source import Source, families

DEFAULT = "1d"  # where neither the source nor its family says how often
UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
EARLY = 0.1  # of the rhythm: a timer that fires some minutes sooner than yesterday must not skip a day
EARLY_AT_MOST = timedelta(hours=3)  # and "10d" must not become every nine days
MISSED = 2  # rhythms without a run, and some hours for nights in which portals are left alone
NIGHT = timedelta(hours=12)
# A run that was only put off is none; where there is no other, the first of them is what is waited from.
LAST_RUNS = """
SELECT source_key, coalesce(max(CASE WHEN verdict IS NOT 'postponed' THEN started_at END), min(started_at))
FROM runs WHERE kind = 'crawl' GROUP BY source_key
"""


def rhythm(source: Source) -> timedelta:
    """The time from one run of a source to its next: what its file says, or its family, or a day."""
    return span(source.every or families()[source.family].every or DEFAULT)


def span(every: str) -> timedelta:
    """A rhythm as a span of time.

    >>> span("6h"), span("1w")
    (datetime.timedelta(seconds=21600), datetime.timedelta(days=7))
    """
    return int(every[:-1]) * UNITS[every[-1]]


def last_runs(db: Database) -> dict[str, datetime]:
    """When the last run of each source began, however it ended; one that was put off is none."""
    return {key: moment(started) for key, started in db.execute(LAST_RUNS).fetchall()}


def due_at(source: Source, last: datetime) -> datetime:
    """When the next run may begin."""
    every = rhythm(source)
    return last + every - min(EARLY * every, EARLY_AT_MOST)


def is_due(source: Source, last: datetime | None, now: datetime) -> bool:
    """Whether the rhythm of a source asks for a run now; one that never ran is always due."""
    return last is None or due_at(source, last) <= now


def missed(sources: Iterable[Source], last: Mapping[str, datetime], now: datetime) -> list[Source]:
    """Active sources that were crawled once and now long not: timers stand still, or crawls cannot begin."""
    return [
        source
        for source in sources
        if source.status == "active"
        and source.key in last
        and last[source.key] + MISSED * rhythm(source) + NIGHT < now
    ]
