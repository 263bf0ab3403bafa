"""The table entries: what listings promised, what of it is held, and what is due to be looked at again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from archive.clock import stamp
from archive.records import Entry

# Named, because without statistics SQLite takes the index of all details of the source, each time.
INSISTENT = 14  # days in which a block page in the place of a new release is none of its answers
BLOCK_PAGE = "block_page"  # kind of issue: the crawl takes an answer for one, and no build has read it yet
BY_ADDRESS = "captures INDEXED BY captures_requested"
HELD = f"""EXISTS (SELECT 1 FROM {BY_ADDRESS}
    WHERE requested_url = entries.url AND source_key = entries.source_key
    AND role = 'detail' AND status IN (200, 304, 404, 410) AND NOT EXISTS (
        SELECT 1 FROM parsed_captures WHERE capture_id = captures.id AND outcome IN ('blocked', 'error_page')
        AND julianday(captures.captured_at) < julianday(entries.first_seen_at) + {INSISTENT})
    AND NOT EXISTS (SELECT 1 FROM issues WHERE kind = '{BLOCK_PAGE}' AND subject = entries.url
        AND closed_at IS NULL AND capture_id >= captures.id
        AND capture_id NOT IN (SELECT capture_id FROM parsed_captures)
        AND julianday(captures.captured_at) < julianday(entries.first_seen_at) + {INSISTENT}))"""
FIND = f"""
SELECT title, listed_on, listed_raw, first_seen_at, last_seen_at > ?, {HELD},
    (SELECT max(captured_at) FROM {BY_ADDRESS} WHERE requested_url = entries.url
        AND source_key = entries.source_key AND role = 'detail')
FROM entries WHERE source_key = ? AND url = ?"""
INSERT = """
INSERT INTO entries (source_key, url, title, kicker, number, listed_on, listed_raw, lead,
    first_seen_at, last_seen_at, first_capture_id, last_capture_id)
VALUES (:source_key, :url, :title, :kicker, :number, :listed_on, :listed_raw, :lead,
    :at, :at, :capture, :capture)
ON CONFLICT (source_key, url) DO NOTHING
"""
FIELDS = ("title", "kicker", "number", "listed_on", "listed_raw", "lead")
# A list that came in late, as those of web archives do, is older than what is known already.
SEEN = """
first_capture_id = CASE WHEN :at < first_seen_at THEN :capture ELSE first_capture_id END,
last_capture_id = CASE WHEN :at < last_seen_at THEN last_capture_id ELSE :capture END,
first_seen_at = min(first_seen_at, :at), last_seen_at = max(last_seen_at, :at)
WHERE source_key = :source_key AND url = :url"""
UPDATE = f"UPDATE entries SET {', '.join(f'{f} = COALESCE(:{f}, {f})' for f in FIELDS)}, {SEEN}"
FILL = f"UPDATE entries SET {', '.join(f'{f} = COALESCE({f}, :{f})' for f in FIELDS)}, {SEEN}"

# A redirect that leads nowhere, or a block page with status 200, is tried twice a day, an outage in each run.
PENDING = f"""
SELECT url FROM entries WHERE source_key = ? AND NOT {HELD} AND NOT EXISTS (
    SELECT 1 FROM {BY_ADDRESS} WHERE requested_url = entries.url AND source_key = entries.source_key
    AND status BETWEEN 200 AND 399 AND captured_at > ?)
ORDER BY listed_on DESC, id
"""
# A page is most often corrected in its first days: due after half its age, at least one day, at most 30. One
# that no longer answers with a page is looked at as closely again: is it gone, or is the portal ill?
DUE = f"""
SELECT url FROM (
    SELECT entries.url, entries.source_key, max(captured_at) AS checked_at, first_seen_at AS seen_at,
        max(captured_at) FILTER (WHERE status IN (200, 304)) AS answered_at
    FROM entries JOIN captures ON requested_url = entries.url AND captures.source_key = entries.source_key
    WHERE entries.source_key = ? AND role = 'detail' GROUP BY entries.id) AS entries
WHERE julianday(?) - julianday(checked_at) >= min(30.0, max(1.0, (julianday(checked_at) - julianday(
    CASE WHEN answered_at < checked_at THEN (
        SELECT min(captured_at) FROM {BY_ADDRESS} WHERE requested_url = entries.url
        AND source_key = entries.source_key AND role = 'detail' AND captured_at > answered_at)
    ELSE seen_at END)) / 2))
ORDER BY checked_at LIMIT ?
"""
CHECKED = f"""
SELECT count(DISTINCT requested_url) FROM captures AS c WHERE source_key = :source AND role = 'detail'
    AND captured_at >= :day AND EXISTS (SELECT 1 FROM {BY_ADDRESS} WHERE requested_url = c.requested_url
        AND source_key = :source AND role = 'detail' AND captured_at < :day)
"""
LOOP_PAUSE = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry as a listing just showed it, and what was known of it before."""

    entry: Entry
    new: bool
    changed: bool  # title or day differ from what the listing said before
    held: bool
    first_seen_at: str


def note(
    db: Database, found: Iterable[Entry], role: str, capture_id: int, at: str, *, authoritative: bool
) -> list[Listed]:
    """Write the rows of one listing down, in one transaction of the caller.

    Rows of a source's lesser lists (its feed beside its listing) only fill gaps: the two word titles
    differently, and each would undo the other. So do rows that are older than those known.
    """
    return [_note(db, entry, role, capture_id, at, authoritative) for entry in found]


def _note(db: Database, entry: Entry, role: str, capture_id: int, at: str, authoritative: bool) -> Listed:
    values = {f: getattr(entry, f) for f in ("source_key", "url", *FIELDS)} | {
        "at": at,
        "capture": capture_id,
    }
    if db.execute(INSERT, values).rowcount:
        return Listed(entry, new=True, changed=False, held=False, first_seen_at=at)
    before = db.execute(FIND, (at, entry.source_key, entry.url)).fetchone()
    knew_title, knew_on, knew_raw, first_seen_at, late, held, checked_at = before
    db.execute(UPDATE if authoritative and not late else FILL, values)
    if role == "sitemap":
        changed = _modified(entry.listed_raw, checked_at)
    else:
        said, knew = (entry.title, entry.listed_on or entry.listed_raw), (knew_title, knew_on or knew_raw)
        changed = authoritative and any(s and k and s != k for s, k in zip(said, knew, strict=True))
    return Listed(entry, new=False, changed=changed, held=bool(held), first_seen_at=first_seen_at)


def _modified(lastmod: str | None, checked_at: str | None) -> bool:
    """Whether a sitemap says that a page changed since it was last looked at; on the same day it may have."""
    return bool(lastmod and checked_at and lastmod[:10] >= checked_at[:10])


def pending(db: Database, source_key: str, now: datetime) -> list[str]:
    """Addresses that a listing promised and that are not held: a run was cut short, or they failed."""
    rows = db.execute(PENDING, (source_key, stamp(now - LOOP_PAUSE))).fetchall()
    return [row[0] for row in rows]


def checked(db: Database, source_key: str, now: datetime) -> int:
    """How many pages were looked at again on this day, which ends when the world clock says so."""
    values = {"source": source_key, "day": stamp(now)[:10]}
    return int(db.execute(CHECKED, values).fetchone()[0])


def due(db: Database, source_key: str, now: datetime, budget: int) -> list[str]:
    """Addresses to look at again, those longest unseen first, at most `budget`."""
    return [row[0] for row in db.execute(DUE, (source_key, stamp(now), budget)).fetchall()]
