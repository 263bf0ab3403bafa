"""Reading sitemaps and sitemap indexes, packed or not."""

import re
from urllib.parse import urlsplit

from lxml import etree
from scrapy.http import Response

from archive.evidence import decoded
from archive.records import Entry
from archive.source import Listing, Source
from archive.urls import canonical
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
        return Page(more=tuple(loc for loc, _ in _places(root) if source.speaks_at(loc)))
    if name != "urlset":
        return Page(problem=f"no sitemap, the root is <{name}>")
    wanted = [(loc, lastmod) for loc, lastmod in _places(root) if _wanted(loc, source, listing)]
    return Page(tuple(Entry(source.key, canonical(loc), listed_raw=lastmod) for loc, lastmod in wanted))


def _places(root: etree._Element) -> list[tuple[str, str | None]]:
    found = []
    for node in root.iterchildren("*"):
        texts = {etree.QName(child).localname: (child.text or "").strip() for child in node.iterchildren("*")}
        loc, lastmod = texts.get("loc", ""), texts.get("lastmod")
        if loc.startswith(("http://", "https://")):
            found.append((loc, lastmod or None))
    return found


def _wanted(loc: str, source: Source, listing: Listing) -> bool:
    if not source.speaks_at(loc):
        return False
    return not listing.detail_pattern or re.search(listing.detail_pattern, urlsplit(loc).path) is not None
