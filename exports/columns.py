"""The columns of a table as it leaves the archive: types, meanings, values; from schema and metadata."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from sqlite_utils import Database

Type = Literal["string", "integer", "number", "boolean", "date", "datetime"]
CHECKED = re.compile(r'CHECK \("?(\w+)"? IN \(([^)]*)\)\)')
BOOLEANS = frozenset({"is_step", "tdm_reserved"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `allowed` is empty where the schema names no values."""

    name: str
    type: Type
    description: str  # German, as on the pages
    required: bool
    allowed: tuple[str, ...] = ()


# Columns that stand for a row number of the archive, which another build would give differently.
STANDING_FOR = {
    "release_id": "Mitteilung",
    "capture_record": "Abruf: Kennung seines WARC-Eintrags",
    "first_capture_record": "Abruf, der es zuerst zeigte: Kennung seines WARC-Eintrags",
    "refers_to_record": "früherer Abruf mit gleichem Inhalt: Kennung seines WARC-Eintrags",
    "attachment_url": "Anhang: seine Adresse",
    "amount_field": "wo der Betrag steht: title (Titel) oder text (Text)",
    "amount_start": "erstes Zeichen des Betrags",
    "amount_end": "erstes Zeichen nach dem Betrag",
    "nth": "1; höher, wo mehrere Zeilen sonst denselben Schlüssel hätten",
    "tdm_reserved": "ob die Seite Text und Data Mining vorbehält; dann fehlt der Wortlaut, wenn der Export "
    "ihn nicht ausdrücklich enthält",
}
ALWAYS = frozenset({"nth", "tdm_reserved", "release_id"})


@cache
def metadata() -> dict[str, Any]:
    """What the pages say about tables and columns; comes with the package or lies at the checkout's top."""
    packaged = files("serve") / "datasette-metadata.json"
    checkout = Path(__file__).parent.parent / "datasette-metadata.json"
    text = packaged.read_text("utf-8") if packaged.is_file() else checkout.read_text("utf-8")
    tables: dict[str, Any] = json.loads(text)["databases"]["archive"]["tables"]
    return tables


def columns(db: Database, table: str, names: Mapping[str, str], wording: frozenset[str]) -> list[Column]:
    """The columns `names` of a table: its own column or the SQL that stands for one, by name.

    Columns of wording may be empty wherever rights forbid it, whatever the schema requires.
    """
    schema = {column.name: column for column in db.table(table).columns}
    allowed = {name: _values(values) for name, values in CHECKED.findall(db.table(table).schema)}
    meanings = metadata().get(table, {}).get("columns", {})
    found = []
    for name, sql in names.items():
        own = schema.get(name) if name == sql else None
        found.append(
            Column(
                name,
                _type(name, own.type if own else "INTEGER" if name.endswith(("_start", "_end")) else "TEXT"),
                meanings.get(name, "") if own else STANDING_FOR[name],
                bool(not own and name in ALWAYS)
                or bool(own and (own.notnull or own.is_pk) and name not in wording),
                allowed.get(name, ()) if own else (),
            )
        )
    return found


def _values(listed: str) -> tuple[str, ...]:
    return tuple(value.strip().strip("'") for value in listed.split(","))


def _type(name: str, stored: str) -> Type:
    if name in BOOLEANS:
        return "boolean"
    if name == "nth" or stored == "INTEGER":
        return "integer"
    if stored == "REAL":
        return "number"
    return "date" if name.endswith("_on") else "datetime" if name.endswith("_at") else "string"
