"""/sitemap.xml: what search engines should know of, in parts that each hold some releases (sitemaps.org).

A part is a stretch of row numbers: it costs the same at any size, a new release is in the last one, and what
was taken out is in none.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from datasette.utils.asgi import NotFound, Request, Response

from archive.german import LANDS
from serve import addresses
from serve.headers import STRICT
from serve.kept import kept
from serve.language import gettext
from serve.pages import the_archive, xml_text

if TYPE_CHECKING:  # Datasette loads plugins while its app module is being imported
    from datasette.app import Datasette

INDEX = "/sitemap.xml"
PART = 10_000  # addresses in a file; 50,000 are allowed
FIXED = ("/", "/quellen", "/karte", "/verlauf", "/api")
_REMOVED = """(SELECT t.release_id, max(d.redacted_on) AS redacted_on FROM redacted_releases t
    JOIN redactions d ON d.id = t.redaction_id GROUP BY t.release_id)"""
# When the page of a release changed: by its text, or by something that was taken out of it.
_CHANGED = "max(last_changed_at, coalesce(redacted_on, ''))"
_PARTS = f"""
SELECT (r.rowid - 1) / {PART}, max({_CHANGED}) FROM releases r NOT INDEXED
    LEFT JOIN {_REMOVED} g ON g.release_id = r.id GROUP BY 1 ORDER BY 1
"""
_RELEASES = f"""
SELECT id, {_CHANGED} FROM releases r LEFT JOIN {_REMOVED} g ON g.release_id = r.id
WHERE r.rowid > :part * {PART} AND r.rowid <= (:part + 1) * {PART} ORDER BY r.rowid
"""
_THINGS = """
SELECT DISTINCT kind, key FROM mention_months WHERE kind <> 'source' ORDER BY kind, key LIMIT 40000
"""
_SOURCES = "SELECT key FROM sources ORDER BY key LIMIT 9000"
Line = tuple[str, str]  # address on this server, and when it changed if that is known


async def index(datasette: Datasette, request: Request) -> Response:
    """The answer to /sitemap.xml: the parts, each with its last change."""
    db, origin = the_archive(datasette), _origin(datasette, request)

    def parts(connection: sqlite3.Connection) -> list[Line]:
        found = connection.execute(_PARTS).fetchall()
        return [("/sitemap/seiten.xml", ""), *((f"/sitemap/{part}.xml", changed) for part, changed in found)]

    async def make() -> str:
        return _xml("sitemapindex", "sitemap", origin, await db.for_programs(parts))

    body, _ = await kept(db, f"{origin}{INDEX}", make)
    return _answer(body)


async def part(datasette: Datasette, request: Request) -> Response:
    """The answer to /sitemap/N.xml. Raises NotFound where no release has a row in it."""
    number = int(request.url_vars["part"])

    def lines(connection: sqlite3.Connection) -> list[Line]:
        found = connection.execute(_RELEASES, {"part": number})
        return [(addresses.release(release), changed) for release, changed in found]

    found = await the_archive(datasette).for_programs(lines)
    if not found:
        raise NotFound(gettext("Diesen Teil gibt es nicht."))
    return _answer(_xml("urlset", "url", _origin(datasette, request), found))


async def pages(datasette: Datasette, request: Request) -> Response:
    """The answer to /sitemap/seiten.xml: pages that stay, and those of all that releases name."""
    found = await the_archive(datasette).for_programs(lambda connection: list(_pages(connection)))
    return _answer(_xml("urlset", "url", _origin(datasette, request), found))


def _pages(connection: sqlite3.Connection) -> Iterator[Line]:
    yield from ((path, "") for path in FIXED)
    yield from ((addresses.land(code), "") for code in LANDS if code != "DE")
    yield from ((f"/quellen/{key}", "") for (key,) in connection.execute(_SOURCES))
    yield from ((addresses.BY_KIND[kind](key), "") for kind, key in connection.execute(_THINGS))


def _xml(root: str, each: str, origin: str, lines: Iterable[Line]) -> str:
    said = "".join(
        f"<{each}><loc>{escape(xml_text(origin + path))}</loc>{_when(changed)}</{each}>\n"
        for path, changed in lines
    )
    name = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{name}">\n{said}</{root}>\n'


def _when(changed: str) -> str:
    return f"<lastmod>{changed}</lastmod>" if changed else ""


def _answer(body: str) -> Response:
    return Response(body, content_type="text/xml; charset=utf-8", headers={"Content-Security-Policy": STRICT})


def _origin(datasette: Datasette, request: Request) -> str:
    return str(datasette.absolute_url(request, "/")).rstrip("/")


ROUTES = [
    (r"^/sitemap\.xml$", index),
    (r"^/sitemap/seiten\.xml$", pages),
    (r"^/sitemap/(?P<part>[0-9]{1,7})\.xml$", part),
]
