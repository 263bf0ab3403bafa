"""Which captures a build has to read, in the order of time; and which not, because nothing had changed."""

import json
import sys
from array import array
from collections.abc import Iterable, Iterator

from sqlite_utils import Database

from archive.records import Place
from pipeline import releases, reservations
from pipeline.read import Job

CHUNK = 1000  # captures looked up at once
# A revisit says what the capture it refers to said, unless the page said something else in between, or that
# one had to stay unread and this one need not.
UNREAD = """
SELECT c.id FROM unsettled_captures u
    CROSS JOIN captures c ON c.id = u.capture_id
    LEFT JOIN parsed_captures p ON p.capture_id = c.id
    LEFT JOIN captures t ON t.id = c.refers_to
WHERE u.capture_id > ? AND u.capture_id <= ? AND +c.role = 'detail' AND p.capture_id IS NULL
    AND c.truncated IS NOT 'redacted'
    AND +c.source_key IN (SELECT value FROM json_each(?))
    AND (c.record_type = 'response' OR c.captured_at < t.captured_at OR EXISTS (
        SELECT 1 FROM captures x INDEXED BY captures_url
        WHERE x.url = c.url AND x.source_key = c.source_key AND x.record_type = 'response' AND x.status = 200
            AND x.payload_digest <> c.payload_digest
            AND x.captured_at BETWEEN t.captured_at AND c.captured_at
    ) OR (t.tdm_reservation = 1 AND c.tdm_reservation IS NOT 1))
ORDER BY c.captured_at, c.id
"""
JOB = f"""
SELECT c.id, coalesce(t.warc_file, c.warc_file), coalesce(t.warc_offset, c.warc_offset),
    coalesce(t.warc_length, c.warc_length), c.url, c.requested_url, c.captured_at,
    coalesce(t.status, c.status), c.content_type, c.source_key, e.listed_on, e.number, c.payload_digest,
    {reservations.RESERVED}
FROM captures c
    LEFT JOIN captures t ON t.id = c.refers_to
    LEFT JOIN entries e ON e.source_key = c.source_key AND e.url = c.requested_url
"""
JOBS = f"{JOB} WHERE c.id IN (SELECT value FROM json_each(?))"


def ids(db: Database, sources: Iterable[str], after: int = 0, until: int = sys.maxsize) -> "array[int]":
    """The captures of these sources that were not read yet, in the order of time; only those that came
    `after` another and not after `until`.

    That is not the order of ids where old captures were imported. Eight bytes each: sorting them once takes
    a second for a million, and an open cursor would hold the write-ahead log for as long as the build takes.
    """
    asked = (after, until, json.dumps(list(sources)))
    return array("q", (key for (key,) in db.execute(UNREAD, asked)))


def jobs(db: Database, wanted: "array[int]") -> Iterator[Job]:
    """What there is to know about captures before they are read, in the given order."""
    for at in range(0, len(wanted), CHUNK):
        some = wanted[at : at + CHUNK]
        found = {row[0]: row for row in db.execute(JOBS, (json.dumps(some.tolist()),)).fetchall()}
        yield from (as_job(found[key]) for key in some if key in found)


def as_job(row: tuple[object, ...]) -> Job:
    """A row of JOB as a record."""
    return Job(row[0], Place(*row[1:4]), *row[4:])  # type: ignore[arg-type]  # typed by the schema


REVISITED = """
FROM unsettled_captures u
    CROSS JOIN captures c ON c.id = u.capture_id
    JOIN parsed_captures seen ON seen.capture_id = c.refers_to
    LEFT JOIN parsed_captures p ON p.capture_id = c.id
WHERE u.capture_id > :after AND u.capture_id <= :until AND c.role = 'detail' AND c.record_type = 'revisit'
    AND p.capture_id IS NULL
"""


def note_revisits(db: Database, after: int = 0, until: int = sys.maxsize) -> int:
    """An unchanged payload says what it said before: no page is read again for it."""
    since = {"after": after, "until": until}
    joined = REVISITED.replace("WHERE", "JOIN version_captures v ON v.capture_id = c.refers_to WHERE")
    shown = f"SELECT v.version_id, c.id, c.captured_at {joined} ORDER BY c.id"
    for version, capture_id, captured_at in db.execute(shown, since).fetchall():
        releases.seen(db, version, capture_id, captured_at)
    sql = f"INSERT INTO parsed_captures SELECT c.id, seen.outcome, seen.release_id {REVISITED}"
    return db.execute(sql, since).rowcount
