"""Pages that reserve text and data mining: kept as evidence, not read unless their source file permits it."""

from collections.abc import Mapping

from sqlite_utils import Database

from archive import issues
from archive.records import Issue
from archive.source import Source

# Of a capture c: whether it must stay unread.
RESERVED = """
coalesce(c.tdm_reservation = 1 AND (SELECT mining FROM sources WHERE key = c.source_key) = 'honoured', 0)
"""
PERMIT = "UPDATE sources SET mining = ?, mining_reason = ? WHERE key = ?"
AGAIN = """
DELETE FROM parsed_captures WHERE outcome = 'reserved' AND release_id IS NULL AND capture_id IN (
    SELECT c.id FROM captures c JOIN sources s ON s.key = c.source_key WHERE s.mining = 'permitted')
"""
UNREAD = """
SELECT c.source_key, count(DISTINCT c.requested_url), max(c.tdm_policy)
FROM captures c JOIN parsed_captures p ON p.capture_id = c.id
WHERE p.outcome = 'reserved' AND p.release_id IS NULL AND c.tdm_reservation = 1 GROUP BY c.source_key
"""


def sync(db: Database, sources: Mapping[str, Source]) -> None:
    """Take over what the source files permit; what was left unread and is permitted now is read again."""
    terms = [(source.rights.mining, source.rights.reason, key) for key, source in sources.items()]
    db.conn.executemany(PERMIT, terms)
    db.execute(AGAIN)


def note(db: Database, at: str) -> None:
    """An issue for each source with pages that were left unread."""
    found = {key: (count, policy) for key, count, policy in db.execute(UNREAD).fetchall()}
    issues.note(db, [_issue(key, *unread) for key, unread in found.items()], at)
    others = db.execute("SELECT subject FROM issues WHERE kind = 'reserved' AND closed_at IS NULL").fetchall()
    issues.close(db, "reserved", [key for (key,) in others if key not in found and "://" not in key], at)


def _issue(key: str, count: int, policy: str | None) -> Issue:
    terms = f"; its terms: {policy}" if policy else ""
    verb = "s reserve" if count > 1 else " reserves"
    message = f"{count} page{verb} text and data mining and stayed unread{terms}"
    mend = "Ask the ministry, or say in [rights] of the source file why mining is permitted."
    return Issue("reserved", key, message, mend, key)
