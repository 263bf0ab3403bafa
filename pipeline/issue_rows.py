"""Issues that a build finds and closes: pages that say too little, evidence or source files that lack."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from sqlite_utils import Database

from archive import issues
from archive.records import Issue
from archive.source import Source
from pipeline.read import Reading

NO_RELEASE = ("blocked", "error_page", "template_debris", "no_text", "other_page")
KINDS = ("unreadable", "no_date", *NO_RELEASE)
SEEN_BY_CRAWL = "block_page"  # what the crawl takes an answer for, until a build says what it is

SEEN = """
SELECT subject FROM issues WHERE kind = ? AND closed_at IS NULL
    AND capture_id IN (SELECT capture_id FROM parsed_captures)
"""
OPEN = """
SELECT kind, subject FROM issues
WHERE closed_at IS NULL AND kind IN (SELECT value FROM json_each(?))
    AND subject IN (SELECT value FROM json_each(?))
"""


def note(db: Database, told: Sequence[tuple[Reading, str | None]], at: str) -> None:
    """Write down what is wrong with captures, given with their releases; close what is not wrong any more."""
    subjects = {url for reading, _ in told for url in (reading.job.url, reading.job.requested_url)}
    asked = (json.dumps((*KINDS, SEEN_BY_CRAWL)), json.dumps(list(subjects)))
    known = set(db.execute(OPEN, asked).fetchall())
    for reading, release in told:
        found = list(_issues(reading, release))
        wrong = {issue.kind for issue in found}
        ends = {(kind, reading.job.url) for kind in KINDS if kind not in wrong}
        for kind, subject in known & (ends | {(SEEN_BY_CRAWL, reading.job.requested_url)}):
            issues.close(db, kind, [subject], at)
            known.remove((kind, subject))
        issues.note(db, found, at)
        known |= {(issue.kind, issue.subject) for issue in found}


def close_seen(db: Database, at: str) -> None:
    """Close what the crawl took answers for that were read before it could say so."""
    issues.close(db, SEEN_BY_CRAWL, [subject for (subject,) in db.execute(SEEN, (SEEN_BY_CRAWL,))], at)


def strangers(db: Database, sources: Mapping[str, Source], *, rebuild: bool) -> list[str]:
    """Sources with captures to read and without a source file."""
    unread = "" if rebuild else "AND NOT EXISTS (SELECT 1 FROM parsed_captures WHERE capture_id = c.id)"
    sql = f"SELECT EXISTS (SELECT 1 FROM captures c WHERE source_key = ? AND role = 'detail' {unread})"
    keys = [key for (key,) in db.execute("SELECT key FROM sources ORDER BY key").fetchall()]
    return [key for key in keys if key not in sources and db.execute(sql, (key,)).fetchone()[0]]


def note_strangers(db: Database, keys: Iterable[str], known: Iterable[str], at: str) -> None:
    """Write down which sources nobody describes."""
    message = "There are captures of this source and no source file; they were not read."
    mend = "Name the folder of its file with --sources."
    issues.note(db, [Issue("unknown_source", key, message, mend, key) for key in keys], at)
    issues.close(db, "unknown_source", known, at)


def _issues(reading: Reading, release: str | None) -> Iterator[Issue]:
    job = reading.job
    issue = partial(Issue, source_key=job.source_key, capture_id=job.capture_id, release_id=release)
    if reading.error:
        yield issue("unreadable", job.url, reading.error, "Restore the WARC file, then build again.")
    elif reading.outcome in NO_RELEASE:
        message = f"The page answered with status {job.status}, but is no release ({reading.outcome})."
        yield issue(reading.outcome, job.url, message, "Open it in a browser; mend the layout of the source.")
    if reading.page is not None and reading.published is None:
        mend = "Add where the date stands to the layout of the source, then `pressearchiv build --rebuild`."
        yield issue("no_date", job.url, "No date of publication was found on the page.", mend)
