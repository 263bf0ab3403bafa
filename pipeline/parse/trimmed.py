"""A page without the links of its navigation and its foot: on many pages they are more than all the rest.

They are left out only where that changes nothing else: the tags among them are of a few kinds, each closed in
its place, and the tree that comes out shows that nothing else was open there. Whatever a rule then asks for
must be what was kept: else it is told that something is missing, and asks the whole page.

Pages of a portal mostly have the same links, byte for byte. What is known of them is remembered.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pipeline.parse.decode import decoded
from pipeline.parse.selectors import FREE, PLAIN, may_match
from pipeline.parse.sought import is_sought
from pipeline.parse.tree import MissingError, Node, Signs, Tree, is_tame

LEAST, MOST = 15_000, 300_000  # bytes of a part: with less it is not worth the while
REMEMBERED = 32  # parts of each kind
NAVIGATIONS = 50  # that are looked at; a page may be made of nothing else
LONGEST = 4_000  # bytes between the ends of two items; more is no list of links
END = b"</li>"
# Stands for what was left out. A `wbr` ends at once, and before it the parser opens again what was closed by
# mistake: if it stands alone, there is no such thing. No page that was decoded has its sign.
SIGN = "\x01"
MARK = f"<wbr {SIGN}>".encode()
PLACES = ("nav", "footer")
# What may be around: nothing but `div` that one of the tags left out could close or repeat.
AROUND = frozenset("html body div header footer nav main section article aside form".split())
# What may be left out, each with a letter for its start; the capital is for its end.
LETTERS = dict(zip(b"a b button div em i li ol small span strong ul".split(), "abkdeilomstu", strict=True))
# No link in a link, no button in a button, no item but in a list: else the parser closes the outer one.
CLOSED = re.compile(b"bB|dD|eE|iI|mM|sS|tT")
LINKED = re.compile(b"aA|kK|u(?:lx*L)*U|o(?:lx*L)*O|bx+B|dx+D|ex+E|ix+I|mx+M|sx+S|tx+T")
ITEMS = {b"l", b"lx"}
VALUE = r"""(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=`]+)"""
ATTRIBUTES = rf"(?:\s+[a-z][\w:.-]*(?:\s*=\s*{VALUE})?)*\s*"
NAMES = b"|".join(LETTERS).decode()
DRAWING = rf"svg{ATTRIBUTES}>(?:\s*</?(?:circle|g|line|path|polygon|rect|use){ATTRIBUTES}/?>)*\s*</svg"
TAG = re.compile(
    rf"<(?:({NAMES}){ATTRIBUTES}|/({NAMES})\s*|(?:br|hr|img){ATTRIBUTES}/?|{DRAWING}|!--[^<>]*--)>".encode()
)
ATTRIBUTE = re.compile(rf"\s(?:({'|'.join(FREE)})\s*=\s*{VALUE}|([a-z][\w:.-]*(?:\s*=\s*{VALUE})?))".encode())


class Part(NamedTuple):
    """A part of a page that may be left out."""

    begin: int
    text: bytes
    again: bool  # whether a page had it lately


class Links(NamedTuple):
    """What is known of a part of a page that may be left out."""

    tags: frozenset[bytes]  # start tags
    # None where the part is no UTF-8, where a rule that reads a page as text would see it, and on the first
    # page that has it: to know takes longer than to read that page as a whole.
    signs: Signs | None


class Trimmed(NamedTuple):
    """A page without some of its parts: what stands between them, and what is known of them."""

    kept: tuple[bytes, ...]
    left: tuple[Links, ...]

    @property
    def html(self) -> bytes:
        """With MARK for each part that was left out."""
        return MARK.join(self.kept)

    @property
    def tags(self) -> bytes:
        """The start tags in what was left out."""
        return b"".join(sorted(frozenset[bytes]().union(*(links.tags for links in self.left))))


def said_by(page: Trimmed) -> str | None:
    """The text of what is kept, where the page is tame UTF-8 and no rule sees anything in the rest."""
    left = [links.signs for links in page.left if links.signs]
    if len(left) < len(page.left):
        return None
    text, found = decoded(b"".join(page.kept))
    if found is None:
        return None
    signs = (Signs(*found, text.count("</")), *left)
    return text if is_tame(Signs(*map(sum, zip(*signs, strict=True)))) else None


def trimmed(html: bytes) -> Trimmed | None:
    """The page without what can be left out; None if that is nothing."""
    kept: list[bytes] = []
    left: list[Links] = []
    done = 0
    for begin, part, again in _contents(html):
        tags = _tags(part) if LEAST <= len(part) <= MOST else None
        if tags is not None:
            kept.append(html[done:begin])
            left.append(Links(tags, _signs(part) if again else None))
            done = begin + len(part)
    return Trimmed((*kept, html[done:]), tuple(left)) if left else None


def _contents(html: bytes) -> Iterator[Part]:
    """The contents of each navigation and of the last foot, as it seems."""
    foot = html.rfind(b"<footer")
    stop = foot if foot >= 0 else len(html)
    end = 0
    for _ in range(NAVIGATIONS):
        at = html.find(b"<nav", end, stop)
        if at < 0 or (part := _part(html, at, b"</nav>")) is None:
            break
        yield part
        end = part.begin + len(part.text)
    if foot >= 0 and (part := _part(html, foot, b"</footer>")) is not None:
        yield part


# What was found last, by its end: whether a page has it again is told in a tenth of the time. Pages come from
# many sources by turns, and to several threads: none sees one of these change.
_LATELY: dict[bytes, tuple[bytes, ...]] = {b"</nav>": (), b"</footer>": ()}


def _part(html: bytes, at: int, end: bytes) -> Part | None:
    """The contents of the element that begins there."""
    begin = html.find(b">", at) + 1
    lately = _LATELY[end]
    for text in lately:
        if html.startswith(text, begin) and html.startswith(end, begin + len(text)):
            return Part(begin, text, again=True)
    until = html.find(end, at)
    if until < 0:
        return None
    text = html[begin:until]
    if LEAST <= len(text) <= MOST:
        _LATELY[end] = (text, *lately[: REMEMBERED - 1])
    return Part(begin, text, again=False)


@lru_cache(maxsize=REMEMBERED)
def _signs(part: bytes) -> Signs | None:
    """Its signs, where the text of a page says the same with the part and without."""
    text, found = decoded(part)
    # Nothing that begins before it ends within: what comes before ends with ">".
    if found is None or not part.lstrip().startswith(b"<") or is_sought(f"{text}</"):
        return None
    return Signs(*found, text.count("</"))


@lru_cache(maxsize=REMEMBERED)
def _tags(part: bytes) -> frozenset[bytes] | None:
    """The start tags in a part of which all are closed in their place; None for any other part."""
    pieces = part.translate(PLAIN).split(END)
    inner = set(pieces[1:-1])
    letters: dict[bytes, bytes] = {}
    tags: set[bytes] = set()
    for piece in {pieces[0], pieces[-1]} | inner:
        outline = _outline(piece) if len(piece) <= LONGEST else None
        if outline is None:
            return None
        letters[piece], some = outline
        tags |= some
    if ITEMS.issuperset(letters[piece] for piece in inner):
        del pieces[2:-1]  # one item tells as much as many
    left = _folded(b"L".join([letters[piece] for piece in pieces]))
    return None if left.strip(b"x") else frozenset(tags)


@lru_cache(maxsize=2048)
def _outline(piece: bytes) -> tuple[bytes, frozenset[bytes]] | None:
    """The letters of the tags in a piece, and its start tags; None where there are others."""
    if b"<" in TAG.sub(b"", piece):
        return None
    found = list(TAG.finditer(piece))
    starts = frozenset(ATTRIBUTE.sub(rb" \1\2", tag[0]) for tag in found if tag[0][1] not in b"/!")
    if any(b"&" in start for start in starts):  # a word may be hidden in signs given by number
        return None
    letters = (LETTERS[tag[1]] if tag[1] else LETTERS[tag[2]].upper() for tag in found if tag.lastindex)
    return _folded("".join(letters).encode()), starts


def _folded(letters: bytes) -> bytes:
    """Letters without the elements that are closed in their place, but for an x where links are."""
    while (shorter := LINKED.sub(b"x", CLOSED.sub(b"", letters))) != letters:
        letters = shorter
    return letters


class TrimmedTree(Tree):
    """The tree of a trimmed page. Raises MissingError where that of the whole page might answer otherwise."""

    def __init__(self, page: Trimmed) -> None:
        super().__init__(page.html)
        marks = [node for node in self._page.tags("wbr") if SIGN in node.attributes]
        if len(marks) != len(page.left) or not all(map(_is_alone, marks)):
            raise MissingError
        self._around = {node.mem_id: node for mark in marks for node in _above(mark)}
        if any(node.tag not in AROUND for node in self._around.values()):
            raise MissingError
        around = "".join(f"<{node.tag} {node.attributes}>" for node in self._around.values())
        self._tags = page.tags + around.encode().translate(PLAIN)

    @property
    def body(self) -> Node | None:
        """Never given: something in it is missing."""
        raise MissingError

    def demand_all(self) -> None:
        """Not to be had."""
        raise MissingError

    def _nodes(self, selector: str) -> list[Node]:
        if may_match(selector, self._tags):
            raise MissingError
        found = super()._nodes(selector)
        if any(node.mem_id in self._around for node in found):
            raise MissingError
        return found


def _is_alone(mark: Node) -> bool:
    above = mark.parent
    return above is not None and above.tag in PLACES and mark.prev is None and mark.next is None


def _above(node: Node) -> Iterator[Node]:
    above = node.parent
    while above is not None and above.tag != "-document":
        yield above
        above = above.parent
