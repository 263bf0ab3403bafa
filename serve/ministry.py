"""The page of a ministry or another publisher: its names, its newsrooms, figures, releases."""

from datasette.database import Database

from archive.selection import Asked
from serve.archive_rows import row, rows
from serve.overview import overview

_NAMES = """
SELECT name, short_name, from_on, to_on FROM publisher_names WHERE publisher_id = :id
ORDER BY coalesce(to_on, '9999') DESC, from_on DESC
"""
_SOURCES = "SELECT key, title, home, status FROM sources WHERE publisher_id = :id ORDER BY title"
_OF_SOURCE = "SELECT publisher_id FROM sources WHERE key = :key"


async def page(db: Database, publisher_id: str) -> dict[str, object] | None:
    """Everything the page says; None where there is no such publisher."""
    publisher = await row(db, "SELECT * FROM publishers WHERE id = :id", {"id": publisher_id})
    if publisher is None:
        return None
    names = await rows(db, _NAMES, {"id": publisher_id})
    sources = await rows(db, _SOURCES, {"id": publisher_id})
    what = Asked(quelle=sources[0]["key"]) if len(sources) == 1 else Asked(herausgeber=publisher["id"])
    return {
        "publisher": publisher,
        "names": [name for name in names if name["name"] != publisher["name"] or name["from_on"]],
        "sources": sources,
        "overview": await overview(db, "ministry", publisher_id, what),
    }


async def is_known(db: Database, publisher_id: str) -> bool:
    return await row(db, "SELECT 1 FROM publishers WHERE id = :id", {"id": publisher_id}) is not None


async def of_source(db: Database, key: str) -> str | None:
    """The publisher behind a source, for those who know only its key."""
    found = await row(db, _OF_SOURCE, {"key": key})
    return str(found["publisher_id"]) if found else None
