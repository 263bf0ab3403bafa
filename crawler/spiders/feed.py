"""Reading RSS and Atom feeds; what does not parse, or holds no item, is no feed."""

from lxml import etree
from scrapy.http import Response

from archive.records import Entry
from archive.source import Listing, Source
from archive.urls import canonical
from crawler.listed import listed_on
from crawler.spiders.anchors import wanted
from crawler.spiders.page import Page
from crawler.spiders.select import clean

ROOTS = ("rss", "feed", "RDF")
DAYS = ("pubDate", "published", "date", "updated")
LEADS = ("description", "summary")


def read(response: Response, source: Source, listing: Listing, number: int) -> Page:
    """The items of a feed. Some portals answer a guessed feed address with a page of HTML and status 200."""
    try:
        root = etree.fromstring(response.body, parser())
    except etree.XMLSyntaxError as error:
        return Page(problem=f"no feed, it does not parse ({error.msg})")
    items = list(root.iter("{*}item", "{*}entry"))
    if etree.QName(root).localname not in ROOTS or not items:
        return Page(problem=f"no feed, the root is <{etree.QName(root).localname}> with {len(items)} items")
    told = (_entry(item, source, response.url) for item in items)
    found = {e.url: e for e in told if e and wanted(e.url, listing.detail_pattern)}
    return Page(tuple(found.values()))


def parser() -> etree.XMLParser:
    """For XML of strangers: no entities, no network, no huge trees."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def _entry(item: etree._Element, source: Source, base: str) -> Entry | None:
    texts: dict[str, str] = {}
    for child in item.iterchildren("*"):
        texts.setdefault(etree.QName(child).localname, clean("".join(map(str, child.itertext()))))
    link = _link(item) or texts.get("guid", "")
    try:
        url = canonical(link, base)
    except ValueError:
        return None
    if not link or not source.speaks_at(url):
        return None
    raw = next((texts[name] for name in DAYS if texts.get(name)), None)
    return Entry(
        source_key=source.key,
        url=url,
        title=texts.get("title") or None,
        listed_on=listed_on(raw) if raw else None,
        listed_raw=raw,
        lead=next((texts[name] for name in LEADS if texts.get(name)), None),
    )


def _link(item: etree._Element) -> str:
    """RSS gives the address as text, Atom as an attribute."""
    for link in item.iterchildren("{*}link"):
        if link.get("rel", "alternate") == "alternate" and (found := link.get("href") or link.text):
            return found.strip()
    return ""
