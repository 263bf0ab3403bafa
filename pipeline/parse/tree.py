"""A page as a tree, within bounds: no page, however broken or hostile, costs more than a moment."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

LONGEST = 6_000_000  # characters; what comes after is cut off
DEEPEST = 300  # the parser's time grows with the square of the depth
TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)[^>]*>")
# Elements that are never closed, or close one another: they do not add to the depth.
FLAT = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dt dd td th tr option".split()
)
MANY_TAGS, UNCLOSED, MANY_ATTRIBUTES = 15_000, 1_000, 10_000

# What rules ask for by name alone: found by a walk that tries no selector.
ELEMENTS = frozenset("title meta link script base h1 h2 p time main article".split())

Node = LexborNode


class Tree:
    """A tame page parsed, given as text or in UTF-8.

    Answers are kept, because each walk takes up to a fifth of the time of parsing.
    """

    def __init__(self, html: str | bytes) -> None:
        self._page = LexborHTMLParser(html)
        self._found: dict[str, list[Node]] = {}

    @property
    def root(self) -> Node | None:
        """The element `html`."""
        return self._page.root

    @property
    def body(self) -> Node | None:
        return self._page.body

    def css(self, selector: str) -> list[Node]:
        """All nodes that a selector matches, in order. The list is shared: nobody may change it."""
        found = self._found.get(selector)
        if found is None:
            by_name = selector in ELEMENTS
            found = self._page.tags(selector) if by_name else self._page.css(selector)
            self._found[selector] = found
        return found

    def css_first(self, selector: str) -> Node | None:
        return next(iter(self.css(selector)), None)


def tame(html: str) -> str:
    """The page within the bounds of real pages in length, depth and attributes; nearly always unchanged."""
    html = html[:LONGEST]
    tags = html.count("<")
    if tags > MANY_TAGS or (tags > 1_500 and tags - 2 * html.count("</") > UNCLOSED):
        html = "".join(_shallow(html))
    if html.count("=") > MANY_ATTRIBUTES:
        html = "<".join(map(_without_attributes, html.split("<")))
    return html


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
