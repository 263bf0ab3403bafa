"""How the sources are: the verdict of the last run of each, since when it holds, why, and what to do."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

HEALTHY = frozenset({"ok", "unchanged", "quiet"})
MENDS = {
    "overdue": "Look whether the portal still publishes at the seeds of its source file.",
    "layout_changed": "Compare the listing with the [listing] of the source file and mend the selectors.",
    "blocked": "Wait a day; if it stays, ask the press office for access and keep the delay high.",
    "unreachable": "Open the portal in a browser; if it moved, add the new host to the source file.",
    "partial": "Run `pressearchiv crawl KEY` again; it goes on where it stopped.",
    "failed": "Run `pressearchiv crawl KEY` again and read the message; a second failure is a defect.",
    "running": "Wait, or run `pressearchiv crawl KEY` again if the machine was switched off meanwhile.",
    "never": "Run `pressearchiv crawl KEY`.",
}


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """One line of `pressearchiv status`."""

    key: str
    title: str
    verdict: str  # of the last run; never or running where there is none
    since: str | None  # start of the first run in a row with this verdict
    last_run: str | None
    cause: str | None
    mend: str | None
    releases: int
    newest_on: str | None
    open_issues: int

    @property
    def healthy(self) -> bool:
        return self.verdict in HEALTHY

    def as_json(self) -> dict[str, object]:
        return asdict(self) | {"healthy": self.healthy}


# Runs are looked up from the newest backwards, as far as needed: a source has thousands in a few years.
STATUS = """
SELECT s.key, s.title,
    CASE WHEN r.id IS NULL THEN 'never' ELSE coalesce(r.verdict, 'running') END,
    (SELECT started_at FROM runs
     WHERE source_key = s.key AND kind = 'crawl' AND verdict = r.verdict AND id > coalesce((
         SELECT o.id FROM runs o
         WHERE o.source_key = s.key AND o.kind = 'crawl' AND o.verdict IS NOT r.verdict
         ORDER BY o.id DESC LIMIT 1), 0)
     ORDER BY id LIMIT 1),
    r.started_at, r.reason,
    (SELECT count(*) FROM releases WHERE source_key = s.key),
    (SELECT max(published_on) FROM releases WHERE source_key = s.key),
    (SELECT count(*) FROM issues WHERE source_key = s.key AND closed_at IS NULL)
FROM sources s LEFT JOIN runs r ON r.id = (
    SELECT id FROM runs WHERE source_key = s.key AND kind = 'crawl' ORDER BY id DESC LIMIT 1)
ORDER BY s.key
"""


def status(db: Database) -> list[SourceStatus]:
    """The sources of an archive, those that need somebody first."""
    return in_order(db.execute(STATUS).fetchall())


def in_order(rows: Iterable[Sequence[Any]]) -> list[SourceStatus]:
    """The answer to STATUS as records, those that need somebody first."""
    found = [
        SourceStatus(key, title, verdict, since, run, cause, _mend(verdict, key), *rest)
        for key, title, verdict, since, run, cause, *rest in rows
    ]
    return sorted(found, key=lambda line: (line.healthy, line.key))


def _mend(verdict: str, key: str) -> str | None:
    mend = MENDS.get(verdict)
    return mend.replace("KEY", key) if mend else None
