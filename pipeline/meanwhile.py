"""Captures read while a crawl goes on, so that the build behind it finds little left to do.

It takes the lock of the build for one round at a time: whoever else builds, merges or redacts comes in
between two rounds. Figures are counted along; what only the whole tells (changes, groups of texts, presence,
coverage) is left to the build.
"""

from array import array
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
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
from pipeline import prepared, unread
from pipeline.compare.normal import RULES_VERSION as NORMAL_RULES
from pipeline.extract.release import RULES_VERSION
from pipeline.run import BATCH, Means, make_ready, read_some
from pipeline.workers import Workers, staying
from pipeline.write import Built

PAUSE = 0.1  # seconds
ENOUGH, LATEST = 64, 10.0  # captures, and seconds after which fewer make a round
FEW, MOMENT = 16, 0.2  # captures: if so many come within so many seconds, a round goes on with them
TURN = 30.0  # seconds after which a round takes nothing more, as others may wait for theirs
BUILDING = "a build of this archive"
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

    `goes_on` waits so many seconds and says whether the crawl still does. `enough` captures begin a round, or
    those of ten seconds, and `batch` releases go into one transaction. `progress` is called with the captures
    read. Does nothing where an archive must first be brought to other rules, which takes its time.
    """
    built = Built()
    guard = archive.with_name(archive.name + ".build.lock")
    with closing(open_archive(archive).conn) as connection, staying(workers) as crew:
        db = Database(connection)
        give_room(db)
        if not _follows_rules(db):
            return built
        means = Means(db, warc, sources, now, crew, batch, corrections, along=True)
        come, at = _Captures(db, sources, stamps.marks(db).reach), monotonic()
        with suppress(ArchiveError):  # the build meets the same trouble, and says so
            is_ready = _is_made_ready(means, guard)
            prepared.load()
            while goes_on(PAUSE):
                arrived = come.arrived()
                if not arrived or (arrived < enough and monotonic() - at < LATEST):
                    continue
                if not is_ready and not (is_ready := _is_made_ready(means, guard)):
                    continue
                with suppress(BusyError), lock(guard, BUILDING):
                    after = come.reach
                    read_some(means, built, come.portions(goes_on), progress)
                    with writing(db):
                        built.unchanged += unread.note_revisits(db, after, come.reach)
                    at = monotonic()
    return built


def _is_made_ready(means: Means, guard: Path) -> bool:
    with suppress(BusyError), lock(guard, BUILDING), writing(means.db):
        make_ready(means)
        return True
    return False


@dataclass
class _Captures:
    """What the crawl captures, in the order of its coming."""

    db: Database
    sources: Mapping[str, Source]
    reach: int  # all up to this one were handed out

    def arrived(self) -> int:
        """How many more there are."""
        return int(self.db.execute(ARRIVED, (self.reach,)).fetchone()[0])

    def portions(self, goes_on: Callable[[float], bool]) -> Iterator["array[int]"]:
        """What is there to read, and what comes while that is read, to the last of the crawl: so the workers
        never wait for a round to end."""
        began, some, crawls = monotonic(), self._portion(), True
        yield some
        while crawls and len(some) >= FEW and monotonic() - began < TURN:
            crawls = goes_on(0 if self.arrived() >= FEW else MOMENT)
            yield (some := self._portion())

    def _portion(self) -> "array[int]":
        after, self.reach = self.reach, stamps.last_capture(self.db)
        return unread.ids(self.db, self.sources, after, self.reach)


def _follows_rules(db: Database) -> bool:
    if db.execute("SELECT 1 FROM releases LIMIT 1").fetchone() is None:
        return True
    present = {"rules": RULES_VERSION, "text_rules": NORMAL_RULES, "search_rules": lemmas.rules()}
    return dict(db.execute(RULES).fetchall()) == present
