"""/llms.txt: what language models and those who build with them should know before they ask (llmstxt.org)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datasette.utils.asgi import Request, Response

from archive.parameters import PARAMETERS
from exports.pages import READABLE
from serve.pages import the_archive

if TYPE_CHECKING:  # Datasette loads plugins while its app module is being imported
    from datasette.app import Datasette


async def llms(datasette: Datasette, request: Request) -> Response:
    """The answer to /llms.txt."""
    said = {
        "origin": datasette.absolute_url(request, "/").rstrip("/"),
        "tables": READABLE,
        "parameters": PARAMETERS,
        "questions": datasette.metadata("queries", database=the_archive(datasette).name) or {},
    }
    return Response.text(await datasette.render_template("llms.txt", said, request=request))
