"""A part of a page as lines of text: one per paragraph, heading, list item or table row."""

import re
from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from archive.words import squeezed
from pipeline.parse.tree import Node, within

# No text of the release: controls, pictures with their captions, and what only machines read.
SKIPPED = frozenset(
    "script style noscript template nav form button select textarea input svg math figure figcaption picture"
    " audio video iframe object canvas map dialog head".split()
)
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q s samp small"
    " span"
    " strike strong sub sup time tt u var wbr".split()
)
HIDDEN_CLASS = re.compile(
    r"(?:^|[\s_-])(?:aural|sr-only|visually-?hidden|screen-?reader|hidden-print|no-?print|breadcrumbs?"
    r"|share|sharing"
    r"|teilen|social(?:-media)?|cookie|copyright|bildnachweis|(?:image|img)-caption)(?:$|[\s_-])",
    re.IGNORECASE,
)
MOST = 20_000  # lines; no page of a release has more
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


class Block(NamedTuple):
    """One line; `tag` is the element it stands in, `linked` how many of its characters are links."""

    text: str
    tag: str
    linked: int = 0


Known: TypeAlias = dict[int, list[Block]]  # the lines of elements, by their ids; nobody may change them
# A node, whether it stands in a link, in a row of data; to close it: where its lines began.
_Step: TypeAlias = tuple[Node, bool, bool, int | None]


class _Lines:
    """Collects text until a block ends; state of one walk."""

    def __init__(self) -> None:
        self.done: list[Block] = []
        self.parts: list[str] = []
        self.linked = 0
        self.broken = False  # a single line break came last

    def text(self, text: str, in_link: bool) -> None:
        if self.broken and (start := text.strip()):
            self.broken = False
            if not start[0].islower():
                self.end("br")
        self.parts.append(text)
        if in_link:
            self.linked += len(text.strip())

    def end(self, tag: str) -> None:
        if self.parts:
            if text := squeezed("".join(self.parts)):
                self.done.append(Block(text, tag, min(self.linked, len(text))))
            self.parts, self.linked = [], 0
        self.broken = False

    def line_break(self) -> None:
        if self.broken:
            self.end("br")
        elif self.parts:
            self.parts.append(" ")
            self.broken = True


def blocks(node: Node, dropped: Iterable[Node] = (), known: Known | None = None) -> list[Block]:
    """The lines of a node in reading order, without the dropped nodes and what no reader sees.

    Lines of elements with others inside are noted in `known`, and not read again where nothing is dropped.
    """
    without = frozenset(n.mem_id for n in dropped)
    if known is None or without:
        known = {}
    elif (lines := known.get(node.mem_id)) is not None:
        return lines
    found = _Lines()
    _walk(node, found, without, known)
    found.end(node.tag or "")
    return found.done


def _walk(top: Node, lines: _Lines, dropped: frozenset[int], known: Known) -> None:
    # An explicit stack, since hostile pages nest deeper than Python recurses.
    stack: list[_Step] = [(top, False, False, None)]
    while stack and len(lines.done) < MOST:
        node, in_link, in_row, begin = stack.pop()
        tag = node.tag or ""
        if begin is not None:
            lines.end(tag)
            if not (in_link or in_row):
                known[node.mem_id] = lines.done[begin:]
            continue
        if tag == "-text":
            lines.text(node.text_content or "", in_link)
            continue
        if tag == "-comment" or node.mem_id in dropped or (node is not top and unseen(node, tag)):
            continue
        if tag == "br":
            lines.line_break()
            continue
        outer_row = in_row
        if tag == "table":
            in_row = _holds_data(node)
        inner = in_link or tag == "a"
        children = list(node.iter(include_text=True))
        if in_row and tag in ("td", "th") and any(part.strip() for part in lines.parts):
            lines.parts.append(" | ")
        elif tag not in INLINE and not (in_row and tag in ("td", "th", "p", "div")):
            lines.end("")
            begin = len(lines.done)
            if len(children) == 1 and children[0].tag == "-text" and begin < MOST:  # as most paragraphs
                lines.text(children[0].text_content or "", inner)
                lines.end(tag)
                continue
            stack.append((node, in_link, outer_row, begin))
        elif in_row and tag in ("p", "div"):
            lines.parts.append(" ")
        stack.extend((child, inner, in_row, None) for child in children[::-1])


def _holds_data(table: Node) -> bool:
    """Old portals lay pages out with tables; only short cells without structure are rows of data."""
    if within(table, "td table, td h1, td h2, td h3, td ul, td blockquote"):
        return False
    return all(len(cell.text()) < 400 for cell in within(table, "td"))


def unseen(node: Node, tag: str) -> bool:
    """Whether no reader sees an element, or none as part of the text."""
    if tag in SKIPPED:
        return True
    attributes = node.attributes
    if not attributes:
        return False
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    names = attributes.get("class")
    if names and tag not in ("body", "main", "article") and HIDDEN_CLASS.search(names):
        return True
    return "display:none" in (attributes.get("style") or "").replace(" ", "").lower()
