"""The proof of a release as JSON: what was read where by which rule, and the record that holds the bytes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING

from datasette.utils.asgi import Request, Response

from serve import mentions
from serve import proof as proof_page
from serve.archive_rows import Row, row
from serve.pages import absent, the_archive

if TYPE_CHECKING:  # Datasette loads plugins while its app module is being imported
    from datasette.app import Datasette

_CAPTURE = """
SELECT captured_at, url, record_id, warc_file, warc_offset, warc_length, payload_digest
FROM captures WHERE id = :id
"""
_SAID = ("surface", "field", "start", "end", "rule", "confidence")


async def proof(datasette: Datasette, request: Request) -> Response:
    """The answer to /m/ID/beleg.json."""
    db, release_id = the_archive(datasette), request.url_vars["release_id"]
    release = await proof_page.release(db, release_id)
    if release is None:
        return await absent(datasette, request)
    found, grants, capture = await asyncio.gather(
        mentions.of_release(db, release_id),
        mentions.grants_of(db, release_id),
        row(db, _CAPTURE, {"id": release["capture_id"]}),
    )
    rules = {name: release[f"{name}_rule"] for name in ("title", "published", "text")}
    values = list(_values(found, grants))
    return Response.json({"release": release_id, "capture": capture, "rules": rules, "values": values})


def _values(found: dict[str, list[Row]], grants: list[Row]) -> Iterator[Row]:
    for kind, each in found.items():
        for mention in each:
            key = mentions.key(kind, mention)
            yield {"kind": key.partition("@")[0], "key": key} | {name: mention[name] for name in _SAID}
    for grant in grants:
        said = {name: grant[name] for name in _SAID if name != "surface"}
        key = mentions.key("grant", mentions.amount_of(grant))
        yield {"kind": "grant", "key": key, "surface": grant["sentence"]} | said
