"""The spider of a source: lists first, then what they promise, then old pages that are due again."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from archive.clock import berlin_day
from archive.errors import ArchiveError
from archive.records import Capture, Issue
from archive.source import Family, Listing, Seed, Source
from archive.urls import canonical, is_plain
from crawler.bases import readable
from crawler.entries import BLOCK_PAGE, Listed
from crawler.extent import Extent, extent
from crawler.failures import issue_of
from crawler.ledger import Ledger
from crawler.opening import open_ledger
from crawler.spiders import attached, first_page, listing, reading
from crawler.spiders.page import Page
from crawler.spiders.readers import ROLES, best_role, seed_role
from crawler.spiders.step import Step, first_step
from crawler.withheld import FLAG as REDACTED

OVERLAP = 2  # pages in a row with nothing but what the last clean run knew end the paging
PROBES = 3  # known releases that tell an empty list from a portal made anew
GONE = (404, 410)
MOST_EMPTY = 12  # months in a row; before them there is nothing
MOST_PAGES = 3_000  # of one list; beyond it the portal makes up pages
SILENT = ("unreachable", "certificate", "timeout")  # kinds of issues: nobody answered
PRIORITY = {"listing": 20, "feed": 20, "sitemap": 20, "detail": 10, "attachment": 0}


class SourceSpider(Spider):
    """Made for each source file by `crawler.loader.spider_class`."""

    source: Source
    family: Family
    ledger: Ledger
    extent: Extent
    rules: Listing

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args)
        kwargs.pop("_job", None)  # the name that scrapyd gives a run
        spider.extent = extent(**kwargs)
        spider.ledger = open_ledger(crawler.settings, spider.source)
        spider.ledger.on_failure = spider.end
        spider.rules = listing.rules(spider.source, spider.family)
        crawler.signals.connect(spider.spider_idle, signals.spider_idle)
        crawler.signals.connect(spider.spider_error, signals.spider_error)
        crawler.signals.connect(spider.spider_closed, signals.spider_closed)
        return spider

    def __init__(self, name: str | None = None, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self._asked: set[str] = set()  # addresses, in this run
        self._seen: set[tuple[Seed, str]] = set()  # entries by list, in this run
        self._watched: set[Seed] = set()  # lists whose first page was looked at
        self._empty_months: dict[Seed, int] = {}  # in a row
        self._firsts: dict[Seed, str] = {}  # the address of each list's first page
        self._open: Counter[Seed] = Counter()  # pages of a list that are asked for and not read yet
        self._torn: set[Seed] = set()  # lists that were not read as far as they should have been
        self._details = self._details_changed = self._details_failed = 0
        self._second_round = False
        self._probes: frozenset[str] = frozenset()  # known releases, asked for where none is listed any more

    async def start(self) -> AsyncIterator[Request]:
        for seed in self.source.seeds:
            step = first_step(seed, seed_role(seed, self.family), berlin_day(self.ledger.now()))
            self._firsts[seed] = step.asked
            yield self._list(step)

    def read_list(self, response: Response, step: Step) -> Iterator[Request]:
        """Note the rows of a list, ask for what is new or changed, and go on to its next page."""
        response = readable(response)
        page = reading.read(self.ledger, self.family, self.rules, response, step)
        if page is not None:
            yield from self._follow(response, page, step)
        elif response.status != 404 or step.number == 1:  # some pagers offer one page too many
            self._torn.add(step.seed)
        self._open[step.seed] -= 1

    def _follow(self, response: Response, page: Page, step: Step) -> Iterator[Request]:
        capture: Capture = response.meta["capture"]
        unchanged = capture.record_type == "revisit"
        self.ledger.observe(
            listings=self.ledger.seen.listings + 1,
            unchanged_listings=self.ledger.seen.unchanged_listings + unchanged,
        )
        best = best_role(self.source, self.family)
        rows = self.ledger.note_rows(page, capture, authoritative=step.role == best)
        if step.seed not in self._watched and (page.rows or not step.month):  # a month may be empty
            self._watched.add(step.seed)
            first_page.watch(self.ledger, self.source, response, page, step, rows)
            reading.note_base(self.ledger, response)
        listed = {(step.seed, url) for url in (*(row.entry.url for row in rows), *page.withheld)}
        fresh = bool(listed - self._seen)
        self._seen |= listed
        for row in rows:
            if (not row.held or row.changed) and not self.extent.before(row):
                yield from self._detail(row.entry.url, row.entry.title)
        until = self.ledger.read_until(self._firsts[step.seed])
        settled = all(row.held and row.first_seen_at <= until for row in rows)
        overlap = step.overlap + 1 if (page.rows or step.overlap) and settled else 0
        unchanged = unchanged and bool(until) and all(row.first_seen_at <= until for row in rows)
        onward = self._onward(step, page, overlap)
        if step.month:
            self._empty_months[step.seed] = 0 if page.rows else self._empty_months.get(step.seed, 0) + 1
            fresh = fresh or self._empty_months[step.seed] <= MOST_EMPTY
        if onward and self._goes_on(step, rows, fresh, unchanged, overlap):
            yield from (self._list(on) for on in onward if on.asked not in self._asked)

    def _onward(self, step: Step, page: Page, overlap: int) -> list[Step]:
        """Where a list goes on: by the links of the page, by a number, or by months."""
        if not page.more and step.month:
            return list(filter(None, [step.earlier(overlap)]))
        if not page.more and step.seed.count and not page.ended:
            return [step.counted(step.seed.count, overlap)]
        return [step.to(url, overlap) for url in page.more if not self._is_older(url, page)]

    def read_detail(self, response: Response) -> Iterator[Request]:
        """A page is archived by now; what is left are its attachments."""
        if response.meta["asked"] in self._probes:
            gone = response.status in GONE or bool(response.meta.get("hops"))
            self.ledger.observe(probed=self.ledger.seen.probed + 1, gone=self.ledger.seen.gone + gone)
        capture: Capture = response.meta["capture"]
        if response.meta.get("blocked"):
            told = f"{response.meta['asked']} shows a block page in the place of a release"
            mend = "nothing, if a later run gets it"
            number = self.ledger.id_of(capture)
            self.ledger.note([Issue(BLOCK_PAGE, response.meta["asked"], told, mend, self.source.key, number)])
        if response.status != 200 or response.meta.get("blocked"):
            self._details_failed += response.status not in (304, *GONE)
            return
        if capture.record_type == "response":
            self._details_changed += 1
        if not self.ledger.honours(capture.rights):
            yield from self._attachments(response)

    def read_attachment(self, response: Response) -> None:
        """Archived by now."""

    def failed(self, failure: Failure) -> None:
        """A request that brought no answer."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy hangs it on
        role = request.meta["role"]
        if role in ROLES:
            self._torn.add(request.cb_kwargs["step"].seed)
        issue = issue_of(failure.value or Exception(failure), request.url, self.source.key)
        if issue.kind == REDACTED:
            if role in ROLES:
                self.ledger.observe(listing_trouble=f"a list cannot be read: {issue.message}; {issue.mend}")
            return
        if issue.kind == "closed":
            self.ledger.observe(postponed=f"{issue.message}; {issue.mend}")
            return
        again = issue.kind == "given_up" and self.ledger.seen.unreachable == issue.message
        if self.ledger.seen.failed is None and not again:  # otherwise the place to write is gone
            self.ledger.note([issue])
        if issue.kind == "given_up" or (issue.kind in SILENT and role in ROLES):
            self.ledger.observe(unreachable=issue.message)
        elif issue.kind == "robots" and role in ROLES:
            self.ledger.observe(blocked=issue.message)
        elif role in ROLES:
            self.ledger.observe(listing_trouble=issue.message)
        self._details_failed += role == "detail" and issue.kind != "reserved"

    def spider_idle(self) -> None:
        """Once the lists are read: what earlier runs did not get, then what is due again."""
        seen = self.ledger.seen
        if self._second_round or not seen.listings or seen.failed or self.extent.limit is not None:
            return
        self._second_round = True
        if not seen.known_rows and self.ledger.had_clean_run:
            self._probes = frozenset(self.ledger.before.newest_held(PROBES))
        pending = [] if self.extent.since or not seen.rows else self.ledger.pending()
        budget = self.source.access.rechecks
        if budget is None:
            budget = self.settings.getint("PRESSEARCHIV_RECHECKS")
        due = self.ledger.due(budget) if seen.rows else []
        requests = [r for url in (*self._probes, *pending, *due) for r in self._detail(url)]
        if seen.rows:
            requests += [r for page in self.ledger.unfinished() for r in self._attachments(page)]
        for request in requests:
            self.crawler.engine.crawl(request)
        if requests:
            raise DontCloseSpider

    def spider_error(self, failure: Failure, response: Response) -> None:
        """The archive cannot be written, or our own code is wrong: the run has failed."""
        if isinstance(failure.value, ArchiveError):
            self.ledger.give_up(str(failure.value))
            return
        reason = f"{type(failure.value).__name__}: {failure.value}"
        self.ledger.observe(failed=reason)
        message = f"reading {response.url} failed ({reason})"
        mend = "report it with the traceback that the run printed"
        self.ledger.note([Issue("error", response.url, message, mend, self.source.key)])

    def end(self) -> None:
        """Stop asking; what is under way is dropped."""
        self._ending = asyncio.ensure_future(self.crawler.stop_async())

    def spider_closed(self, reason: str) -> None:
        if reason == "shutdown" and self.ledger.seen.failed is None:
            self.ledger.observe(cut_short="the run was stopped")
        self.ledger.observe(
            details=self._details, details_changed=self._details_changed, details_failed=self._details_failed
        )
        read = {first for seed, first in self._firsts.items() if not self._open[seed]}
        self.ledger.close(read - {self._firsts[seed] for seed in self._torn})

    def _goes_on(self, step: Step, rows: list[Listed], fresh: bool, unchanged: bool, overlap: int) -> bool:
        if step.role == "sitemap":
            return True
        if not fresh or step.number >= MOST_PAGES:
            return False
        if rows and all(map(self.extent.before, rows)):
            self._torn.add(step.seed)
            return False
        if self.extent.limit is not None and self._details >= self.extent.limit:
            self.ledger.observe(cut_short=f"limited to {self.extent.limit} pages")
            self._torn.add(step.seed)
            return False
        if self.extent.full:
            return True
        nothing_new = step.number == 1 and unchanged
        told = rows or any(seed.months_since is None for seed in self.source.seeds)  # a month may be empty
        return overlap < OVERLAP and not (nothing_new and told)

    def _is_older(self, url: str, page: Page) -> bool:
        """Whether a list says that it has not changed since it was last read."""
        if self.extent.full or url not in page.changed or not self.ledger.had_clean_run:
            return False
        before = self.ledger.latest(canonical(url))
        return before is not None and page.changed[url][:10] < before.captured_at[:10]

    def _list(self, step: Step) -> Request:
        self._asked.add(step.asked)
        self._open[step.seed] += 1
        request = self._request(step.url, step.role, self.read_list)
        meta = {**request.meta, "asked": step.asked}
        if step.body is None:
            return request.replace(cb_kwargs={"step": step}, meta=meta)
        return request.replace(
            cb_kwargs={"step": step}, meta=meta, method="POST", body=step.body, headers=step.headers
        )

    def _detail(self, url: str, title: str | None = None) -> Iterator[Request]:
        if url in self._asked or self.ledger.withholds(url):
            return
        if self.extent.limit is not None and self._details >= self.extent.limit:
            self.ledger.observe(cut_short=f"limited to {self.extent.limit} pages")
            return
        self._asked.add(url)
        self._details += 1
        request = self._request(url, "detail", self.read_detail)
        request.meta["title"] = title
        yield request

    def _attachments(self, page: Response) -> Iterator[Request]:
        for url in attached.links(page, self.source, self.family):
            if url in self._asked or self.ledger.withholds(url):
                continue
            if attached.is_due(self.ledger.latest(url, cut=True), self.ledger.now()):
                self._asked.add(url)
                yield self._request(url, "attachment", self.read_attachment)

    def _request(self, url: str, role: str, callback: Callable[..., Any]) -> Request:
        # Scrapy would look at each sign of an address that needs no change.
        meta = {"role": role, "asked": url, "verbatim_url": is_plain(url)}
        return Request(
            url, callback, errback=self.failed, meta=meta, priority=PRIORITY[role], dont_filter=True
        )
