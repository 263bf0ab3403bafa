"""What lists promised and what came of it: rows never captured, and pages captured that were no release."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from sqlite_utils import Database

Year = int | None

COUNTS = """
SELECT e.source_key, substr(coalesce(r.published_on, e.listed_on), 1, 4), count(*)
FROM entries e
    LEFT JOIN release_addresses a ON a.source_key = e.source_key AND a.url = e.url
    LEFT JOIN releases r ON r.id = a.release_id
GROUP BY 1, 2
"""
# A page was held where the portal answered for it; only the lacking ones are asked for it.
LACKING = """
SELECT e.source_key, e.url, e.listed_on, e.number, e.kicker,
    (SELECT coalesce(p.outcome, CASE WHEN c.status IN (200, 304) THEN 'unread' ELSE 'status_' || c.status END)
     FROM captures c LEFT JOIN parsed_captures p ON p.capture_id = c.id
     WHERE c.requested_url = e.url AND c.source_key = e.source_key AND c.role = 'detail'
        AND c.status IN (200, 304, 404, 410)
     ORDER BY c.captured_at DESC, c.id DESC LIMIT 1)
FROM entries e LEFT JOIN release_addresses a ON a.source_key = e.source_key AND a.url = e.url
WHERE a.url IS NULL
ORDER BY e.source_key, e.url
"""


class Lacking(NamedTuple):
    """A row of a list that led to no release; `outcome` is what its page was, None where none came."""

    source: str
    url: str
    listed_on: str | None
    number: str | None
    kicker: str | None
    outcome: str | None

    @property
    def year(self) -> Year:
        return int(self.listed_on[:4]) if self.listed_on else None


def promised(db: Database) -> Counter[tuple[str, Year]]:
    """How many rows the lists of each source had, by year."""
    rows = db.execute(COUNTS).fetchall()
    return Counter({(key, int(year) if year else None): count for key, year, count in rows})


def lacking(db: Database) -> Iterator[Lacking]:
    """The rows that led to no release."""
    rows = (Lacking(*row) for row in db.execute(LACKING).fetchall())
    return (row for row in rows if row.outcome != "release")  # by another address
