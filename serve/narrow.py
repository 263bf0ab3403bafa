"""Which releases answer a search: every one of them, as a set; and which of these are the newest."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pyroaring import BitMap

from archive.search_fields import Field
from archive.search_query import Alternative
from archive.selection import Asked
from serve.chosen_sets import filtered, of_field, with_sums
from serve.sets import Sets, sets_of
from serve.words import patient_until, words, written

_OF_A_DAY = """
SELECT releases.rowid FROM json_each(:documents) CROSS JOIN releases ON releases.rowid = value
ORDER BY first_seen_at DESC, releases.id
"""
_RELEASES = """
SELECT releases.rowid AS document, releases.* FROM json_each(:documents) AS sought
    CROSS JOIN releases ON releases.rowid = sought.value
ORDER BY sought.key
"""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The hits of a search."""

    sets: Sets
    documents: BitMap
    attached_only: BitMap  # hits of which only an attachment answers
    down_to: int = 0  # documents before this one were not looked through for lack of time

    @property
    def looked_through(self) -> int | None:
        """Of how many releases it is known whether they answer; None where of all."""
        everything = self.sets.everything
        return everything.range_cardinality(self.down_to, 2**32) if self.down_to else None


def narrow(connection: sqlite3.Connection, what: Asked, without: str = "") -> Narrowed:
    """The hits of a search; one filter can be left out, to count its own values."""
    sets, query = sets_of(connection), what.query
    found = sets.everything
    for some in filtered(connection, sets, what, without):
        found = found & some
    attached_only, down_to = BitMap(), 0
    if what.match is not None:
        own, attached, down_to = words(connection, sets, what.match)
        found = found & (own | attached)
        attached_only = attached - own
    # The expression of all words leaves out by itself what is excluded, but for attachments.
    if (excluded := query.without()) and (what.match is None or attached_only):
        found = found - words(connection, sets, excluded).own
    until = patient_until()  # of all together, however much was typed
    found, sums_to = with_sums(connection, sets, what, found, until)
    down_to = max(down_to, sums_to)
    more = [(group, False) for group in query.groups] + [((read,), True) for read in query.excluded]
    for group, excluded_group in more:
        if any(map(_needs_more, group)):
            meant, looked_to = _any_of(connection, sets, group, found, until)
            found = found - meant if excluded_group else found & meant
            down_to = max(down_to, looked_to)
    if down_to:
        found = found & BitMap(range(down_to, found.max() + 1 if found else down_to))
    return Narrowed(sets, found, found & attached_only, down_to)


def newest(connection: sqlite3.Connection, found: Narrowed, limit: int, offset: int = 0) -> list[int]:
    """Documents by day; those that came in later on a day stand before."""
    chosen: list[int] = []
    for _, day in days(found):
        count = found.documents.intersection_cardinality(day)
        if offset >= count:
            offset -= count
            continue
        sought = {"documents": json.dumps(list(found.documents & day))}
        ordered = [row[0] for row in connection.execute(_OF_A_DAY, sought)]
        chosen += ordered[offset : offset + limit - len(chosen)]
        offset = 0
        if len(chosen) == limit:
            break
    return chosen


def newest_of(found: Narrowed, count: int) -> BitMap:
    """At least so many of the newest hits, whole days of them, where there are so many."""
    chosen = BitMap()
    for _, day in days(found) if count > 0 else ():
        chosen |= found.documents & day
        if len(chosen) >= count:
            break
    return chosen


def rows_of(connection: sqlite3.Connection, documents: Sequence[int]) -> list[dict[str, Any]]:
    """The releases of these documents, in this order, as far as they are still there."""
    cursor = connection.execute(_RELEASES, {"documents": json.dumps(list(documents))})
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def days(found: Narrowed, until: str | None = None) -> Iterator[tuple[str, BitMap]]:
    """The days of months with hits, the last first, from `until` on; what has no date is "", at the end."""
    sets = found.sets
    for month in sorted(sets.months, reverse=True):
        if (until is None or month <= until[:7]) and found.documents.intersect(sets.months[month]):
            for on in sets.days[month]:
                if until is None or on <= until:
                    yield on, sets.kinds["day"][on]


def _any_of(
    connection: sqlite3.Connection, sets: Sets, group: Sequence[Alternative], among: BitMap, until: float
) -> tuple[BitMap, int]:
    """What answers one of these alternatives, and down to which document that was looked up."""
    found, down_to = BitMap(), 0
    for read in group:
        if isinstance(read, Field):
            meant, looked_to = of_field(connection, sets, read, among, until)
            found, down_to = found | meant, max(down_to, looked_to)
            continue
        some = words(connection, sets, read.expression())
        meant, looked_to = some.own, some.down_to
        if read.written:
            meant, texts_to = written(connection, sets, read, meant & among, until)
            looked_to = max(looked_to, texts_to)
        found |= meant
        down_to = max(down_to, looked_to)
    return found, down_to


def _needs_more(read: Alternative) -> bool:
    """Whether the expression of all words does not say it."""
    return isinstance(read, Field) or read.written
