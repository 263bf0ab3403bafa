"""A page as a tree, within bounds: no page, however broken or hostile, costs more than a moment."""

import re
import threading
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from selectolax.lexbor import LexborCSSSelector, LexborHTMLParser, LexborNode

LONGEST = 6_000_000  # characters; what comes after is cut off
DEEPEST = 300  # the parser's time grows with the square of the depth
TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)[^>]*>")
# Elements that are never closed, or close one another: they do not add to the depth.
FLAT = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dt dd td th tr option".split()
)
MANY_TAGS, MANY_TAGS_UNCLOSED, UNCLOSED, MANY_ATTRIBUTES = 15_000, 1_500, 1_000, 10_000

# What rules ask for by name alone: found by a walk that tries no selector.
ELEMENTS = frozenset("title meta link script base h1 h2 p time main article".split())
# A selector whose last word names one of a few elements: those are looked at instead of all.
OF_ELEMENT = re.compile(r"(?:[^,]*\s)?(h1|h2|time|main)(?:[.#:\[][\w.#:=^$*|\[\]-]*)?")
FEW = 6

Node = LexborNode


class Signs(NamedTuple):
    """How often signs are in a page that bound what it costs."""

    tags: int  # "<"
    values: int  # "="
    ends: int  # "</"


class _Engine(threading.local):
    """Finds what selectors match. Making one takes longer than most pages' walks, so each thread has one."""

    def __init__(self) -> None:
        self.find = LexborCSSSelector().find  # type: ignore[no-untyped-call]  # its stub states no return


_ENGINE = _Engine()


def within(node: Node, selector: str) -> list[Node]:
    """The nodes that a selector matches in a node, itself among them, in order."""
    return _ENGINE.find(selector, node)


class MissingError(Exception):
    """Raised where a tree lacks what might answer; whoever asks must ask the tree of the whole page."""


class Tree:
    """A tame page parsed, given as text or in UTF-8.

    Answers are kept, because each walk takes up to a fifth of the time of parsing.
    """

    def __init__(self, html: str | bytes) -> None:
        self._page = LexborHTMLParser(html)
        self._found: dict[str, list[Node]] = {}

    @property
    def language(self) -> str:
        """What the page declares as its language."""
        return attribute(self._page.root, "lang") if self._page.root else ""

    @property
    def body(self) -> Node | None:
        return self._page.body

    def demand_all(self) -> None:
        """Asked by rules that look around the nodes they are given, before they do so."""

    def css(self, selector: str) -> list[Node]:
        """All nodes that a selector matches, in order. The list is shared: nobody may change it."""
        found = self._found.get(selector)
        if found is None:
            found = self._found[selector] = self._nodes(selector)
        return found

    def _nodes(self, selector: str) -> list[Node]:
        if selector in ELEMENTS:
            return self._page.tags(selector)
        name = _element(selector)
        some = self.css(name) if name else []
        if name is None or len(some) > FEW:
            return within(self._page.root, selector) if self._page.root else []
        return [node for node in some if any(one.mem_id == node.mem_id for one in within(node, selector))]

    def headings(self) -> list[Node]:
        """The elements `title`, `h1` and `h2` in order; who asks for one by name is spared a walk."""
        found = self.css("title, h1, h2")
        for name in ("title", "h1", "h2"):
            self._found.setdefault(name, [node for node in found if node.tag == name])
        return found

    def css_first(self, selector: str) -> Node | None:
        return next(iter(self.css(selector)), None)


@cache
def _element(selector: str) -> str | None:
    """The element that a selector looks for, if it is one of which a page has few."""
    found = OF_ELEMENT.fullmatch(selector)
    return found[1] if found else None


def tame(html: str, signs: tuple[int, int] | None = None) -> str:
    """The page within the bounds of real pages in length, depth and attributes; nearly always unchanged.

    `signs` is how often "<" and "=" are in it, where somebody has counted.
    """
    html = html[:LONGEST]
    tags, values = signs or (html.count("<"), html.count("="))
    if tags > MANY_TAGS or (tags > MANY_TAGS_UNCLOSED and _is_open(html, tags)):
        html = "".join(_shallow(html))
    if values > MANY_ATTRIBUTES and html.count("=") > MANY_ATTRIBUTES:
        html = "<".join(map(_without_attributes, html.split("<")))
    return html


def is_tame(signs: Signs) -> bool:
    """Whether `tame` leaves a page with these signs as it is, if it is not too long."""
    is_open = signs.tags > MANY_TAGS_UNCLOSED and signs.tags - 2 * signs.ends > UNCLOSED
    return signs.tags <= MANY_TAGS and not is_open and signs.values <= MANY_ATTRIBUTES


def _is_open(html: str, tags: int) -> bool:
    """Whether many of the tags are never closed; a part of a page often shows that they are."""
    most = len(html) * (tags - UNCLOSED * 4 // 5) // tags
    begun = html.count("</", 0, most)
    return tags - 2 * begun > UNCLOSED and tags - 2 * (begun + html.count("</", max(0, most - 1))) > UNCLOSED


def _shallow(html: str) -> Iterator[str]:
    """The page without the tags that stand deeper than any real page goes; the text stays."""
    depth, at = 0, 0
    for tag in TAG.finditer(html):
        if tag[2].lower() in FLAT:
            continue
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > DEEPEST or (tag[1] and depth == DEEPEST):
            yield html[at : tag.start()]
            at = tag.end()
    yield html[at:]


def _without_attributes(part: str) -> str:
    if len(part) <= 4_000 or part.count("=") <= 400 or not part[:1].isalpha():
        return part
    name, _, rest = part.partition(" ")
    return f"{name}>{rest.partition('>')[2]}"


def attribute(node: Node, name: str) -> str:
    """An attribute's value, empty where it is missing."""
    return node.attributes.get(name) or ""
