"""What the head of a page says of it: meta tags, canonical address, language, JSON-LD."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from archive.words import squeezed
from pipeline.parse.tree import Tree, attribute

ARTICLES = frozenset("NewsArticle Article PressRelease Report BlogPosting ReportageNewsArticle".split())


@dataclass(frozen=True, slots=True)
class Head:
    """Meta values by lower-case name, all of them in order; articles are JSON-LD objects."""

    meta: dict[str, tuple[str, ...]]
    articles: tuple[dict[str, Any], ...]
    title: str
    canonical: str | None
    language: str | None

    def last(self, name: str) -> str:
        """The last value of a meta name: pages that state one twice put a constant first."""
        values = self.meta.get(name, ())
        return values[-1] if values else ""


def read_head(page: Tree) -> Head:
    """The head of a parsed page."""
    meta: dict[str, list[str]] = {}
    for node in page.css("meta"):
        values = node.attributes
        name = values.get("name") or values.get("property") or values.get("itemprop") or ""
        if content := squeezed(values.get("content") or ""):
            meta.setdefault(name.lower(), []).append(content)
    link = next((n for n in page.css("link") if attribute(n, "rel").lower() == "canonical"), None)
    title = page.css_first("title")
    language = page.language.lower().replace("_", "-").partition("-")[0]
    return Head(
        {name: tuple(values) for name, values in meta.items()},
        tuple(_articles(page)),
        squeezed(title.text()) if title else "",
        (attribute(link, "href") if link else "") or next(iter(meta.get("og:url", ())), None),
        language if language.isalpha() and len(language) == 2 else None,
    )


def _articles(page: Tree) -> Iterator[dict[str, Any]]:
    for node in page.css("script"):
        if attribute(node, "type").lower() == "application/ld+json":
            yield from (thing for thing in _things(_loaded(node.text())) if ARTICLES & set(_types(thing)))


def _loaded(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except (json.JSONDecodeError, RecursionError):
        return None  # a block that is no JSON says nothing; other rules speak


def _things(data: Any) -> Iterator[dict[str, Any]]:
    """The objects on the outer two levels and in `@graph`."""
    for thing in data if isinstance(data, list) else [data]:
        if isinstance(thing, dict):
            yield thing
            graph = thing.get("@graph")
            yield from (
                inner for inner in (graph if isinstance(graph, list) else ()) if isinstance(inner, dict)
            )
            main = thing.get("mainEntity") or thing.get("mainEntityOfPage")
            if isinstance(main, dict):
                yield main


def _types(thing: dict[str, Any]) -> list[str]:
    kind = thing.get("@type")
    return [k for k in (kind if isinstance(kind, list) else [kind]) if isinstance(k, str)]
