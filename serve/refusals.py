"""What a reader gets who cannot get what was asked for: a page that says why, or the same as JSON."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from typing import TYPE_CHECKING

from datasette.database import QueryInterrupted
from datasette.utils.asgi import Base400, Request, Response
from datasette.views.base import DatasetteError

from serve.api.problems import problem
from serve.headers import STRICT
from serve.language import N_, gettext

if TYPE_CHECKING:  # Datasette loads plugins while its app module is being imported
    from datasette.app import Datasette

ASKED_WRONG = 400
BROKEN = 500
BUSY = 503
SAID_BY_DATASETTE = {  # up to the colon, after which it names what it did not find
    "Database not found": N_("Unter dieser Adresse liegt nichts im Archiv."),
    "Table not found": N_("Eine solche Tabelle hat das Archiv nicht."),
    "Record not found": N_("Eine solche Zeile hat das Archiv nicht."),
    "Statement must be a SELECT": N_("Eine Frage in SQL beginnt mit SELECT."),
}


async def refusal(datasette: Datasette, request: Request, exception: Exception) -> Response:
    """The answer in place of the one that failed. Our own faults go to the console, and not to readers."""
    match exception:
        case Base400():
            said = _in_our_words(str(exception)) or gettext("Diese Seite gibt es nicht.")
            if said == "404":
                said = gettext("Unter dieser Adresse liegt nichts im Archiv.")
            return await _answer(datasette, request, exception.status, said)
        case QueryInterrupted() | DatasetteError(title="SQL Interrupted"):
            said = gettext(
                "Die Antwort hat zu lange gebraucht und wurde abgebrochen. Mit einem zweiten Suchwort, einem"
                " Filter oder einer kürzeren Zeitspanne geht es schneller; oder gleich noch einmal versuchen."
            )
            return await _answer(datasette, request, BUSY, said, {"Retry-After": "5"})
        case DatasetteError():
            # Datasette answers 500 also to what an address gets wrong, as a column that is not there.
            status = ASKED_WRONG if exception.status == BROKEN else exception.status
            return await _answer(datasette, request, status, _in_our_words(str(exception.message)))
    traceback.print_exception(exception)
    said = gettext("Der Fehler liegt bei uns, nicht an der Anfrage.")
    return await _answer(datasette, request, BROKEN, said)


def _in_our_words(said: str) -> str:
    ours = SAID_BY_DATASETTE.get(said.partition(":")[0])
    return gettext(ours) if ours else said


async def _answer(
    datasette: Datasette, request: Request, status: int, error: str, headers: Mapping[str, str] | None = None
) -> Response:
    headers = headers or {}
    if request.path.endswith(".json") or request.path.startswith("/api/"):
        return problem(status, error, headers, ok=False, error=error)
    templates = [f"{status}.html", "error.html"]
    body = await datasette.render_template(templates, {"error": error, "status": status}, request=request)
    return Response.html(body, status=status, headers={"Content-Security-Policy": STRICT, **headers})
