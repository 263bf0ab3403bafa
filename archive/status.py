"""How the sources are: the verdict of the last run of each, since when it holds, why, and what to do."""

from dataclasses import asdict, dataclass

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


STATUS = """
WITH last AS (
    SELECT source_key, max(id) AS id FROM runs WHERE kind = 'crawl' GROUP BY source_key
), since AS (
    SELECT last.source_key, min(r.started_at) AS at
    FROM last JOIN runs now ON now.id = last.id
        JOIN runs r ON r.source_key = last.source_key AND r.kind = 'crawl' AND r.verdict = now.verdict
            AND r.id > coalesce((
                SELECT max(o.id) FROM runs o
                WHERE o.source_key = last.source_key AND o.kind = 'crawl' AND o.verdict IS NOT now.verdict
            ), 0)
    GROUP BY last.source_key
)
SELECT s.key, s.title,
    CASE WHEN r.id IS NULL THEN 'never' ELSE coalesce(r.verdict, 'running') END,
    since.at, r.started_at, r.reason,
    (SELECT count(*) FROM releases WHERE source_key = s.key),
    (SELECT max(published_on) FROM releases WHERE source_key = s.key),
    (SELECT count(*) FROM issues WHERE source_key = s.key AND closed_at IS NULL)
FROM sources s
    LEFT JOIN last ON last.source_key = s.key
    LEFT JOIN runs r ON r.id = last.id
    LEFT JOIN since ON since.source_key = s.key
ORDER BY s.key
"""


def status(db: Database) -> list[SourceStatus]:
    """The sources of an archive, those that need somebody first."""
    found = [
        SourceStatus(key, title, verdict, since, run, cause, _mend(verdict, key), *rest)
        for key, title, verdict, since, run, cause, *rest in db.execute(STATUS).fetchall()
    ]
    return sorted(found, key=lambda line: (line.healthy, line.key))


def _mend(verdict: str, key: str) -> str | None:
    mend = MENDS.get(verdict)
    return mend.replace("KEY", key) if mend else None
