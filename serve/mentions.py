"""The mentions of a release: their rows, and the names by which each is shown and corrected."""

import asyncio

from datasette.database import Database

from serve.archive_rows import Row, rows

ALL = {
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
GRANTS = """
SELECT grants.*, amounts.field AS amount_field, amounts.start AS amount_start, districts.name AS district,
    municipalities.name AS municipality, told.key AS telling
FROM grants JOIN amounts ON amounts.id = grants.amount_id
LEFT JOIN districts ON districts.ags = grants.district_ags
LEFT JOIN municipalities ON municipalities.ags = grants.municipality_ags
LEFT JOIN grant_tellings told ON told.release_id = grants.release_id AND told.field = amounts.field
    AND told.start = amounts.start
WHERE grants.release_id = :id ORDER BY grants.field DESC, grants.start
"""
CORRECTED_AS = {"person": "person_in_office"}  # where corrections call a kind otherwise


async def of_release(db: Database, release_id: str) -> dict[str, list[Row]]:
    """The mentions of a release by kind, each with its anchor, in the order of title and text."""
    found = await asyncio.gather(*(rows(db, sql, {"id": release_id}) for sql in ALL.values()))
    return {
        kind: [m | {"anchor": anchor(kind, m)} for m in each] for kind, each in zip(ALL, found, strict=True)
    }


async def grants_of(db: Database, release_id: str) -> list[Row]:
    """The grants of a release, each with its anchor."""
    found = await rows(db, GRANTS, {"id": release_id})
    return [grant | {"anchor": anchor("grant", amount_of(grant))} for grant in found]


def amount_of(grant: Row) -> Row:
    """Where the amount of a grant stands: by that place the grant goes."""
    return {"field": grant["amount_field"], "start": grant["amount_start"]}


def anchor(kind: str, mention: Row) -> str:
    """Where a mention stands on the page of proof.

    >>> anchor("amount", {"field": "title", "start": 12}), anchor("date", {"field": "text", "start": 3})
    ('amount-title-12', 'date-3')
    """
    return f"{kind}-{'title-' * (mention['field'] == 'title')}{mention['start']}"


def key(kind: str, mention: Row) -> str:
    """The name by which `pressearchiv correct` takes a mention.

    >>> key("person", {"field": "title", "start": 12})
    'person_in_office@title:12'
    """
    return f"{CORRECTED_AS.get(kind, kind)}@{'title:' * (mention['field'] == 'title')}{mention['start']}"
