"""By which family of software a portal is run: the signs that the families' files name, weighed."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from archive.source import Family, Sign, families
from archive.urls import host, joined
from crawler.spiders.anchors import target
from crawler.visited import Visited, addresses

ENOUGH = 3  # weight without which a family is not recognised
MARKER, ROWS, RELEASES = 4, 2, 2  # weight of a layout's marker, of rows, of addresses like a release's
PAGES = 64  # of a portal; each is asked several times while more come
FEW = 3  # rows or addresses that are no accident
URL = re.compile(r"https?://[^\s<>\"']+")
LOADED = (("a", "href"), ("link", "href"), ("script", "src"), ("img", "src"), ("form", "action"))


@dataclass(frozen=True, slots=True)
class Recognised:
    """A family, what speaks for it in words, and how much."""

    family: str
    weight: int
    signs: tuple[str, ...]


def recognised(pages: Iterable[Visited]) -> list[Recognised]:
    """The families for which enough speaks on some pages of one portal, the likeliest first.

    A sign counts once, however many pages bear it.
    """
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for page in pages:
        for key, signs in _borne(page).items():
            found[key] |= signs
    weighed = [Recognised(key, sum(signs.values()), tuple(signs)) for key, signs in found.items()]
    return sorted((r for r in weighed if r.weight >= ENOUGH), key=lambda r: -r.weight)


def site(url: str) -> str:
    """What the hosts of one operator share; the host itself where it is a number.

    >>> site("https://www.soziales.thueringen.de/x"), site("http://127.0.0.1:80/")
    ('thueringen.de', '127.0.0.1')
    """
    name = host(url)
    return name if name.replace(".", "").isdigit() else ".".join(name.split(".")[-2:])


@lru_cache(maxsize=PAGES)
def _borne(page: Visited) -> dict[str, dict[str, int]]:
    """The signs on one page by family, with their weights."""
    own = _addresses(page) if page.is_page else _named(page)
    return {key: dict(_signs(page, own, family)) for key, family in families().items()}


def _signs(page: Visited, own: list[str], family: Family) -> Iterator[tuple[str, int]]:
    for sign in family.signs:
        if _bears(page, own, sign):
            yield str(sign.selector or sign.address), sign.weight
    for layout in family.layouts:
        if layout.marker and page.soup.select_one(layout.marker):
            yield f"layout {layout.marker}", MARKER
    for rows in family.listing.rows:
        if re.search(r"[.#]", rows) and len(page.soup.select(rows, limit=FEW)) == FEW:
            yield f"rows {rows}", ROWS
    pattern = family.listing.detail_pattern
    if pattern and len({u for u in own if re.search(pattern, target(u))}) >= FEW:
        yield f"addresses like {pattern}", RELEASES


def _bears(page: Visited, own: list[str], sign: Sign) -> bool:
    if sign.selector:
        return page.soup.select_one(sign.selector) is not None
    return any(re.search(sign.address or "$.", url) for url in own)


def _named(page: Visited) -> list[str]:
    """The addresses that a feed or a sitemap names."""
    return list(addresses(URL.findall(page.body.decode("utf-8", "replace")))) if page.is_xml else []


def _addresses(page: Visited) -> list[str]:
    """The page's own address, and those of the same operator that it links or loads."""
    told = [page.url]
    for name, attribute in LOADED:
        for node in page.soup.find_all(name):
            value = str(node.get(attribute) or "").strip()
            if value and not value.startswith(("#", "mailto:", "javascript:", "data:", "tel:")):
                told.append(joined(page.base, value))
    own = site(page.url)
    return [url for url in dict.fromkeys(told) if url and site(url) == own]
