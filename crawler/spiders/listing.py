"""Reading a listing page: by the selectors of its source, or by general rules where it gives none."""

from collections.abc import Sequence

from msgspec.structs import asdict
from parsel import Selector
from scrapy.http import TextResponse

from archive.records import Entry
from archive.source import Family, Listing, Source
from archive.titles import cleaned
from archive.urls import canonical, host
from crawler.listed import listed_on
from crawler.spiders import json_rows, rows
from crawler.spiders.anchors import Anchor, anchors, joined, wanted
from crawler.spiders.page import Page
from crawler.spiders.paging import next_page
from crawler.spiders.select import elements, first


def rules(source: Source, family: Family) -> Listing:
    """How to read a source's listing: what its own file says before what its family says."""
    own = {name: value for name, value in asdict(source.listing).items() if value}
    return Listing(**{**asdict(family.listing), **own})


def read(response: TextResponse, source: Source, listing: Listing, number: int) -> Page:
    """The rows of a listing page and its next page; `number` counts pages from 1."""
    if json_rows.is_json(response):
        return json_rows.read(response, source, listing, number, read)
    links = anchors(response)
    if listing.rows:
        nodes = _selected(response, links, listing)
    else:
        nodes = rows.found(links, response.url, source, listing)
    addressed = [(node, url) for node, link in nodes if (url := _address(link, response))]
    by_url: dict[str, Entry] = {}
    for node, url in addressed:
        if source.speaks_at(url) and url not in by_url:
            by_url[url] = _entry(node, url, source, listing)
    if addressed and not by_url:
        return Page(problem=f"its links lead to {host(addressed[0][1])}, which is no host of this source")
    more = next_page(response, links, listing, number)
    return Page(tuple(by_url.values()), (more,) if more else ())


def _selected(
    response: TextResponse, links: Sequence[Anchor], listing: Listing
) -> list[tuple[Selector, str]]:
    """Row and link by the source's selectors; a row whose link does not look like a release's is none."""
    leading = {a.element: a.href for a in links if rows.leads(a, listing)}
    found = [(row, _link(row, leading, listing)) for row in elements(response.selector, listing.rows)]
    return [
        (row, link) for row, link in found if link and wanted(joined(response, link), listing.detail_pattern)
    ]


def _link(row: Selector, leading: dict[object, str], listing: Listing) -> str | None:
    if listing.link and (told := first(row, tuple(s if "@" in s else f"{s}@href" for s in listing.link))):
        return told
    inside = list(row.root.iter("a"))
    if hits := [leading[a] for a in inside if a in leading]:
        return hits[0]
    titled = row.css("h1 a::attr(href), h2 a::attr(href), h3 a::attr(href), h4 a::attr(href)").get()
    return titled or next((a.get("href") for a in inside if a.get("href")), None) or row.attrib.get("href")


def _address(link: str, response: TextResponse) -> str | None:
    try:
        return canonical(joined(response, link.strip()))
    except ValueError:
        return None  # mailto:, javascript: and the like


def _entry(row: Selector, url: str, source: Source, listing: Listing) -> Entry:
    heading = first(row, listing.title) or rows.title(row, listing)
    raw = first(row, listing.day) or rows.day(row, heading)
    title = cleaned(heading or "")
    return Entry(
        source_key=source.key,
        url=url,
        title=title.text or None,
        kicker=first(row, listing.kicker) or title.kicker,
        number=first(row, listing.number) or rows.number(row) or title.number,
        listed_on=listed_on(raw) if raw else None,
        listed_raw=raw,
        lead=first(row, listing.lead),
    )
