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

if TYPE_CHECKING:  # Datasette loads plugins while its app module is being imported
    from datasette.app import Datasette

Page = Callable[[Database, str], Awaitable[dict[str, object] | None]]


async def person(datasette: Datasette, request: Request) -> Response:
    return await _page(
        datasette, request, minister.page, "person.html", "Diese Person kennt das Archiv nicht."
    )


async def office_page(datasette: Datasette, request: Request) -> Response:
    return await _page(datasette, request, office.page, "office.html", "Dieses Amt kennt das Archiv nicht.")


async def ministry_page(datasette: Datasette, request: Request) -> Response:
    db, key = _asked(datasette, request)
    said = await ministry.page(db, key)
    if said is None and (publisher := await ministry.of_source(db, key)):
        return Response.redirect(addresses.ministry(publisher), status=301)
    return await _html(
        datasette, request, "ministry.html", said, "Dieses Ministerium kennt das Archiv nicht."
    )


async def district_page(datasette: Datasette, request: Request) -> Response:
    return await _page(
        datasette, request, district.page, "district.html", "Diesen Kreis kennt das Archiv nicht."
    )


async def municipality_page(datasette: Datasette, request: Request) -> Response:
    none = "Diese Gemeinde kennt das Archiv nicht."
    return await _page(datasette, request, municipality.page, "municipality.html", none)


async def grant_page(datasette: Datasette, request: Request) -> Response:
    db, key = _asked(datasette, request)
    said = await grant.page(db, key)
    if said is None and (story := await grant.first_telling(db, key)):
        return Response.redirect(addresses.grant(story), status=301)
    return await _html(datasette, request, "grant.html", said, "Diese Förderung kennt das Archiv nicht.")


async def germany(datasette: Datasette, request: Request) -> Response:
    db = _archive(datasette)
    said = await map_page.page(db, "", _args(request))
    return await _html(datasette, request, "map.html", said, "")


async def land(datasette: Datasette, request: Request) -> Response:
    db, code = _asked(datasette, request)
    said = await map_page.page(db, code, _args(request)) if code in LANDS and code != "DE" else None
    return await _html(datasette, request, "map.html", said, "Dieses Land gibt es nicht.")


async def course(datasette: Datasette, request: Request) -> Response:
    said = await dashboard.page(_archive(datasette), _args(request), berlin_day(utc_now()))
    return await _html(datasette, request, "dashboard.html", said, "")


async def _page(datasette: Datasette, request: Request, page: Page, template: str, none: str) -> Response:
    db, key = _asked(datasette, request)
    return await _html(datasette, request, template, await page(db, key), none)


async def _html(
    datasette: Datasette, request: Request, template: str, said: dict[str, Any] | None, none: str
) -> Response:
    """The page; where there is nothing to say, a refusal in these words."""
    if said is None:
        raise NotFound(none)
    body = await datasette.render_template(template, said, request=request)
    return Response.html(body, headers={"Content-Security-Policy": STRICT})


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
