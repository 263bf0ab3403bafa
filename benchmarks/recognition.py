"""How well unknown portals are recognised: each replica and saved page, without its own source file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin, urlsplit

from rich.console import Console
from rich.table import Table

from archive.errors import ArchiveError
from archive.source import Source, families, registry
from cli.draft import Draft, Named, drafted, has
from crawler.spiders import listing
from crawler.survey import Survey, survey
from crawler.visited import Visited
from demo.exchange import Request, Response
from demo.registry import demo_sources
from demo.replicas.registry import REPLICAS, moved
from demo.replicas.replica import document, shown
from demo.server import PORTALS, DemoServer
from pipeline.parse.page import parse

TODAY = date(2026, 7, 1)
STARTS = ("home", "list", "release")
SAME = {
    "sitemap": {"feed", "imperia"},
    "feed": {"sitemap"},
}  # the demo's feed portal wears the skin of Berlin
Respond = Callable[[Request], Response]


@dataclass(frozen=True)
class Outcome:
    """What came of one start on one portal; None where the portal has no such thing."""

    key: str
    start: str
    family: str
    expected: str
    listing: bool | None
    more: bool | None
    feed: bool | None
    fields: int  # of title, day and text, as they come out with the portal's own source file
    wanted: int
    asked: int
    doubts: tuple[str, ...] = ()

    @property
    def recognised(self) -> bool:
        return self.family == self.expected or self.family in SAME.get(self.expected, ())


def outcomes(keys: Sequence[str] = ()) -> list[Outcome]:
    """Every portal from its front page, from its list and from a release."""
    portals: dict[str, Respond] = {**PORTALS, **REPLICAS}
    with DemoServer(portals=portals) as server:
        sources = {**demo_sources(server), **_replica_sources(server)}
        return [
            outcome
            for key in keys or portals
            for start in STARTS
            if (outcome := _outcome(server, sources[key], key, start))
        ]


def _replica_sources(server: DemoServer) -> dict[str, Source]:
    return {key: moved(registry()[key], server.base(key)) for key in REPLICAS}


def _outcome(server: DemoServer, source: Source, key: str, start: str) -> Outcome | None:
    asked: list[str] = []
    visit = _visitor(server, source, key, asked)
    url = _start(server, source, key, start, visit)
    if url is None:
        return None
    try:
        found = survey(url, visit)
    except ArchiveError as error:
        return Outcome(key, start, "-", source.family, False, False, False, 0, 3, len(asked), (str(error),))
    draft = drafted(found, Named("x-portal", "DE", "Ministerium", "Ministerium"), TODAY)
    return _judged(key, start, source, found, draft, visit, len(asked))


def _judged(
    key: str, start: str, source: Source, found: Survey, draft: Draft, visit: object, asked: int
) -> Outcome:
    lists = _html_lists(source, visit)
    truth = {e.url for page in lists for e in _rows(page, source)}
    read = {e.url for e in found.listing.entries} if found.listing else set()
    fields = wanted = 0
    for example in draft.examples:
        own = parse(example.visited.body, example.visited.url, TODAY, source, example.visited.content_type)
        for name in ("title", "published", "text"):
            if has(own, name):
                wanted += 1
                fields += getattr(example.page, name, None) == getattr(own, name)
    second = {e.url for e in found.second.entries} if found.second else set()
    pages_on = any(_more(page, source) for page in lists)
    return Outcome(
        key,
        start,
        found.family,
        source.family,
        bool(read) and read <= truth if lists else None,
        bool(second - read) if pages_on else None,
        found.feed is not None if any(s.role == "feed" for s in source.seeds) else None,
        fields,
        wanted or 3,
        asked,
        draft.doubts,
    )


def _rows(page: Visited, source: Source):  # type: ignore[no-untyped-def]
    return listing.read(page.response, source, listing.rules(source, families()[source.family]), 1).entries


def _more(page: Visited, source: Source) -> bool:
    return bool(listing.read(page.response, source, listing.rules(source, families()[source.family]), 1).more)


def _html_lists(source: Source, visit) -> list[Visited]:  # type: ignore[no-untyped-def]
    """The lists that are pages, as the portal's own source file names them."""
    seeds = [s.url for s in source.seeds if s.role == "listing" and s.body is None]
    return [page for page in visit(seeds) if page.is_page and _rows(page, source)] if seeds else []


def _start(server: DemoServer, source: Source, key: str, start: str, visit) -> str | None:  # type: ignore[no-untyped-def]
    base = server.base(key)
    if start == "home":
        return f"{base}/"
    lists = _html_lists(source, visit)
    if start == "list":
        return lists[0].asked if lists else None
    if key in REPLICAS:
        return base + REPLICAS[key].address(shown(REPLICAS[key].newsroom, 0)[3])
    rows = [e.url for page in lists for e in _rows(page, source)]
    return rows[3] if rows else None


def _visitor(server: DemoServer, source: Source, key: str, asked: list[str]):  # type: ignore[no-untyped-def]
    """Answers of the portal without a network; a front page is put before replicas that have none."""

    def answer(url: str) -> Visited:
        at = url
        for _ in range(5):
            parts = urlsplit(at)
            response = server.answer(key, f"{parts.path}?{parts.query}" if parts.query else parts.path, {})
            if response.status in (429, 503):
                continue  # the crawler waits and asks again
            location = response.headers.get("Location")
            if not location:
                break
            at = urljoin(at, location)
        if parts.path == "/" and response.status == 404:
            response = _front(source)
        assert isinstance(response.body, bytes)
        return Visited(url, at, response.status, response.content_type or None, response.body)

    def visit(urls: Sequence[str]) -> list[Visited]:
        asked.extend(urls)
        robots = f"{server.base(key)}/robots.txt"
        return [answer(url) for url in (robots, *urls)]

    def front(source: Source) -> Response:
        return _front(source)

    def _front(source: Source) -> Response:
        pages = [s.url for s in source.seeds if s.role == "listing" and s.body is None]
        linked = [u for u in pages if answer(u).is_page]
        feeds = [s.url for s in source.seeds if s.role == "feed"]
        head = "".join(f'<link rel="alternate" type="application/rss+xml" href="{u}">' for u in feeds)
        menu = "".join(f'<li><a href="{u}">Presse</a></li>' for u in linked)
        return document(
            "Startseite", f"<main><ul>{menu}<li><a href='/ministerium'>Ministerium</a></li></ul></main>", head
        )

    return visit


def main() -> None:
    """Print the table."""
    import sys

    table = Table("portal", "start", "family", "list", "next", "feed", "fields", "asked", box=None)
    found = outcomes(sys.argv[1:])
    mark = {True: "yes", False: "NO", None: "-"}
    for o in found:
        family = o.family if o.recognised else f"{o.family} (is {o.expected})"
        table.add_row(
            o.key,
            o.start,
            family,
            mark[o.listing],
            mark[o.more],
            mark[o.feed],
            f"{o.fields}/{o.wanted}",
            str(o.asked),
        )
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
