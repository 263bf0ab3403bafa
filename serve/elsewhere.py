"""The same text elsewhere: which releases share it, who was first, and what differs between two of them."""

from __future__ import annotations

from datasette.database import Database

from archive.differences import difference
from serve.archive_rows import Row, row, rows
from serve.difference import paragraphs

MOST = 30
_GROUP = """
SELECT r.id, r.title, r.publisher_name, r.jurisdiction, r.published_on, r.published_at, r.first_seen_at,
    m.number, m.similarity, m.contained, m.group_id, g.members
FROM text_group_members own
    JOIN text_groups g ON g.id = own.group_id
    JOIN text_group_members m ON m.group_id = own.group_id
    JOIN releases r ON r.id = m.release_id
WHERE own.release_id = :id ORDER BY m.number LIMIT :most
"""
_TEXT = """
SELECT r.*, v.text, m.number AS place, m.group_id FROM releases r
    JOIN versions v ON v.id = r.version_id
    JOIN text_group_members m ON m.release_id = r.id
WHERE r.id = :id
"""


async def group(db: Database, release_id: str) -> list[Row]:
    """The releases with the same text, this one included, the earliest first; empty where it stands alone."""
    found = await rows(db, _GROUP, {"id": release_id, "most": MOST})
    first = len(found) > 1 and earlier(found[0], found[1])
    return [
        member | {"here": member["id"] == release_id, "first": first and member["number"] == 1}
        for member in found
    ]


def earlier(one: Row, other: Row) -> bool:
    """Whether the pages tell that one came before the other: by day, or by hour where both have one."""
    days, hours = ([member[name] for member in (one, other)] for name in ("published_on", "published_at"))
    if not all(days) or days[0] != days[1]:
        return all(days) and str(days[0]) < str(days[1])
    return all(hours) and str(hours[0]) < str(hours[1])


async def compared(db: Database, one_id: str, other_id: str) -> Row | None:
    """What differs between two releases of a group; None where they do not share their text."""
    one, other = await row(db, _TEXT, {"id": one_id}), await row(db, _TEXT, {"id": other_id})
    if one is None or other is None or one["group_id"] != other["group_id"] or one_id == other_id:
        return None
    old, new = sorted((one, other), key=lambda member: int(member["place"]))
    return {
        "release": one,
        "old": old,
        "new": new,
        "told_apart": earlier(old, new),
        "equal": (old["title"], old["text"]) == (new["title"], new["text"]),
        "title": paragraphs(old["title"], difference(old["title"], new["title"])),
        "text": paragraphs(old["text"], difference(old["text"], new["text"])),
    }
