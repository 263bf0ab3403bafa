"""The text of a release: by the layout's selectors, or by a general reading of the page."""

from collections.abc import Sequence
from dataclasses import dataclass

from archive.words import alike
from pipeline.parse.blocks import Block, Known, blocks
from pipeline.parse.general import prose
from pipeline.parse.layouts import Voice, nodes, outermost
from pipeline.parse.noise import release_lines
from pipeline.parse.tree import Node, Tree, within

SHORTEST = 40  # characters; less is no body but a leftover of the template
LARGEST = 2_000_000  # characters of a page that the general extractor is asked about
ENOUGH = 250  # characters of prose that need no second opinion


@dataclass(frozen=True, slots=True)
class Body:
    """Text, the rule that found it, and the nodes it stands in."""

    text: str
    rule: str
    nodes: tuple[Node, ...] = ()


def by_layout(page: Tree, voice: Voice, stated: Sequence[str], known: Known) -> Body | None:
    """Lead and body where the layout says they are; None where nothing stands there.

    `stated` are title, kicker and the like, `known` lines that were read before.
    """
    layout = voice.layout
    for selector in layout.body:
        found = page.css(selector)
        if layout.outermost:
            found = outermost(found)
        if not found:
            continue
        lead = _lines(outermost(nodes(page, layout.lead)[0][:1]), layout.drop, known)
        lines = _lines(found, layout.drop, known)
        text = "\n".join(release_lines(_joined(lead, lines), stated))
        if len(text) >= SHORTEST:
            return Body(text, f"{voice.name}:{selector}", tuple(found))
    return None


def _lines(found: Sequence[Node], drop: Sequence[str], known: Known) -> list[Block]:
    return [
        line for node in found for line in blocks(node, [d for css in drop for d in within(node, css)], known)
    ]


def _joined(lead: list[Block], lines: list[Block]) -> list[Block]:
    """Lead before body, but once: many layouts repeat it as the first paragraph."""
    if not lead:
        return lines
    whole = alike("".join(block.text for block in lines[: 3 + len(lead)]))
    return [block for block in lead if alike(block.text) not in whole] + lines


def by_general_rules(html: str, main: Node | None, stated: Sequence[str]) -> Body | None:
    """The element with most prose; where there is hardly any, what a general extractor makes of the page."""
    lines, container = prose(main, stated[0] if stated else "") if main is not None else ([], None)
    text = "\n".join(release_lines(lines, stated))
    if container is not None and len(text) >= ENOUGH:
        return Body(text, "prose", (container,))
    other = "\n".join(release_lines(_extracted(html), stated))
    if container is not None and len(text) * 4 > len(other):
        return Body(text, "prose", (container,)) if text else None
    return Body(other, "trafilatura") if other else None


def _extracted(html: str) -> list[Block]:
    if len(html) > LARGEST:
        return []
    import trafilatura  # costs a fifth of all imports, and few pages need it

    text = trafilatura.extract(html, fast=True, include_comments=False, include_tables=True) or ""
    return [Block(line.lstrip("-| "), "p") for line in text.split("\n") if line.strip()]
