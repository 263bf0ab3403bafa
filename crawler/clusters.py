"""Rows of a list that nobody described: links that look alike, stand alike and carry titles."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from bs4 import Tag

from archive.source import Listing
from archive.urls import canonical
from crawler.leads import FILE, promise_of, said
from crawler.listed import listed_on
from crawler.patterns import numbering, onward, pattern_of
from crawler.signs import site
from crawler.spiders.rows import DAY, TITLE_LEAST
from crawler.spiders.select import clean
from crawler.visited import Visited

LEAST = 3  # rows
DEEP = 40  # elements around a link that are looked at; beyond them a page is nonsense
DATELINE = 60  # characters that may stand beside the link of a row
ASIDE = ("nav", "header", "footer", "aside")
NO_CLASS = re.compile(r"\d|^(?:row|col|even|odd|first|last|active|js|is|has)\b|^col-|^[mp][tblrxy]?-")
HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
DAYS = re.compile(DAY)


@dataclass(frozen=True, slots=True)
class Cluster:
    """Links that stand alike: their addresses, their rows, and how much they look like releases."""

    urls: tuple[str, ...]
    rows: tuple[Tag, ...]
    score: float


def rules_for(page: Visited) -> Listing | None:
    """How to read a page as a list of releases; None where it looks like none."""
    found = max(clusters(page), key=lambda c: c.score, default=None)
    if found is None:
        return None
    pattern, rows = pattern_of(found.urls), _selector(page, found)
    if pattern is None and rows is None:
        return None
    return Listing(
        rows=(rows,) if rows else (),
        link=("a@href",) if rows else (),
        detail_pattern=pattern,
        **_paging(page),
    )


def paging_for(page: Visited) -> Listing:
    """How a list goes on, as far as general rules tell."""
    return Listing(**_paging(page))


def _paging(page: Visited) -> dict[str, Any]:
    pattern = numbering(page)
    css = None if pattern else onward(page)
    return {"next_pattern": pattern, "next": (css,) if css else ()}


def clusters(page: Visited) -> Iterator[Cluster]:
    """Groups of links with titles, outside menus."""
    groups: dict[tuple[str, ...], dict[str, Tag]] = defaultdict(dict)
    own, here = site(page.url), canonical(page.url)
    for url, node in page.anchors:
        if (
            site(url) == own
            and url != here
            and not FILE.search(url.partition("?")[0])
            and not _is_aside(node)
        ):
            groups[_standing(node)].setdefault(url, node)
    for members in groups.values():
        if len(members) >= LEAST:
            rows = _rows(members)
            titled = [url for url, row in rows.items() if len(_title(members[url], row)) >= TITLE_LEAST]
            if len(titled) >= max(LEAST, len(rows) // 2):
                yield Cluster(tuple(rows), tuple(rows.values()), _score(rows))


def _is_aside(node: Tag) -> bool:
    """Whether a link stands in a menu, or in the midst of a text."""
    around = list(islice(node.parents, DEEP))
    paragraph = next((p for p in around if p.name == "p"), None)
    if paragraph and len(paragraph.get_text()) > 2 * len(node.get_text()) + DATELINE:
        return True
    return any(p.name in ASIDE or p.get("role") == "navigation" for p in around)


def _score(rows: dict[str, Tag]) -> float:
    dated = sum(_is_dated(row) for row in rows.values()) / len(rows)
    press = max(promise_of(url.rpartition("/")[0], "") for url in rows)
    return min(len(rows), 20) + 12 * dated + press


def _is_dated(row: Tag) -> bool:
    stamp = row.find("time", datetime=True)
    hit = DAYS.search(clean(row.get_text(" ")))
    return bool(stamp) or bool(hit and listed_on(hit[0]))


def _standing(node: Tag) -> tuple[str, ...]:
    """How an element stands in its page: tags and classes of it and of what is around it."""
    around = [node, *islice(node.parents, 3)]
    return tuple(f"{tag.name}.{'.'.join(sorted(_classes(tag)))}" for tag in around)


def _classes(node: Tag) -> list[str]:
    return [
        name
        for name in node.get("class") or ()
        if not NO_CLASS.search(name) and re.fullmatch(r"[A-Za-z][\w-]*", name)
    ]


def _rows(members: dict[str, Tag]) -> dict[str, Tag]:
    """The largest element around each link that holds no other link of the group."""
    held: dict[int, set[str]] = defaultdict(set)
    for url, node in members.items():
        for parent in islice(node.parents, DEEP):
            held[id(parent)].add(url)
    rows = {}
    for url, node in members.items():
        alone = [
            p
            for p in islice(node.parents, DEEP)
            if len(held[id(p)]) == 1 and p.name not in ("body", "main", "html")
        ]
        rows[url] = alone[-1] if alone else node
    return rows


def _title(link: Tag, row: Tag) -> str:
    heading = row.find(HEADINGS)
    return max(said(link), clean(heading.get_text(" ")) if heading else "", key=len)


def _selector(page: Visited, found: Cluster) -> str | None:
    """CSS for the rows: by the classes they share, else as children of something with a class."""
    [name, *others] = {row.name for row in found.rows}
    if others:
        return None
    shared = set.intersection(*(set(_classes(row)) for row in found.rows))
    tried = [f"{name}.{css}" for css in sorted(shared, key=lambda c: -len(c))]
    for parent in islice(found.rows[0].parents, 2):
        tried += [f"{parent.name}.{css} > {name}" for css in _classes(parent)]
    if found.rows[0].parent:
        tried.append(f"{found.rows[0].parent.name} > {name}")
    return next((css for css in tried if _fits(page, found.rows, css)), None)


def _fits(page: Visited, rows: Sequence[Tag], css: str) -> bool:
    hits = {id(node) for node in page.soup.select(css)}
    return all(id(row) in hits for row in rows) and len(hits) <= 2 * len(rows)
