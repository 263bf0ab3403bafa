"""Which dated layouts speak for a page, in their fixed order, and what their selectors find."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from archive.source import Family, Layout, Source, families, registry
from archive.urls import host
from archive.words import squeezed
from pipeline.parse.blocks import blocks
from pipeline.parse.tree import Node, Tree, attribute, within

KICKERS = ", ".join(
    f"[class*={word}]"
    for word in "kicker topline dachzeile roofline overline pretitle subheadline category rubric".split()
)


@dataclass(frozen=True, slots=True)
class Voice:
    """A layout that may speak for a page; `name` begins the rule of every field it gives."""

    name: str
    layout: Layout


@dataclass(frozen=True, slots=True)
class Finding:
    """A value, and the rule that found it."""

    value: str
    rule: str


def voices(page: Tree, url: str, captured: date | None, source: Source | None) -> tuple[Voice, ...]:
    """The source's layouts, then its family's; any whose marker is on the page where those find no body."""
    own = family_of(source)
    stated = [Voice("source", layout) for layout in (source.layouts if source else ())]
    stated += [Voice(f"family:{source.family}", layout) for layout in own.layouts] if source and own else []
    speaking = [voice for voice in stated if _speaks(voice.layout, page, url, captured)]
    if any(page.css_first(css) for voice in speaking for css in voice.layout.body):
        return tuple(speaking)
    # Recognition is by what stands on the page, so dates of validity do not matter here.
    others = [
        Voice(f"recognised:{key}", layout)
        for key, family in families().items()
        for layout in family.layouts
        if layout.marker and _speaks(layout, page, url, None)
    ]
    return (*speaking, *(voice for voice in others if voice.layout not in [v.layout for v in speaking]))


def _speaks(layout: Layout, page: Tree, url: str, captured: date | None) -> bool:
    if captured and not (layout.since or date.min) <= captured <= (layout.until or date.max):
        return False
    if layout.path and not re.search(layout.path, url):
        return False
    return not layout.marker or page.css_first(layout.marker) is not None


def nodes(page: Tree, selectors: Iterable[str]) -> tuple[list[Node], str]:
    """The nodes of the first selector that matches any, and that selector."""
    for selector in selectors:
        if found := page.css(selector.partition("@")[0]):
            return found, selector
    return [], ""


def values(
    page: Tree, voice: Voice, selectors: Iterable[str], read: Callable[[Node], str] | None = None
) -> Iterator[Finding]:
    """Every text or attribute that the selectors name, in order."""
    read = read or line
    for selector in selectors:
        css, _, name = selector.partition("@")
        for node in page.css(css):
            text = squeezed(attribute(node, name)) if name else read(node)
            if text:
                yield Finding(text, f"{voice.name}:{selector}")


def line(node: Node) -> str:
    """A node's text on one line."""
    return " ".join(block.text for block in blocks(node))


def titled(node: Node) -> str:
    """A heading's text without a kicker or topline that stands inside it."""
    return " ".join(block.text for block in blocks(node, kickers(node))) or line(node)


def kickers(node: Node) -> list[Node]:
    """The elements inside a heading that are named as something other than the title."""
    if next(node.iter(), None) is None:
        return []  # nothing but text, as most headings
    return [inner for inner in within(node, KICKERS) if inner.mem_id != node.mem_id]


def outermost(found: list[Node]) -> list[Node]:
    """The nodes that stand in none of the others."""
    ids = {node.mem_id for node in found}
    return [node for node in found if not _inside(node, ids)]


def _inside(node: Node, ids: set[int]) -> bool:
    above = node.parent
    while above is not None:
        if above.mem_id in ids:
            return True
        above = above.parent
    return False


def source_at(url: str) -> Source | None:
    """The registered source of an address: by host, then by the host above it; the longest home wins."""
    name = host(url)
    while name.count(".") >= 1:
        if found := _by_host().get(name):
            fitting = [s for s in found if _path_in(url, s.home)]
            return max(fitting or found, key=lambda s: (s.status != "retired", len(s.home) if fitting else 0))
        name = name.partition(".")[2]
    return None


@cache
def _by_host() -> dict[str, list[Source]]:
    found: dict[str, list[Source]] = {}
    for source in registry().values():
        for name in {host(source.home), *(h.removeprefix("www.") for h in source.hosts)}:
            found.setdefault(name, []).append(source)
    return found


def _path_in(url: str, home: str) -> bool:
    tail = home.partition("://")[2].partition("/")[2].rstrip("/")
    return not tail or f"/{tail}" in url


def family_of(source: Source | None) -> Family | None:
    """The family of a source, if there is a source."""
    return families().get(source.family) if source else None
