"""Rows from evidence: what a killed run could not note, or all of it where the database was lost."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from scrapy.http import TextResponse
from sqlite_utils import Database

from archive import captures, issues, lost
from archive import recovery as evidence
from archive.clock import stamp
from archive.errors import BusyError
from archive.locks import lock
from archive.records import Capture, Issue
from archive.redaction import decisions
from archive.redaction.decisions import Withheld
from archive.source import Source, families
from archive.sources_table import sync
from archive.store import open_archive, writing
from crawler import entries
from crawler.replay import replayed
from crawler.spiders import listing
from crawler.spiders.readers import READERS, best_role
from crawler.withheld import kept

KILLED = """
UPDATE runs SET ended_at = ?, verdict = 'failed', reason = 'the process was killed'
WHERE source_key = ? AND kind = 'crawl' AND ended_at IS NULL
"""


def recover_lost(archive: Path, warc: Path, sources: Mapping[str, Source], now: datetime) -> dict[str, int]:
    """Give rows to WARC files that an archive knows nothing of; the number of captures by source.

    A source that is crawled at the moment is left to its crawl (0), one without a source file is left out.
    """
    db = open_archive(archive)
    found: dict[str, int] = {}
    for key in evidence.source_keys(warc):
        if key in sources and evidence.has_unknown(db, warc, key):
            try:
                with lock(warc / key / ".lock", f"a crawl of {key}"), writing(db):
                    sync(db, [sources[key]])
                    found[key] = recover(db, warc, sources[key], now)
            except BusyError:
                found[key] = 0
    db.close()
    return found


def mend(db: Database, warc: Path, source: Source, now: datetime) -> str | None:
    """Adopt records that a killed run wrote and could not note; set aside the one it tore.

    Returns the name of the newest file where it is missing or shorter than it was. The caller holds the
    source's lock and a transaction.
    """
    key, at = source.key, stamp(now)
    db.execute(KILLED, (at, key))
    newest = captures.newest_file(db, key)
    lost.close_restored(db, warc, key, at)
    size = (warc / newest).stat().st_size if newest and (warc / newest).exists() else 0
    if newest and size < captures.known_end(db, newest):
        message = f"{warc / newest} is missing or shorter than it was; a new file is begun"
        issues.note(db, [Issue(lost.KIND, newest, message, lost.MEND, key)], at)
        return newest
    recover(db, warc, source, now)
    return None


def recover(db: Database, warc: Path, source: Source, now: datetime) -> int:
    """Adopt the records of a source that have no row, and note what its lists promised; how many there were.

    The caller holds the source's lock and a transaction.
    """
    found = evidence.recover(db, warc, source.key, now)
    withheld = Withheld(decisions.read(warc), source.key)
    for capture in found.adopted:
        relist(db, warc, source, capture, withheld)
    issues.note(db, _issues(source.key, found), stamp(now))
    return len(found.adopted)


def relist(db: Database, warc: Path, source: Source, capture: Capture, withheld: Withheld) -> None:
    """Note what a list promised, but for what is withheld; nothing where a capture holds none."""
    if capture.role not in READERS or capture.status not in (200, 304):
        return
    family = families()[source.family]
    response = replayed(db, warc, capture)
    if isinstance(response, TextResponse) or capture.role == "sitemap":
        page = kept(
            READERS[capture.role](response, source, listing.rules(source, family), 1), withheld, source
        )
        best = capture.role == best_role(source, family)
        at = capture.captured_at
        entries.note(db, page.entries, capture.role, capture.id, at, authoritative=best)


def _issues(key: str, found: evidence.Recovered) -> Iterator[Issue]:
    if found.torn:
        message = f"a run was killed while it wrote; the torn bytes lie in {found.torn}"
        mend = "nothing is lost that was archived; delete the file when you have seen it"
        yield Issue("torn_record", str(found.torn), message, mend, key)
    for file, first, last in found.damaged:
        message = f"bytes {first} to {last} of {file} cannot be read; what stands behind them is adopted"
        mend = "restore the file from the backup"
        yield Issue("lost_evidence", f"{file} {first}", message, mend, key)
