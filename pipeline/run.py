"""The build: captures to facts. Reads like the flow, and can be stopped and run again at any point."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlite_utils import Database

from archive import stamps
from archive.clock import stamp
from archive.corrections import NONE, Corrections
from archive.errors import ArchiveError
from archive.locks import lock
from archive.redaction import decisions, rewriting
from archive.source import Source
from archive.store import give_room, open_archive, writing
from pipeline import (
    correction_rows,
    extracted,
    issue_rows,
    late_indexes,
    moves,
    prepared,
    reference_rows,
    releases,
    reservations,
    settled,
    unread,
)
from pipeline.aggregates import run as aggregates
from pipeline.attachments import run as attachments
from pipeline.compare import moved, presence
from pipeline.compare import rows as change_rows
from pipeline.compare.normal import RULES_VERSION as NORMAL_RULES
from pipeline.coverage import run as coverage
from pipeline.near_duplicates import run as near_duplicates
from pipeline.near_duplicates import sketches
from pipeline.prepared import Prepared
from pipeline.read import Job
from pipeline.search import index, sets
from pipeline.workers import Crew, Workers, ordered, staying
from pipeline.write import Built, write

BATCH = 1000  # releases per transaction
ALONG = 3 * BATCH  # as many are counted at once: amounts that many tell are looked at less often
LAST = 128  # as many where the workers are at the last: they are written meanwhile
DERIVED = (  # children before parents; what hangs on attachments and texts is forgotten before
    "grants minister_mentions person_mentions district_mentions municipality_mentions amounts dates "
    "coverage_gaps coverage attachments version_captures presence moves release_addresses versions releases "
    "parsed_captures"
).split()
STRANGERS = "{} holds {}, and no source file describes them; name the folder of their files with --sources"
RESTORED = "DELETE FROM parsed_captures WHERE outcome = 'unreadable'"  # it may be restored by now


@dataclass(frozen=True, slots=True)
class Means:
    """What a build works with."""

    db: Database
    warc: Path
    sources: Mapping[str, Source]
    now: datetime
    workers: Workers  # who read pages
    batch: int = BATCH
    corrections: Corrections = NONE
    along: bool = False  # with a crawl, behind which little should be left to do


def build(
    archive: Path,
    warc: Path,
    sources: Mapping[str, Source],
    now: datetime,
    *,
    rebuild: bool = False,
    workers: Workers = 1,
    crew: Crew | None = None,
    batch: int = BATCH,
    corrections: Corrections = NONE,
    clock: Callable[[], datetime] | None = None,
    begun: Built | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Built:
    """Read every capture that was not read yet and write what it says; with `rebuild` read all of them again.

    One crew of `workers` does all that processes do; `crew` reads pages instead of them. `batch` releases go
    into one transaction. `progress` is called with captures done and captures to do. `clock` tells when it
    ended; without one, that is `now`. `begun` is what `read_meanwhile` did before. Raises BusyError while
    another build runs, ArchiveError where a rebuild lacks a source file.
    """
    guard = archive.with_name(archive.name + ".build.lock")
    with staying(workers) as here, lock(guard, "a build of this archive", seconds=600):
        db = open_archive(archive)
        give_room(db)
        rewriting.finish(db, warc)
        strangers = issue_rows.strangers(db, sources, rebuild=rebuild)
        if rebuild and strangers:
            raise ArchiveError(STRANGERS.format(archive, ", ".join(strangers)))
        with writing(db):
            decisions.sync(db, warc)
            issue_rows.note_strangers(db, strangers, sources, stamp(now))
            db.execute(RESTORED)
            if rebuild:
                _forget(db)
            means = Means(db, warc, sources, now, crew or here, batch, corrections)
            make_ready(means)
            issue_rows.close_seen(db, stamp(now))
            settled.begin(db, _rules())
            run, last = _start(db, now), stamps.last_capture(db)
        extracted.follow_rules(db, sources, now, means.workers, corrections)
        built = begun or Built()
        built.strangers = tuple(strangers)
        _read(means, built, progress)
        while found := moved.find(db):
            with writing(db):
                moves.note(db, found)
                moves.forget(db, {key for m in found for key in (m.old.id, m.new.id)}, partial(let_go, db))
            _read(means, Built())
        change_rows.compare_new(db, here)
        attachments.read_new(db, warc, stamp(now), here)
        near_duplicates.group_new(db, here)
        here.rest()
        with writing(db):
            correction_rows.settle(db)
            reservations.note(db, stamp(now))
            _end(db, run, built, stamp(clock() if clock else now), last, anew=rebuild)
        db.close()
        return built


def make_ready(means: Means) -> None:
    """What must stand before captures are read; the caller holds the transaction."""
    db = means.db
    extracted.begin(db)
    reference_rows.sync(db)
    reservations.sync(db, means.sources)
    index.follow_rules(db)
    index.give_room(db)
    releases.follow_rules(db)
    sketches.follow_rules(db)
    anew = correction_rows.sync(db, means.corrections) | moves.overtaken(db) | moves.listed_anew(db)
    moves.forget(db, anew, partial(let_go, db))


def _read(
    means: Means, built: Built, progress: Callable[[int, int], None] = lambda done, total: None
) -> None:
    """Read what was not read yet, and note what had not changed."""
    wanted = unread.ids(means.db, means.sources)
    read_some(means, built, [wanted], lambda done: progress(done, len(wanted)))
    with writing(means.db):
        built.unchanged += unread.note_revisits(means.db)


def read_some(
    means: Means, built: Built, wanted: Iterable["array[int]"], progress: Callable[[int], None]
) -> None:
    """Read captures, which come in portions, and write them in batches; count them in `built`."""
    db, corrections = means.db, means.corrections
    work = partial(prepared.read_all, means.warc.resolve(), dict(means.sources), bool(corrections.all))
    jobs = _Jobs(db, wanted)
    readings = map(partial(prepared.confirmed, work), ordered(work, jobs, means.workers))
    uncounted = 0
    while some := _batch(readings, jobs, means.batch):
        with writing(db):
            write(db, means.sources, some, built, means.now, corrections)
        uncounted += len(some)
        if means.along and (uncounted >= ALONG or jobs.are_out):
            uncounted = 0
            with writing(db):  # apart from the batch, so that the crawl writes in between
                aggregates.write_along(db)
                if jobs.are_out:  # the workers are at the last: what is written now is not left for the end
                    sets.write(db, means.batch)
        progress(built.captures)
    late_indexes.make(db)


@dataclass
class _Jobs:
    """What there is to read, which comes in portions."""

    db: Database
    portions: Iterable["array[int]"]
    are_out: bool = False  # nothing is left that no worker has

    def __iter__(self) -> Iterator[Job]:
        for portion in self.portions:
            late_indexes.drop(self.db, len(portion))
            yield from unread.jobs(self.db, portion)
        self.are_out = True


def _batch(readings: Iterator[Prepared], jobs: _Jobs, most: int) -> list[Prepared]:
    some: list[Prepared] = []
    for one in readings:
        some.append(one)
        if len(some) >= (min(LAST, most) if jobs.are_out else most):
            break
    return some


def _rules() -> str:
    """By what it is made that is only looked at again where something is new."""
    made = (moved, presence, change_rows, near_duplicates, coverage)
    return " ".join((NORMAL_RULES, *(part.RULES_VERSION for part in made)))


def _forget(db: Database) -> None:
    db.execute("PRAGMA defer_foreign_keys = ON")
    attachments.forget(db)
    near_duplicates.forget(db)
    change_rows.forget(db)
    aggregates.forget(db)
    for table in DERIVED:
        db.execute(f"DELETE FROM {table}")
    index.reindex(db)
    settled.forget(db)


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


def _end(db: Database, run: int, built: Built, at: str, last: int, *, anew: bool) -> None:
    """What follows from all that is held, and the row of the run."""
    presence.write(db)
    coverage.write(db)
    aggregates.write(db)
    sets.write(db)
    settled.end(db, _rules())
    verdict = "ok" if built.new or built.changed else "unchanged"
    db.execute(
        "UPDATE runs SET ended_at = ?, verdict = ?, captures = ?, new_captures = ? WHERE id = ?",
        (at, verdict, built.captures, built.new, run),
    )
    stamps.mark(db, last, at, anew=anew)
