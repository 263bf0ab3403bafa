"""How the sources are: the verdict of the last run of each, since when it holds, why, and what to do."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from archive.clock import moment

HEALTHY = frozenset({"ok", "unchanged", "quiet", "postponed"})
DAMAGE = ("lost_evidence", "unreadable")  # kinds of issues
SILENT = timedelta(hours=1)  # no crawl waits so long between two answers; its process is gone
MENDS = {
    "overdue": "Look whether the portal still publishes at the seeds of its source file.",
    "layout_changed": "Compare the listing with the [listing] of the source file and mend the selectors.",
    "blocked": "Wait a day; if it stays, ask the press office for access and keep the delay high.",
    "unreachable": "Open the portal in a browser; if it moved, add the new host to the source file.",
    "partial": "Run `pressearchiv crawl KEY` again; it goes on where it stopped.",
    "failed": "Run `pressearchiv crawl KEY` again and read the message; a second failure is a defect.",
    "running": "Wait for it to end.",
    "aborted": "Run `pressearchiv crawl KEY` again; it goes on where it stopped.",
    "damaged": "Restore the WARC files from the backup, then run `pressearchiv verify`.",
    "postponed": "Plan its crawls for the hours that its robots.txt allows.",
    "never": "Run `pressearchiv crawl KEY`.",
}


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """One line of `pressearchiv status`."""

    key: str
    title: str
    verdict: str  # of the last run; never, running or aborted where there is none
    since: str | None  # start of the first run in a row with this verdict
    last_run: str | None
    cause: str | None
    mend: str | None
    releases: int
    newest_on: str | None
    open_issues: int
    damaged: int = 0  # of them about evidence that is missing or damaged

    @property
    def healthy(self) -> bool:
        return self.verdict in HEALTHY and not self.damaged

    def as_json(self) -> dict[str, object]:
        return asdict(self) | {"healthy": self.healthy}


# Runs are looked up from the newest backwards, as far as needed: a source has thousands in a few years.
STATUS = f"""
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
    (SELECT count(*) FROM issues WHERE source_key = s.key AND closed_at IS NULL),
    (SELECT count(*) FROM issues WHERE source_key = s.key AND closed_at IS NULL
     AND kind IN ({", ".join(f"'{kind}'" for kind in DAMAGE)})),
    CASE WHEN r.id IS NOT NULL AND r.verdict IS NULL THEN max(r.started_at, coalesce((
        SELECT captured_at FROM captures WHERE id = (
            SELECT max(id) FROM captures WHERE source_key = s.key AND role = 'detail')), '')) END
FROM sources s LEFT JOIN runs r ON r.id = (
    SELECT id FROM runs WHERE source_key = s.key AND kind = 'crawl' ORDER BY id DESC LIMIT 1)
ORDER BY s.key
"""


Runs = Callable[[str], bool | None]  # whether a process crawls a source now, as far as that can be told


def status(
    db: Database,
    now: datetime,
    runs: Runs = lambda key: None,
    lost: Mapping[str, Sequence[str]] | None = None,
) -> list[SourceStatus]:
    """The sources of an archive, those that need somebody first; `lost` names files that are missing now."""
    found = [_without(line, (lost or {}).get(line.key, ())) for line in _lines(db, now, runs)]
    return sorted(found, key=_urgency)


def in_order(rows: Iterable[Sequence[Any]], now: datetime) -> list[SourceStatus]:
    """The answer to STATUS as records, those that need somebody first."""
    return sorted((_line(now, lambda key: None, *row) for row in rows), key=_urgency)


def _urgency(line: SourceStatus) -> tuple[bool, str]:
    return line.healthy, line.key


def _lines(db: Database, now: datetime, runs: Runs) -> list[SourceStatus]:
    return [_line(now, runs, *row) for row in db.execute(STATUS).fetchall()]


def _without(line: SourceStatus, lost: Sequence[str]) -> SourceStatus:
    """The line of a source whose files are not all there."""
    if not lost:
        return line
    cause = f"{', '.join(lost)} missing or shorter than it was"
    if line.verdict not in HEALTHY:
        cause, mend = f"{line.cause}; {cause}", line.mend
    else:
        mend = MENDS["damaged"]
    return replace(line, damaged=line.damaged + len(lost), cause=cause, mend=mend)


def _line(now: datetime, runs: Runs, *row: Any) -> SourceStatus:
    key, title, verdict, since, run, cause, releases, newest_on, open_issues, damaged, heard_at = row
    if verdict == "running":
        alive = runs(key)
        silent = now - moment(heard_at) > SILENT
        if alive is False or (alive is None and silent):
            verdict, cause = "aborted", "the process ended without a verdict"
    mend = _mend(verdict, key)
    if damaged and verdict in HEALTHY:
        cause, mend = f"{damaged} open issue{'s' * (damaged > 1)} about damaged evidence", MENDS["damaged"]
    counts = (releases, newest_on, open_issues, damaged)
    return SourceStatus(key, title, verdict, since, run, cause, mend, *counts)


def _mend(verdict: str, key: str) -> str | None:
    mend = MENDS.get(verdict)
    return mend.replace("KEY", key) if mend else None
