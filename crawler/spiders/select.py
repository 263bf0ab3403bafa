"""Selectors of source files applied to a page: CSS, tried in order, `selector@attribute` for an attribute."""

import re
from collections.abc import Iterable

from parsel import Selector, SelectorList

from archive.source import Selectors

SPACE = re.compile(r"\s+")


def clean(text: str) -> str:
    """Text on one line, without soft hyphens.

    >>> clean("  Medien\\xad-\\n information ")
    'Medien- information'
    """
    return SPACE.sub(" ", text.replace("\xad", "")).strip()


def text_of(node: Selector) -> str:
    """All text of an element, on one line."""
    return clean(str(node.xpath("string()").get()))


def first(node: Selector, selectors: Selectors) -> str | None:
    """The first value that any of the selectors yields."""
    return next((value for selector in selectors for value in values(node, selector)), None)


def values(node: Selector, selector: str) -> Iterable[str]:
    """What one selector yields, empty values left out."""
    css, _, attribute = selector.partition("@")
    found = node.css(css)
    texts = (n.attrib.get(attribute, "") for n in found) if attribute else map(text_of, found)
    return (value for text in texts if (value := clean(text)))


def elements(node: Selector, selectors: Selectors) -> SelectorList[Selector]:
    """The elements of the first selector that matches anything."""
    for selector in selectors:
        if found := node.css(selector.partition("@")[0]):
            return found
    return SelectorList()
