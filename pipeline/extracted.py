"""What releases name, extracted anew where older rules found it.

It happens in place, batch by batch, on the texts as they are held: no release is missing meanwhile. Only when
all are done the archive says that it is of the present rules, so that a build that was killed does it over.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from itertools import islice

from sqlite_utils import Database

from archive.clock import stamp
from archive.corrections import Corrections
from archive.records import Place
from archive.source import Source
from archive.store import writing
from pipeline import correction_rows, mention_rows
from pipeline.corrected import corrected
from pipeline.extract.release import RULES_VERSION
from pipeline.parse.page import Page
from pipeline.read import Job, Reading, search_all
from pipeline.workers import Workers, ordered

BATCH = 2000  # releases per transaction
HELD = """
SELECT r.id, r.kind, v.title, v.text, r.published_on, r.published_rule,
    c.id, c.warc_file, c.warc_offset, c.warc_length, c.url, c.requested_url, c.captured_at, c.status,
    c.content_type, c.source_key
FROM releases r JOIN versions v ON v.id = r.version_id JOIN captures c ON c.id = v.capture_id
WHERE r.id > ? AND r.source_key IN (SELECT value FROM json_each(?)) AND c.truncated IS NOT 'redacted'
ORDER BY r.id LIMIT 500
"""
STATE = "SELECT value FROM archive_state WHERE key = 'rules'"
NOTE = "INSERT OR REPLACE INTO archive_state VALUES ('rules', ?)"
ADDRESSES = "SELECT id FROM release_addresses WHERE release_id = ?"


def follow_rules(
    db: Database, sources: Mapping[str, Source], now: datetime, workers: Workers, corrections: Corrections
) -> None:
    """Search all releases of these sources anew if other rules than those of today searched them."""
    state = db.execute(STATE).fetchone()
    if state == (RULES_VERSION,):
        return
    held = _held(db, sources)
    while some := dict(islice(held, BATCH)):
        readings = ordered(partial(search_all, dict(sources)), some.values(), workers)
        with writing(db):
            _write(db, sources, list(zip(some, readings, strict=True)), now, corrections)
    with writing(db):
        db.execute(NOTE, (RULES_VERSION,))


def begin(db: Database) -> None:
    """An archive without releases is of the rules of today; the caller holds the transaction."""
    if db.execute("SELECT 1 FROM releases LIMIT 1").fetchone() is None:
        db.execute(NOTE, (RULES_VERSION,))


def _held(db: Database, sources: Mapping[str, Source]) -> Iterator[tuple[str, Reading]]:
    """The releases as they are held, with the capture that showed their present text."""
    last, keys = "", json.dumps(list(sources))
    while rows := db.execute(HELD, (last, keys)).fetchall():
        last = rows[-1][0]
        for release, kind, title, text, day, rule, capture, *rest in rows:
            job = Job(capture, Place(*rest[:3]), *rest[3:])
            yield release, Reading(job, "release", Page(title, text, kind), day, rule)


def _write(
    db: Database,
    sources: Mapping[str, Source],
    found: list[tuple[str, Reading]],
    now: datetime,
    corrections: Corrections,
) -> None:
    decisions, persons = corrections.by_release(), corrections.about_persons()
    told: dict[str, Reading] = {}
    for release, reading in found:
        if corrections.all:
            ids = {release, *(key for (key,) in db.execute(ADDRESSES, (release,)).fetchall())}
            about = [decision for key in sorted(ids) for decision in decisions.get(key, ())]
            reading, effects = corrected(reading, sources[reading.job.source_key], about, persons)
            correction_rows.note(db, release, effects, stamp(now))
        told[release] = reading
        greatest = mention_rows.amount_max(reading)
        db.execute("UPDATE releases SET amount_max = ? WHERE id = ?", (greatest, release))
    mention_rows.clear(db, told)
    mention_rows.add(db, ((release, mention_rows.rows(reading)) for release, reading in told.items()))
