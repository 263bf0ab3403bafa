"""The pages of persons, offices, ministries, places and grants, and the maps, as the routes call them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from datasette.database import Database
from datasette.utils.asgi import NotFound, Request, Response

from archive.clock import berlin_day, utc_now
from archive.german import LANDS
from serve import addresses, dashboard, district, grant, minister, ministry, municipality, office
from serve import map as map_page
from serve.archive_rows import archive_of
from serve.headers import STRICT
from serve.kept import kept
from serve.language import gettext

if TYPE_CHECKING:  # Datasette loads plugins while its app module is being imported
    from datasette.app import Datasette

Page = Callable[[Database, str], Awaitable[dict[str, object] | None]]


async def person(datasette: Datasette, request: Request) -> Response:
    return await _page(
        datasette, request, minister.page, "person.html", gettext("Diese Person kennt das Archiv nicht.")
    )


async def office_page(datasette: Datasette, request: Request) -> Response:
    return await _page(
        datasette, request, office.page, "office.html", gettext("Dieses Amt kennt das Archiv nicht.")
    )


async def ministry_page(datasette: Datasette, request: Request) -> Response:
    db, key = _asked(datasette, request)
    if await ministry.is_known(db, key) or not (publisher := await ministry.of_source(db, key)):
        none = gettext("Dieses Ministerium kennt das Archiv nicht.")
        return await _page(datasette, request, ministry.page, "ministry.html", none)
    return Response.redirect(addresses.ministry(publisher), status=301)


async def district_page(datasette: Datasette, request: Request) -> Response:
    return await _page(
        datasette, request, district.page, "district.html", gettext("Diesen Kreis kennt das Archiv nicht.")
    )


async def municipality_page(datasette: Datasette, request: Request) -> Response:
    none = gettext("Diese Gemeinde kennt das Archiv nicht.")
    return await _page(datasette, request, municipality.page, "municipality.html", none)


async def grant_page(datasette: Datasette, request: Request) -> Response:
    db, key = _asked(datasette, request)
    story = await grant.story_of_telling(db, key)
    if story in (None, key):
        none = gettext("Diese Förderung kennt das Archiv nicht.")
        return await _page(datasette, request, grant.page, "grant.html", none)
    return Response.redirect(addresses.grant(str(story)), status=301)


async def germany(datasette: Datasette, request: Request) -> Response:
    return await _answer(datasette, request, "map.html", lambda db: map_page.page(db, "", _args(request)), "")


async def land(datasette: Datasette, request: Request) -> Response:
    _, code = _asked(datasette, request)
    if code not in LANDS or code == "DE":
        raise NotFound(gettext("Dieses Land gibt es nicht."))
    return await _answer(
        datasette, request, "map.html", lambda db: map_page.page(db, code, _args(request)), ""
    )


async def course(datasette: Datasette, request: Request) -> Response:
    async def page(db: Database) -> dict[str, object]:
        return await dashboard.page(db, _args(request), berlin_day(utc_now()))

    return await _answer(datasette, request, "dashboard.html", page, "")


async def _page(datasette: Datasette, request: Request, page: Page, template: str, none: str) -> Response:
    _, key = _asked(datasette, request)
    return await _answer(datasette, request, template, lambda db: page(db, key), none)


async def _answer(
    datasette: Datasette,
    request: Request,
    template: str,
    page: Callable[[Database], Awaitable[dict[str, Any] | None]],
    none: str,
) -> Response:
    """The page, kept or made; where there is nothing to say, a refusal in these words."""
    db = _archive(datasette)

    async def make() -> str:
        said = await page(db)
        if said is None:
            raise NotFound(none)
        return str(await datasette.render_template(template, said, request=request))

    body, tag = await kept(db, f"{request.path}?{request.query_string}", make)
    headers = {"Content-Security-Policy": STRICT, "ETag": tag, "Cache-Control": "no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response("", status=304, headers=headers)
    return Response.html(body, headers=headers)


def _asked(datasette: Datasette, request: Request) -> tuple[Database, str]:
    return _archive(datasette), unquote(request.url_vars["key"])


def _args(request: Request) -> dict[str, str]:
    return {name: str(request.args.get(name) or "").strip()[:100] for name in request.args}


def _archive(datasette: Datasette) -> Database:
    archive = archive_of(datasette)
    assert archive is not None, "the routes are registered only where an archive is served"
    return archive


ROUTES: list[tuple[str, Callable[..., Awaitable[Any]]]] = [
    (r"^/person/(?P<key>[^/]+)$", person),
    (r"^/amt/(?P<key>[^/]+)$", office_page),
    (r"^/ministerium/(?P<key>[^/]+)$", ministry_page),
    (r"^/kreis/(?P<key>[^/]+)$", district_page),
    (r"^/gemeinde/(?P<key>[^/]+)$", municipality_page),
    (r"^/foerderung/(?P<key>[^/]+)$", grant_page),
    (r"^/karte$", germany),
    (r"^/karte/(?P<key>[^/]+)$", land),
    (r"^/verlauf$", course),
]
