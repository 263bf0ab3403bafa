"""Selectors of source files applied to a page: CSS, tried in order, `selector@attribute` for an attribute.

They are made ready once and applied to lxml's elements: a selector object around each element takes several
times as long as the search.
"""

from collections.abc import Iterable
from functools import lru_cache

from lxml import etree
from lxml.html import HtmlElement
from parsel import css2xpath

from archive.source import Selectors

TEXT = etree.XPath("string()", smart_strings=False)


def clean(text: str) -> str:
    """Text on one line, without soft hyphens.

    >>> clean("  Medien\\xad-\\n information ")
    'Medien- information'
    """
    return " ".join(text.replace("\xad", "").split())


def text_of(node: HtmlElement) -> str:
    """All text of an element, on one line."""
    return clean(str(TEXT(node)))


def first(node: HtmlElement, selectors: Selectors) -> str | None:
    """The first value that any of the selectors yields."""
    return next((value for selector in selectors for value in values(node, selector)), None)


def values(node: HtmlElement, selector: str) -> Iterable[str]:
    """What one selector yields, empty values left out."""
    css, _, attribute = selector.partition("@")
    found = matching(node, css)
    texts = (n.get(attribute, "") for n in found) if attribute else map(text_of, found)
    return (value for text in texts if (value := clean(text)))


def elements(node: HtmlElement, selectors: Selectors) -> list[HtmlElement]:
    """The elements of the first selector that matches anything."""
    for selector in selectors:
        if found := matching(node, selector.partition("@")[0]):
            return found
    return []


def matching(node: HtmlElement, css: str) -> list[HtmlElement]:
    """The elements that match in and below a node, in the order of the page."""
    found = _ready(css)(node)
    assert isinstance(found, list)
    return found


@lru_cache(maxsize=1024)
def _ready(css: str) -> etree.XPath:
    return etree.XPath(css2xpath(css), smart_strings=False)
