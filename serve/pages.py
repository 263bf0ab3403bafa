"""Our pages as Datasette's routes call them: rows in, HTML out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from datasette.database import Database
from datasette.utils import tilde_encode
from datasette.utils.asgi import NotFound, Request, Response

from archive.clock import berlin_day, utc_now
from archive.selection import asked, mistyped, nothing_sought
from serve import attachments as attached
from serve import coverage as coverage_page
from serve import elsewhere, redacted
from serve import home as home_page
from serve import release as release_page
from serve import search as search_page
from serve import sources as sources_page
from serve import versions as versions_page
from serve.archive_rows import archive_of, row
from serve.headers import STRICT
from serve.language import N_, gettext

if TYPE_CHECKING:  # Datasette loads plugins while its app module is being imported
    from datasette.app import Datasette

_NOT_XML = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
GONE = 410
NO_RELEASE = N_("Diese Mitteilung gibt es im Archiv nicht.")


async def home(datasette: Datasette, request: Request) -> Response:
    said = await home_page.page(the_archive(datasette), berlin_day(utc_now()))
    return await html(datasette, request, "home.html", said)


async def search(datasette: Datasette, request: Request) -> Response:
    what = await search_page.by_key(the_archive(datasette), asked(request.args))
    found = await search_page.find(the_archive(datasette), what)
    said = {"asked": what, "found": found, "nothing_sought": nothing_sought(what)}
    said |= {"mistyped": mistyped(request.args), "reversed": what.bis and what.von > what.bis}
    return await html(datasette, request, "search.html", said)


async def search_help(datasette: Datasette, request: Request) -> Response:
    return await html(datasette, request, "search_help.html", {})


async def release(datasette: Datasette, request: Request) -> Response:
    db, release_id = the_archive(datasette), request.url_vars["release_id"]
    origin = datasette.absolute_url(request, "/").rstrip("/")
    said = await release_page.page(db, release_id, _sought(request), origin)
    if said is None:
        return await absent(datasette, request)
    return await html(datasette, request, "release.html", said)


async def release_json(datasette: Datasette, request: Request) -> Response:
    """The permalink for programs: leads to the row of the release, or says that it is gone, and why."""
    db, release_id = the_archive(datasette), request.url_vars["release_id"]
    if await row(db, "SELECT 1 FROM releases WHERE id = :id", {"id": release_id}) is None:
        return await absent(datasette, request)
    path = datasette.urls.row(db.name, "releases", tilde_encode(release_id), format="json")
    return Response.redirect(f"{path}?_shape=objects")


async def absent(datasette: Datasette, request: Request, error: str = NO_RELEASE) -> Response:
    """The answer where nothing is held: where the release went, or when and why it was taken out.

    Raises NotFound with the error where none of that is known.
    """
    db, release_id = the_archive(datasette), request.url_vars["release_id"]
    if await row(db, "SELECT 1 FROM releases WHERE id = :id", {"id": release_id}):
        raise NotFound(gettext(error))
    moved = await row(db, "SELECT release_id FROM release_addresses WHERE id = :id", {"id": release_id})
    if moved is not None:
        return Response.redirect(_moved(request, moved["release_id"]), status=301)
    said = await redacted.tombstone(db, release_id)
    if said is None:
        raise NotFound(gettext(error))
    if request.path.endswith(".json"):
        return redacted.as_json(said, GONE)
    return await html(datasette, request, "410.html", said, status=GONE)


async def attachment(datasette: Datasette, request: Request) -> Response:
    db, release_id = the_archive(datasette), request.url_vars["release_id"]
    found = await row(db, "SELECT * FROM releases WHERE id = :id", {"id": release_id})
    if found is None:
        return await absent(datasette, request)
    at, wanted = (_number(text) for text in (request.url_vars["number"], request.args.get("seite") or ""))
    said = await attached.page(db, release_id, at or 0, wanted)
    if said is None:
        raise NotFound(gettext("Diesen Anhang gibt es im Archiv nicht."))
    hits = await attached.hits_of(db, release_id, _sought(request))
    said |= {"release": found, "sought": _sought(request)}
    said["page_hits"] = [hit for hit in hits if hit.number == at]
    return await html(datasette, request, "attachment.html", said)


async def versions(datasette: Datasette, request: Request) -> Response:
    asked_for = {name: request.args.get(name) for name in request.args}
    said = await versions_page.page(the_archive(datasette), request.url_vars["release_id"], asked_for)
    if said is None:
        return await absent(datasette, request)
    return await html(datasette, request, "versions.html", said)


async def comparison(datasette: Datasette, request: Request) -> Response:
    one, other = (request.url_vars[name] for name in ("release_id", "other_id"))
    said = await elsewhere.compared(the_archive(datasette), one, other)
    if said is None:
        error = N_("Diese beiden Mitteilungen haben nicht denselben Text.")
        return await absent(datasette, request, error)
    return await html(datasette, request, "comparison.html", said)


async def sources(datasette: Datasette, request: Request) -> Response:
    said = await sources_page.page(the_archive(datasette), berlin_day(utc_now()))
    return await html(datasette, request, "sources.html", said)


async def coverage(datasette: Datasette, request: Request) -> Response:
    said = await coverage_page.page(the_archive(datasette), request.url_vars["key"])
    if said is None:
        raise NotFound(gettext("Dieser Quelle folgt das Archiv nicht."))
    return await html(datasette, request, "coverage.html", said)


def xml_text(text: str) -> str:
    """A text without the control characters that XML cannot hold."""
    return _NOT_XML.sub("", text)


def _moved(request: Request, release_id: str) -> str:
    """The address asked for, with another release in it."""
    _, _, asked_for, *rest = request.path.split("/", 3)
    suffix = ".json" if asked_for.endswith(".json") and not rest else ""
    path = "/".join([f"/m/{quote(release_id, safe='')}{suffix}", *rest])
    return f"{path}?{request.query_string}" if request.query_string else path


def _sought(request: Request) -> str:
    return str(request.args.get("q") or "").strip()[:500]


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else None


async def html(
    datasette: Datasette, request: Request, template: str, said: dict[str, Any], status: int = 200
) -> Response:
    """A page of ours: no script, nothing from elsewhere."""
    body = await datasette.render_template(template, said, request=request)
    return Response.html(body, status=status, headers={"Content-Security-Policy": STRICT})


def the_archive(datasette: Datasette) -> Database:
    archive = archive_of(datasette)
    assert archive is not None, "the routes are registered only where an archive is served"
    return archive
