"""Reading sitemaps and sitemap indexes, packed or not."""

from lxml import etree
from scrapy.http import Response

from archive.evidence import decoded
from archive.records import Entry
from archive.source import Listing, Source
from archive.urls import canonical
from crawler.spiders.anchors import wanted
from crawler.spiders.feed import parser
from crawler.spiders.page import Page

GZIP = b"\x1f\x8b"


def read(response: Response, source: Source, listing: Listing, number: int) -> Page:
    """The releases that a sitemap names, or the sitemaps that an index names.

    `lastmod` says when a page changed, not when it was published: it is kept as found, and as no day.
    """
    body = decoded(response.body, "gzip")[0] if response.body.startswith(GZIP) else response.body
    try:
        root = etree.fromstring(body, parser())
    except etree.XMLSyntaxError as error:
        return Page(problem=f"no sitemap, it does not parse ({error.msg})")
    name = etree.QName(root).localname
    if name == "sitemapindex":
        places = [(loc, lastmod) for loc, lastmod in _places(root) if source.speaks_at(loc)]
        return Page(more=tuple(loc for loc, _ in places), changed={loc: day for loc, day in places if day})
    if name != "urlset":
        return Page(problem=f"no sitemap, the root is <{name}>")
    found = (
        Entry(source.key, canonical(loc), listed_raw=lastmod)
        for loc, lastmod in _places(root)
        if source.speaks_at(loc) and wanted(loc, listing.detail_pattern)
    )
    return Page(tuple(found))


def _places(root: etree._Element) -> list[tuple[str, str | None]]:
    found = []
    for node in root.iterchildren("*"):
        texts = {etree.QName(child).localname: (child.text or "").strip() for child in node.iterchildren("*")}
        loc, lastmod = texts.get("loc", ""), texts.get("lastmod")
        if loc.startswith(("http://", "https://")):
            found.append((loc, lastmod or None))
    return found
