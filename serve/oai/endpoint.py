"""/oai: where harvesters ask, by GET or POST."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from datasette.database import QueryInterrupted
from datasette.utils.asgi import Request, Response
from sqlite_utils import Database

from archive.clock import utc_now
from serve.api.problems import problem
from serve.oai.answers import Answer
from serve.pages import the_archive

if TYPE_CHECKING:  # Datasette loads plugins while its app module is being imported
    from datasette.app import Datasette

PATH = "/oai"
LARGEST = 8 << 10  # bytes of arguments
FORM = "application/x-www-form-urlencoded"


async def harvest(datasette: Datasette, request: Request) -> Response:
    """The answer of the protocol; what is no request of it gets a problem."""
    said = request.query_string
    if request.method == "POST":
        if not (request.headers.get("content-type") or "").startswith(FORM):
            return problem(415, f"POST needs {FORM}.")
        if int(request.headers.get("content-length") or 0) > LARGEST:
            return problem(413, "That is too much for a request.")
        said = (await request.post_body()).decode("utf-8", "replace")
    arguments, now = parse_qsl(said, keep_blank_values=True), utc_now()
    origin = datasette.absolute_url(request, "/").rstrip("/")

    def answered(connection: sqlite3.Connection) -> bytes:
        db = Database(connection, execute_plugins=False)
        return Answer(db, now, origin, contact(origin)).of(arguments)

    try:
        body = await the_archive(datasette).for_programs(answered)
    except QueryInterrupted:
        detail = "This takes too long; name a set, or a shorter time."
        return problem(503, detail, {"Retry-After": "60"})  # the status that the protocol has for it
    return Response(body.decode(), content_type="text/xml; charset=utf-8")


def contact(origin: str) -> str:
    """Who looks after a host, by the address that every host with mail has (RFC 2142).

    >>> contact("https://presse.example.org"), contact("http://localhost:8001")
    ('postmaster@presse.example.org', 'postmaster@localhost.localdomain')
    """
    host = urlsplit(origin).hostname or "localhost"
    return f"postmaster@{host if '.' in host else f'{host}.localdomain'}"
