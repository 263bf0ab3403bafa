"""What one crawl of one source writes down: captures, entries, issues, and the row of the run itself."""

from collections.abc import Callable, Iterable, Iterator, Set
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from scrapy.crawler import Crawler
from scrapy.http import Response
from sqlite_utils import Database

from archive import captures, issues, lost
from archive.clock import berlin_day, stamp
from archive.errors import ArchiveError, WarcError
from archive.evidence import Record
from archive.history import CLEAN, Usual, past
from archive.locks import lock
from archive.records import Capture, Exchange, Issue
from archive.redaction import decisions
from archive.redaction.decisions import Withheld
from archive.rights import Rights
from archive.source import Source, families
from archive.sources_table import sync
from archive.store import open_archive, writing
from archive.warc import WarcFiles
from crawler import agreement, entries, watching
from crawler.agreement import disagreements
from crawler.before import Before
from crawler.judged import judged
from crawler.known import Known
from crawler.monitors import FirstPage, Observed, is_short, verdict
from crawler.recovery import mend
from crawler.replay import replayed
from crawler.result import RunResult
from crawler.spiders.page import Page
from crawler.waiting import Waiting
from crawler.withheld import is_withheld

SOFTWARE = "pressearchiv (Scrapy, warcio)"
SYNC_SECONDS = 1.0
ROBOTS_AGE = timedelta(days=1)
RESULT = """
UPDATE runs SET ended_at = ?, verdict = ?, reason = ?, requests = ?, captures = ?, new_captures = ?,
    listing_rows = ?, first_rows = ?, first_bytes = ?, new_entries = ?, newest_listed_on = ?, errors = ?
    WHERE id = ?
"""
LAST_CLEAN = f"""
SELECT max(ended_at) FROM runs WHERE source_key = ? AND kind = 'crawl'
    AND verdict IN ({", ".join(f"'{name}'" for name in CLEAN)})
"""
LISTS_READ = f"""
SELECT seed, max(ended_at) FROM runs JOIN run_lists ON run_id = id WHERE source_key = ? AND kind = 'crawl'
    AND verdict IN ('partial', {", ".join(f"'{name}'" for name in CLEAN)}) GROUP BY seed
"""
UNFINISHED = f"""
SELECT id FROM captures WHERE source_key = :source AND role = 'detail' AND status = 200
    AND record_type = 'response' AND id > coalesce((SELECT max(id) FROM captures WHERE run_id = (
        SELECT max(id) FROM runs WHERE source_key = :source AND kind = 'crawl'
            AND verdict IN ({", ".join(f"'{name}'" for name in CLEAN)}))), 0)
    AND id NOT IN (SELECT capture_id FROM imported_captures)
    AND run_id IS NOT (SELECT max(id) FROM runs WHERE source_key = :source AND kind = 'crawl')
"""


class Ledger:
    """Open for one run of one source: holds its lock, mends what a crash left, and counts."""

    def __init__(
        self, archive: Path, warc: Path, source: Source, user_agent: str, now: Callable[[], datetime]
    ) -> None:
        """Raises BusyError where another process crawls the source."""
        self.source, self.user_agent, self.now = source, user_agent, now
        self.on_failure: Callable[[], None] = lambda: None
        self._given_up = ""
        self._result = RunResult(source.key, "running")
        self._requests = self._captures = self._new_captures = 0  # apart, as they change with each page
        self._expect = source.expect or families()[source.family].expect
        self.seen = Observed(expected_rows=self._expect.rows)
        self._warc = warc
        with ExitStack() as stack:
            stack.enter_context(lock(warc / source.key / ".lock", f"a crawl of {source.key}"))
            self.withheld = Withheld(decisions.read(warc), source.key)
            self._opened: Database = open_archive(archive)
            stack.callback(self._opened.close)
            self._waiting = Waiting(self._opened, self.give_up)
            with writing(self._db):
                sync(self._db, [source])
                damaged = mend(self._db, warc, source, now())
                self._known = Known(self._db, source.key)
                self._clean_until = str(self._db.execute(LAST_CLEAN, (source.key,)).fetchone()[0] or "")
                self._lists_until: dict[str, str] = dict(
                    self._db.execute(LISTS_READ, (source.key,)).fetchall()
                )
                self.past = past(self._db, source.key, berlin_day(now()))
                self.run_id = self._begin()
                self._before = Before(self._db, source.key, len(source.seeds) == 1, stamp(now()))
            self._held = stack.pop_all()
        self._files = WarcFiles(warc, source.key, SOFTWARE, damaged=damaged, sync_seconds=SYNC_SECONDS)

    @property
    def _db(self) -> Database:
        """The database, when nothing waits to be written to it any more."""
        self._waiting.write()
        return self._opened

    @property
    def before(self) -> Before:
        """What was known of lists and releases before this page."""
        self._waiting.write()
        return self._before

    @property
    def result(self) -> RunResult:
        """How the run stands, or how it ended."""
        came, new = self._captures, self._new_captures
        return replace(self._result, requests=self._requests, captures=came, new_captures=new)

    def latest(self, url: str, *, posted: bool = False, cut: bool = False) -> Capture | None:
        """The last capture of an address whose payload is still there, and whole; with `cut`, or cut off."""
        if url not in self._known:
            return None
        db = self._db if url in self._waiting else self._opened
        capture = captures.latest(db, self.source.key, url, posted=posted)
        return capture if capture and (cut or not capture.truncated) and self._stands(capture) else None

    def _stands(self, capture: Capture) -> bool:
        if capture.refers_to is not None and (target := captures.get(self._opened, capture.refers_to)):
            capture = target
        path, end = self._warc / capture.place.file, capture.place.offset + capture.place.length
        return path.exists() and path.stat().st_size >= end

    def keep(self, exchange: Exchange, before: Capture | None) -> Capture:
        """Write an exchange to the WARC file, then its row, which may wait; `id_of` is sure then.

        Raises ArchiveError, sqlite3.OperationalError.
        """
        if self._given_up:  # a record behind one without a row would hide it from the next run
            raise WarcError(self._given_up)
        written = self._files.write(exchange, before)
        capture = self._waiting.add(self.run_id, exchange, written, before)
        self._known.add(exchange.url, exchange.requested_url)
        self._captures += 1
        self._new_captures += written.record_type == "response"
        return capture

    def id_of(self, capture: Capture) -> int | None:
        """The id of a capture, whose row waits no longer."""
        found = captures.get_by_record(self._db, capture.record_id)
        return found.id if found else None

    def payload(self, capture: Capture) -> Record:
        """The bytes that a capture stands for, decoded."""
        return captures.payload(self._db, self._warc, capture)

    def robots(self, url: str) -> tuple[int, bytes] | None:
        """Status and text of a robots.txt or tdmrep.json of the last day, for whichever source."""
        row = self._db.execute(
            "SELECT id FROM captures WHERE requested_url = ? AND role = 'robots' "
            "AND captured_at > ? AND status NOT BETWEEN 300 AND 399 ORDER BY id DESC LIMIT 1",
            (url, stamp(self.now() - ROBOTS_AGE)),
        ).fetchone()
        capture = captures.get(self._db, row[0]) if row else None
        if capture is None or not self._stands(capture):
            return None
        if capture.status not in (200, 304):
            return capture.status, b""
        try:
            return 200, self.payload(capture).payload
        except WarcError as error:
            self._lost(capture, error)
            return None

    def note_rows(self, page: Page, capture: Capture, *, authoritative: bool) -> list[entries.Listed]:
        """Write the rows of a listing down. Those that must not come in are counted."""
        at = stamp(self.now())
        with writing(self._db):
            listed = entries.note(
                self._db, page.entries, capture.role, capture.id, at, authoritative=authoritative
            )
        self.seen = watching.rows_seen(self.seen, page, listed, berlin_day(self.now()), self.before.began)
        return listed

    def read_until(self, seed: str) -> str:
        """When a list was last read as far as it had to be: up to what was known then, the next run pages.

        That is the end of the last clean run, or of a later one that had trouble with other lists alone.
        """
        return max(self._clean_until, self._lists_until.get(seed, ""))

    @property
    def had_clean_run(self) -> bool:
        return bool(self._clean_until)

    def pending(self) -> list[str]:
        """Addresses promised and not held."""
        return entries.pending(self._db, self.source.key, self.now())

    def due(self, budget: int) -> list[str]:
        """Addresses to look at again, so many in a day."""
        left = budget - entries.checked(self._db, self.source.key, self.now())
        if left <= 0:
            return []
        found = entries.due(self._db, self.source.key, self.now(), left + self.withheld.renamed)
        return [url for url in found if not self.withholds(url)][:left]

    def withholds(self, url: str) -> bool:
        """Whether an address must not be asked for."""
        return is_withheld(url, self.withheld, self.source)

    def unfinished(self) -> Iterator[Response]:
        """Release pages that came since the last clean run; their attachments may not have come any more."""
        for (capture_id,) in self._db.execute(UNFINISHED, {"source": self.source.key}).fetchall():
            capture = captures.get(self._db, capture_id)
            if capture and self._stands(capture) and not self.honours(capture.rights):
                try:
                    yield replayed(self._db, self._warc, capture)
                except WarcError as error:
                    self._lost(capture, error)

    def honours(self, said: Rights) -> bool:
        """Whether text and data mining is reserved, and we keep to it."""
        return said.reserved and self.source.honours_reservations

    def _lost(self, capture: Capture, error: WarcError) -> None:
        key = self.source.key
        self.note([Issue(lost.KIND, capture.place.file, str(error), lost.MEND, key, capture.id)])

    def note(self, found: Iterable[Issue]) -> None:
        """Write issues down."""
        rows = list(found)
        issues.note(self._db, rows, stamp(self.now()))
        self._count(errors=self._result.errors + len(rows))

    def observe(self, **changes: object) -> None:
        """Set what was observed."""
        self.seen = replace(self.seen, **changes)  # type: ignore[arg-type]  # names are those of Observed

    def give_up(self, reason: str) -> None:
        """End the run: without a place to write there is nothing to crawl for."""
        self._given_up = reason
        if self.seen.failed is None:
            self.observe(failed=reason)
            self.on_failure()

    def count_request(self) -> None:
        self._requests += 1

    def close(self, read: Set[str]) -> RunResult:
        """Give the verdict, write the run's row, and let go of the source.

        `read` are the lists that were read as far as they had to be, by the address of their first page.
        """
        now = self.now()
        past = self.past if self.source.publishes else replace(self.past, last_on=None)
        name, reason = verdict(self.seen, berlin_day(now), self._expect.days, past, self.source.jurisdiction)
        self._count(
            verdict=name,
            reason=reason,
            listing_rows=self.seen.rows,
            new_entries=self.seen.new_entries,
            newest_listed_on=self.seen.newest_listed_on,
        )
        try:
            with self._held, writing(self._db):
                self._files.sync()
                self.before.note(self.run_id, [page for page in self.seen.lists if self._counts(page, read)])
                judged(self._db, self.source.key, self.run_id, name, reason, stamp(now))
                if len(read) > 1:
                    found = list(disagreements(self._db, self.source.key, read, now))
                    issues.close(self._db, agreement.KIND, read - {i.subject for i in found}, stamp(now))
                    issues.note(self._db, found, stamp(now))
                r = self.result
                first = (self.seen.first_rows, self.seen.first_bytes)
                counts = (r.requests, r.captures, r.new_captures, r.listing_rows, *first, r.new_entries)
                values = (stamp(now), name, reason, *counts, r.newest_listed_on, r.errors, self.run_id)
                self._db.execute(RESULT, values)
        except ArchiveError as error:
            self._count(verdict="failed", reason=str(error))  # its row stays open; the next run ends it
        return self.result

    def _counts(self, page: FirstPage, read: Set[str]) -> bool:
        usual = self.past.lists.get(page.seed, Usual())
        return page.seed in read and not is_short(page, usual)

    def _count(self, **changes: object) -> None:
        self._result = replace(self._result, **changes)  # type: ignore[arg-type]  # names are those of RunResult

    def _begin(self) -> int:
        insert = "INSERT INTO runs (kind, source_key, started_at) VALUES ('crawl', ?, ?)"
        run_id = self._db.execute(insert, (self.source.key, stamp(self.now()))).lastrowid or 0
        self._count(run_id=run_id)
        return run_id


def ledger_of(crawler: Crawler) -> Ledger:
    """The ledger of a running crawl."""
    ledger: Ledger = crawler.spider.ledger  # type: ignore[union-attr]  # ours, and opened with the spider
    return ledger
