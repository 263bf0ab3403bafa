"""The page of a grant: every place that tells it, side by side, and what it counts as."""

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from datasette.database import Database

from archive.selection import Asked
from serve import addresses
from serve.archive_rows import Row, row, rows
from serve.meanings import sum_of
from serve.overview import story_of
from serve.small_map import of_districts

Said = TypeVar("Said", bound=Hashable)
OTHERS = 6
MOST = 200  # places that a page shows
_STORY = """
SELECT s.*, districts.name AS district, municipalities.name AS municipality, municipalities.lat,
    municipalities.lon
FROM grant_stories s LEFT JOIN districts ON districts.ags = s.district_ags
LEFT JOIN municipalities ON municipalities.ags = s.municipality_ags WHERE s.id = :id
"""
_TELLINGS = f"""
WITH told AS (
    SELECT t.key, t.field, t."start", r.id AS release_id, r.title, r.published_on, r.publisher_name,
        r.publisher_id
    FROM grant_tellings t JOIN releases r ON r.id = t.release_id
    WHERE t.story_id = :id ORDER BY r.published_on, t.key LIMIT {MOST}
)
SELECT told.*, g.sentence, g.value_min, g.value_max, g.currency, g.qualifier, g.status, g.giver, g.recipient,
    g.purpose, g.granted_on
FROM told JOIN amounts a ON a.release_id = told.release_id AND a.field = told.field
    AND a."start" = told."start"
JOIN grants g ON g.release_id = told.release_id AND g.amount_id = a.id
ORDER BY told.published_on, told.key
"""
_OTHERS = f"""
SELECT s.*, districts.name AS district, municipalities.name AS municipality, releases.title
FROM grant_stories s LEFT JOIN grant_tellings ON grant_tellings.key = s.id
LEFT JOIN releases ON releases.id = grant_tellings.release_id
LEFT JOIN districts ON districts.ags = s.district_ags
LEFT JOIN municipalities ON municipalities.ags = s.municipality_ags
WHERE s.district_ags = :ags AND s.id <> :id ORDER BY s.first_on DESC, s.id LIMIT {OTHERS}
"""


async def page(db: Database, key: str) -> dict[str, object] | None:
    """Everything the page says; None where no grant has that id."""
    story = await row(db, _STORY, {"id": key})
    if story is None:
        return None
    told, others = await rows(db, _TELLINGS, {"id": key}), []
    if story["district_ags"]:
        others = await rows(db, _OTHERS, {"ags": story["district_ags"], "id": key})
    what = Asked(kreis=story["district_ags"] or "", foerderung="1")
    return {
        "story": story_of(story),
        "tellings": [telling | {"said": sum_of(telling)} for telling in told],
        "givers": _once(told, lambda t: t["giver"]),
        "recipients": _once(told, lambda t: t["recipient"]),
        "purposes": _once(told, lambda t: t["purpose"]),
        "granted": _once(told, lambda t: t["granted_on"]),
        "publishers": _once(told, lambda t: (t["publisher_name"], addresses.ministry(t["publisher_id"]))),
        "district_address": addresses.district(story["district_ags"] or ""),
        "town_address": addresses.municipality(story["municipality_ags"] or ""),
        "map": await of_districts(db, [story["district_ags"] or ""], (story["lat"], story["lon"])),
        "others": [story_of(other) for other in others],
        "search": what.address(),
        "feed": what.address("/suche.atom"),
    }


async def story_of_telling(db: Database, key: str) -> str | None:
    """The story that a telling belongs to."""
    found = await row(db, "SELECT story_id FROM grant_tellings WHERE key = :key", {"key": key})
    return str(found["story_id"]) if found else None


def _once(tellings: Iterable[Row], said: Callable[[Row], Said]) -> list[Said]:
    return list(dict.fromkeys(value for telling in tellings if (value := said(telling))))
