"""Captures read while a crawl goes on, so that the build behind it finds little left to do.

It takes the lock of the build for one round at a time: whoever else builds, merges or redacts comes in
between two rounds. What only the whole tells (changes, presence, coverage) is left to the build.
"""

from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from time import monotonic

from sqlite_utils import Database

from archive import lemmas, stamps
from archive.corrections import NONE, Corrections
from archive.errors import ArchiveError, BusyError
from archive.locks import lock
from archive.source import Source
from archive.store import give_room, open_archive, writing
from pipeline import unread
from pipeline.compare.normal import RULES_VERSION as NORMAL_RULES
from pipeline.extract.release import RULES_VERSION
from pipeline.run import BATCH, Means, make_ready, read_some
from pipeline.workers import Workers, staying
from pipeline.write import Built

PAUSE = 0.3  # seconds
ENOUGH, LATEST = 256, 10.0  # captures, and seconds after which fewer make a round
ARRIVED = "SELECT count(*) FROM captures WHERE id > ? AND role = 'detail'"
RULES = "SELECT key, value FROM archive_state WHERE key IN ('rules', 'text_rules', 'search_rules')"


def read_meanwhile(
    archive: Path,
    warc: Path,
    sources: Mapping[str, Source],
    now: datetime,
    goes_on: Callable[[float], bool],
    *,
    workers: Workers = 1,
    batch: int = BATCH,
    enough: int = ENOUGH,
    corrections: Corrections = NONE,
    progress: Callable[[int], None] = lambda read: None,
) -> Built:
    """Read what is captured for as long as the crawl goes on; `build` with what was read does the rest.

    `goes_on` waits so many seconds and says whether the crawl still does. `enough` captures are read at once,
    or those of ten seconds, and `batch` releases go into one transaction. `progress` is called with the
    captures read. Does nothing where an archive must first be brought to other rules, which takes its time.
    """
    built = Built()
    guard = archive.with_name(archive.name + ".build.lock")
    with closing(open_archive(archive).conn) as connection, staying(workers) as crew:
        db = Database(connection)
        give_room(db)
        if not _follows_rules(db):
            return built
        means = Means(db, warc, sources, now, crew, batch, corrections)
        read_until, at, is_ready = stamps.marks(db).reach, monotonic(), False
        with suppress(ArchiveError):  # the build meets the same trouble, and says so
            while goes_on(PAUSE):
                [arrived] = db.execute(ARRIVED, (read_until,)).fetchone()
                if not arrived or (arrived < enough and monotonic() - at < LATEST):
                    continue
                with suppress(BusyError), lock(guard, "a build of this archive"):
                    if not is_ready:
                        with writing(db):
                            make_ready(means)
                        is_ready = True
                    after, read_until = read_until, stamps.last_capture(db)
                    arrivals = unread.ids(db, sources, after)
                    read_some(means, built, arrivals, lambda done, _: progress(done))
                    with writing(db):
                        built.unchanged += unread.note_revisits(db, after)
                    at = monotonic()
    return built


def _follows_rules(db: Database) -> bool:
    if db.execute("SELECT 1 FROM releases LIMIT 1").fetchone() is None:
        return True
    present = {"rules": RULES_VERSION, "text_rules": NORMAL_RULES, "search_rules": lemmas.rules()}
    return dict(db.execute(RULES).fetchall()) == present
