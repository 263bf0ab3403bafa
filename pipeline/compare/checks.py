"""What later requests for a release brought: the observations by which it counts as there or missing."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from archive.clock import moment

SEEN = "release"
ABSENT = ("status_404", "status_410")  # what a server says of a page that is not there
REFUSED = """
SELECT a.release_id, c.captured_at, c.url, c.requested_url, p.outcome, r.verdict
FROM parsed_captures p
    JOIN captures c ON c.id = p.capture_id
    JOIN release_addresses a ON a.source_key = c.source_key AND a.url = c.requested_url
    LEFT JOIN runs r ON r.id = c.run_id
WHERE p.release_id IS NULL AND c.status NOT BETWEEN 300 AND 399
    AND c.source_key IN (SELECT value FROM json_each(?))
"""
SEVERAL = """
SELECT release_id FROM release_addresses WHERE source_key IN (SELECT value FROM json_each(?))
GROUP BY release_id HAVING count(*) > 1
"""
SHOWN = """
SELECT v.release_id, c.captured_at, c.url, c.requested_url, 'release', r.verdict
FROM versions v
    JOIN version_captures vc ON vc.version_id = v.id
    JOIN captures c ON c.id = vc.capture_id
    LEFT JOIN runs r ON r.id = c.run_id
WHERE v.release_id IN (SELECT value FROM json_each(?))
"""


@dataclass(frozen=True, slots=True)
class Check:
    """One answer to a request for a release."""

    captured_at: str
    url: str
    requested_url: str
    outcome: str
    verdict: str | None  # of the run; None where nothing is known of it

    @property
    def at(self) -> datetime:
        return moment(self.captured_at)

    @property
    def shows(self) -> bool:
        return self.outcome == SEEN

    @property
    def absent(self) -> bool:
        return self.outcome in ABSENT


def troubled(db: Database, sources: Iterable[str]) -> dict[str, list[Check]]:
    """The checks, in the order of time, of each release of these sources that some request did not show or
    that has moved."""
    found: defaultdict[str, list[Check]] = defaultdict(list)
    asked = (json.dumps(list(sources)),)
    for release, *row in db.execute(REFUSED, asked).fetchall():
        found[release].append(Check(*row))
    keys = {*found, *(release for (release,) in db.execute(SEVERAL, asked).fetchall())}
    for release, *row in db.execute(SHOWN, (json.dumps(sorted(keys)),)).fetchall():
        found[release].append(Check(*row))
    return {release: _in_time(found[release]) for release in sorted(found)}


def _in_time(checks: Iterable[Check]) -> list[Check]:
    return sorted(checks, key=lambda c: (c.captured_at, c.url, c.requested_url, c.outcome))
