"""The small map beside an entity: the Land around it, and what is meant in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from datasette.database import Database

from archive.shapes import around, point, shapes
from archive.territory import districts_by_key
from serve import addresses
from serve.archive_rows import rows


@dataclass(frozen=True, slots=True)
class Area:
    """A district as it is drawn."""

    name: str
    path: str
    address: str
    meant: bool


@dataclass(frozen=True, slots=True)
class SmallMap:
    """A Land with what is meant in it."""

    view: str
    areas: tuple[Area, ...]
    dot: tuple[float, float] | None
    dot_size: float


async def of_districts(
    db: Database, keys: Sequence[str], place: tuple[float | None, float | None] = (None, None)
) -> SmallMap | None:
    """The Land of some districts of today; None where they are not drawn."""
    drawn = shapes().paths
    meant = {key for key in keys if key in drawn}
    if not meant:
        return None
    lands = {districts_by_key()[key].state for key in meant}
    shown = [key for key in drawn if districts_by_key()[key].state in lands]
    named = await rows(db, "SELECT ags, name FROM districts WHERE valid_to IS NULL")
    names = {district["ags"]: district["name"] for district in named}
    areas = [
        Area(names.get(key, key), drawn[key], addresses.district(key), key in meant)
        for key in sorted(shown, key=lambda key: (key in meant, key))  # what is meant is drawn on top
    ]
    box, (lat, lon) = around(shown), place
    dot = point(lat, lon) if lat is not None and lon is not None else None
    return SmallMap(
        box.view, tuple(areas), dot, round(max(box.right - box.left, box.bottom - box.top) / 45, 1)
    )
