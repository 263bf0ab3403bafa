"""The page of a person who held a ministerial office: terms, figures, releases."""

from datasette.database import Database

from archive.selection import Asked
from serve import addresses
from serve.archive_rows import Row, row, rows
from serve.overview import overview

_TERMS = """
SELECT office, ministry, jurisdiction, party, rank, from_on, to_on, date_quality FROM terms
WHERE minister_id = :id ORDER BY from_on DESC, office
"""


async def page(db: Database, person_id: str) -> dict[str, object] | None:
    """Everything the page says; None where nobody has that id."""
    person = await row(db, "SELECT * FROM ministers WHERE id = :id", {"id": person_id})
    if person is None:
        return None
    terms = await rows(db, _TERMS, {"id": person_id})
    return {
        "person": person,
        "terms": [term | {"address": addresses.office(term["office"])} for term in terms],
        "parties": _once(terms, "party"),
        "lands": _once(terms, "jurisdiction"),
        "overview": await overview(db, "minister", person_id, Asked(person=person_id)),
    }


def _once(terms: list[Row], column: str) -> list[str]:
    """The values of a column, newest first, each once."""
    return list(dict.fromkeys(str(term[column]) for term in terms if term[column]))
