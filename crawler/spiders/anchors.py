"""The links of a page: where they lead and what they say, read once for rows and for paging."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TypeAlias
from urllib.parse import urlsplit

from lxml.html import HtmlElement
from scrapy.http import TextResponse

from archive.urls import is_plain
from crawler.spiders.select import clean
from crawler.withheld import is_marked

ROOTED = re.compile(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?", re.ASCII)  # nothing in it to be resolved
Join: TypeAlias = Callable[[str], str]  # the address to which a link leads, empty where it is broken


@dataclass(frozen=True)
class Anchor:
    """One `a` element with an address."""

    element: HtmlElement
    href: str
    join: Join

    @cached_property
    def text(self) -> str:
        return clean("".join(self.element.itertext()))

    @cached_property
    def url(self) -> str:
        return self.join(self.href)

    @cached_property
    def target(self) -> str:
        return target(self.url)


def joined(response: TextResponse, href: str) -> str:
    """The address to which a link of a page leads; empty where it is broken, as "http://[" is."""
    try:
        return response.urljoin(href)
    except ValueError:
        return ""


def target(url: str) -> str:
    """Path and query of an address: what patterns in source files are matched against.

    >>> target("https://example.org/a/b?page=2#top")
    '/a/b?page=2'
    """
    if is_plain(url):
        return url[url.index("/", len("https://")) :]
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def joining(response: TextResponse) -> Join:
    """`joined` for one page, whose rows name the same links again and again, most of them from its root."""
    root = joined(response, "/").removesuffix("/")

    def join(href: str) -> str:
        return root + href if ROOTED.fullmatch(href) else joined(response, href)

    return cache(join)


def anchors(response: TextResponse, join: Join | None = None) -> list[Anchor]:
    """All links of a page, in order."""
    root, join = response.selector.root, join or joining(response)
    return [
        Anchor(element, href, join)
        for element in root.iter("a")
        if (href := (element.get("href") or "").strip()) and not href.startswith(("#", "mailto:", "tel:"))
    ]


def wanted(url: str, pattern: str | None) -> bool:
    """Whether an address is one of a release, as far as the source file says what those look like."""
    return pattern is None or re.search(pattern, target(url)) is not None or is_marked(url)
