"""Reading a listing page: by the selectors of its source, or by general rules where it gives none."""

from collections.abc import Sequence

from lxml.html import HtmlElement
from msgspec.structs import asdict
from scrapy.http import TextResponse

from archive.records import Entry
from archive.source import Family, Listing, Source
from archive.titles import cleaned
from archive.urls import canonical, host
from crawler.listed import listed_on
from crawler.spiders import json_rows, rows
from crawler.spiders.anchors import Anchor, Join, anchors, joining, wanted
from crawler.spiders.page import Page
from crawler.spiders.paging import next_page
from crawler.spiders.select import elements, first, matching

TITLED = "h1 a[href], h2 a[href], h3 a[href], h4 a[href]"


def rules(source: Source, family: Family) -> Listing:
    """How to read a source's listing: what its own file says before what its family says."""
    own = {name: value for name, value in asdict(source.listing).items() if value}
    return Listing(**{**asdict(family.listing), **own})


def read(response: TextResponse, source: Source, listing: Listing, number: int) -> Page:
    """The rows of a listing page and its next page; `number` counts pages from 1."""
    if json_rows.is_json(response):
        return json_rows.read(response, source, listing, number, read)
    join = joining(response)
    links = anchors(response, join)
    if listing.rows:
        nodes = _selected(response, links, listing, join)
    else:
        nodes = rows.found(links, response.url, source, listing)
    addressed = [(node, url) for node, link in nodes if (url := _address(link, join))]
    by_url: dict[str, Entry] = {}
    for node, url in addressed:
        if source.speaks_at(url) and url not in by_url:
            by_url[url] = _entry(node, url, source, listing)
    if addressed and not by_url:
        return Page(problem=f"its links lead to {host(addressed[0][1])}, which is no host of this source")
    more = next_page(response, links, listing, number)
    return Page(tuple(by_url.values()), (more,) if more else ())


def _selected(
    response: TextResponse, links: Sequence[Anchor], listing: Listing, join: Join
) -> list[tuple[HtmlElement, str]]:
    """Row and link by the source's selectors; a row whose link does not look like a release's is none."""
    leading = {a.element: a.href for a in links if rows.leads(a, listing)}
    found = [(row, _link(row, leading, listing)) for row in elements(response.selector.root, listing.rows)]
    return [(row, link) for row, link in found if link and wanted(join(link), listing.detail_pattern)]


def _link(row: HtmlElement, leading: dict[object, str], listing: Listing) -> str | None:
    if listing.link and (told := first(row, tuple(s if "@" in s else f"{s}@href" for s in listing.link))):
        return told
    inside = list(row.iter("a"))
    if hits := [leading[a] for a in inside if a in leading]:
        return hits[0]
    titled: str | None = next((a.get("href") for a in matching(row, TITLED)), None)
    return titled or next((a.get("href") for a in inside if a.get("href")), None) or row.get("href")


def _address(link: str, join: Join) -> str | None:
    try:
        return canonical(join(link.strip()))
    except ValueError:
        return None  # mailto:, javascript: and the like


def _entry(row: HtmlElement, url: str, source: Source, listing: Listing) -> Entry:
    lines = rows.lines(row)
    heading = first(row, listing.title) or rows.title(row, listing)
    raw = first(row, listing.day) or rows.day(row, lines, heading)
    title = cleaned(heading or "")
    return Entry(
        source_key=source.key,
        url=url,
        title=title.text or None,
        kicker=first(row, listing.kicker) or title.kicker,
        number=first(row, listing.number) or rows.number(lines) or title.number,
        listed_on=listed_on(raw) if raw else None,
        listed_raw=raw,
        lead=first(row, listing.lead),
    )
