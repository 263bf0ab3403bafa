"""The next page of a listing: by selector, by the number in its address, or by what such links say."""

import re
from urllib.parse import urlsplit

from parsel import Selector
from scrapy.http import TextResponse

from archive.source import Listing
from crawler.spiders.select import first, text_of

ONWARD = re.compile(
    r"(?:zur )?(?:weiter|nächste|naechste|next|vor)(?:e[nrs]?)?(?: seite)?|[›»>]", re.IGNORECASE
)


def next_page(response: TextResponse, listing: Listing, number: int) -> str | None:
    """The address of the page after this one; None on the last page."""
    found = None
    if listing.next:
        found = first(response.selector, tuple(s if "@" in s else f"{s}@href" for s in listing.next))
    if not found and listing.next_pattern:
        found = _numbered(response, listing.next_pattern, number)
    if not found and not (listing.next or listing.next_pattern):
        found = _told(response)
    target = response.urljoin(found) if found else None
    return target if target and target != response.url and target.startswith("http") else None


def _numbered(response: TextResponse, pattern: str, number: int) -> str | None:
    """The link with the next number. Some portals count from 0, some by rows; the link's text settles it."""
    expression = re.compile(pattern.replace("{page}", r"(\d+)"))
    here = expression.search(_target(response.url))
    links: dict[int, Selector] = {}
    for anchor in response.css("a[href]"):
        if hit := expression.search(_target(response.urljoin(anchor.attrib["href"].strip()))):
            n = int(next(group for group in hit.groups() if group is not None))
            if n not in links or text_of(anchor) == str(number + 1):
                links[n] = anchor
    labelled = [a for a in links.values() if text_of(a) == str(number + 1)]
    if labelled:
        return str(labelled[0].attrib["href"])
    if here:
        current = int(next(group for group in here.groups() if group is not None))
    else:
        current = 1 if 1 in links and text_of(links[1]) == "1" else 0
    later = [n for n in links if n > current]
    return str(links[min(later)].attrib["href"]) if later else None


def _target(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _told(response: TextResponse) -> str | None:
    if href := response.css("link[rel~=next]::attr(href), a[rel~=next]::attr(href)").get():
        return str(href)
    for anchor in response.css("a[href]"):
        labels = (text_of(anchor), anchor.attrib.get("aria-label", ""), anchor.attrib.get("title", ""))
        if any(ONWARD.fullmatch(label.strip()) for label in labels):
            return str(anchor.attrib["href"])
    return None
