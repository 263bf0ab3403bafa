"""Which releases hold the words of a search: looked up once in the index, kept until the archive changes."""

import json
import sqlite3
from array import array
from collections.abc import Mapping
from itertools import islice
from time import monotonic
from typing import Any, NamedTuple

from datasette.utils import sqlite_timelimit
from pyroaring import BitMap

from archive.search_query import Clause
from archive.selection import IN_ATTACHMENTS
from serve.sets import Sets

PATIENCE_MS = 2000  # for a word that stands nearly everywhere, or thousands with one beginning
PATIENCE = 0.5  # seconds for what is asked of each release: whether its text has just this form, or its sums
CHUNK = 200  # releases
NO_DOCUMENT = 2**32 - 1
# Backwards, so that what an interrupted search has looked through are the releases taken in last.
_OWN = """
SELECT rowid FROM releases_fts WHERE releases_fts MATCH :match AND rowid < :before ORDER BY rowid DESC
"""
_WRITTEN = """
SELECT releases.rowid FROM json_each(:documents) CROSS JOIN releases ON releases.rowid = value
    CROSS JOIN versions ON versions.id = releases.version_id
WHERE holds_words(
    versions.title || CASE WHEN :title_only THEN '' ELSE char(10) || versions.text END, :written)
"""


class Words(NamedTuple):
    """Releases that hold words themselves or in an attachment."""

    own: BitMap
    attached: BitMap
    down_to: int = 0  # documents before this one were not looked through for lack of time


def words(connection: sqlite3.Connection, sets: Sets, expression: str) -> Words:
    """What answers an expression of the full text index.

    A search that ran out of time is continued by the next one.
    """
    found: Words | None = sets.known(("words", expression))
    if found is None or found.down_to:
        found = _words(connection, expression, found)
        sets.keep(("words", expression), found)
    return found


def patient_until() -> float:
    """Until when a search that begins now may look into single releases."""
    return monotonic() + PATIENCE


def written(
    connection: sqlite3.Connection, sets: Sets, clause: Clause, among: BitMap, until: float
) -> tuple[BitMap, int]:
    """What holds a clause in just this form, and down to which document that was looked up.

    It is continued like `words`; some texts are looked at in any case.
    """
    values = {"title_only": clause.title_only, "written": " ".join(clause.tokens)}
    return looked_into(connection, sets, (_WRITTEN, values), among, until)


def looked_into(
    connection: sqlite3.Connection,
    sets: Sets,
    question: tuple[str, Mapping[str, object]],
    among: BitMap,
    until: float,
) -> tuple[BitMap, int]:
    """Of which documents a question in SQL is true that has to be asked of each, and down to which it was."""
    sql, values = question
    key = (sql, *values.items())
    looked: dict[str, BitMap] = sets.known(key) or {"yes": BitMap(), "no": BitMap()}
    sets.keep(key, looked)
    rest = iter(sorted(among - looked["yes"] - looked["no"], reverse=True))
    while some := list(islice(rest, CHUNK)):
        rows = connection.execute(sql, {**values, "documents": json.dumps(some)})
        yes = BitMap(row[0] for row in rows)
        looked["yes"] |= yes
        looked["no"] |= BitMap(some) - yes
        if monotonic() > until and (left := next(rest, None)) is not None:
            return among & looked["yes"], left + 1
    return among & looked["yes"], 0


def in_time(
    connection: sqlite3.Connection, sql: str, values: dict[str, Any], patience: int
) -> list[Any] | None:
    """All rows of a query; None where it takes longer than so many milliseconds."""
    try:
        with sqlite_timelimit(connection, patience):
            return connection.execute(sql, values).fetchall()
    except sqlite3.OperationalError as error:
        _only_late(error)
        return None


def _words(connection: sqlite3.Connection, expression: str, before: Words | None) -> Words:
    own, down_to, start = array("I"), 0, before.down_to if before else NO_DOCUMENT
    values = {"match": expression, "before": start}
    try:
        with sqlite_timelimit(connection, PATIENCE_MS):
            own.extend(document for (document,) in connection.execute(_OWN, values))
    except sqlite3.OperationalError as error:
        _only_late(error)
        down_to = own[-1] if own else start
    if before:
        return Words(before.own | BitMap(own), before.attached, down_to)
    attached = in_time(connection, IN_ATTACHMENTS, values, PATIENCE_MS) or []
    return Words(BitMap(own), BitMap(row[0] for row in attached), down_to)


def _only_late(error: sqlite3.OperationalError) -> None:
    if "interrupted" not in str(error):
        raise error
