"""Rows of tables and hits of a search as JSON, page by page: what the Python client reads."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

import msgspec
from datasette.database import QueryInterrupted
from datasette.utils.asgi import Request, Response
from sqlite_utils import Database

from archive.parameters import BY_NAME, LONGEST, ParameterError, strictly
from exports.columns import metadata
from exports.pages import MOST, READABLE, USUAL, Page, hangs_on_releases, page
from exports.tables import shape
from serve.api.hits import hits
from serve.api.problems import problem
from serve.archive_rows import archive_of
from serve.bounded import MOST_SECONDS

if TYPE_CHECKING:  # Datasette loads plugins while its app module is being imported
    from datasette.app import Datasette

ROOT = "/api/v1"
SEARCH = "search"
JSON = "application/json; charset=utf-8"
Read = Callable[[sqlite3.Connection], Page]


async def rows(datasette: Datasette, request: Request) -> Response:
    """A page of a table, or of the hits of a search."""
    name = request.url_vars["table"]
    if name != SEARCH and name not in READABLE:
        return problem(404, f"There is no table {name!r}; {ROOT}/tables lists those there are.")
    archive = archive_of(datasette)
    assert archive is not None, "the routes are registered only where an archive is served"
    address = datasette.absolute_url(request, request.path)
    try:
        given = _given(request)
        read = _reading(name, dict(given))
        body = await archive.for_programs(lambda connection: _body(connection, name, read, address, given))
    except ParameterError as error:
        return problem(400, str(error))
    except QueryInterrupted:
        detail = f"This takes longer than {MOST_SECONDS:.0f} seconds; ask again, narrow it, or lower size."
        return problem(503, detail, {"Retry-After": "5"})
    return Response(body, content_type=JSON)


async def tables(datasette: Datasette, request: Request) -> Response:
    """The tables that `rows` answers for, with their columns."""
    archive = archive_of(datasette)
    assert archive is not None, "the routes are registered only where an archive is served"
    said = await archive.execute_fn(lambda connection: list(_tables(_database(connection))))
    return Response(msgspec.json.encode({"tables": said}).decode(), content_type=JSON)


def _given(request: Request) -> dict[str, str]:
    """The parameters of an address. Raises ParameterError where one comes twice."""
    given: dict[str, str] = {}
    for name, value in parse_qsl(request.query_string, keep_blank_values=True):
        if name in given:
            raise ParameterError(f"{name}: give it once")
        given[name] = value
    return given


def _reading(name: str, given: dict[str, str]) -> Read:
    """What is asked for. Raises ParameterError where a parameter is unknown or means nothing."""
    size = _size(given.pop("size", str(USUAL)))
    after = _short("after", given.pop("after")) if "after" in given else ""
    if name == SEARCH:
        what = strictly(given)
        return lambda connection: hits(connection, what, after, size)
    table = READABLE[name]
    named = ""
    if hangs_on_releases(table) and "release" in given:
        named = _short("release", given.pop("release"))
    if not hangs_on_releases(table) and given:
        raise ParameterError(f"{name} is the same for every search; leave {', '.join(given)} out")
    what = strictly(given)
    return lambda connection: page(_database(connection), table, what, after, size, named)


def _size(value: str) -> int:
    if not (value.isascii() and value.isdecimal() and len(value) < 5 and 1 <= int(value) <= MOST):
        raise ParameterError(f"size: {value!r} is no number from 1 to {MOST}")
    return int(value)


def _short(name: str, value: str) -> str:
    if not 1 <= len(value) <= LONGEST:
        raise ParameterError(f"{name}: give 1 to {LONGEST} characters, or leave it out")
    return value


def _body(connection: sqlite3.Connection, name: str, read: Read, address: str, given: dict[str, str]) -> str:
    found = read(connection)
    following = None
    if found.after is not None:
        following = f"{address}?{urlencode(given | {'after': found.after})}"
    said = {"table": name, "after": found.after, "next": following, "rows": found.rows}
    return msgspec.json.encode(said).decode()


def _tables(db: Database) -> Iterator[dict[str, object]]:
    for table in READABLE.values():
        about = metadata().get(table.name, {})
        yield {
            "name": table.name,
            "title": about.get("title", table.name),
            "description": about.get("description", ""),
            "key": table.key,
            "filters": sorted(BY_NAME) if hangs_on_releases(table) else [],
            "columns": shape(db, table).columns,
        }


def _database(connection: sqlite3.Connection) -> Database:
    return Database(connection, execute_plugins=False)
