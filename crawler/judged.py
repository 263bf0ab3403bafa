"""The issues of a source as a run leaves them: its verdict where somebody must look, and what is mended."""

from sqlite_utils import Database

from archive import issues
from archive.history import CLEAN
from archive.records import Issue

VERDICT_KINDS = ("layout_changed", "blocked", "unreachable", "overdue", "failed")
RECOVERED = """
UPDATE issues SET closed_at = ? WHERE source_key = ? AND closed_at IS NULL
    AND last_seen_at < (SELECT started_at FROM runs WHERE id = ?)
    AND kind IN ('unreachable', 'certificate', 'timeout', 'given_up')
"""
MENDED = """
UPDATE issues SET closed_at = ? WHERE source_key = ? AND closed_at IS NULL
    AND kind IN ('redirect_loop', 'too_large', 'timeout', 'broken_off', 'list', 'robots', 'error', 'reserved',
        'tdmrep', 'base', 'block_page')
    AND subject IN (SELECT requested_url FROM captures
        WHERE run_id = ? AND status IN (200, 304, 404, 410) AND truncated IS NULL)
    AND last_seen_at < (SELECT started_at FROM runs WHERE id = ?)
"""


def judged(db: Database, source_key: str, run_id: int, verdict: str, reason: str | None, at: str) -> None:
    """A verdict that somebody must look at is an issue; any other closes those of earlier runs."""
    for kind in VERDICT_KINDS:
        if kind != verdict:
            issues.close(db, kind, [source_key], at)
    if verdict in VERDICT_KINDS:
        mend = f"run `pressearchiv sources check {source_key}`"
        issues.note(db, [Issue(verdict, source_key, reason or verdict, mend, source_key)], at)
    db.execute(MENDED, (at, source_key, run_id, run_id))
    if verdict in CLEAN:
        db.execute(RECOVERED, (at, source_key, run_id))
