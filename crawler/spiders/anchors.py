"""The links of a page: where they lead and what they say, read once for rows and for paging."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from urllib.parse import urlsplit

from lxml.html import HtmlElement
from scrapy.http import TextResponse

from crawler.spiders.select import clean
from crawler.withheld import is_marked


@dataclass(frozen=True)
class Anchor:
    """One `a` element with an address."""

    element: HtmlElement
    href: str
    join: Callable[[str], str]

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
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def anchors(response: TextResponse) -> list[Anchor]:
    """All links of a page, in order."""
    root = response.selector.root
    return [
        Anchor(element, href, partial(joined, response))
        for element in root.iter("a")
        if (href := (element.get("href") or "").strip()) and not href.startswith(("#", "mailto:", "tel:"))
    ]


def wanted(url: str, pattern: str | None) -> bool:
    """Whether an address is one of a release, as far as the source file says what those look like."""
    return pattern is None or re.search(pattern, target(url)) is not None or is_marked(url)
