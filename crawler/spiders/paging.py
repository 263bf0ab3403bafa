"""The next page of a listing: by selector, by the number in its address, or by what such links say."""

import re
from collections.abc import Sequence
from itertools import count
from urllib.parse import urlencode

from scrapy.http import TextResponse

from archive.source import Listing, Selectors
from crawler.spiders.anchors import Anchor, joined, target
from crawler.spiders.select import elements, first, matching

WORDS = r"(?:zur )?(?:weiter|nächste|naechste|next|vor)(?:e[nrs]?)?(?: seite)?|[›»>]"
ONWARD = re.compile(WORDS, re.IGNORECASE)
STATED = "link[rel~=next][href], a[rel~=next][href]"
# Beyond doubt, whatever the classes of the page are.
NEXT_PAGE = re.compile(r"(?:zur )?nächsten? seite", re.IGNORECASE)


def next_page(response: TextResponse, links: Sequence[Anchor], listing: Listing, number: int) -> str | None:
    """The address of the page after this one, the `number`th; None on the last page."""
    found = None
    if listing.next:
        found = first(response.selector.root, tuple(s if "@" in s else f"{s}@href" for s in listing.next))
        found = found or _submitted(response, listing.next)
    if not found and listing.next_pattern:
        found = _numbered(response.url, links, listing.next_pattern, number)
    if not found:
        found = _told(links, NEXT_PAGE if listing.next or listing.next_pattern else ONWARD, response)
    address = joined(response, found) if found else None
    return address if address and address != response.url and address.startswith("http") else None


def _numbered(here: str, links: Sequence[Anchor], pattern: str, number: int) -> str | None:
    """The link with the next number. Some portals count from 0, some by rows; the link's text settles it."""
    expression = _expression(pattern)
    pages: dict[int, Anchor] = {}
    for link in links:
        if hit := expression.search(link.target):
            if link.text == str(number + 1):
                return link.href
            pages.setdefault(_page(hit), link)
    if hit := expression.search(target(here)):
        current = _page(hit)
    else:
        current = 1 if 1 in pages and pages[1].text == "1" else 0
    later = min((n for n in pages if n > current), default=None)
    return None if later is None else pages[later].href


def _submitted(response: TextResponse, selectors: Selectors) -> str | None:
    """The address to which a button leads, with all that its form carries along."""
    for button in elements(response.selector.root, selectors):
        name, form = button.get("name"), next(button.iterancestors("form"), None)
        if name and form is not None and form.method == "GET":
            sent = [(k, v) for k, v in form.form_values() if k != name]
            return f"{form.action or response.url}?{urlencode([*sent, (name, button.get('value', ''))])}"
    return None


def _expression(pattern: str) -> re.Pattern[str]:
    """Each of a pattern's alternatives may name the number, so each place gets a group of its own."""
    places = count()
    return re.compile(re.sub(r"\{page\}", lambda _: rf"(?P<page{next(places)}>\d+)", pattern))


def _page(hit: re.Match[str]) -> int:
    return next(int(value) for name, value in hit.groupdict().items() if name.startswith("page") and value)


def _told(links: Sequence[Anchor], words: re.Pattern[str], response: TextResponse) -> str | None:
    stated = matching(response.selector.root, STATED)
    if stated and (href := stated[0].get("href")):
        return str(href)
    for link in links:
        labels = (link.text, link.element.get("aria-label", ""), link.element.get("title", ""))
        if any(words.fullmatch(label.strip()) for label in labels):
            return link.href
    return None
