"""The page of a district: where it lies, what it was and became, figures, releases."""

from datasette.database import Database

from archive.selection import Asked
from serve import addresses
from serve.archive_rows import Row, row, rows
from serve.overview import overview
from serve.small_map import of_districts

TOWNS = 10
_PREDECESSORS = """
SELECT ags, name, valid_to FROM districts
WHERE ' ' || successors || ' ' LIKE '% ' || :ags || ' %' AND ags <> :ags ORDER BY valid_to DESC, ags
"""
_TOWNS = f"""
SELECT key, name, sum(releases) AS n FROM mention_months JOIN municipalities ON municipalities.ags = key
WHERE mention_months.kind = 'municipality' AND key >= :ags AND key < :ags || ':'
GROUP BY key ORDER BY n DESC, key LIMIT {TOWNS}
"""


async def page(db: Database, ags: str) -> dict[str, object] | None:
    """Everything the page says; None where no district has or had that key."""
    district = await row(db, "SELECT * FROM districts WHERE ags = :ags", {"ags": ags})
    if district is None:
        return None
    successors = await _named(db, str(district["successors"] or "").split())
    towns = await rows(db, _TOWNS, {"ags": ags})
    return {
        "district": district,
        "successors": successors,
        "predecessors": [_linked(d) for d in await rows(db, _PREDECESSORS, {"ags": ags})],
        "towns": [town | {"address": addresses.municipality(town["key"])} for town in towns],
        "map": await of_districts(db, [s["ags"] for s in successors] or [ags]),
        "land_address": addresses.land(district["jurisdiction"]),
        "overview": await overview(db, "district", ags, Asked(kreis=ags)),
    }


async def _named(db: Database, keys: list[str]) -> list[Row]:
    found = [await row(db, "SELECT ags, name FROM districts WHERE ags = :ags", {"ags": key}) for key in keys]
    return [_linked(district) for district in found if district]


def _linked(district: Row) -> Row:
    return district | {"address": addresses.district(district["ags"])}
