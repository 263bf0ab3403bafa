"""Reading a listing page: by the selectors of its source, or by general rules where it gives none."""

from msgspec.structs import asdict
from parsel import Selector
from scrapy.http import TextResponse

from archive.records import Entry
from archive.source import Family, Listing, Source
from archive.urls import canonical
from crawler.listed import listed_on
from crawler.spiders import rows
from crawler.spiders.page import Page
from crawler.spiders.paging import next_page
from crawler.spiders.select import elements, first


def rules(source: Source, family: Family) -> Listing:
    """How to read a source's listing: what its own file says before what its family says."""
    own = {name: value for name, value in asdict(source.listing).items() if value}
    return Listing(**{**asdict(family.listing), **own})


def read(response: TextResponse, source: Source, listing: Listing, number: int) -> Page:
    """The rows of a listing page and its next page; `number` counts pages from 1."""
    selector = response.selector
    if listing.rows:
        found = elements(selector, listing.rows)
        nodes = [(node, link) for node in found if (link := _link(node, listing, response))]
    else:
        nodes = rows.found(response, source, listing)
    by_url: dict[str, Entry] = {}
    for node, link in nodes:
        url = _address(link, response)
        if url and source.speaks_at(url) and url not in by_url:
            by_url[url] = _entry(node, url, source, listing)
    more = next_page(response, listing, number)
    return Page(tuple(by_url.values()), (more,) if more else ())


def _link(row: Selector, listing: Listing, response: TextResponse) -> str | None:
    if listing.link:
        return first(row, tuple(s if "@" in s else f"{s}@href" for s in listing.link))
    anchors = row.css("a[href]")
    leading = [a for a in anchors if rows.leads(a, listing, response)]
    chosen = leading or row.css("h1 a[href], h2 a[href], h3 a[href], h4 a[href]") or anchors
    return str(chosen[0].attrib["href"]) if chosen else row.attrib.get("href")


def _address(link: str, response: TextResponse) -> str | None:
    try:
        return canonical(response.urljoin(link.strip()))
    except ValueError:
        return None  # mailto:, javascript: and the like


def _entry(row: Selector, url: str, source: Source, listing: Listing) -> Entry:
    raw = first(row, listing.day) or rows.day(row)
    return Entry(
        source_key=source.key,
        url=url,
        title=first(row, listing.title) or rows.title(row, listing),
        kicker=first(row, listing.kicker),
        number=first(row, listing.number) or rows.number(row),
        listed_on=listed_on(raw) if raw else None,
        listed_raw=raw,
        lead=first(row, listing.lead),
    )
