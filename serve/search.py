"""The search page: the releases that answer a question, and the numbers beside each filter."""

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

from datasette.database import Database

from archive.search_query import Query
from archive.selection import MOST_PAGES, Asked
from archive.snippets import Piece, hits, pieces, snippet
from serve.archive_rows import Row
from serve.attachments import PageHit, page_hits
from serve.facets import Facet, chips, facets, rough
from serve.language import same_language
from serve.narrow import Narrowed, narrow, newest_of, rows_of
from serve.suggestions import Hint, hints
from serve.timeline import Timeline, timeline

PER_PAGE = 20
FEED_LENGTH = 50
FEW = 3  # hits up to which a search is helped with its words
RANKED = 3000  # of more than `narrow.MOST` hits so many are weighed: all would take seconds
# The plus keeps SQLite from searching anew for each candidate. What only an attachment says weighs least.
_WEIGHED = """
SELECT rowid, bm25(releases_fts, 10.0, 1.0, 0.5) FROM releases_fts
WHERE releases_fts MATCH :match AND +rowid IN (SELECT value FROM json_each(:documents))
"""
_TEXTS = "SELECT id, text FROM versions WHERE id IN ({marks})"


@dataclass(frozen=True, slots=True)
class Hit:
    """A release as the list of results shows it."""

    release: Row
    title: list[Piece]
    passage: list[Piece]
    pages: list[PageHit]  # of attached files that answer, too


@dataclass(frozen=True, slots=True)
class Found:
    """Everything the search page says."""

    total: int
    exact: bool
    hits: list[Hit]
    facets: list[Facet]
    timeline: Timeline | None
    pages: int
    chips: list[tuple[str, str]]  # a filter in words, and the address without it
    ranked_among: int | None  # how many of the newest hits were weighed, where not all were
    attached_only: int  # hits of which only an attachment answers
    hints: list[Hint]


async def find(db: Database, what: Asked) -> Found:
    """The page of hits that was asked for, with its filters."""

    def asked_for(connection: sqlite3.Connection) -> dict[str, Any]:
        return _searched(connection, what)

    said = await db.execute_fn(same_language(asked_for))
    releases = said.pop("releases")
    return Found(**said, hits=await _shown(db, what, releases))


async def newest(db: Database, what: Asked) -> list[Hit]:
    """The newest hits, for a feed."""

    def asked_for(connection: sqlite3.Connection) -> list[Row]:
        found = narrow(connection, what)
        return _with_texts(connection, newest_of(connection, what, found, FEED_LENGTH, 0))

    return await _shown(db, what, await db.execute_fn(asked_for))


def _searched(connection: sqlite3.Connection, what: Asked) -> dict[str, Any]:
    found = narrow(connection, what)
    offset = (what.seite - 1) * PER_PAGE
    if what.by_rank:
        releases = _ranked(connection, what, found, offset)
    else:
        releases = newest_of(connection, what, found, PER_PAGE, offset)
    weighed = RANKED if what.by_rank and not found.whole else found.total
    return {
        "total": found.total if found.exact else rough(found.total),
        "exact": found.exact,
        "releases": _with_texts(connection, releases),
        "facets": facets(connection, what, found),
        "timeline": timeline(connection, what, found),
        "pages": min(-(-weighed // PER_PAGE), MOST_PAGES),
        "chips": list(chips(connection, what)),
        "ranked_among": RANKED if weighed < found.total else None,
        "attached_only": found.attached_only,
        "hints": hints(connection, what, few=found.total <= FEW),
    }


def _ranked(connection: sqlite3.Connection, what: Asked, found: Narrowed, offset: int) -> list[Row]:
    """The hits that fit best first; of very many the newest are weighed."""
    if found.whole:
        documents = found.newest_first()
    else:
        documents = [row["document"] for row in newest_of(connection, what, found, RANKED, 0)]
    values = {"match": what.match, "documents": json.dumps(documents)}
    weights = dict(connection.execute(_WEIGHED, values).fetchall())
    documents.sort(key=lambda document: weights.get(document, 0.0))  # equal ones stay newest first
    return rows_of(connection, documents[offset : offset + PER_PAGE])


def _with_texts(connection: sqlite3.Connection, releases: list[Row]) -> list[Row]:
    versions = [release["version_id"] for release in releases]
    sql = _TEXTS.format(marks=",".join("?" * len(versions)))
    texts = dict(connection.execute(sql, versions).fetchall())
    return [release | {"text": texts[release["version_id"]]} for release in releases]


async def _shown(db: Database, what: Asked, releases: list[Row]) -> list[Hit]:
    query = what.query
    attached = await page_hits(db, query, [release["id"] for release in releases]) if what.match else {}
    return [_hit(release, query, attached.get(release["id"], [])) for release in releases]


def _hit(release: Row, query: Query, attached: list[PageHit]) -> Hit:
    title, text = str(release["title"]), str(release["text"])
    return Hit(release, pieces(title, hits(title, query)), snippet(text, query), attached)
