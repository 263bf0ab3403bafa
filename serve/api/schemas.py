"""JSON Schemas of what the interface answers, from the columns of the tables and the code that writes."""

from collections.abc import Iterable, Mapping

from archive.german import KINDS
from archive.parameters import LONGEST, Parameter
from exports.columns import Column
from serve.results import COLUMNS, LISTS

Schema = dict[str, object]
TYPES: dict[str, Schema] = {
    "string": {"type": "string"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "format": "date-time"},
}
_TEXT: Schema = {"type": "string"}
HIT: dict[str, tuple[Schema, str]] = {
    "id": (_TEXT, "Kennung der Mitteilung"),
    "datum": ({"type": ["string", "null"]}, "Tag der Veröffentlichung"),
    "titel": (_TEXT, "Titel"),
    "herausgeber": (_TEXT, "Herausgeber"),
    "land": (_TEXT, "Land, als Name"),
    "art": ({"type": "string", "enum": list(KINDS.values())}, "Art, als Wort"),
    "quelle": (_TEXT, "Schlüssel der Quelle"),
    "adresse": (_TEXT, "Adresse des Originals"),
    "archiv": ({"type": "string", "format": "uri"}, "Adresse hier"),
    "betrag_bis_euro": ({"type": ["number", "null"]}, "größter genannter Betrag in Euro"),
    "kreise": ({"type": "array", "items": _TEXT}, "genannte Kreise"),
    "personen": ({"type": "array", "items": _TEXT}, "genannte Ministerinnen und Minister"),
    "fassungen": ({"type": "integer", "minimum": 1}, "Zahl der Fassungen"),
    "zuletzt_geaendert": ({"type": "string", "format": "date-time"}, "letzte Änderung des Textes"),
}
assert set(HIT) == set(COLUMNS) >= set(LISTS)
PROBLEM: Schema = {
    "type": "object",
    "description": "Was an der Anfrage nicht stimmt (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": _TEXT,
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "was falsch ist, und was richtig wäre"},
    },
}
CAPTURE: Schema = {
    "type": ["object", "null"],
    "description": "Der Abruf, auf dem die jüngste Fassung beruht, und wo er in den WARC-Dateien steht.",
    "required": ["captured_at", "url", "warc_file", "warc_offset", "payload_digest", "record_id"],
    "properties": {
        "captured_at": TYPES["datetime"],
        "url": _TEXT,
        "record_id": _TEXT,
        "warc_file": _TEXT,
        "warc_offset": TYPES["integer"],
        "warc_length": TYPES["integer"],
        "payload_digest": _TEXT,
    },
}
VALUE: Schema = {
    "type": "object",
    "required": ["kind", "surface", "field", "start", "end", "rule", "confidence", "key"],
    "properties": {
        "kind": {"type": "string", "description": "minister, person_in_office, district, municipality, …"},
        "surface": {"type": "string", "description": "Wortlaut"},
        "field": {"type": "string", "enum": ["title", "text"]},
        "start": {"type": "integer", "description": "erstes Zeichen"},
        "end": {"type": "integer", "description": "erstes Zeichen danach"},
        "rule": {"type": "string", "description": "Regel, die es fand"},
        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
        "key": {"type": "string", "description": "Name der Stelle für Korrekturen"},
    },
}


def column(about: Column) -> Schema:
    """The schema of a column of an exported table."""
    said = dict(TYPES[about.type])
    if about.allowed and about.type == "string":
        said["enum"] = [*about.allowed] if about.required else [*about.allowed, None]
    if not about.required:
        said["type"] = [said["type"], "null"]
    return said | ({"description": about.description} if about.description else {})


def row(columns: Iterable[Column]) -> Schema:
    listed = tuple(columns)
    return _object({each.name: column(each) for each in listed})


def page(table: str, reference: str) -> Schema:
    """A page of a table whose rows are what the reference says."""
    return _object(
        {
            "table": {"const": table},
            "after": {"type": ["string", "null"], "description": "hier beginnt die nächste Seite"},
            "next": {"type": ["string", "null"], "format": "uri", "description": "ihre Adresse"},
            "rows": {"type": "array", "items": {"$ref": reference}},
        }
    )


def hits() -> Schema:
    """What /suche.json answers."""
    hit = _object({name: schema | {"description": said} for name, (schema, said) in HIT.items()})
    return _object({"suche": {"type": "string", "format": "uri"}, "treffer": {"type": "array", "items": hit}})


def tables() -> Schema:
    """What /api/v1/tables answers."""
    about = _object(
        {
            "name": _TEXT,
            "type": {"type": "string", "enum": list(TYPES)},
            "description": _TEXT,
            "required": {"type": "boolean"},
            "allowed": {"type": "array", "items": _TEXT},
        }
    )
    names: Schema = {"type": "array", "items": _TEXT}
    table = _object(
        {"name": _TEXT, "title": _TEXT, "description": _TEXT, "key": names, "filters": names}
        | {"columns": {"type": "array", "items": about}}
    )
    return _object({"tables": {"type": "array", "items": table}})


def snapshots() -> Schema:
    """What /daten/snapshots.json answers."""
    one = _object({"name": _TEXT, "variant": _TEXT, "as_of": TYPES["datetime"], "manifest": _TEXT})
    return _object({"snapshots": {"type": "array", "items": one}})


def proof() -> Schema:
    """What /m/ID/beleg.json answers."""
    return _object(
        {"release": _TEXT, "capture": CAPTURE, "values": {"type": "array", "items": VALUE}}
        | {"rules": {"type": "object", "additionalProperties": {"type": ["string", "null"]}}}
    )


def datasette_rows() -> Schema:
    """What Datasette answers for a table or a question with `_shape=objects`."""
    return {
        "type": "object",
        "properties": {
            "rows": {"type": "array", "items": {"type": ["object", "array"]}},
            "columns": {"type": "array", "items": _TEXT},
            "next": {"type": ["string", "null"]},
            "next_url": {"type": ["string", "null"]},
        },
    }


def asked(parameter: Parameter, *, may_be_empty: bool = False) -> Schema:
    """The schema of a parameter's value."""
    if parameter.form == "number":
        said: Schema = {"type": "number", "minimum": 0, "maximum": 10**15 - 1, "multipleOf": 0.01}
        return {"type": "string", "pattern": f"^(?:{parameter.pattern})?$"} if may_be_empty else said
    said = {"type": "string"}
    if parameter.allowed:
        said["enum"] = [*([""] if may_be_empty else []), *parameter.allowed]
    elif parameter.pattern:
        said["pattern"] = f"^(?:{parameter.pattern}){'?' * may_be_empty}$"
    elif parameter.form == "date":
        said |= {"pattern": "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"} if may_be_empty else {"format": "date"}
    else:
        said |= {"maxLength": LONGEST} | ({} if may_be_empty else {"minLength": 1, "pattern": r"\S"})
    return said


def _object(properties: Mapping[str, object]) -> Schema:
    return {"type": "object", "required": list(properties), "properties": properties}
