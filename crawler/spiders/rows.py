"""Rules for lists without selectors: which links lead to releases, and what belongs to each of them."""

import re
from collections import defaultdict
from urllib.parse import urlsplit

from lxml.html import HtmlElement
from parsel import Selector
from scrapy.http import TextResponse

from archive.source import Listing, Source
from archive.urls import canonical
from crawler.listed import listed_on
from crawler.spiders.select import clean, text_of

NUMBER = re.compile(r"(?<!\d)\d{1,4}/(?:19|20)\d{2}(?!\d)")
DAY_FIRST = re.compile(r"(?:\w+,\s*)?(?:Datum:?\s*)?(?:\d{1,2}\.|\d{4}-)")
SHORT = 60  # characters; a date in a longer text is part of what the release says
TITLE_LEAST = 25  # characters; shorter link texts are navigation
ITEMS = ("li", "article", "tr", "dd")
HEADINGS = "h1, h2, h3, h4, h5, h6"


def leads(anchor: Selector, listing: Listing, response: TextResponse) -> bool:
    """Whether a link leads to a release, by its text or its address."""
    if listing.link_text and listing.link_text.lower() in text_of(anchor).lower():
        return True
    if not listing.detail_pattern:
        return False
    parts = urlsplit(response.urljoin(anchor.attrib["href"].strip()))
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return re.search(listing.detail_pattern, target) is not None


def found(response: TextResponse, source: Source, listing: Listing) -> list[tuple[Selector, str]]:
    """Row and link of each release on a page."""
    anchors = response.css("a[href]")
    leading = [a for a in anchors if leads(a, listing, response)]
    if not leading and not listing.detail_pattern:
        leading = [a for a in anchors if _deeper(a, response, source)]
    targets: dict[HtmlElement, set[str]] = defaultdict(set)
    for anchor in leading:
        for ancestor in anchor.root.iterancestors():
            targets[ancestor].add(anchor.attrib["href"])
    return [(Selector(root=_row(a.root, targets), type="html"), a.attrib["href"]) for a in leading]


def _row(anchor: HtmlElement, targets: dict[HtmlElement, set[str]]) -> HtmlElement:
    """The largest element around a link that holds no other release, at most an item of a list."""
    row = anchor
    for ancestor in anchor.iterancestors():
        if len(targets[ancestor]) > 1 or ancestor.tag in ("main", "body", "html"):
            break
        row = ancestor
        if row.tag in ITEMS:
            break
    return row


def _deeper(anchor: Selector, response: TextResponse, source: Source) -> bool:
    """Whether a link with a title for a text goes to a page below the list."""
    try:
        url = canonical(response.urljoin(anchor.attrib["href"].strip()))
    except ValueError:
        return False
    path = urlsplit(response.url).path
    folder = path if path.endswith("/") else path.rsplit("/", 1)[0] + "/"
    below = urlsplit(url).path.startswith(folder) and urlsplit(url).path.rstrip("/") != path.rstrip("/")
    return below and source.speaks_at(url) and len(text_of(anchor)) >= TITLE_LEAST


def title(row: Selector, listing: Listing) -> str | None:
    """The heading of a row, else the text of its link."""
    if headings := [text for node in row.css(HEADINGS) if (text := text_of(node))]:
        return headings[0]
    texts = [text_of(a) for a in row.xpath("descendant-or-self::a[@href]")]
    told = [t for t in texts if t and not (listing.link_text and listing.link_text.lower() in t.lower())]
    return max(told, key=len, default=None)


def number(row: Selector) -> str | None:
    """A release number such as 127/2018 in a row."""
    hit = NUMBER.search(text_of(row))
    return hit[0] if hit else None


def day(row: Selector) -> str | None:
    """The text that gives a row's day: a time element, or a short text that is a date."""
    for stamp in row.css("time::attr(datetime)").getall():
        if listed_on(stamp):
            return str(stamp)
    for text in map(clean, row.xpath(".//text()").getall()):
        if (len(text) <= SHORT or DAY_FIRST.match(text)) and listed_on(text):
            return text
    return None
