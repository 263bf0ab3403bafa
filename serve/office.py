"""The page of an office: who held it when, under which other names it goes, and what is said of it."""

from datasette.database import Database

from archive.selection import Asked
from serve import addresses
from serve.archive_rows import row, rows
from serve.overview import overview

MOST_HOLDERS = 40
_HOLDERS = f"""
SELECT ministers.id, ministers.name, terms.jurisdiction, terms.party, terms.from_on, terms.to_on,
    terms.date_quality
FROM terms JOIN ministers ON ministers.id = terms.minister_id WHERE terms.office = :name
ORDER BY terms.to_on IS NOT NULL, terms.from_on DESC LIMIT {MOST_HOLDERS}
"""
# The office of the other gender, and the same ministry under other names of its head.
_ALSO = """
SELECT DISTINCT office FROM terms WHERE office <> :name AND (ministry, jurisdiction, rank) IN (
    SELECT ministry, jurisdiction, rank FROM terms WHERE office = :name AND ministry <> '')
ORDER BY office
"""
_NAMED = """
SELECT 1 FROM minister_mentions WHERE office = :name
UNION ALL SELECT 1 FROM person_mentions WHERE office = :name LIMIT 1
"""


async def page(db: Database, name: str) -> dict[str, object] | None:
    """Everything the page says; None where nobody holds such an office and no text names it."""
    holders = await rows(db, _HOLDERS, {"name": name})
    if not holders and await row(db, _NAMED, {"name": name}) is None:
        return None
    also = await rows(db, _ALSO, {"name": name})
    return {
        "name": name,
        "holders": [holder | {"address": addresses.person(holder["id"])} for holder in holders],
        "more": len(holders) == MOST_HOLDERS,
        "also": [(o["office"], addresses.office(o["office"])) for o in also],
        "overview": await overview(db, "office", name, Asked(amt=name)),
    }
