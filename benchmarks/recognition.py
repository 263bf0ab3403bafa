"""How well unknown portals are recognised: each replica and saved page, without its own source file.

`python -m benchmarks.recognition` prints a line per family and each thing that went wrong. With
`--without-family` the family of each portal is taken away too: what general rules alone make of it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin, urlsplit

import click
from rich.console import Console
from rich.table import Table

from archive.records import Entry
from archive.source import Family, Source, families, registry
from archive.urls import canonical
from cli.draft import Named, drafted, has
from crawler import leads, lists, signs
from crawler.spiders import listing
from crawler.spiders.page import Page as ListPage
from crawler.survey import Survey, survey
from crawler.visited import Visited
from demo.exchange import Request, Response
from demo.registry import demo_sources
from demo.replicas.registry import REPLICAS, moved
from demo.replicas.replica import document, shown
from demo.server import PORTALS, DemoServer
from pipeline.parse.layouts import source_at
from pipeline.parse.page import parse
from tests.parse.goldens import FOLDER, URLS, saved

TODAY = date(2026, 7, 1)
STARTS = ("home", "list", "release")
FIELDS = ("title", "published", "text")
SAME = {"sitemap": {"feed", "imperia"}}  # the demo's portal of feeds wears the skin of Berlin
FEED = "https://www.berlin.de/presse/pressemitteilungen/index/feed"
NAMED = Named("x-portal", "DE", "Ministerium", "Ministerium")


@dataclass(frozen=True)
class Outcome:
    """What came of one start on one portal; None where the portal has no such thing."""

    portal: str
    start: str
    family: str
    expected: str
    listing: bool | None  # the list, with nothing in it but releases
    more: bool | None  # its second page
    feed: bool | None
    fields: int  # of title, day and text, those that come out as with the portal's own source file
    wanted: int
    asked: int  # requests

    @property
    def recognised(self) -> bool:
        """Whether its family was told."""
        return self.family == self.expected or self.family in SAME.get(self.expected, ())


@dataclass(frozen=True)
class Portal:
    """A replica whose pages are answered without a network, and the source that knows it."""

    server: DemoServer
    key: str
    source: Source
    family: Family

    def visit(self, urls: Sequence[str]) -> list[Visited]:
        """Answers as a crawl brings them, robots.txt first."""
        return [self.answer(url) for url in (f"{self.server.base(self.key)}/robots.txt", *urls)]

    def answer(self, url: str) -> Visited:
        """One answer, after redirects and after waiting where the portal is busy."""
        at = url
        for _ in range(5):
            parts = urlsplit(at)
            target = f"{parts.path}?{parts.query}" if parts.query else parts.path
            response = self.server.answer(self.key, target, {})
            if location := response.headers.get("Location"):
                at = urljoin(at, location)
            elif response.status not in (429, 503):
                break
        if parts.path == "/" and response.status == 404:
            response = self._front()
        body = response.body if isinstance(response.body, bytes) else b""
        return Visited(url, at, response.status, response.content_type or None, body)

    def lists(self) -> list[Visited]:
        """The lists that are pages, as the source file names them."""
        pages = [self.answer(s.url) for s in self.source.seeds if s.role == "listing" and s.body is None]
        return [page for page in pages if page.is_page and self.read(page).entries]

    def feeds(self) -> list[str]:
        """The feeds that the source file names, as far as there are any."""
        return [s.url for s in self.source.seeds if s.role == "feed" and self.answer(s.url).status == 200]

    def read(self, page: Visited) -> ListPage:
        """A list read by the source file's rules."""
        rules = listing.rules(self.source, self.family)
        return listing.read(page.response, self.source, rules, 1)  # type: ignore[arg-type]

    def rows(self) -> list[Entry]:
        """All entries of the lists."""
        return [entry for page in self.lists() for entry in self.read(page).entries]

    def start(self, start: str) -> str | None:
        """The address of a front page, list or release; None where the portal has none."""
        if start == "home":
            return f"{self.server.base(self.key)}/"
        if start == "list":
            return next((page.asked for page in self.lists()), None)
        if self.key in REPLICAS:
            address = REPLICAS[self.key].address(shown(REPLICAS[self.key].newsroom, 0)[3])
            return self.server.base(self.key) + address
        return next((entry.url for entry in self.rows()[3:]), None)

    def _front(self) -> Response:
        """Replicas have no front page; this one links lists and names feeds, as every portal does."""
        head = "".join(f'<link rel="alternate" type="application/rss+xml" href="{u}">' for u in self.feeds())
        menu = "".join(f'<li><a href="{page.asked}">Presse</a></li>' for page in self.lists())
        body = f"<main><ul>{menu}<li><a href='/ministerium'>Ministerium</a></li></ul></main>"
        return document("Startseite", body, head)


def outcomes(
    keys: Sequence[str] = (), starts: Sequence[str] = STARTS, without_family: bool = False
) -> list[Outcome]:
    """Portals of the demo and replicas of real ones, each from several of its pages."""
    portals: dict[str, Callable[[Request], Response]] = {**PORTALS, **REPLICAS}
    wanted = {key: portals[key] for key in keys or distinct()}
    with DemoServer(portals={**PORTALS, **wanted}) as server:
        known = demo_sources(server)
        sources = [known.get(key) or moved(registry()[key], server.base(key)) for key in wanted]
        places = [Portal(server, s.key, s, families()[s.family]) for s in sources]
        tried = [_outcome(place, start, without_family) for place in places for start in starts]
    return [outcome for outcome in tried if outcome]


def distinct() -> list[str]:
    """The demo's portals and those replicas that are not the same as one before."""
    first = {(r.path, id(r.listing), id(r.detail)): key for key, r in reversed(REPLICAS.items())}
    return [*PORTALS, *(key for key in REPLICAS if key in first.values())]


def _outcome(place: Portal, start: str, without_family: bool) -> Outcome | None:
    url = place.start(start)
    if url is None:
        return None
    asked: list[str] = []

    def visit(urls: Sequence[str]) -> list[Visited]:
        asked.extend(urls)
        return place.visit(urls)

    truth, first, goes_on = {e.url for e in place.rows()}, place.lists(), False
    goes_on = any(place.read(page).more for page in first)
    with _taken_away(place.source.family if without_family else None):
        found = survey(url, visit)
        fields = _fields(found)
    wanted = _wanted(found, place.source)
    read = {e.url for e in found.listing.entries} if found.listing else set()
    second = {e.url for e in found.second.entries} if found.second else set()
    return Outcome(
        portal=place.key,
        start=start,
        family=found.family,
        expected=place.source.family,
        listing=bool(read) and read <= truth if first else None,
        more=bool(second - read) if goes_on else None,
        feed=found.feed is not None if place.feeds() else None,
        fields=sum(fields.get(at) == value for at, value in wanted.items()),
        wanted=len(wanted) or len(FIELDS),
        asked=len(asked),
    )


@contextmanager
def _taken_away(family: str | None) -> Iterator[None]:
    """No family of this name for a while."""
    taken = families().pop(family) if family and family != "generic" else None
    signs._borne.cache_clear()
    lists._as_list.cache_clear()
    try:
        yield
    finally:
        if taken and family:
            families()[family] = taken


def _fields(found: Survey) -> dict[tuple[str, str], str]:
    """What the drafted source reads, by address and field."""
    draft = drafted(found, NAMED, TODAY)
    return {
        (e.visited.url, name): getattr(e.page, name)
        for e in draft.examples
        for name in FIELDS
        if has(e.page, name)
    }


def _wanted(found: Survey, source: Source) -> dict[tuple[str, str], str]:
    """What the portal's own source reads."""
    pages = [(v.url, parse(v.body, v.url, TODAY, source, v.content_type)) for v in found.examples]
    return {(url, name): getattr(page, name) for url, page in pages for name in FIELDS if has(page, name)}


def saved_pages() -> list[Outcome]:
    """The real pages of the tests, each alone: nothing else of its portal can be had."""
    told = [_saved(name, url, saved(name)) for name, url in URLS.items()]
    return [*told, _saved("be-feed-2021", FEED, (FOLDER / "be-feed-2021.xml").read_bytes())]


def _saved(name: str, url: str, body: bytes) -> Outcome:
    kind = "application/rss+xml" if url == FEED else "text/html"
    page = Visited(url, url, 200, kind, body)

    def visit(urls: Sequence[str]) -> list[Visited]:
        return [page] if url in urls else []

    known = source_at(url)
    assert known is not None, url
    found = survey(url, visit)
    fields, wanted = _fields(found), _wanted(found, known)
    named = {canonical(lead.url).rstrip("/") for lead in leads.press(page)}
    seeds = {canonical(s.url).rstrip("/") for s in known.seeds if s.role == "listing" and "?" not in s.url}
    return Outcome(
        portal=name,
        start="feed" if url == FEED else "release",
        family=found.family,
        expected=known.family,
        listing=bool(named & seeds) if seeds and page.is_page else None,
        more=None,
        feed=bool(leads.feeds(page)) if page.is_page else found.feed is not None,
        fields=sum(fields.get(at) == value for at, value in wanted.items()),
        wanted=len(wanted),
        asked=1,
    )


def table(found: Sequence[Outcome], title: str) -> Table:
    """A line per family: how many of its starts brought what they should."""
    lines = Table("family", "starts", "recognised", "list", "next", "feed", "fields", "requests", title=title)
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in found:
        groups[outcome.expected].append(outcome)
    for family, members in [*sorted(groups.items()), ("all", list(found))]:
        shares = [
            _share([getattr(o, name) for o in members]) for name in ("recognised", "listing", "more", "feed")
        ]
        fields = f"{sum(o.fields for o in members)}/{sum(o.wanted for o in members)}"
        asked = f"{sum(o.asked for o in members) / len(members):.0f}"
        lines.add_row(family, str(len(members)), *shares, fields, asked)
    return lines


def _share(told: Sequence[bool | None]) -> str:
    known = [value for value in told if value is not None]
    return f"{sum(known)}/{len(known)}" if known else "–"


@click.command()
@click.argument("keys", nargs=-1)
@click.option("--without-family", is_flag=True, help="Take away the family of each portal too.")
def main(keys: tuple[str, ...], without_family: bool) -> None:
    """Print the tables for the portals KEYS, or for all."""
    console = Console(width=110)
    found = outcomes(keys, without_family=without_family)
    console.print(table(found, "Replicas, without their source files"))
    if not keys and not without_family:
        pages = saved_pages()
        console.print(table(pages, "Saved pages, each alone"))
        found += pages
    for o in found:
        if (
            (not o.recognised and not without_family)
            or False in (o.listing, o.more, o.feed)
            or o.fields < o.wanted
        ):
            console.print(f"falls short: {o}", soft_wrap=True)


if __name__ == "__main__":
    main()
