"""The search page: the releases that answer a question, and the numbers beside each filter."""

import json
import sqlite3
from dataclasses import dataclass, replace
from heapq import nsmallest
from typing import Any

from datasette.database import Database
from pyroaring import BitMap

from archive.search_query import Query
from archive.selection import MOST_PAGES, Asked
from archive.snippets import Piece, hits, pieces, snippet
from serve.archive_rows import Row, rows
from serve.attachments import PageHit, page_hits
from serve.chosen_sets import PUBLISHERS
from serve.facets import Facet, chips, facets
from serve.language import same_language
from serve.narrow import Narrowed, narrow, newest_of, rows_of
from serve.narrow import newest as newest_documents
from serve.suggestions import Hint, hints
from serve.timeline import Timeline, timeline
from serve.words import words

PER_PAGE = 20
FEW = 3  # hits up to which a search is helped with its words
ALL_RANKED = 120_000  # up to so many hits each is weighed, which takes a third of a second
RANKED = 20_000  # of more, so many: to weigh each of half a million takes more than a second
# The plus keeps SQLite from searching anew for each candidate. What only an attachment says weighs least.
_WEIGHED = """
SELECT rowid, bm25(releases_fts, 10.0, 1.0, 0.5) FROM releases_fts
WHERE releases_fts MATCH :match AND +rowid IN (SELECT value FROM json_each(:documents))
"""
_NEWEST_FIRST = """
SELECT releases.rowid FROM json_each(:documents) CROSS JOIN releases ON releases.rowid = value
ORDER BY published_on DESC, first_seen_at DESC, releases.id
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
    looked_through: int | None  # of so many releases it is known whether they answer; None where of all
    hits: list[Hit]
    facets: list[Facet]
    timeline: Timeline | None
    pages: int
    chips: list[tuple[str, str]]  # a filter in words, and the address without it
    ranked_among: int | None  # how many hits were weighed, where not all were
    attached_only: int  # hits of which only an attachment answers
    hints: list[Hint]


async def by_key(db: Database, what: Asked) -> Asked:
    """The search with its publisher by key, where the address has a name that it has or had."""
    if not what.herausgeber:
        return what
    found = await rows(db, PUBLISHERS, {"name": what.herausgeber})
    return replace(what, herausgeber=found[0]["id"]) if len(found) == 1 else what


async def find(db: Database, what: Asked) -> Found:
    """The page of hits that was asked for, with its filters."""

    def asked_for(connection: sqlite3.Connection) -> dict[str, Any]:
        return _searched(connection, what)

    said = await db.execute_fn(same_language(asked_for))
    releases = said.pop("releases")
    return Found(**said, hits=await _shown(db, what, releases))


def _searched(connection: sqlite3.Connection, what: Asked) -> dict[str, Any]:
    found = narrow(connection, what)
    offset, total = (what.seite - 1) * PER_PAGE, len(found.documents)
    weighed = RANKED if what.by_rank and total > ALL_RANKED else total
    if what.by_rank:
        documents = _ranked(connection, what, found, PER_PAGE, offset)
    else:
        documents = newest_documents(connection, found, PER_PAGE, offset)
    return {
        "total": total,
        "looked_through": found.looked_through,
        "releases": _with_texts(connection, rows_of(connection, documents)),
        "facets": facets(connection, what, found),
        "timeline": timeline(what, found),
        "pages": min(-(-weighed // PER_PAGE), MOST_PAGES),
        "chips": list(chips(connection, what)),
        "ranked_among": weighed if weighed < total else None,
        "attached_only": len(found.attached_only),
        "hints": hints(connection, what, few=total <= FEW),
    }


def _ranked(
    connection: sqlite3.Connection, what: Asked, found: Narrowed, limit: int, offset: int = 0
) -> list[int]:
    """The hits that fit best first; of very many those that say it in their title, and the newest."""
    documents = _worth_weighing(connection, what, found)
    values = {"match": what.match, "documents": json.dumps(list(documents))}
    weighed = dict(connection.execute(_WEIGHED, values).fetchall())
    weights = {document: weighed.get(document, 0.0) for document in documents}
    last = max(nsmallest(offset + limit, weights.values()), default=0.0)
    chosen = [document for document, weight in weights.items() if weight <= last]
    newest_first = connection.execute(_NEWEST_FIRST, {"documents": json.dumps(chosen)}).fetchall()
    ordered = sorted((row[0] for row in newest_first), key=lambda document: weights[document])
    return ordered[offset : offset + limit]


def _worth_weighing(connection: sqlite3.Connection, what: Asked, found: Narrowed) -> BitMap:
    if len(found.documents) <= ALL_RANKED:
        return found.documents
    said = " OR ".join(clause.expression() for clause in what.query.sought())
    in_titles = found.documents & words(connection, found.sets, f"title : ({said})").own
    first = newest_of(replace(found, documents=in_titles), RANKED)
    return first | newest_of(replace(found, documents=found.documents - in_titles), RANKED - len(first))


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
