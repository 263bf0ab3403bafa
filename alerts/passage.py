"""The passage of a text that makes a search find it: its words, or the mention that it asks for."""

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from alerts.excerpt import Text
from archive.filters import BETWEEN, FILTERS
from archive.search_fields import Condition, Field
from archive.search_query import Query
from archive.selection import Asked
from archive.snippets import Piece, Span, around, hits, pieces, snippet

MENTIONS = (
    *(
        "district_mentions",
        "municipality_mentions",
        "minister_mentions",
        "person_mentions",
        "amounts",
        "grants",
    ),
)
_TABLE = re.compile(rf"\b({'|'.join(MENTIONS)})\b")
# Asked with one mention in place of all: where the condition holds, that one is why.
_CAUSES = """
WITH releases AS (SELECT rowid, * FROM main.releases WHERE id = :release_id), {tables}
SELECT 1 FROM releases WHERE {condition}
"""
_ONE = "{table} AS (SELECT * FROM main.{table} WHERE id = :mention_id)"
_NONE = "{table} AS (SELECT * FROM main.{table} LIMIT 0)"
_OF_RELEASE = (
    'SELECT id, "start", "end", field FROM main.{table} WHERE release_id = ? ORDER BY "start" LIMIT 60'
)
_PAGES = """
SELECT attachments.title, attachments.url, pages.page, pages.text,
    (SELECT count(*) FROM attachments AS first
        WHERE first.release_id = attachments.release_id AND first.id <= attachments.id)
FROM attachments JOIN attachment_pages AS pages ON pages.payload_digest = attachments.payload_digest
WHERE attachments.release_id = ? ORDER BY attachments.id, pages.page
"""


@dataclass(frozen=True, slots=True)
class Passage:
    """Some lines of a text with what was sought marked."""

    pieces: tuple[Piece, ...]
    attachment: str = ""  # title of the attached file in which it stands
    page: int | None = None  # of that file
    path: str = ""  # of that page on our site, behind the address of the release


def passage(connection: sqlite3.Connection, what: Asked, text: Text) -> Passage:
    """The passage for a text; its beginning where nothing in it can be shown as the cause."""
    query = what.query
    if hits(text.text, query):
        return Passage(tuple(snippet(text.text, query)))
    if not hits(text.title, query) and query.sought() and (found := _attached(connection, query, text)):
        return found
    return Passage(tuple(around(text.text, list(_mentioned(connection, what, text)))))


def title(what: Asked, text: Text) -> tuple[Piece, ...]:
    """The title with what was sought marked."""
    return tuple(pieces(text.title, hits(text.title, what.query)))


def holds(what: Asked, text: Text) -> bool:
    """Whether a text shows any of the words sought."""
    return bool(hits(text.text, what.query) or hits(text.title, what.query))


def _attached(connection: sqlite3.Connection, query: Query, text: Text) -> Passage | None:
    for name, url, page, page_text, number in connection.execute(_PAGES, (text.release_id,)):
        if hits(page_text, query):
            marked = tuple(snippet(page_text, query))
            return Passage(marked, name or url, page, f"/anhang/{number}?seite={page}")
    return None


def _mentioned(connection: sqlite3.Connection, what: Asked, text: Text) -> Iterator[Span]:
    found: set[Span] = set()
    for sql, values in _conditions(what):
        tables = set(_TABLE.findall(sql))
        for table in tables:
            others = [_NONE.format(table=other) for other in sorted(tables - {table})]
            asked = _CAUSES.format(tables=", ".join([_ONE.format(table=table), *others]), condition=sql)
            for key, start, end, field in connection.execute(
                _OF_RELEASE.format(table=table), (text.release_id,)
            ).fetchall():
                bound = values | {"release_id": text.release_id, "mention_id": key}
                if field == "text" and connection.execute(asked, bound).fetchone():
                    found.add((start, end))
    at = 0
    for start, end in sorted(found):
        if at <= start < end <= len(text.text):
            yield start, end
            at = end


def _conditions(what: Asked) -> Iterator[Condition]:
    """The conditions that mentions can fulfil, each by itself."""
    filters = dict(what.set())
    both = {"betrag_von", "betrag_bis"} <= filters.keys()
    for name in filters:
        sql = BETWEEN if both and name == "betrag_von" else FILTERS[name]
        if _TABLE.search(sql):
            yield sql, {**filters}
    for group in what.query.groups:
        for read in group:
            if isinstance(read, Field) and (made := read.condition("f")) and _TABLE.search(made[0]):
                yield made
