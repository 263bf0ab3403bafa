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
OF_THESE = f"WITH reserved_releases (key) AS MATERIALIZED ({RESERVED})"
THESE = "t.id IN (SELECT value FROM json_each(:these))"
EVERY = "SELECT id FROM {table} WHERE id > :after ORDER BY id LIMIT :most"
# Where the rows of a table that goes by id hang on releases.
HANGING = {"grant_stories": ("grant_tellings", "story_id"), "text_groups": ("text_group_members", "group_id")}
FEW = 30_000  # releases by which rows are looked up; of more, rows are looked through by id
CHOSEN = "SELECT releases.id FROM releases WHERE {where} LIMIT :few + 1"
OF_FEW = """
SELECT DISTINCT {id} FROM json_each(:chosen) CROSS JOIN {held} ON release_id = json_each.value
WHERE {id} > :after ORDER BY 1 LIMIT :most
"""
# The plus: as in `exports.tables`.
OF_MANY = """
WITH chosen (release) AS MATERIALIZED (SELECT releases.id FROM releases WHERE {where})
SELECT DISTINCT {id} FROM {held} WHERE {id} > :after AND +release_id IN (SELECT release FROM chosen)
ORDER BY 1 LIMIT :most
"""


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
    if goes_by_id(table):
        return _by_id(db, table, where, values | {"after": after, "most": size + 1}, size)
    if where == "1":
        told = shape(db, replace(table, where="1"))  # all rows: no list of all releases is needed for that
    if not (after.isascii() and after.isdecimal() and len(after) < 10) and after:
        raise ParameterError(f"after: {after!r} is no place in {table.name}")
    start = int(after or 0)
    found = db.execute(OF_ALL.format(where=where) + told.sql, values)
    some = list(islice(_told(told, found), start, start + size + 1))
    return Page(list(objects(told, some[:size])), str(start + size) if len(some) > size else None)


def _by_id(db: Database, table: Table, where: str, values: dict[str, object], size: int) -> Page:
    ids = _ids(db, table, where, values)
    told = shape(db, replace(table, where=THESE))
    rows = db.execute(OF_THESE + told.sql, {"these": json.dumps(ids[:size])})
    return Page(list(objects(told, rows)), ids[size - 1] if len(ids) > size else None)


def _ids(db: Database, table: Table, where: str, values: dict[str, object]) -> list[str]:
    """The ids of a page of rows that hang on the releases of a search."""
    held, name = HANGING[table.name]
    if where == "1":  # no list of all releases is needed for that
        sql = EVERY.format(table=table.name)
    else:
        chosen = db.execute(CHOSEN.format(where=where), values | {"few": FEW}).fetchall()
        sql = (OF_FEW if len(chosen) <= FEW else OF_MANY).format(id=name, held=held, where=where)
        values = values | {"chosen": json.dumps([key for (key,) in chosen[:FEW]])}
    return [key for (key,) in db.execute(sql, values).fetchall()]


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
