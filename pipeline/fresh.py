"""Which readings of a batch show releases that nobody knew: they can be written without another look."""

import json
from collections import Counter
from collections.abc import Sequence

from sqlite_utils import Database

from pipeline.prepared import Prepared

# An address is known as a release's, as one that a redirect led to, or as one that was moved or changed.
KNOWN = """
SELECT value ->> 0, value ->> 1 FROM json_each(?) WHERE EXISTS (
    SELECT 1 FROM release_addresses WHERE source_key = value ->> 0 AND url = value ->> 1
) OR EXISTS (
    SELECT 1 FROM captures c INDEXED BY captures_url
    WHERE c.url = value ->> 1 AND c.source_key = value ->> 0 AND c.requested_url <> c.url
) OR EXISTS (
    SELECT 1 FROM moves WHERE source_key = value ->> 0 AND url = value ->> 1
) OR EXISTS (
    SELECT 1 FROM redacted_addresses WHERE source_key = value ->> 0 AND url = value ->> 1
)
"""
HELD = "SELECT id FROM releases WHERE id IN (SELECT value FROM json_each(?))"


def fresh(db: Database, some: Sequence[Prepared]) -> set[int]:
    """Where in a batch the readings stand that show a release for the first time, and alone."""
    pages = {at: _places(one) for at, one in enumerate(some) if one.reading.page is not None}
    asked = Counter(place for places in pages.values() for place in places)
    keys = Counter(some[at].key for at in pages)
    known = set(db.execute(KNOWN, (json.dumps(list(asked)),)).fetchall())
    known |= {place for place, times in asked.items() if times > 1}
    held = {key for (key,) in db.execute(HELD, (json.dumps(list(keys)),)).fetchall()}
    held |= {key for key, times in keys.items() if times > 1}
    return {at for at, places in pages.items() if known.isdisjoint(places) and some[at].key not in held}


def _places(one: Prepared) -> set[tuple[str, str]]:
    return {(one.reading.job.source_key, url) for url in one.addresses}
