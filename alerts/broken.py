"""The sources that a search looks at and that are broken: what they published may be missing."""

import sqlite3
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from archive.clock import stamp
from archive.filters import day
from archive.search_fields import Field
from archive.search_query import Alternative
from archive.selection import Asked, conditions
from archive.status import HEALTHY

SILENT = timedelta(days=14)  # without a run; no rhythm is longer
NOT_RUN = "not_run"
_FILTERS = frozenset({"land", "herausgeber", "quelle"})
_FIELDS = frozenset({"land", "quelle", "herausgeber", "ministerium", "von"})
# The sources in place of the releases, once for each name of their publisher: of these is asked what a search
# asks of a release and a source can answer.
_LOOKED_AT = """
WITH releases AS (
    SELECT sources.key AS source_key, sources.jurisdiction, sources.publisher_id, names.name AS publisher_name
    FROM sources JOIN (
        SELECT id AS publisher_id, name FROM publishers UNION SELECT publisher_id, name FROM publisher_names
    ) AS names ON names.publisher_id = sources.publisher_id)
SELECT DISTINCT source_key FROM releases WHERE {where}
"""
_HEALTHY = ", ".join(f"'{verdict}'" for verdict in sorted(HEALTHY))
_LAST = """
SELECT id FROM runs WHERE source_key = sources.key AND kind = 'crawl' AND verdict IS NOT NULL
ORDER BY id DESC LIMIT 1
"""
_ILL = f"""
SELECT sources.key, sources.title, runs.verdict, coalesce((
    SELECT min(started_at) FROM runs AS ill WHERE ill.source_key = sources.key AND ill.kind = 'crawl'
    AND ill.id > coalesce((SELECT max(id) FROM runs AS well WHERE well.source_key = sources.key
        AND well.kind = 'crawl' AND well.verdict IN ({_HEALTHY})), 0)), runs.started_at)
FROM sources JOIN runs ON runs.id = ({_LAST})
WHERE runs.verdict NOT IN ({_HEALTHY})
UNION ALL
SELECT sources.key, sources.title, '{NOT_RUN}', coalesce(runs.ended_at, runs.started_at)
FROM sources JOIN runs ON runs.id = ({_LAST})
WHERE runs.verdict IN ({_HEALTHY}) AND sources.status = 'active' AND runs.started_at < :silent
ORDER BY 4, 1
"""


@dataclass(frozen=True, slots=True)
class Broken:
    """A source that is not read as it should be."""

    key: str
    title: str
    verdict: str  # of its last run; not_run where the last is long ago
    since: str


def every(connection: sqlite3.Connection, now: datetime) -> list[Broken]:
    """All sources that are broken now, the longest ill first."""
    rows = connection.execute(_ILL, {"silent": stamp(now - SILENT)}).fetchall()
    return [Broken(*row) for row in rows]


def among(connection: sqlite3.Connection, what: Asked, ill: list[Broken]) -> list[Broken]:
    """Those of them that a search looks at."""
    if not ill:
        return []
    where, values = conditions(_of_sources(what), words="none")
    looked_at = {key for (key,) in connection.execute(_LOOKED_AT.format(where=where), values)}
    return [source for source in ill if source.key in looked_at]


def _of_sources(what: Asked) -> Asked:
    """The part of a search that says whose releases it looks at."""
    query = what.query
    groups = [group for group in query.groups if all(map(_is_of_source, group))]
    wanted = [" ODER ".join(map(_typed, group)) for group in groups]
    unwanted = [f"-{_typed(read)}" for read in query.excluded if _is_of_source(read)]
    empty = {name: "" for name, _ in what.set() if name not in _FILTERS}
    return replace(what, q=" ".join([*wanted, *unwanted]), **empty)  # type: ignore[arg-type]  # all are texts


def _is_of_source(read: Alternative) -> bool:
    return isinstance(read, Field) and read.name in _FIELDS and not (read.name == "von" and day(read.value))


def _typed(read: Alternative) -> str:
    assert isinstance(read, Field)
    return f'{read.name}:"{read.value}"'
