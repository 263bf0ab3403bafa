"""What a repository asks of a data set: how to cite it (CITATION.cff) and its description (DataCite 4.5)."""

import json
from importlib.metadata import version
from typing import Any

from archive.german import day, number

TITLE = "Pressearchiv: Pressemitteilungen deutscher Ministerien"
PEOPLE = "The Pressearchiv authors"
SUBJECTS = (
    "press releases",
    "Germany",
    "government communication",
    "web archiving",
    "information extraction",
)
VARIANTS = {"full": "mit Texten", "without-texts": "ohne Texte"}


def label(manifest: dict[str, Any], data: str) -> str:
    """The version of a data set: the day of its newest capture and a hash of its data."""
    return f"{manifest['as_of'][:10]}+{data[:12]}"


def citation(manifest: dict[str, Any], data: str) -> str:
    """CITATION.cff 1.2.0 of the data; values are written as JSON strings, which YAML reads."""
    lines = [
        "cff-version: 1.2.0",
        'message: "Please cite this data set with its version; the same version holds the same data."',
        f"title: {_quoted(_full_title(manifest))}",
        "type: dataset",
        "authors:",
        f"  - name: {_quoted(PEOPLE)}",
        f"version: {_quoted(label(manifest, data))}",
        f"date-released: {_quoted(manifest['as_of'][:10])}",
        "keywords:",
        *(f"  - {_quoted(subject)}" for subject in SUBJECTS),
    ]
    return "\n".join(lines) + "\n"


def _full_title(manifest: dict[str, Any]) -> str:
    return f"{TITLE} ({VARIANTS[manifest['variant']]})"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def datacite(manifest: dict[str, Any], data: str, years: tuple[str, str] | None) -> str:
    """The metadata of a deposit, without the identifier, which the repository gives."""
    covered = [{"date": "/".join(years), "dateType": "Coverage"}] if years else []
    said = {
        "types": {"resourceType": "Data set", "resourceTypeGeneral": "Dataset"},
        "creators": [{"name": PEOPLE, "nameType": "Organizational"}],
        "titles": [{"title": _full_title(manifest), "lang": "de"}],
        "publisher": {"name": PEOPLE},
        "publicationYear": manifest["as_of"][:4],
        "language": "de",
        "version": label(manifest, data),
        "subjects": [{"subject": subject} for subject in SUBJECTS],
        "dates": [{"date": manifest["as_of"][:10], "dateType": "Collected"}, *covered],
        "formats": ["application/jsonl", "application/gzip"],
        "sizes": [f"{table['rows']} rows in {name}" for name, table in manifest["tables"].items()],
        "rightsList": [{"rights": "Texts belong to their publishers; see README.md", "lang": "en"}],
        "descriptions": [
            {"description": _about(manifest), "descriptionType": "Abstract", "lang": "de"},
        ],
        "schemaVersion": "http://datacite.org/schema/kernel-4",
    }
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def _about(manifest: dict[str, Any]) -> str:
    tables = manifest["tables"]
    return (
        f"{number(tables['releases']['rows'])} Mitteilungen deutscher Ministerien in "
        f"{number(tables['versions']['rows'])} Fassungen, Stand {day(manifest['as_of'][:10])}, "
        f"{VARIANTS[manifest['variant']]}, mit dem, was in ihnen genannt ist, und den Belegen dazu."
    )


README = """# {title}

Version {label}. {about}

One file per table in `data/`, one JSON object per line, packed with gzip, sorted by its key. Tables and
columns are explained in `codebook.md`, types and references in `datapackage.json`, checksums and keys in
`manifest.json`.

- schema: {schema}; rules: {rules}; program: {program}
- taken out on request so far: {redactions} decisions (tables `redactions`, `redacted_releases`); whoever
  holds an earlier snapshot is asked to delete what they name

## Rights

Texts, titles and pictures belong to their publishers. Where a page reserves text and data mining in a form
that machines read, its words are left out here (`releases.tdm_reserved`).

## Completeness

{shares}

## Known errors, by kind (`known_errors.jsonl`)

{errors}
"""


def readme(manifest: dict[str, Any], data: str, shares: list[str]) -> str:
    """A page that explains the snapshot to whoever finds it."""
    errors = [f"- {kind}: {count}" for kind, count in manifest["known_errors"].items()]
    return README.format(
        title=_full_title(manifest),
        label=label(manifest, data),
        about=_about(manifest),
        schema=manifest["schema"],
        rules=manifest.get("rules_version", "unknown"),
        program=version("pressearchiv"),
        redactions=len(manifest["redactions"]),
        shares="\n".join(shares) or "No statement could be made.",
        errors="\n".join(errors) or "None.",
    )
