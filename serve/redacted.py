"""What was taken out on request: why a permalink shows nothing any more, and where words are missing."""

from datasette.database import Database
from datasette.utils.asgi import Response

from serve.api.problems import problem
from serve.archive_rows import Row, row, rows
from serve.language import N_

WHAT = {"text": N_("eine Textstelle"), "name": N_("ein Name"), "release": N_("die ganze Mitteilung")}
_DECISIONS = """
SELECT redactions.kind, redactions.reason, redactions.redacted_on
FROM redacted_releases JOIN redactions ON redactions.id = redacted_releases.redaction_id
WHERE redacted_releases.release_id = :id ORDER BY redactions.redacted_on, redactions.id
"""
_SOURCE = "SELECT key, title FROM sources WHERE key = :key"


async def decisions(db: Database, release_id: str) -> list[Row]:
    """What was taken out of a release, oldest first; empty where nothing was."""
    found = await rows(db, _DECISIONS, {"id": release_id})
    return [decision | {"what": WHAT[decision["kind"]]} for decision in found]


async def tombstone(db: Database, release_id: str) -> dict[str, object] | None:
    """What is said in place of a release that went as a whole; None where none of that id did."""
    taken = await decisions(db, release_id)
    if not taken:
        return None
    source = await row(db, _SOURCE, {"key": release_id.rpartition("-")[0]})
    return {"release_id": release_id, "decisions": taken, "source": source}


def as_json(said: dict[str, object], status: int) -> Response:
    """The same for programs."""
    error = "Diese Mitteilung wurde auf Antrag entfernt."
    release, removed = said["release_id"], said["decisions"]
    return problem(status, error, ok=False, error=error, release=release, removed=removed)
