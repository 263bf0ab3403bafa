"""Rows of a table page by page, for whoever reads a part at a time: over HTTP, or from the file.

A page is found from where the one before ended and nothing else, so reading can be stopped and taken up
again, and releases that come in meanwhile shift nothing. Rows are those of an export, in its order.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from sqlite_utils import Database

from archive.parameters import ParameterError
from archive.selection import Asked, conditions
from exports.chosen import RESERVED
from exports.tables import TABLES, Row, Shape, Table, numbered, objects, shape

MOST = 1000  # releases of a page, or rows of a table that does not hang on releases
USUAL = 500
READABLE = {table.name: table for table in TABLES if table.scope in ("release", "whole")}
LAST = "\U0010ffff"
NAMED = """(releases.id = :named OR releases.id IN (
    SELECT release_id FROM release_addresses WHERE release_addresses.id = :named))"""
IDS = (
    "SELECT releases.id FROM releases WHERE {where} AND releases.id > :after ORDER BY releases.id LIMIT :most"
)
# CROSS JOIN: the few releases of a page come first, whatever the statistics say.
OF_PAGE = """
WITH chosen_release (key) AS MATERIALIZED (SELECT value FROM json_each(:page)),
    reserved_releases (key) AS MATERIALIZED (
        SELECT v.release_id FROM chosen_release CROSS JOIN versions v ON v.release_id = chosen_release.key
            CROSS JOIN version_captures vc ON vc.version_id = v.id
            CROSS JOIN captures c ON c.id = vc.capture_id WHERE c.tdm_reservation = 1)
"""
OF_ALL = f"""
WITH chosen_release (key) AS MATERIALIZED (SELECT releases.id FROM releases WHERE {{where}}),
    reserved_releases (key) AS MATERIALIZED ({RESERVED})
"""
BY_KEY = "SELECT * FROM ({sql}) WHERE id > :after LIMIT :most"


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, and where the next page begins; None after the last."""

    rows: list[dict[str, object]]
    after: str | None


def page(
    db: Database, table: Table, what: Asked, after: str = "", size: int = USUAL, named: str = ""
) -> Page:
    """The rows of `size` releases (of a table that does not hang on releases, `size` rows) after a place.

    `named` leaves one release, by its id or by one that it had. The connection must know the functions of
    `search_terms.register`. Raises ParameterError where the place is none, and where the table is the same
    for every search.
    """
    if (named or what != Asked()) and not hangs_on_releases(table):
        raise ParameterError(f"{table.name} is the same for every search; leave the filters out")
    told = shape(db, table)
    where, values = conditions(what)
    if named:
        where, values = f"{where} AND {NAMED}", values | {"named": named}
    if table.scope == "release":
        return _of_releases(db, told, where, values | {"after": after, "most": size + 1}, size)
    if where == "1":
        told = shape(db, replace(table, where="1"))  # all rows: no list of all releases is needed for that
    chosen = OF_ALL.format(where=where)
    if goes_by_id(table):
        sql = chosen + BY_KEY.format(sql=told.sql)
        rows = list(objects(told, db.execute(sql, values | {"after": after, "most": size + 1}).fetchall()))
        return Page(rows[:size], str(rows[size - 1]["id"]) if len(rows) > size else None)
    if not (after.isascii() and after.isdecimal() and len(after) < 10) and after:
        raise ParameterError(f"after: {after!r} is no place in {table.name}")
    start = int(after or 0)
    found = db.execute(chosen + told.sql, values)
    some = list(islice(_told(told, found), start, start + size + 1))
    return Page(list(objects(told, some[:size])), str(start + size) if len(some) > size else None)


def hangs_on_releases(table: Table) -> bool:
    """Whether its rows follow from the releases that were chosen."""
    return table.scope == "release" or "chosen_release" in table.where


def goes_by_id(table: Table) -> bool:
    """Whether its pages begin after a row, and not after so many rows, as is slow far behind."""
    return table.key == ("id",) and hangs_on_releases(table)


def _of_releases(db: Database, told: Shape, where: str, values: dict[str, object], size: int) -> Page:
    ids = [key for (key,) in db.execute(IDS.format(where=where), values).fetchall()]
    rows = _rows_of(db, told, ids[:size])
    return Page(list(objects(told, rows)), ids[size - 1] if len(ids) > size else None)


def releases_in_order(db: Database, ids: list[str]) -> list[dict[str, object]]:
    """The releases of these ids, in this order."""
    told = shape(db, READABLE["releases"])
    by_id = {str(row["id"]): row for row in objects(told, _rows_of(db, told, ids))}
    return [by_id[key] for key in ids]


def _rows_of(db: Database, told: Shape, ids: list[str]) -> Iterator[Row]:
    page = {"page": json.dumps(ids), "after": "", "last": LAST}
    return _told(told, db.execute(OF_PAGE + told.sql, page))


def _told(told: Shape, found: Iterable[Row]) -> Iterator[Row]:
    return numbered(iter(found), told) if "nth" in told.table.key else iter(found)


def every(read: Callable[[str], Page]) -> Iterator[dict[str, object]]:
    """All rows, page after page; `read` gets the page after a place."""
    after: str | None = ""
    while after is not None:
        found = read(after)
        yield from found.rows
        after = found.after
