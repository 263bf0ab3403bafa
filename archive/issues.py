"""Issue rows: one per kind and subject, counted when they come again, closed when they no longer hold."""

from collections.abc import Iterable

from sqlite_utils import Database

from archive.records import Issue

UPSERT = """
INSERT INTO issues (
    kind, source_key, subject, message, mend, capture_id, release_id, first_seen_at, last_seen_at
)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (kind, subject) DO UPDATE SET
    message = excluded.message, mend = excluded.mend, capture_id = excluded.capture_id,
    release_id = excluded.release_id, last_seen_at = excluded.last_seen_at, times = times + 1,
    closed_at = NULL
"""


def note(db: Database, issues: Iterable[Issue], at: str) -> None:
    """Write issues down; one that was closed opens again."""
    db.conn.executemany(
        UPSERT,
        [
            (i.kind, i.source_key, i.subject, i.message, i.mend, i.capture_id, i.release_id, at, at)
            for i in issues
        ],
    )


def close(db: Database, kind: str, subjects: Iterable[str], at: str) -> None:
    """Close the issues of a kind whose subjects are in order again."""
    db.conn.executemany(
        "UPDATE issues SET closed_at = ? WHERE kind = ? AND subject = ? AND closed_at IS NULL",
        [(at, kind, subject) for subject in subjects],
    )
