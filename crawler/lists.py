"""Which of some pages is the list of releases, the feed, the sitemap: told by the readers of the crawl."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from msgspec.structs import replace

from archive.records import Entry
from archive.source import Evidence, Listing, Name, Source, families
from archive.urls import host
from crawler.clusters import paging_for, rules_for
from crawler.leads import FILE, links, promise_of
from crawler.patterns import pattern_of
from crawler.signs import PAGES, site
from crawler.spiders import feed, listing, sitemap
from crawler.spiders.anchors import wanted
from crawler.spiders.page import Page
from crawler.spiders.select import clean
from crawler.visited import Visited

LEAST = 3  # entries of a list
PROMISING = 14.0  # a score that only lists of a press office reach
GIVEN = 8.0  # what it is worth that somebody named the page


@dataclass(frozen=True)
class Found:
    """A list on a portal. `rules` is what its source file has to say beyond its family's."""

    page: Visited
    role: Literal["listing", "feed", "sitemap"]
    entries: tuple[Entry, ...]
    rules: Listing = field(default_factory=Listing)
    more: str | None = None  # the next page
    parts: tuple[str, ...] = ()  # of a sitemap index
    score: float = 0.0

    @property
    def promising(self) -> bool:
        """Whether there is no need to look further."""
        return self.score >= PROMISING


def list_found(
    pages: Iterable[Visited],
    family: str,
    start: Visited | None,
    releases: Iterable[str] = (),
    rules: Listing | None = None,
) -> Found | None:
    """The page that most looks like the list of a press office; `start` is the one that somebody named.

    `releases` are addresses of pages known to be none. Given `rules`, no others are tried.
    """
    known = set(releases)
    tried = [_as_list(page, family, rules) for page in pages if page.is_page and page.url not in known]
    found = [_scored(f, family, start) for f in tried if f and (len(f.entries) >= LEAST or rules)]
    likely = [f for f in found if f.score > 0 or rules]
    return max(likely, key=lambda f: f.score, default=None)


def feed_found(pages: Iterable[Visited]) -> Found | None:
    """The feed that most speaks of the press."""
    found = []
    for page in pages:
        if page.is_xml:
            read = feed.read(page.response, probe([page]), Listing(), 1)
            if read.entries:
                found.append(Found(page, "feed", read.entries, score=_promise(page, read.entries)))
    return max(found, key=lambda f: f.score, default=None)


def sitemap_found(pages: Iterable[Visited], entries: Sequence[Entry]) -> Found | None:
    """The sitemap, with those of its addresses that look like the entries of other lists."""
    pattern = pattern_of([e.url for e in entries]) if len(entries) >= LEAST else None
    for page in pages:
        if not page.is_xml:
            continue
        read = sitemap.read(page.response, probe([page]), Listing(), 1)
        if read.more:
            return Found(page, "sitemap", (), parts=read.more)
        if read.problem is None and read.entries:
            rules = Listing(detail_pattern=pattern or _largest_folder(read.entries))
            fitting = tuple(
                e for e in read.entries if rules.detail_pattern and wanted(e.url, rules.detail_pattern)
            )
            return Found(page, "sitemap", fitting, rules)
    return None


def probe(pages: Sequence[Visited], family: str = "generic", rules: Listing = Listing()) -> Source:  # noqa: B008
    """A source as the readers need one, which speaks on every host of the operator."""
    hosts = {host(page.url) for page in pages}
    hosts |= {host(url) for page in pages if page.is_page for url, _ in links(page)}
    return Source(
        key="probe",
        title="",
        publisher="",
        jurisdiction="DE",
        family=family,
        status="unconfirmed",
        home=pages[0].url,
        names=(Name(name=""),),
        seeds=(),
        hosts=tuple(sorted(name for name in hosts if site(f"//{name}") == site(pages[0].url))),
        listing=rules,
        evidence=Evidence(years="", confidence="low"),
    )


@lru_cache(maxsize=PAGES)
def _as_list(page: Visited, family: str, rules: Listing | None) -> Found | None:
    """A page read by its family's rules, else by rules made for it."""
    own = _found(page, _read(page, family, rules or Listing()), rules or Listing())
    if rules is not None or (len(own.entries) >= LEAST and own.more):
        return own
    paging = paging_for(page)
    if len(own.entries) >= LEAST:
        paged = _found(page, _read(page, family, paging), paging)
        return paged if paged.more else own
    general = rules_for(page)
    if general is None:
        return own
    addresses = Listing(detail_pattern=general.detail_pattern)  # the less a file must say, the better
    tried = [replace(addresses, next=general.next, next_pattern=general.next_pattern), addresses, general]
    found = [_found(page, _read(page, family, t), t) for t in tried if t != Listing()]
    return max(found, key=lambda f: (len(f.entries), f.more is not None), default=own)


def _read(page: Visited, family: str, rules: Listing) -> Page:
    source = probe([page], family, rules)
    try:
        return listing.read(page.response, source, listing.rules(source, families()[family]), 1)  # type: ignore[arg-type]
    except ValueError as error:  # from Scrapy, where the page's <base> is no address
        return Page(problem=str(error))


def _found(page: Visited, read: Page, rules: Listing) -> Found:
    return Found(page, "listing", read.entries, rules, next(iter(read.more), None))


def _scored(found: Found, family: str, start: Visited | None) -> Found:
    heading = found.page.soup.title
    promise = promise_of(found.page.url, clean(heading.get_text()) if heading else "")
    dated = sum(e.listed_on is not None for e in found.entries) / max(1, len(found.entries))
    score = min(len(found.entries), 10) / 2 + 4 * dated + promise + 2 * bool(found.more)
    patterns = (found.rules.detail_pattern, families()[family].listing.detail_pattern)
    if any(pattern and wanted(found.page.url, pattern) for pattern in patterns):
        score -= 10  # a release with links to others
    if start and found.page.url == start.url and promise:
        score += GIVEN
    return Found(found.page, found.role, found.entries, found.rules, found.more, score=score)


def _promise(page: Visited, entries: Sequence[Entry]) -> float:
    told = max(promise_of(url, "") for url in (page.url, *(e.url for e in entries)))
    return told + min(len(entries), 20) / 10


def _largest_folder(entries: Sequence[Entry]) -> str | None:
    """How releases look in a sitemap alone: the folder of the press with the most pages."""
    folders: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        folder = entry.url.rstrip("/").rpartition("/")[0]
        if promise_of(folder, "") and not FILE.search(entry.url):
            folders[folder].append(entry.url)
    best = max(folders.values(), key=len, default=[])
    return pattern_of(best) if len(best) >= LEAST else None


def with_pattern(rules: Listing, family: str, entries: Sequence[Entry]) -> Listing:
    """Rules under which the entries of a feed are releases, where those of the family would refuse them."""
    pattern = rules.detail_pattern or families()[family].listing.detail_pattern
    if pattern is None or sum(wanted(e.url, pattern) for e in entries) >= len(entries) / 2:
        return rules
    return replace(rules, detail_pattern=pattern_of([e.url for e in entries]) or "^/")
