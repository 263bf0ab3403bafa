"""The page of one release: its text with the mentions marked, what it says, and how we know."""

import asyncio
from collections.abc import Callable, Iterable

from datasette.database import Database

from serve import attachments as attached
from serve import elsewhere
from serve import versions as versions_page
from serve.archive_rows import Row, row, rows
from serve.marks import Mark, paragraphs, slices
from serve.meanings import MEANINGS, day_of, minister, place, sum_of

_RELEASE = """
SELECT releases.*, versions.text, versions.text_hash, versions.capture_id, sources.title AS source_title,
       sources.home AS source_home
FROM releases JOIN versions ON versions.id = releases.version_id
LEFT JOIN sources ON sources.key = releases.source_key WHERE releases.id = :id
"""
_MENTIONS = {
    "minister": "SELECT * FROM minister_mentions WHERE release_id = :id ORDER BY field DESC, start",
    "person": "SELECT * FROM person_mentions WHERE release_id = :id ORDER BY field DESC, start",
    "district": """SELECT m.*, districts.name AS official FROM district_mentions m
        LEFT JOIN districts ON districts.ags = m.district_ags
        WHERE release_id = :id ORDER BY field DESC, start""",
    "municipality": """SELECT m.*, districts.name AS district FROM municipality_mentions m
        LEFT JOIN districts ON districts.ags = m.district_ags
        WHERE release_id = :id ORDER BY field DESC, start""",
    "amount": "SELECT * FROM amounts WHERE release_id = :id ORDER BY field DESC, start",
    "date": "SELECT * FROM dates WHERE release_id = :id ORDER BY field DESC, start",
}
_GRANTS = """
SELECT grants.*, districts.name AS district, municipalities.name AS municipality FROM grants
LEFT JOIN districts ON districts.ags = grants.district_ags
LEFT JOIN municipalities ON municipalities.ags = grants.municipality_ags
WHERE release_id = :id ORDER BY grants.start
"""
_NEIGHBOUR = """
SELECT id, title FROM releases WHERE source_key = :source AND (published_on, id) {sign} (:published_on, :id)
ORDER BY published_on {order}, id {order} LIMIT 1
"""
_RULES = (("title", "Titel", "title_rule"), ("text", "Text", "text_rule"), ("day", "Datum", "published_rule"))


async def page(db: Database, release_id: str, sought: str = "") -> dict[str, object] | None:
    """Everything the page of a release says; None where there is no such release."""
    release = await row(db, _RELEASE, {"id": release_id})
    if release is None:
        return None
    by_id = {"id": release_id}
    mentions = dict(
        zip(
            _MENTIONS,
            await asyncio.gather(*(rows(db, sql, by_id) for sql in _MENTIONS.values())),
            strict=True,
        )
    )
    grants, versions, attachments, capture, before, after = await asyncio.gather(
        rows(db, _GRANTS, by_id),
        rows(db, "SELECT * FROM versions WHERE release_id = :id ORDER BY number DESC", by_id),
        attached.of_release(db, release_id),
        row(db, "SELECT * FROM captures WHERE id = :id", {"id": release["capture_id"]}),
        _neighbour(db, release, "<", "DESC"),
        _neighbour(db, release, ">", "ASC"),
    )
    title, text = str(release["title"]), str(release["text"])
    return {
        "release": release,
        "title": slices(title, _marks(mentions, "title")),
        "paragraphs": paragraphs(text, _marks(mentions, "text")),
        "kinds": [kind for kind in _MENTIONS if mentions[kind]],
        "who": _unique(mentions["minister"], _who),
        "officials": _unique(mentions["person"], lambda m: (m["name"] or m["surface"], m["office"], None)),
        "districts": _unique(mentions["district"], _district),
        "municipalities": _unique(mentions["municipality"], lambda m: (m["name"], m["district"], None)),
        "amounts": _unique(mentions["amount"], lambda m: (sum_of(m), None, None)),
        "dates": _unique(mentions["date"], lambda m: (day_of(m), m["surface"], None)),
        "grants": [grant | {"amount": sum_of(grant)} for grant in grants],
        "versions_seen": versions,
        "attachments": attachments,
        "elsewhere": await elsewhere.group(db, release_id),
        "page_hits": await attached.hits_of(db, release_id, sought),
        "sought": sought,
        "capture": capture,
        "presence": await versions_page.missing(db, release_id),
        "rules": [(word, release[column]) for _, word, column in _RULES if release[column]],
        "before": before,
        "after": after,
    }


async def _neighbour(db: Database, release: Row, sign: str, order: str) -> Row | None:
    values = {"source": release["source_key"], "published_on": release["published_on"], "id": release["id"]}
    return await row(db, _NEIGHBOUR.format(sign=sign, order=order), values)


def _marks(mentions: dict[str, list[Row]], field: str) -> list[Mark]:
    return [_mark(kind, m) for kind, found in mentions.items() for m in found if m["field"] == field]


def _mark(kind: str, mention: Row) -> Mark:
    meaning, link = MEANINGS[kind](mention)
    start, end = mention["start"], mention["end"]
    return Mark(kind, start, end, str(mention["surface"]), str(meaning), link)


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
        entry = counted.setdefault((name, note), {"name": name, "note": note, "link": link, "times": 0})
        entry["times"] += 1
    return list(counted.values())
