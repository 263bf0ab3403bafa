"""The page of one release: its text with the mentions marked, what it says, and how we know."""

import asyncio
from collections.abc import Callable, Iterable
from urllib.parse import quote

from datasette.database import Database

from serve import attachments as attached
from serve import citations, elsewhere, linked, mentions, proof, redacted, seen
from serve import versions as versions_page
from serve.archive_rows import Row, row, rows
from serve.marks import Mark, paragraphs, slices
from serve.meanings import MEANINGS, day_of, minister, place, sum_of
from serve.small_map import SmallMap, of_districts

MOST_LANDS = 2  # that a small map shows
_NEIGHBOUR = """
SELECT id, title FROM releases WHERE source_key = :source AND (published_on, id) {sign} (:published_on, :id)
ORDER BY published_on {order}, id {order} LIMIT 1
"""


async def page(db: Database, release_id: str, sought: str = "", origin: str = "") -> dict[str, object] | None:
    """Everything the page of a release says; None where there is no such release."""
    release = await proof.release(db, release_id)
    if release is None:
        return None
    by_id = {"id": release_id}
    found = await mentions.of_release(db, release_id)
    presence = await versions_page.missing(db, release_id)
    grants, versions, attachments, capture, before, after = await asyncio.gather(
        mentions.grants_of(db, release_id),
        rows(db, "SELECT * FROM versions WHERE release_id = :id ORDER BY number DESC", by_id),
        attached.of_release(db, release_id),
        row(db, "SELECT * FROM captures WHERE id = :id", {"id": release["capture_id"]}),
        _neighbour(db, release, "<", "DESC"),
        _neighbour(db, release, ">", "ASC"),
    )
    title, text = str(release["title"]), str(release["text"])
    return {
        "release": release,
        "title": slices(title, _marks(found, "title")),
        "paragraphs": paragraphs(text, _marks(found, "text")),
        "kinds": [kind for kind in mentions.ALL if found[kind]],
        "who": _unique(found["minister"], _who),
        "officials": _unique(found["person"], lambda m: (m["name"] or m["surface"], m["office"], None)),
        "districts": _unique(found["district"], _district),
        "municipalities": _unique(found["municipality"], lambda m: (m["name"], m["district"], place(m)[1])),
        "amounts": _unique(found["amount"], lambda m: (sum_of(m), None, None)),
        "dates": _unique(found["date"], lambda m: (day_of(m), m["surface"], None)),
        "grants": [grant | {"amount": sum_of(grant)} for grant in grants],
        "map": await _map(db, found["district"], found["municipality"]),
        "versions_seen": versions,
        "attachments": attachments,
        "elsewhere": await elsewhere.group(db, release_id),
        "page_hits": await attached.hits_of(db, release_id, sought),
        "sought": sought,
        "capture": capture,
        "presence": presence,
        "taken_out": await redacted.decisions(db, release_id),
        "dates_seen": seen.five(release, versions, presence),
        "citation": await citations.reference(db, release_id, release["version_number"]),
        "citation_forms": citations.FORMS,
        "linked": await linked.data(db, release, found, origin),
        "before": before,
        "after": after,
    }


async def _neighbour(db: Database, release: Row, sign: str, order: str) -> Row | None:
    values = {"source": release["source_key"], "published_on": release["published_on"], "id": release["id"]}
    return await row(db, _NEIGHBOUR.format(sign=sign, order=order), values)


async def _map(db: Database, districts: list[Row], towns: list[Row]) -> SmallMap | None:
    """The districts of a release, by name or by a municipality; none where they lie all over Germany."""
    keys = {str(m["district_ags"]) for m in (*districts, *towns) if m["district_ags"]}
    if len({key[:2] for key in keys}) > MOST_LANDS:
        return None
    return await of_districts(db, sorted(keys))


def _marks(found: dict[str, list[Row]], field: str) -> list[Mark]:
    return [_mark(kind, m) for kind, each in found.items() for m in each if m["field"] == field]


def _mark(kind: str, mention: Row) -> Mark:
    meaning, link = MEANINGS[kind](mention)
    start, end = mention["start"], mention["end"]
    href = link or f"/m/{quote(mention['release_id'], safe='')}/beleg#{mention['anchor']}"
    return Mark(kind, start, end, str(mention["surface"]), str(meaning), href)


def _who(mention: Row) -> tuple[object, object, object]:
    office = " · ".join(str(part) for part in (mention["office"], mention["party"]) if part)
    return mention["name"] or mention["surface"], office, minister(mention)[1]


def _district(mention: Row) -> tuple[object, object, object]:
    said, link = place(mention)
    return said, mention["district_ags"], link


def _unique(found: Iterable[Row], said: Callable[[Row], tuple[object, object, object]]) -> list[Row]:
    """What mentions say, each once, with how often it is said."""
    counted: dict[tuple[object, object], Row] = {}
    for mention in found:
        name, note, link = said(mention)
        shown = {"name": name, "note": note, "link": link, "anchor": mention["anchor"]}
        entry = counted.setdefault((name, note), shown | {"times": 0, "human": False})
        entry["times"] += 1
        entry["human"] = entry["human"] or mention["rule"] == proof.HUMAN
    return list(counted.values())
