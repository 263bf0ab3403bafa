"""The Datasette plugin: our pages and styles, German search on Datasette's own, headers on everything.

Datasette loads it wherever the package is installed. Where no archive is served, it does nothing.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from datasette.utils.asgi import Request
from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from markupsafe import Markup
from pluggy import HookimplMarker

from archive import lemmas, search_terms
from serve import (
    assets,
    bounded,
    entities,
    evidence,
    feed,
    interfaces,
    language_choice,
    pages,
    refusals,
    results,
    spoken,
    versions,
    watch,
)
from serve.archive_rows import archive_of
from serve.headers import with_headers
from serve.language import LANGUAGES, N_, gettext, language, ngettext, translations
from serve.language_choice import with_language
from serve.methods import with_methods
from serve.plain_cells import with_plain_cells
from serve.sets import sets_of

if TYPE_CHECKING:  # Datasette loads plugins while its app module is being imported
    from datasette.app import Datasette

hookimpl = HookimplMarker("datasette")
TEMPLATES = assets.HERE / "templates"
SUM_COLUMNS = frozenset({"Betrag", "Euro", "Summe in Euro", "amount_max", "value_max", "value_min"})
LINK_COLUMNS = {"Seite": N_("lesen"), "Vergleich": N_("vergleichen")}
FILTERS = {
    "day": spoken.day,
    "at": spoken.at,
    "short": spoken.short,
    "unclear": versions.unclear,
    "moment": spoken.short_at,
    "number": spoken.number,
    "money": spoken.money,
    "land": spoken.land,
    "kind": spoken.kind,
    "status": spoken.status,
    "translated": gettext,
    "heading": spoken.heading,
    "plain_link": assets.plain_link,
    "xml_text": pages.xml_text,
}


@hookimpl
def startup(datasette: Datasette) -> Callable[[], Awaitable[None]] | None:
    """The sets of a large archive take a second or two, which the first search would have to wait, and so
    does the dictionary where it must be made; catalogues less."""
    archive = archive_of(datasette)
    if archive is None:
        return None
    lemmas.load()
    for code in LANGUAGES:
        translations(code)

    async def read_sets() -> None:
        await archive.execute_fn(sets_of)
        bounded.bound(datasette, archive)

    return read_sets


@hookimpl(trylast=True)  # after Datasette's own, so that `escape_fts` is ours
def prepare_connection(conn: Any, database: str, datasette: Datasette) -> None:
    archive = archive_of(datasette)
    if archive and archive.name == database:
        search_terms.register(conn)


@hookimpl
def prepare_jinja2_environment(env: Environment, datasette: Datasette) -> None:
    if archive_of(datasette):
        assert env.loader is not None
        env.loader = ChoiceLoader([FileSystemLoader(TEMPLATES), env.loader])
        env.filters.update(FILTERS)
        env.globals["asset"] = assets.address
        env.globals["counted"] = spoken.counted
        env.globals["language"] = language
        env.globals["in_this_language"] = language_choice.in_this_language
        env.add_extension("jinja2.ext.i18n")
        env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
        env.policies["ext.i18n.trimmed"] = True


@hookimpl
def register_routes(datasette: Datasette) -> list[tuple[str, Callable[..., Awaitable[Any]]]]:
    if not archive_of(datasette):
        return []
    return [
        (r"^/$", pages.home),
        (r"^/suche$", pages.search),
        (r"^/suche\.atom$", feed.page),
        (r"^/suche\.(?P<form>csv|xlsx|json)$", results.download),
        (r"^/suche/hilfe$", pages.search_help),
        (r"^/quellen$", pages.sources),
        (r"^/quellen/(?P<key>[a-z0-9-]+)$", pages.coverage),
        (r"^/m/(?P<release_id>[^/]+)\.json$", pages.release_json),
        (r"^/m/(?P<release_id>[^/]+)$", pages.release),
        (r"^/m/(?P<release_id>[^/]+)/beleg$", evidence.values),
        (r"^/m/(?P<release_id>[^/]+)/melden$", evidence.report),
        (r"^/m/(?P<release_id>[^/]+)/kopie/(?P<number>[0-9]{1,6})$", evidence.copy),
        (
            r"^/m/(?P<release_id>[^/]+)/kopie/(?P<number>[0-9]{1,6})/(?P<part>seite|quelltext|bytes)$",
            evidence.copy,
        ),
        (
            r"^/m/(?P<release_id>[^/]+)/zitat/(?P<number>[0-9]{1,6})\.(?P<suffix>bib|ris|json|txt)$",
            evidence.citation,
        ),
        (r"^/m/(?P<release_id>[^/]+)/fassungen$", pages.versions),
        (r"^/m/(?P<release_id>[^/]+)/vergleich/(?P<other_id>[^/]+)$", pages.comparison),
        (r"^/m/(?P<release_id>[^/]+)/anhang/(?P<number>[0-9]+)$", pages.attachment),
        *entities.ROUTES,
        *interfaces.ROUTES,
        *watch.ROUTES,
        (r"^/-/pressearchiv/(?P<name>[a-z-]+\.[a-z0-9]+)$", assets.send),
    ]


@hookimpl
def skip_csrf(datasette: Datasette, scope: Mapping[str, Any]) -> bool:
    """Mail programs that leave a list for their reader (RFC 8058) have a key and no form of ours."""
    return bool(archive_of(datasette)) and str(scope["path"]).startswith(watch.LEAVING)


@hookimpl
def extra_template_vars(datasette: Datasette, request: Request | None) -> dict[str, object]:
    archive = archive_of(datasette)
    if archive is None:
        return {}
    addresses = language_choice.addresses(request.path, request.query_string) if request else []
    return {"archive_name": archive.name, "languages": addresses}


@hookimpl
def render_cell(row: Mapping[str, Any], value: object, column: str, table: str | None) -> Markup | None:
    """Addresses of our own pages become links, sums get the separators that make them readable."""
    if isinstance(value, str) and value.startswith("/m/") and column in LINK_COLUMNS:
        return Markup('<a href="{}">{}</a>').format(value, gettext(LINK_COLUMNS[column]))
    if table == "releases" and column == "title" and "id" in row.keys():  # noqa: SIM118  # a row of sqlite3
        return Markup('<a href="/m/{}">{}</a>').format(quote(row["id"]), value)
    if isinstance(value, int | float) and column in SUM_COLUMNS:
        return Markup('<span class="sum">{}</span>').format(spoken.number(value))
    return None


@hookimpl
def handle_exception(datasette: Datasette, request: Request, exception: Exception) -> Any:
    return refusals.refusal(datasette, request, exception) if archive_of(datasette) else None


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[Any], Any]:
    if not archive_of(datasette):
        return lambda app: app
    return lambda app: with_headers(with_methods(with_plain_cells(with_language(app))))
