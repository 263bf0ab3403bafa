"""A Frictionless Data Package (datapackage.org): what the files of an export are, column by column."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from exports.codebook import Counted
from exports.columns import Column, metadata
from exports.tables import Shape

MEDIA_TYPES = {
    "csv": "text/csv",
    "jsonl": "application/jsonl",
    "parquet": "application/vnd.apache.parquet",
}
LICENSES = [
    {"name": "MIT", "title": "MIT (the program)"},
    {
        "name": "other-pd",
        "title": "Texts: their publishers; German official works as far as § 5 UrhG applies",
    },
]
REFERENCES = {
    "release_id": ("releases", "id"),
    "minister_id": ("ministers", "id"),
    "district_ags": ("districts", "ags"),
    "municipality_ags": ("municipalities", "ags"),
    "publisher_id": ("publishers", "id"),
    "source_key": ("sources", "key"),
}
LOOSE = {"redacted_releases", "corrections", "redactions"}  # speak of releases that may be gone


def package(
    name: str,
    title: str,
    files: Iterable[tuple[Shape, Counted, Path]],
    more: Mapping[str, object],
    below: str = "",
) -> str:
    """The content of datapackage.json; the files lie in the folder `below` that of the package.

    An empty file of JSON Lines is no table to the tools that read packages: it is left out here.
    """
    held = [(s, counted, path) for s, counted, path in files if counted.rows or ".jsonl" not in path.suffixes]
    names = {s.name for s, _, _ in held}
    described = [_resource(s, counted, path, below, names) for s, counted, path in held]
    said = {
        "$schema": "https://datapackage.org/profiles/1.0/datapackage.json",
        "profile": "data-package",
        "name": name,
        "title": title,
        "licenses": LICENSES,
        **more,
        "resources": described,
    }
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def _resource(shape: Shape, counted: Counted, path: Path, below: str, names: set[str]) -> dict[str, Any]:
    form = path.name.split(".")[1]
    about = metadata().get(shape.name, {})
    return {
        "name": shape.name.replace("_", "-"),
        "path": f"{below}{path.name}",
        "profile": "tabular-data-resource",
        "title": about.get("title", shape.name),
        "description": about.get("description", ""),
        "format": form,
        "mediatype": MEDIA_TYPES[form],
        "encoding": "utf-8",
        "rows": counted.rows,
        **_packed(path),
        "schema": table_schema(shape, names),
    }


def _packed(path: Path) -> dict[str, object]:
    # What a packed file weighs depends on the version of zlib; the manifest of a snapshot says it.
    if path.suffix == ".gz":
        return {"compression": "gz"}
    return {"bytes": path.stat().st_size, "hash": f"sha256:{sha256(path)}"}


def table_schema(shape: Shape, names: set[str]) -> dict[str, Any]:
    """The Table Schema: fields, key, references to the tables named."""
    required = {column.name for column in shape.columns if column.required}
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in shape.columns],
        "missingValues": [""],
    }
    if required >= set(shape.table.key):
        schema["primaryKey"] = list(shape.table.key)
    references = [
        {
            "fields": [column.name],
            "reference": {"resource": REFERENCES[column.name][0], "fields": [REFERENCES[column.name][1]]},
        }
        for column in shape.columns
        if column.name in REFERENCES and shape.name not in LOOSE and REFERENCES[column.name][0] in names
    ]
    return schema | ({"foreignKeys": references} if references else {})


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.description}
    if column.type == "boolean":
        field |= {"trueValues": ["1", "true"], "falseValues": ["0", "false"]}
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.allowed:
        numbers = column.type == "integer"
        constraints["enum"] = [int(v) if numbers else v for v in column.allowed]
    return field | ({"constraints": constraints} if constraints else {})


def sha256(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
