"""The build: captures to facts. Reads like the flow, and can be stopped and run again at any point."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path

from sqlite_utils import Database

from archive.clock import stamp
from archive.corrections import NONE, Corrections
from archive.errors import ArchiveError
from archive.locks import lock
from archive.records import Place
from archive.redaction import decisions, rewriting
from archive.source import Source
from archive.store import open_archive, writing
from pipeline import (
    correction_rows,
    extracted,
    issue_rows,
    mention_rows,
    moves,
    reference_rows,
    releases,
    reservations,
)
from pipeline.aggregates import run as aggregates
from pipeline.attachments import run as attachments
from pipeline.compare import moved, presence
from pipeline.compare import rows as change_rows
from pipeline.corrected import Effect, corrected
from pipeline.coverage import run as coverage
from pipeline.near_duplicates import run as near_duplicates
from pipeline.read import Job, Reading, confirmed, read_all
from pipeline.search import index, sets
from pipeline.workers import Crew, Workers, ordered

BATCH = 200  # releases per transaction
DERIVED = (  # children before parents; what hangs on attachments and texts is forgotten before
    "grants minister_mentions person_mentions district_mentions municipality_mentions amounts dates "
    "coverage_gaps coverage attachments version_captures presence moves release_addresses versions releases "
    "parsed_captures"
).split()
RESTORED = "DELETE FROM parsed_captures WHERE outcome = 'unreadable'"  # it may be restored by now


@dataclass
class Built:
    """What a build did."""

    captures: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    strangers: tuple[str, ...] = ()  # sources with captures and without a source file; they stay unread


def build(
    archive: Path,
    warc: Path,
    sources: Mapping[str, Source],
    now: datetime,
    *,
    rebuild: bool = False,
    workers: int = 1,
    crew: Crew | None = None,
    batch: int = BATCH,
    corrections: Corrections = NONE,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Built:
    """Read every capture that was not read yet and write what it says; with `rebuild` read all of them again.

    `crew` reads pages instead of `workers`. `batch` releases go into one transaction. `progress` is called
    with captures done and captures to do.
    Raises BusyError while another build runs, ArchiveError where a rebuild lacks a source file.
    """
    with lock(archive.with_name(archive.name + ".build.lock"), "a build of this archive", seconds=600):
        db = open_archive(archive)
        rewriting.finish(db, warc)
        strangers = issue_rows.strangers(db, sources, rebuild=rebuild)
        if rebuild and strangers:
            mend = "name the folder of their files with --sources"
            raise ArchiveError(
                f"{archive} holds {', '.join(strangers)}, and no source file describes them; {mend}"
            )
        with writing(db):
            decisions.sync(db, warc)
            issue_rows.note_strangers(db, strangers, sources, stamp(now))
            db.execute(RESTORED)
            reference_rows.sync(db)
            reservations.sync(db, sources)
            index.follow_rules(db)
            releases.follow_rules(db)
            if rebuild:
                _forget(db)
            decided = correction_rows.sync(db, corrections)
            moves.forget(db, decided | moves.overtaken(db), partial(let_go, db))
            run = _start(db, now)
        extracted.follow_rules(db, sources, now, crew or workers, corrections)
        total = _pending(db, sources)
        built = Built(strangers=tuple(strangers))
        read = partial(_read, db, warc, sources, now, crew or workers, batch, corrections)
        read(built, lambda done: progress(done, total))
        while found := moved.find(db):
            with writing(db):
                moves.note(db, found)
                moves.forget(db, {key for m in found for key in (m.old.id, m.new.id)}, partial(let_go, db))
            read(Built(), lambda done: None)
        change_rows.compare_new(db, workers)
        attachments.read_new(db, warc, stamp(now), workers)
        near_duplicates.group_new(db, workers)
        with writing(db):
            correction_rows.settle(db)
            reservations.note(db, stamp(now))
            _end(db, run, built, now)
        db.close()
        return built


def _read(
    db: Database,
    warc: Path,
    sources: Mapping[str, Source],
    now: datetime,
    workers: Workers,
    batch: int,
    corrections: Corrections,
    built: Built,
    progress: Callable[[int], None],
) -> None:
    """Read what was not read yet, in batches, and write it; count it in `built`."""
    work = partial(read_all, warc.resolve(), dict(sources))
    readings = map(partial(confirmed, warc, sources), ordered(work, _jobs(db, sources), workers))
    while some := list(islice(readings, batch)):
        with writing(db):
            write(db, sources, some, built, now, corrections)
        progress(built.captures)
    with writing(db):
        built.unchanged += _note_revisits(db)


def _forget(db: Database) -> None:
    db.execute("PRAGMA defer_foreign_keys = ON")
    attachments.forget(db)
    near_duplicates.forget(db)
    change_rows.forget(db)
    aggregates.forget(db)
    for table in DERIVED:
        db.execute(f"DELETE FROM {table}")
    index.reindex(db)


def let_go(db: Database, release: str) -> None:
    """Take out what hangs on a release that is about to be forgotten."""
    index.remove(db, [release])
    attachments.forget_release(db, release)
    near_duplicates.forget_release(db, release)
    change_rows.forget_release(db, release)
    presence.forget_release(db, release)


def _start(db: Database, now: datetime) -> int:
    db.execute("INSERT OR REPLACE INTO archive_state VALUES ('built_at', ?)", (stamp(now),))
    row = db.execute("INSERT INTO runs (kind, started_at) VALUES ('build', ?)", (stamp(now),))
    return int(row.lastrowid or 0)


def _end(db: Database, run: int, built: Built, now: datetime) -> None:
    """What follows from all that is held, and the row of the run."""
    presence.write(db)
    coverage.write(db)
    aggregates.write(db)
    sets.write(db)
    verdict = "ok" if built.new or built.changed else "unchanged"
    db.execute(
        "UPDATE runs SET ended_at = ?, verdict = ?, captures = ?, new_captures = ? WHERE id = ?",
        (stamp(now), verdict, built.captures, built.new, run),
    )


# A revisit says what the capture it refers to said, unless the page said something else in between, or that
# one had to stay unread and this one need not.
UNREAD = """
+c.role = 'detail' AND p.capture_id IS NULL AND c.truncated IS NOT 'redacted'
    AND +c.source_key IN (SELECT value FROM json_each(?))
    AND (c.record_type = 'response' OR c.captured_at < t.captured_at OR EXISTS (
        SELECT 1 FROM captures x INDEXED BY captures_url
        WHERE x.url = c.url AND x.source_key = c.source_key AND x.record_type = 'response' AND x.status = 200
            AND x.payload_digest <> c.payload_digest
            AND x.captured_at BETWEEN t.captured_at AND c.captured_at
    ) OR (t.tdm_reservation = 1 AND c.tdm_reservation IS NOT 1))
"""
FROM = """
captures c LEFT JOIN parsed_captures p ON p.capture_id = c.id LEFT JOIN captures t ON t.id = c.refers_to
"""


def _pending(db: Database, sources: Mapping[str, Source]) -> int:
    sql = f"SELECT count(*) FROM {FROM} WHERE {UNREAD}"
    return int(db.execute(sql, (json.dumps(list(sources)),)).fetchone()[0])


JOB = f"""
SELECT c.id, coalesce(t.warc_file, c.warc_file), coalesce(t.warc_offset, c.warc_offset),
    coalesce(t.warc_length, c.warc_length), c.url, c.requested_url, c.captured_at,
    coalesce(t.status, c.status), c.content_type, c.source_key, e.listed_on, e.number, c.payload_digest,
    {reservations.RESERVED}
FROM {FROM}
    LEFT JOIN entries e ON e.source_key = c.source_key AND e.url = c.requested_url
"""
JOBS = f"""
{JOB}
WHERE {UNREAD} AND (c.captured_at, c.id) > (?, ?)
ORDER BY c.captured_at, c.id LIMIT 1000
"""


def _jobs(db: Database, sources: Mapping[str, Source]) -> Iterator[Job]:
    # In the order of time, which is not that of ids where old captures were imported.
    # In slices: an open cursor would hold the write-ahead log for as long as the build takes.
    last, keys = ("", 0), json.dumps(list(sources))
    while rows := db.execute(JOBS, (keys, *last)).fetchall():
        last = (rows[-1][6], rows[-1][0])
        yield from (Job(row[0], Place(*row[1:4]), *row[4:]) for row in rows)


def write(
    db: Database,
    sources: Mapping[str, Source],
    readings: list[Reading],
    built: Built,
    now: datetime,
    corrections: Corrections = NONE,
) -> None:
    """Write a batch of readings, in order; the caller holds the transaction."""
    decisions, persons = corrections.by_release(), corrections.about_persons()
    latest: dict[str, Reading] = {}

    def unindex(release: str) -> None:
        if release not in latest:  # what this batch wrote is not in the index yet
            index.remove(db, [release])

    for told in readings:
        reading, kept = releases.doubted(db, told), None
        if reading.page is not None:
            source = sources[reading.job.source_key]
            effects: list[Effect] = []
            if corrections.all:
                about = [d for key in releases.ids(db, source, reading) for d in decisions.get(key, ())]
                reading, effects = corrected(reading, source, about, persons)
            kept = releases.keep(db, source, reading, unindex)
            if kept.changed:
                latest[kept.release_id] = reading
                correction_rows.note(db, kept.release_id, effects, stamp(now))
        _count(built, reading, kept)
        release = kept.release_id if kept else None
        row = (reading.job.capture_id, reading.outcome, release)
        db.execute("INSERT INTO parsed_captures VALUES (?, ?, ?)", row)
        issue_rows.note(db, reading, release, stamp(now))
    mention_rows.clear(db, latest)
    mention_rows.add(db, latest.items())
    index.add(db, list(latest))
    sets.write(db, sets.ENOUGH)


def _count(built: Built, reading: Reading, kept: releases.Kept | None) -> None:
    built.captures += 1
    if kept is None:
        built.refused[reading.outcome] = built.refused.get(reading.outcome, 0) + 1
    elif kept.is_new:
        built.new += 1
    elif kept.changed:
        built.changed += 1
    else:
        built.unchanged += 1


REVISITED = """
FROM captures c
    JOIN parsed_captures seen ON seen.capture_id = c.refers_to
    LEFT JOIN parsed_captures p ON p.capture_id = c.id
WHERE c.role = 'detail' AND c.record_type = 'revisit' AND p.capture_id IS NULL
"""


def _note_revisits(db: Database) -> int:
    """An unchanged payload says what it said before: no page is read again for it."""
    joined = REVISITED.replace("WHERE", "JOIN version_captures v ON v.capture_id = c.refers_to WHERE")
    shown = f"SELECT v.version_id, c.id, c.captured_at {joined} ORDER BY c.id"
    for version, capture_id, captured_at in db.execute(shown).fetchall():
        releases.seen(db, version, capture_id, captured_at)
    sql = f"INSERT INTO parsed_captures SELECT c.id, seen.outcome, seen.release_id {REVISITED}"
    return db.execute(sql).rowcount
