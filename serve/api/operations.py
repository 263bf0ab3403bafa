"""What can be asked, operation by operation, as OpenAPI has it, with the parameters that the code reads."""

from collections.abc import Iterable, Mapping

from archive.parameters import LONGEST, PARAMETERS
from exports.hits import PLACE
from exports.pages import MOST, READABLE, USUAL, goes_by_id, hangs_on_releases
from serve.api import schemas
from serve.api.schemas import Schema
from serve.citations import FORMS
from serve.language import N_

Operation = dict[str, object]
SEARCHING, TABLES, RELEASE, DATASETTE, OTHER = (
    N_("Suchen"),
    N_("Tabellen"),
    N_("Eine Mitteilung"),
    "Datasette",
    N_("Weiteres"),
)
TAGS = {
    SEARCHING: N_("Mitteilungen finden, wie auf der Suchseite."),
    TABLES: N_("Die Zeilen jeder Tabelle, seitenweise und mit den Filtern der Suche."),
    RELEASE: N_("Was es zu einer Mitteilung gibt: Zeile, Beleg, Zitate."),
    DATASETTE: N_("Jede Tabelle und jede fertige Frage, wie Datasette 0.65 sie ausgibt."),
    OTHER: N_("Für Bibliotheken, Feedleser und andere Programme."),
}
JSON = "application/json"
SHAPE: Schema = {
    "name": "_shape",
    "in": "query",
    "required": True,
    "description": N_("objects: jede Zeile ein Objekt"),
    "schema": {"type": "string", "enum": ["objects"]},
}
ID: Schema = {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[A-Za-z0-9-]+$"}


def paths(database: str, tables: Iterable[str], questions: Mapping[str, Mapping[str, object]]) -> Operation:
    """All paths; `database` is what Datasette calls the archive, with its tables and questions."""
    return {
        "/api/v1/search": {
            "get": _rows("search", N_("Treffer einer Suche, die neuesten zuerst."), SEARCHING)
        },
        "/suche.json": {"get": _search()},
        "/suche.atom": {"get": _feed()},
        "/api/v1/tables": {
            "get": _get("tables", N_("Alle Tabellen mit ihren Spalten."), TABLES, schemas.tables())
        },
        **{
            f"/api/v1/{name}": {"get": _rows(name, N_("Zeilen dieser Tabelle."), TABLES)} for name in READABLE
        },
        "/m/{release_id}.json": {"get": _release()},
        "/m/{release_id}/beleg.json": {"get": _proof()},
        "/m/{release_id}/zitat/{number}.{suffix}": {"get": _citation()},
        f"/{database}/{{table}}.json": {"get": _table(tables)},
        **{f"/{database}/{name}.json": {"get": _question(name, said)} for name, said in questions.items()},
        "/daten/snapshots.json": {"get": _snapshots()},
        "/oai": {"get": _harvest()},
    }


def _get(name: str, summary: str, tag: str, schema: Schema, *parameters: Schema) -> Operation:
    return {
        "operationId": name,
        "summary": summary,
        "tags": [tag],
        "parameters": list(parameters),
        "responses": {"200": _answer(schema)},
    }


def _answer(schema: Schema, media_type: str = JSON, said: str = "Antwort") -> Schema:
    return {"description": said, "content": {media_type: {"schema": schema}}}


def _problem(said: str) -> Schema:
    return _answer({"$ref": "#/components/schemas/Problem"}, "application/problem+json", said)


def query(name: str, schema: Schema, said: str) -> Schema:
    return {"name": name, "in": "query", "required": False, "description": said, "schema": schema}


def _in_path(name: str, schema: Schema, said: str) -> Schema:
    return {"name": name, "in": "path", "required": True, "description": said, "schema": schema}


def filters() -> dict[str, Schema]:
    """The filters as components, by the name of the parameter."""
    return {each.name: query(each.name, schemas.asked(each), each.description) for each in PARAMETERS}


def _rows(name: str, summary: str, tag: str) -> Operation:
    counted = name == "search" or READABLE[name].scope == "release"
    many = N_("so viele Mitteilungen je Seite") if counted else N_("so viele Zeilen je Seite")
    size: Schema = {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}
    own = [query("size", size, many)]
    own.append(query("after", _place(name), N_("`after` der vorigen Seite, unverändert")))
    if name != "search" and hangs_on_releases(READABLE[name]):
        one: Schema = {"type": "string", "minLength": 1, "maxLength": LONGEST}
        own.append(query("release", one, N_("nur diese Mitteilung, auch unter einer früheren Kennung")))
    if name == "search" or hangs_on_releases(READABLE[name]):
        own += [{"$ref": f"#/components/parameters/{each.name}"} for each in PARAMETERS]
    reference = f"#/components/schemas/{'releases' if name == 'search' else name}"
    said = _get(f"rows_{name}", summary, tag, schemas.page(name, reference), *own)
    slow = _problem("Hat zu lange gebraucht.")
    responses = {"200": said_ok(said), "400": _problem("Ein Parameter sagt nichts."), "503": slow}
    return said | {"responses": responses}


def _place(name: str) -> Schema:
    """Where a page begins; for readers it has no meaning."""
    said: Schema = {"type": "string", "minLength": 1, "maxLength": LONGEST}
    if name == "search":
        return said | {"pattern": f"^{PLACE.pattern}$"}
    table = READABLE[name]
    if table.scope == "release" or goes_by_id(table):
        return said
    return {"type": "string", "pattern": "^[0-9]{1,9}$"}


def said_ok(operation: Operation) -> object:
    responses = operation["responses"]
    assert isinstance(responses, dict)
    return responses["200"]


def _search() -> Operation:
    own = [query(p.name, schemas.asked(p, may_be_empty=True), p.description) for p in PARAMETERS]
    summary = N_("Alle Treffer einer Suche auf einmal, die neuesten zuerst.")
    said = _get("suche", summary, SEARCHING, schemas.hits(), *own)
    return said | {"responses": {"200": said_ok(said), "400": _problem("Ein Parameter sagt nichts.")}}


def _feed() -> Operation:
    own = [query(p.name, {"type": "string"}, p.description) for p in PARAMETERS]
    said = _get("feed", N_("Die 50 neuesten Treffer als Atom-Feed."), SEARCHING, {})
    feed = _answer({"type": "string"}, "application/atom+xml", "Atom 1.0")
    return said | {"parameters": own, "responses": {"200": feed}}


def _of_release(name: str, summary: str, answers: Mapping[str, object], *more: Schema) -> Operation:
    said = _get(name, summary, RELEASE, {}, _in_path("release_id", ID, N_("Kennung der Mitteilung")), *more)
    gone = {
        "301": {"description": "steht unter einer anderen Kennung"},
        "302": {"description": "zur üblichen Schreibung der Adresse"},
        "404": _problem("Gibt es nicht."),
        "410": _problem("Auf Antrag entfernt: wann und warum."),
    }
    return said | {"responses": {**gone, **answers}}


def _release() -> Operation:
    return _of_release(
        "release",
        N_("Die dauerhafte Adresse einer Mitteilung für Programme: führt zu ihrer Zeile."),
        {"302": {"description": "zur Zeile in der Tabelle releases"}},
    )


def _proof() -> Operation:
    summary = N_("Der Beleg: was wo nach welcher Regel gelesen wurde, und der WARC-Eintrag dazu.")
    return _of_release("beleg", summary, {"200": _answer(schemas.proof())})


def _citation() -> Operation:
    forms = {form.media_type: {"schema": {"type": "string"}} for form in FORMS.values()}
    number = _in_path(
        "number", {"type": "integer", "minimum": 0, "maximum": 999999}, N_("Nummer der Fassung")
    )
    suffix = _in_path("suffix", {"type": "string", "enum": list(FORMS)}, N_("Format des Zitats"))
    page: Schema = {"text/html": {"schema": {"type": "string"}}}
    answer = {
        "200": {"description": "Zitat mit Prüfsumme", "content": forms},
        "404": {"description": "Gibt es nicht.", "content": page | _content(_problem(""))},
        "410": {"description": "Auf Antrag entfernt.", "content": page | _content(_problem(""))},
    }
    return _of_release("zitat", N_("Das Zitat einer Fassung."), answer, number, suffix)


def _table(tables: Iterable[str]) -> Operation:
    own = [
        _in_path("table", {"type": "string", "enum": sorted(tables)}, N_("Tabelle; Spalten siehe dort")),
        SHAPE,
        query("_size", {"type": "integer", "minimum": 0, "maximum": 2000}, N_("Zeilen je Seite")),
        query("_next", {"type": "string"}, N_("`next` der vorigen Seite")),
        query("_search", {"type": "string"}, N_("Suchwörter, nur in der Tabelle releases")),
        query(
            "filter",
            {"type": "object", "additionalProperties": {"type": "string"}},
            N_(
                "`Spalte=Wert`, `Spalte__gte=Wert` und die übrigen Filter von Datasette, als eigene Parameter"
            ),
        ),
    ]
    said = _get(
        "datasette_table", N_("Eine Tabelle von Datasette."), DATASETTE, schemas.datasette_rows(), *own
    )
    none = _problem("Diese Tabelle gibt es nicht.")
    return said | {"responses": {"200": said_ok(said), "400": _wrong(), "404": none}}


def _wrong() -> Schema:
    said: Schema = {JSON: {"schema": {"type": "object"}}}
    return {"description": "Falsch gefragt.", "content": said | _content(_problem(""))}


def _content(answer: Schema) -> Schema:
    content = answer["content"]
    assert isinstance(content, dict)
    return content


def _question(name: str, said: Mapping[str, object]) -> Operation:
    asked = said.get("params", [])
    assert isinstance(asked, list)
    own = [query(str(each), {"type": "string"}, N_("siehe Beschreibung")) for each in asked]
    found = _get(f"frage_{name}", str(said["title"]), DATASETTE, schemas.datasette_rows(), *own, SHAPE)
    slow = _problem("Hat zu lange gebraucht.")
    responses = {"200": said_ok(found), "400": _wrong(), "503": slow}
    return found | {"description": said["description"], "responses": responses}


def _snapshots() -> Operation:
    said = _get("snapshots", N_("Veröffentlichte Abzüge, die jüngsten zuerst."), OTHER, schemas.snapshots())
    none = _problem("Hier werden keine Abzüge veröffentlicht.")
    return said | {"responses": {"200": said_ok(said), "404": none}}


def _harvest() -> Operation:
    names = ("verb", "identifier", "metadataPrefix", "from", "until", "set", "resumptionToken")
    own = [query(name, {"type": "string"}, N_("siehe OAI-PMH 2.0")) for name in names]
    said = _get("oai", N_("OAI-PMH 2.0 für Bibliotheken; Fehler stehen in der Antwort."), OTHER, {}, *own)
    return said | {"responses": {"200": _answer({"type": "string"}, "text/xml", "OAI-PMH")}}
