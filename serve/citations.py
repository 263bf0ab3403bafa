"""Citations of a version, as readers see them and as reference managers take them."""

import re
from dataclasses import dataclass

from datasette.database import Database
from datasette.utils.asgi import Response

from exports.citation import CITED, Format, citation, written
from serve.archive_rows import row

_VERSION = "SELECT id FROM versions WHERE release_id = :id AND number = :number"


@dataclass(frozen=True, slots=True)
class Form:
    """One of the formats: what readers call it, and how it is sent."""

    word: str
    form: Format
    media_type: str
    shown: bool = False  # in the browser; the others are taken along


FORMS = {
    "bib": Form("BibTeX", "bibtex", "application/x-bibtex"),
    "ris": Form("RIS", "ris", "application/x-research-info-systems"),
    "json": Form("CSL-JSON", "csl-json", "application/vnd.citationstyles.csl+json"),
    "txt": Form("Text", "text", "text/plain", shown=True),
}


async def reference(db: Database, release_id: str, number: int, form: Format = "text") -> str | None:
    """The citation of a version; None where there is no such version."""
    version = await row(db, _VERSION, {"id": release_id, "number": number})
    cited = version and await row(db, CITED, {"version": version["id"]})
    return written(citation(cited), form) if cited else None


def sent(reference: str, suffix: str, release_id: str, number: int) -> Response:
    """A citation as a file."""
    form = FORMS[suffix]
    name = re.sub(r"[^A-Za-z0-9_-]", "_", release_id)
    disposition = "inline" if form.shown else "attachment"
    headers = {"Content-Disposition": f'{disposition}; filename="{name}.{number}.{suffix}"'}
    return Response(reference, content_type=f"{form.media_type}; charset=utf-8", headers=headers)
