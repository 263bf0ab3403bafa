"""One archive on its way into another: decisions first, then each source, then what is open."""

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

import msgspec
from sqlite_utils import Database

from archive import corrections, stamps
from archive.errors import ArchiveError, BusyError
from archive.locks import lock
from archive.records import Capture
from archive.recovery import source_keys
from archive.redaction import decisions
from archive.redaction.decisions import Redaction, sought_by
from archive.store import writing
from pipeline import redacted_rows
from pipeline.merging import history, unfinished
from pipeline.merging.captures import Taking, Tally
from pipeline.merging.home import Home, can_lock
from pipeline.merging.honoured import honour, missing
from pipeline.merging.texts import clean, of_source
from pipeline.merging.theirs import explained, rows

KEYS = "SELECT DISTINCT source_key FROM captures"
NAME = re.compile(r"[^\W_][\w.-]*")  # of a folder, and of no other


class Lists(Protocol):
    """Who can read lists again: for records that no database has a row of."""

    def recover(self, db: Database, warc: Path, key: str) -> None:
        """Give rows to what a killed merge or crawl wrote; within a transaction."""

    def relist(self, db: Database, warc: Path, key: str, capture: Capture) -> None:
        """Note what a list promised; within a transaction."""


@dataclass
class Merged:
    """What came of one other archive, by source."""

    home: Home
    tallies: dict[str, Tally] = field(default_factory=dict)
    entries: int = 0
    runs: int = 0
    corrections: int = 0
    redactions: int = 0  # decided there, carried out here
    busy: list[str] = field(default_factory=list)  # sources that are crawled at the moment, here or there

    @property
    def taken(self) -> int:
        return sum(tally.taken for tally in self.tallies.values())

    @property
    def is_whole(self) -> bool:
        """Whether nothing had to stay behind."""
        return not self.busy and not any(t.damaged or t.orphans for t in self.tallies.values())


@dataclass
class Other:
    """One archive on its way into another."""

    db: Database
    into: Home
    other: Database
    home: Home
    lists: Lists
    only: frozenset[str]
    dry: bool
    clock: Callable[[], datetime]
    progress: Callable[[int], None]

    def run(self) -> Merged:
        """Take what is not held. Raises ArchiveError where the other contradicts itself, and much else."""
        try:
            return self._run()
        except sqlite3.IntegrityError as error:
            raise ArchiveError(
                f"{self.home.archive} contradicts itself ({error}); move it away, and the records of warc/ "
                "are read themselves"
            ) from error

    def _run(self) -> Merged:
        merged = Merged(self.home)
        decided = self._decisions(merged)
        merged.corrections = self._corrections(decided)
        if not self.dry:
            with writing(self.db):
                history.sources(self.db, self.other)
        keys = [key for key in self._keys() if not self.only or key in self.only]
        for key in keys:
            try:
                with self._uncrawled(key):
                    self._source(key, of_source(decided, key), merged)
            except BusyError:
                merged.busy.append(key)
        if not self.dry:
            with writing(self.db):
                done = [key for key in keys if key not in merged.busy]
                history.issues(self.db, self.other, done, decided)
        return merged

    def _keys(self) -> list[str]:
        """The sources of which there is evidence, or should be."""
        noted = {str(row["source_key"]) for row in rows(self.other, KEYS)}
        if odd := sorted(key for key in noted if not NAME.fullmatch(key)):
            raise ArchiveError(f"{self.home.archive} names a source {odd[0]!r}, which is no name of a folder")
        return sorted(noted.union(source_keys(self.home.warc)))

    def _decisions(self, merged: Merged) -> tuple[Redaction, ...]:
        """Carry out here what they decided; returns what was decided here and is not carried out there."""
        ours, theirs = decisions.read(self.into.warc), decisions.read(self.home.warc)
        if found := missing(ours, theirs):
            merged.redactions = len(found)
            if not self.dry:
                self._mark_removal()  # before, because it may be killed, and after, because days end
                honour(self.db, self.into.warc, found, self.into.corrections)
                self._mark_removal()
        beyond = missing(theirs, decisions.read(self.into.warc))
        if not self.dry:
            for redaction in beyond:
                decisions.put(self.into.warc, self._with_theirs(redaction))
            with writing(self.db):  # a merge that was killed may have left the file ahead of the rows
                decisions.sync(self.db, self.into.warc)
        return beyond

    def _mark_removal(self) -> None:
        with writing(self.db):
            stamps.mark_removal(self.db, self.clock())

    def _with_theirs(self, redaction: Redaction) -> Redaction:
        """A decision that names what it touches in the other archive, too."""
        redacted_rows.functions(self.other, sought_by(redaction), redaction.id)
        with explained(self.home.archive):
            touched = {*redaction.releases, *redacted_rows.saying(self.other, ())}
            renamed = {} if redaction.kind == "release" else redacted_rows.renamed(self.other)
        return msgspec.structs.replace(
            redaction, releases=tuple(sorted(touched)), renamed=renamed | redaction.renamed
        )

    def _corrections(self, decided: Sequence[Redaction]) -> int:
        """Add what people decided there; how many decisions that are."""
        ours = {c.id: c for c in corrections.read(self.into.corrections).all}
        gone = {release for r in decided if r.kind == "release" for release in r.releases}
        theirs = corrections.cleaned(
            corrections.read(self.home.corrections).all, lambda text: clean(text, decided), gone
        )
        for one in theirs:
            if ours.get(one.id, one) != one:
                raise ArchiveError(
                    f"{self.into.corrections} and {self.home.corrections} say different things under the id "
                    f"{one.id!r}; make them one"
                )
        new = [one for one in theirs if one.id not in ours]
        if new and not self.dry:
            corrections.change(self.into.corrections, lambda held: (*held, *new))
        return len(new)

    @contextmanager
    def _uncrawled(self, key: str) -> Iterator[None]:
        """Raises BusyError where the source is crawled, here or there."""
        with ExitStack() as stack:
            for home in () if self.dry else (self.into, self.home):
                guard = home.warc / key / ".lock"
                if home is self.into or can_lock(guard):
                    stack.enter_context(lock(guard, f"a crawl of {key} in {home.folder}"))
            yield

    def _source(self, key: str, decided: tuple[Redaction, ...], merged: Merged) -> None:
        if not self.dry:
            unfinished.undo(self.db, self.into.warc, key)
            with writing(self.db):
                self.lists.recover(self.db, self.into.warc, key)
            if not self.db.execute("SELECT 1 FROM sources WHERE key = ?", (key,)).fetchone():
                raise ArchiveError(f"no source file describes {key}; name its folder with --sources")
        with writing(self.db) if not self.dry else nullcontext():
            runs = history.runs(self.db, self.other, key, decided, dry=self.dry)
        taking = Taking(
            self.db,
            self.into.warc,
            self.other,
            self.home.warc,
            key,
            runs.ids,
            decided,
            self.lists.relist,
            self.dry,
            progress=self.progress,
        )
        merged.tallies[key] = taking.all()
        merged.runs += runs.new
        with writing(self.db) if not self.dry else nullcontext():
            merged.entries += history.entries(self.db, self.other, key, decided, dry=self.dry)
            if not self.dry:
                history.lists(self.db, self.other, key, runs.ids, decided)
                history.in_order(self.db, key)
