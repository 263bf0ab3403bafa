"""Which releases answer a search: all of them where they are few, a sample spread over the archive where not.

Counting every hit of a word that stands in each second text takes seconds at a million releases, and nobody
reads whether there are 412,311 or 412,905 of them. Up to MOST hits everything is exact; beyond, the numbers
beside filters are estimated from stretches of the archive, and shown as such.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from datasette.utils import sqlite_timelimit

from archive.selection import IN_ATTACHMENTS, Asked, conditions

MOST = 10_000
STRETCHES, STRETCH = 64, 160  # a sample looks at so many stretches of so many releases
PATIENCE_MS = 120
COLUMNS = """releases.rowid, releases.id, releases.published_on, releases.first_seen_at,
    releases.jurisdiction, releases.publisher_name, releases.kind, releases.versions > 1"""
_FOUND = f"""
SELECT rowid FROM releases_fts WHERE releases_fts MATCH :match UNION {IN_ATTACHMENTS}
"""
_OWN = "SELECT rowid FROM releases_fts WHERE releases_fts MATCH :match"
_STRETCHES = """
WITH RECURSIVE stretches (first) AS (
    SELECT 1 UNION ALL SELECT first + :step FROM stretches WHERE first + :step <= :last)
"""
_NEWEST = """
SELECT rowid AS document, releases.* FROM releases WHERE {where}
ORDER BY published_on DESC, first_seen_at DESC, id LIMIT :limit OFFSET :offset
"""


class Document(NamedTuple):
    """What counting needs to know of a release."""

    document: int
    id: str
    published_on: str | None
    first_seen_at: str
    land: str
    herausgeber: str
    art: str
    geaendert: int


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The hits of a search, or a sample of them."""

    total: int
    exact: bool  # whether the total is counted and not estimated
    documents: list[Document]
    whole: bool  # whether the documents are all there are
    attached_only: int = 0  # hits of which only an attachment answers, where all are known

    @property
    def scale(self) -> float:
        """How many hits each document stands for."""
        return 1.0 if self.whole else self.total / max(1, len(self.documents))

    def newest_first(self) -> list[int]:
        """The documents by day; those that came in later on a day stand before."""
        chosen = sorted(self.documents, key=lambda d: d.id)
        chosen.sort(key=lambda d: (d.published_on or "", d.first_seen_at), reverse=True)
        return [d.document for d in chosen]


def narrow(connection: sqlite3.Connection, what: Asked, without: str = "") -> Narrowed:
    """The hits of a search; one filter can be left out, to count its own values."""
    where, values = conditions(what, without, words="none")
    if what.match is not None and _matching(connection, values) <= MOST:
        found = (
            f"SELECT {COLUMNS} FROM ({_FOUND}) AS found CROSS JOIN releases ON releases.rowid = found.rowid"
        )
        if (documents := _documents(connection, f"{found} WHERE {where}", values)) is not None:
            return replace(_whole(documents), attached_only=_attached_only(connection, documents, values))
    last = connection.execute("SELECT coalesce(max(rowid), 0) FROM releases").fetchone()[0]
    if where != "1" or last <= MOST:
        probing, _ = conditions(what, without, words="each")
        limited = f"SELECT {COLUMNS} FROM releases WHERE {probing} LIMIT {MOST + 1}"
        documents = _documents(connection, limited, values)
        if documents is not None and len(documents) <= MOST:
            return _whole(documents)
    sample = _sample(connection, what, where, values, last)
    counted = in_time(connection, _count(what, where), values)
    total = counted[0][0] if counted else round(len(sample) * last / min(last, STRETCHES * STRETCH))
    return Narrowed(total, bool(counted), sample, whole=False)


def newest_of(
    connection: sqlite3.Connection, what: Asked, found: Narrowed, limit: int, offset: int
) -> list[dict[str, Any]]:
    """Some of the hits, the newest first."""
    if found.whole:
        return rows_of(connection, found.newest_first()[offset : offset + limit])
    where, values = conditions(what, words="each")
    cursor = connection.execute(_NEWEST.format(where=where), values | {"limit": limit, "offset": offset})
    return _as_dicts(cursor)


def rows_of(connection: sqlite3.Connection, documents: Sequence[int]) -> list[dict[str, Any]]:
    """The releases of these documents, in this order."""
    marks = ",".join("?" * len(documents))
    cursor = connection.execute(
        f"SELECT rowid AS document, * FROM releases WHERE rowid IN ({marks})", documents
    )
    by_document = {row["document"]: row for row in _as_dicts(cursor)}
    return [by_document[document] for document in documents]


def _matching(connection: sqlite3.Connection, values: dict[str, Any]) -> int:
    sql = f"SELECT 1 FROM releases_fts WHERE releases_fts MATCH :match LIMIT {MOST + 1}"
    return int(connection.execute(f"SELECT count(*) FROM ({sql})", values).fetchone()[0])


def _attached_only(connection: sqlite3.Connection, documents: list[Document], values: dict[str, Any]) -> int:
    attached = {row[0] for row in connection.execute(IN_ATTACHMENTS, values)}
    if not attached:
        return 0
    own = {row[0] for row in connection.execute(_OWN, values)}
    return sum(d.document in attached and d.document not in own for d in documents)


def _sample(
    connection: sqlite3.Connection, what: Asked, where: str, values: dict[str, Any], last: int
) -> list[Document]:
    stretch = "BETWEEN stretches.first AND stretches.first + :stretch - 1"
    if what.match is None:
        joined = f"releases ON releases.rowid {stretch}"
    else:
        joined = f"""releases_fts ON releases_fts MATCH :match AND releases_fts.rowid {stretch}
            CROSS JOIN releases ON releases.rowid = releases_fts.rowid"""
    step = max(STRETCH, last // STRETCHES)
    spread = {"step": step, "last": last, "stretch": STRETCH}
    sql = f"{_STRETCHES} SELECT {COLUMNS} FROM stretches CROSS JOIN {joined} WHERE {where}"
    return [Document(*row) for row in connection.execute(sql, values | spread)]


def _count(what: Asked, where: str) -> str:
    if what.match is None:
        return f"SELECT count(*) FROM releases WHERE {where}"
    if where == "1":
        return "SELECT count(*) FROM releases_fts WHERE releases_fts MATCH :match"
    return f"""SELECT count(*) FROM releases_fts CROSS JOIN releases ON releases.rowid = releases_fts.rowid
        WHERE releases_fts MATCH :match AND {where}"""


def _documents(connection: sqlite3.Connection, sql: str, values: dict[str, Any]) -> list[Document] | None:
    rows = in_time(connection, sql, values)
    return None if rows is None else [Document(*row) for row in rows]


def in_time(connection: sqlite3.Connection, sql: str, values: dict[str, Any]) -> list[Any] | None:
    try:
        with sqlite_timelimit(connection, PATIENCE_MS):
            return connection.execute(sql, values).fetchall()
    except sqlite3.OperationalError as error:
        if "interrupted" not in str(error):
            raise
        return None


def _whole(documents: list[Document]) -> Narrowed:
    return Narrowed(len(documents), exact=True, documents=documents, whole=True)


def _as_dicts(cursor: sqlite3.Cursor) -> list[dict[str, Any]]:
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
