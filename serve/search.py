"""The search page: the releases that answer a question, and the numbers beside each filter."""

import asyncio
from dataclasses import dataclass, replace

from datasette.database import Database

from archive.search_query import Query
from archive.selection import MOST_PAGES, Asked, conditions
from serve.archive_rows import Row, rows, rows_in_time
from serve.attachments import PageHit, page_hits
from serve.facets import TIME_LIMIT_MS, Facet, chips, count
from serve.snippets import Piece, hits, pieces, snippet

PER_PAGE = 20
FEED_LENGTH = 50
# The plus keeps SQLite from searching anew for each candidate.
RANKED = 3000  # weighing every hit of a frequent word takes seconds at a million releases
_NEWEST = """
SELECT * FROM releases WHERE {where}
ORDER BY published_on DESC, first_seen_at DESC, id LIMIT :limit OFFSET :offset
"""
# What only an attachment says weighs least.
_RANKED = f"""
SELECT releases.*, coalesce(weighed.rank, 0) AS rank FROM (
    SELECT releases.rowid AS document FROM releases WHERE {{where}} ORDER BY published_on DESC LIMIT {RANKED}
) AS narrowed
CROSS JOIN releases ON releases.rowid = narrowed.document
LEFT JOIN (
    SELECT rowid AS document, bm25(releases_fts, 10.0, 1.0, 0.5) AS rank FROM releases_fts
    WHERE releases_fts MATCH :match AND +rowid IN (
        SELECT releases.rowid FROM releases WHERE {{where}} ORDER BY published_on DESC LIMIT {RANKED})
) AS weighed ON weighed.document = narrowed.document
ORDER BY rank, published_on DESC LIMIT :limit OFFSET :offset
"""
_ATTACHED_ONLY = """
SELECT count(*) AS n FROM releases WHERE {where}
    AND rowid NOT IN (SELECT rowid FROM releases_fts WHERE releases_fts MATCH :match)
"""


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

    total: int | None
    hits: list[Hit]
    facets: list[Facet]
    pages: int
    chips: list[tuple[str, str]]  # a filter in words, and the address without it
    ranked_among: int | None  # how many of the newest hits were weighed, where not all were
    attached_only: int  # hits of which only an attachment answers


async def find(db: Database, what: Asked) -> Found:
    """The page of hits that was asked for, with its filters."""
    counted, found, attached = await asyncio.gather(
        count(db, what), _hits(db, what, PER_PAGE, (what.seite - 1) * PER_PAGE), _attached_only(db, what)
    )
    pages = MOST_PAGES if counted.total is None else min(-(-counted.total // PER_PAGE), MOST_PAGES)
    ranked_among = RANKED if what.by_rank and (counted.total is None or counted.total > RANKED) else None
    set_filters = [chip async for chip in chips(db, what)]
    return Found(counted.total, found, counted.facets, pages, set_filters, ranked_among, attached)


async def newest(db: Database, what: Asked) -> list[Hit]:
    """The newest hits, for a feed."""
    return await _hits(db, replace(what, sort=""), FEED_LENGTH, 0)


async def _hits(db: Database, what: Asked, limit: int, offset: int) -> list[Hit]:
    where, values = conditions(what)
    found = await rows(
        db,
        f"""SELECT hits.*, versions.text FROM ({_RANKED if what.by_rank else _NEWEST}) AS hits
        JOIN versions ON versions.id = hits.version_id
        ORDER BY {"rank, " if what.by_rank else ""}published_on DESC, first_seen_at DESC, hits.id""".replace(
            "{where}", where
        ),
        values | {"limit": limit, "offset": offset},
    )
    query = what.query
    attached = await page_hits(db, query, [release["id"] for release in found]) if what.match else {}
    return [_hit(release, query, attached.get(release["id"], [])) for release in found]


def _hit(release: Row, query: Query, attached: list[PageHit]) -> Hit:
    title, text = str(release["title"]), str(release["text"])
    return Hit(release, pieces(title, hits(title, query)), snippet(text, query), attached)


async def _attached_only(db: Database, what: Asked) -> int:
    if what.match is None:
        return 0
    where, values = conditions(what)
    found = await rows_in_time(db, _ATTACHED_ONLY.replace("{where}", where), values, TIME_LIMIT_MS)
    return int(found[0]["n"]) if found else 0
