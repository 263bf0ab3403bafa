"""The description of the interface: OpenAPI 3.1, made of the tables, filters and questions served."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import Request, Response
from sqlite_utils import Database

from exports.columns import metadata
from exports.pages import READABLE
from exports.tables import shape
from serve.api import schemas
from serve.api.operations import TAGS, filters, paths
from serve.api.schemas import Schema
from serve.language import N_
from serve.pages import html, the_archive

if TYPE_CHECKING:  # Datasette loads plugins while its app module is being imported
    from datasette.app import Datasette

VERSION = "1.0.0"
ABOUT = (  # paragraphs
    N_(
        "Mitteilungen deutscher Ministerien, mit allem, was darin gefunden wurde. Nur lesend, ohne "
        "Anmeldung; JSON darf auch von Seiten anderer Herkunft gelesen werden (CORS)."
    ),
    N_(
        "Zusage: Was unter /api/v1/, /m/, /suche.json und /oai steht, behält Namen, Bedeutung und Typen, "
        "solange die Version mit 1 beginnt. Es dürfen dazukommen: Tabellen, Spalten, Felder, Filter und "
        "Werte. Was wegfallen soll, trägt hier mindestens zwölf Monate lang „deprecated“ und steht im "
        "Changelog; erst eine neue Adresse (/api/v2/) lässt es weg. Was Datasette ausgibt, ist so "
        "beständig wie Datasette 0.65."
    ),
)


async def described(datasette: Datasette, request: Request) -> dict[str, Any]:
    """The description of the interface of a server."""
    archive = the_archive(datasette)
    said = {name: datasette.metadata(name, database=archive.name) or {} for name in ("tables", "queries")}
    listed = [name for name, about in said["tables"].items() if not about.get("hidden")]
    served = paths(archive.name, listed, said["queries"])
    rows = await archive.execute_fn(lambda connection: _rows(Database(connection, execute_plugins=False)))
    return document(served, rows, datasette.absolute_url(request, "/").rstrip("/"))


async def openapi(datasette: Datasette, request: Request) -> Response:
    """The answer to /api/openapi.json."""
    return Response.json(await described(datasette, request))


async def page(datasette: Datasette, request: Request) -> Response:
    """The same for people."""
    return await html(datasette, request, "api.html", {"api": await described(datasette, request)})


def _rows(db: Database) -> dict[str, Schema]:
    rows = {}
    for name, table in READABLE.items():
        about = metadata().get(name, {})
        said = {"title": about.get("title", name), "description": about.get("description", "")}
        rows[name] = said | schemas.row(shape(db, table).columns)
    return rows


def document(served: dict[str, object], rows: dict[str, Schema], origin: str) -> dict[str, Any]:
    """The description, made of its paths and the schemas of rows by table."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Pressearchiv",
            "version": VERSION,
            "summary": "Pressemitteilungen deutscher Ministerien",
            "description": "\n\n".join(ABOUT),
            "license": {"name": "MIT (Programm); die Texte gehören ihren Herausgebern"},
        },
        "servers": [{"url": origin}],
        "tags": [{"name": name, "description": said} for name, said in TAGS.items()],
        "paths": served,
        "components": {"schemas": {"Problem": schemas.PROBLEM, **rows}, "parameters": filters()},
    }
