"""The text of a page whose layout is not known: the container with most prose, and the lead above it."""

from collections import defaultdict
from collections.abc import Sequence

from archive.words import alike, squeezed
from pipeline.parse.blocks import Block, blocks
from pipeline.parse.tree import Node, within

PROSE = "p, li, blockquote, td, dd, pre, h2, h3, h4"
APART = (
    "aside, footer, nav, form, [role=navigation], [role=complementary], [role=contentinfo], [role=search],"
    " [class*=cookie], [class*=teaser-list], [class*=related], [class*=breadcrumb], [class*=pagination],"
    " [class*=sidebar], [class*=marginal], [class*=skip], [class*=share], [class*=kontakt], [class*=contact],"
    " [class*=footer], [class*=navigation], [id*=navigation], [id*=footer], [id*=cookie], [id*=sidebar],"
    " [class*=download], [class*=servicebox], [class*=slider], [class*=newsletter]"
)
SHARES = (1.0, 0.6, 0.3)  # of a paragraph's weight for the elements around it
SENTENCE, LEAD = 25, 60  # characters
MOST = 4_000  # paragraphs; no release has more


def prose(root: Node, title: str) -> tuple[list[Block], Node | None]:
    """The lines of the release below a title, and the element that holds most of them."""
    apart = [node for node in within(root, APART) if len(node.text()) < 0.5 * len(root.text())]
    ids = {node.mem_id for node in apart}
    container = _heaviest(root, ids)
    if container is None:
        return [], None
    lines = [block for block in blocks(container, apart) if not _is_link(block)]
    return _lead(blocks(root, apart), lines, alike(title)) + lines, container


def _heaviest(root: Node, apart: set[int]) -> Node | None:
    weights: dict[int, float] = defaultdict(float)
    nodes: dict[int, Node] = {}
    around: dict[int, list[Node]] = {}
    for paragraph in within(root, PROSE)[:MOST]:
        above = paragraph.parent
        if above is None or not (weight := _weight(paragraph)):
            continue
        if above.mem_id not in around:
            around[above.mem_id] = _containers(above, root, apart)
        for node, share in zip(around[above.mem_id], SHARES, strict=False):
            weights[node.mem_id] += weight * share
            nodes[node.mem_id] = node
    best = max(weights, key=lambda i: weights[i], default=None)
    return nodes[best] if best is not None else None


def _containers(node: Node | None, root: Node, apart: set[int]) -> list[Node]:
    """The elements around a paragraph, inner ones first; none where one stands apart from the text."""
    found: list[Node] = []
    while node is not None and node.mem_id != root.mem_id:
        if node.mem_id in apart:
            return []
        if node.tag not in ("ul", "ol", "tr", "tbody"):
            found.append(node)
        node = node.parent
    return found or [root]


def _weight(paragraph: Node) -> float:
    """Characters of prose: links count nothing, and what has no sentence's length neither."""
    if paragraph.tag in ("li", "td", "dd", "blockquote") and within(paragraph, "p"):
        return 0
    length = len(squeezed(paragraph.text()))
    linked = sum(len(link.text()) for link in within(paragraph, "a"))
    if length < SENTENCE or linked > 0.5 * length:
        return 0
    return length - linked


def _lead(around: Sequence[Block], lines: Sequence[Block], title: str) -> list[Block]:
    """What stands between the title and the container and reads like a paragraph."""
    if not lines:
        return []
    end = next((i for i, block in enumerate(around) if block.text == lines[0].text), 0)
    starts = [i for i, block in enumerate(around[:end]) if title and alike(block.text).endswith(title)]
    if not starts:
        return []
    between = around[starts[-1] + 1 : end]
    return [b for b in between if len(b.text) >= LEAD and b.linked < 0.3 * len(b.text)][:3]


def _is_link(block: Block) -> bool:
    return block.linked > 0.8 * len(block.text) and len(block.text) < 150 and block.tag != "p"
