"""The releases that answer a search, the newest first, page by page.

The order is that of the search page. A page begins after the last release of the one before: its day, when it
was first seen, and its id, so that a release that comes in meanwhile shifts nothing.
"""

import re
from typing import NamedTuple

from sqlite_utils import Database

from archive.parameters import ParameterError
from archive.selection import Asked, conditions
from exports.pages import USUAL, Page, releases_in_order

IDS = """
SELECT releases.id, published_on, first_seen_at FROM releases WHERE {where} AND {place}
ORDER BY published_on DESC, first_seen_at DESC, id LIMIT :most
"""
LATER = "(first_seen_at < :seen OR (first_seen_at = :seen AND releases.id > :id))"
ON = f"published_on <= :day AND (published_on < :day OR {LATER})"
UNDATED = "published_on IS NULL"
PLACE = re.compile(r"([0-9-]{0,10})~([0-9TZ:-]{20})~(.{1,200})")


class Last(NamedTuple):
    """Where a page ended; a release without a day comes after all others."""

    id: str
    day: str | None
    seen: str

    def written(self) -> str:
        return f"{self.day or ''}~{self.seen}~{self.id}"


def hits(db: Database, what: Asked, after: str = "", size: int = USUAL) -> Page:
    """A page of hits. Raises ParameterError where the place after which it begins is none."""
    last = place(after)
    where, values = conditions(what)
    most = size + 1

    def ids(condition: str, limit: int) -> list[Last]:
        told = last._asdict() if last else {}
        sql = IDS.format(where=where, place=condition)
        return [Last(*row) for row in db.execute(sql, values | told | {"most": limit}).fetchall()]

    if last is None:
        found = ids("1", most)
    elif last.day is None:
        found = ids(f"{UNDATED} AND {LATER}", most)
    else:
        found = ids(ON, most)
        if len(found) < most:  # one statement for both would not use the index of days
            found += ids(UNDATED, most - len(found))
    return page_of(db, found, size)


def page_of(db: Database, found: list[Last], size: int) -> Page:
    """The rows of these releases as a page of `size`; one more says that there is a next page."""
    some = found[:size]
    rows = releases_in_order(db, [release.id for release in some])
    return Page(rows, some[-1].written() if len(found) > size else None)


def place(after: str) -> Last | None:
    """Where a page ended; None where the first is asked for. Raises ParameterError where it is no place."""
    if not after:
        return None
    told = PLACE.fullmatch(after)
    if told is None:
        raise ParameterError(f"after: {after!r} is no place in a list of hits")
    return Last(told[3], told[1] or None, told[2])
