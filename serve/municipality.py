"""The page of a municipality: where it lies, what it became, figures, releases."""

from datasette.database import Database

from archive.selection import Asked
from serve import addresses
from serve.archive_rows import row, rows
from serve.overview import overview
from serve.small_map import of_districts

_TOWN = """
SELECT municipalities.*, districts.name AS district, districts.successors AS district_successors
FROM municipalities LEFT JOIN districts ON districts.ags = municipalities.district_ags
WHERE municipalities.ags = :ags
"""
_BEFORE = (
    "SELECT ags, name, last_year FROM municipalities WHERE successor_ags = :ags ORDER BY last_year DESC, ags"
)


async def page(db: Database, ags: str) -> dict[str, object] | None:
    """Everything the page says; None where no municipality has or had that key."""
    town = await row(db, _TOWN, {"ags": ags})
    if town is None:
        return None
    after = await row(db, _TOWN, {"ags": town["successor_ags"]}) if town["successor_ags"] else None
    before = await rows(db, _BEFORE, {"ags": ags})
    lies_in = str(town["district_successors"] or town["district_ags"]).split()
    placed = town if town["lat"] is not None else after or town
    return {
        "town": town,
        "district_address": addresses.district(town["district_ags"]),
        "after": after and after | {"address": addresses.municipality(after["ags"])},
        "before": [b | {"address": addresses.municipality(b["ags"])} for b in before],
        "map": await of_districts(db, lies_in[:1], (placed["lat"], placed["lon"])),
        "overview": await overview(db, "municipality", ags, Asked(gemeinde=ags)),
    }
