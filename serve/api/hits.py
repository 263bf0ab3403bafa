"""The hits of a search for programs, page by page: as in `exports.hits`, found by the sets of the server."""

import json
import sqlite3
from collections.abc import Iterator
from itertools import islice

from sqlite_utils import Database

from archive.selection import Asked
from exports import hits as by_sql
from exports.hits import LATER, Last, page_of, place
from exports.pages import Page
from serve.narrow import Narrowed, days, narrow

_OF_A_DAY = f"""
SELECT releases.id, published_on, first_seen_at FROM json_each(:documents)
    CROSS JOIN releases ON releases.rowid = value
WHERE NOT :is_place OR {LATER} ORDER BY first_seen_at DESC, releases.id
"""


def hits(connection: sqlite3.Connection, what: Asked, after: str, size: int) -> Page:
    """A page of hits. Raises ParameterError where the place after which it begins is none."""
    last = place(after)
    db = Database(connection, execute_plugins=False)
    found = narrow(connection, what)
    if found.looked_through is not None:  # programs get all, however long that takes
        return by_sql.hits(db, what, after, size)
    return page_of(db, list(islice(_following(connection, found, last), size + 1)), size)


def _following(connection: sqlite3.Connection, found: Narrowed, last: Last | None) -> Iterator[Last]:
    """The hits after a place, the newest first."""
    from_on = (last.day or "") if last else None
    for on, documents in days(found, from_on):
        sought = {"documents": json.dumps(list(found.documents & documents)), "is_place": on == from_on}
        values = sought | (last._asdict() if last else {"seen": "", "id": ""})
        yield from (Last(*row) for row in connection.execute(_OF_A_DAY, values).fetchall())
