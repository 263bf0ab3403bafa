"""The next page of a listing: by selector, by the number in its address, or by what such links say."""

import re
from collections.abc import Sequence

from scrapy.http import TextResponse

from archive.source import Listing
from crawler.spiders.anchors import Anchor, target
from crawler.spiders.select import first

WORDS = r"(?:zur )?(?:weiter|nächste|naechste|next|vor)(?:e[nrs]?)?(?: seite)?|[›»>]"
ONWARD = re.compile(WORDS, re.IGNORECASE)


def next_page(response: TextResponse, links: Sequence[Anchor], listing: Listing, number: int) -> str | None:
    """The address of the page after this one, the `number`th; None on the last page."""
    found = None
    if listing.next:
        found = first(response.selector, tuple(s if "@" in s else f"{s}@href" for s in listing.next))
    if not found and listing.next_pattern:
        found = _numbered(response.url, links, listing.next_pattern, number)
    if not found and not (listing.next or listing.next_pattern):
        found = _told(response, links)
    address = response.urljoin(found) if found else None
    return address if address and address != response.url and address.startswith("http") else None


def _numbered(here: str, links: Sequence[Anchor], pattern: str, number: int) -> str | None:
    """The link with the next number. Some portals count from 0, some by rows; the link's text settles it."""
    expression = re.compile(pattern.replace("{page}", r"(?P<page>\d+)", 1).replace("{page}", r"\d+"))
    pages: dict[int, Anchor] = {}
    for link in links:
        if hit := expression.search(link.target):
            if link.text == str(number + 1):
                return link.href
            pages.setdefault(int(hit["page"]), link)
    if hit := expression.search(target(here)):
        current = int(hit["page"])
    else:
        current = 1 if 1 in pages and pages[1].text == "1" else 0
    later = min((n for n in pages if n > current), default=None)
    return None if later is None else pages[later].href


def _told(response: TextResponse, links: Sequence[Anchor]) -> str | None:
    if href := response.css("link[rel~=next]::attr(href), a[rel~=next]::attr(href)").get():
        return str(href)
    for link in links:
        labels = (link.text, link.element.get("aria-label", ""), link.element.get("title", ""))
        if any(ONWARD.fullmatch(label.strip()) for label in labels):
            return link.href
    return None
