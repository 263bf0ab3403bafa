"""A release in its page as JSON-LD by schema.org: data, which a browser never runs."""

import json
from collections.abc import Iterator, Mapping

from datasette.database import Database
from markupsafe import Markup

from exports.jsonld import jsonld, script
from serve import addresses
from serve.archive_rows import Row, rows

_WIKIDATA = """
SELECT id, wikidata FROM ministers
WHERE id IN (SELECT value FROM json_each(:ids)) AND wikidata IS NOT NULL
"""


async def data(db: Database, release: Row, found: Mapping[str, list[Row]], origin: str) -> Markup:
    """The content of the script element; `found` are the mentions by kind, `origin` begins our addresses."""
    ids = sorted({m["minister_id"] for m in found["minister"] if m["minister_id"]})
    known = {row["id"]: row["wikidata"] for row in await rows(db, _WIKIDATA, {"ids": json.dumps(ids)})}
    address = f"{origin}{addresses.release(release['id'])}"
    return Markup(script(jsonld(release, address, _named(found, known))))  # noqa: S704  # escaped for this


def _named(
    found: Mapping[str, list[Row]], wikidata: Mapping[str, str]
) -> Iterator[tuple[str, str, str | None]]:
    for mention in found["minister"]:
        if mention["minister_id"]:
            yield "minister", mention["name"], wikidata.get(mention["minister_id"])
    for kind in ("district", "municipality"):
        for mention in found[kind]:
            if key := mention[f"{kind}_ags"]:
                yield kind, mention.get("official") or mention["name"], key
