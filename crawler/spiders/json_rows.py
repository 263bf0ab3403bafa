"""Reading a list that a portal gives as JSON: rows by their fields, or rows that are pieces of HTML."""

import math
from collections.abc import Callable

import msgspec
from scrapy.http import HtmlResponse, TextResponse

from archive.records import Entry
from archive.source import Json, Listing, Source
from archive.urls import canonical
from crawler.listed import listed_on
from crawler.spiders.anchors import joined, wanted
from crawler.spiders.page import Page
from crawler.spiders.select import clean

Reader = Callable[[TextResponse, Source, Listing, int], Page]


def is_json(response: TextResponse) -> bool:
    """Whether a list is JSON, by its first character: some portals call it text or HTML."""
    return response.body.lstrip()[:1] in (b"{", b"[")


def read(response: TextResponse, source: Source, listing: Listing, number: int, html: Reader) -> Page:
    """The rows of a list in JSON; `html` reads those that are pieces of HTML."""
    if listing.json is None:
        return Page(problem="it is JSON; say in [listing.json] where its rows are")
    try:
        tree = msgspec.json.decode(response.body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return Page(problem=f"no JSON, it does not parse ({error})")
    rows = value_at(tree, listing.json.rows)
    if not isinstance(rows, list):
        return Page(problem=f'its JSON has no list at "{listing.json.rows}"')
    if listing.json.html is None:
        found = (_entry(row, response, source, listing.json) for row in rows)
        entries = tuple(e for e in found if e and wanted(e.url, listing.detail_pattern))
    else:
        body = "".join(f"<div>{value_at(row, listing.json.html)}</div>" for row in rows)
        page = HtmlResponse(response.url, body=f"<body>{body}</body>".encode(), encoding="utf-8")
        entries = html(page, source, listing, number).entries
    return Page(entries, ended=number >= _pages(tree, listing.json, len(rows)))


def value_at(tree: object, path: str) -> object:
    """What stands at a path of names joined by dots; None where there is nothing.

    >>> value_at({"result": {"items": [1]}}, "result.items"), value_at({}, "a.b"), value_at("x", "")
    ([1], None, 'x')
    """
    for name in path.split(".") if path else ():
        tree = tree.get(name) if isinstance(tree, dict) else None
    return tree


def _pages(tree: object, places: Json, rows: int) -> float:
    """How many pages there are, as far as the portal says it."""
    pages, total = value_at(tree, places.pages or "-"), value_at(tree, places.total or "-")
    if isinstance(pages, int):
        return pages
    return math.ceil(total / rows) if isinstance(total, int) and rows else math.inf


def _entry(row: object, response: TextResponse, source: Source, places: Json) -> Entry | None:
    def text(path: str | None) -> str | None:
        found = value_at(row, path) if path else None
        return clean(str(found)) or None if found is not None else None

    link = text(places.link)
    try:
        url = canonical(joined(response, link)) if link else None
    except ValueError:
        return None  # javascript: and the like
    if url is None or not source.speaks_at(url):
        return None
    raw = text(places.day)
    return Entry(
        source_key=source.key,
        url=url,
        title=text(places.title),
        listed_on=listed_on(raw) if raw else None,
        listed_raw=raw,
        lead=text(places.lead),
    )
