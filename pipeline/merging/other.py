"""One archive on its way into another: decisions first, then each source, then what is open."""

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from pathlib import Path
from typing import Protocol

import msgspec
from sqlite_utils import Database

from archive import corrections, stamps
from archive.corrections import Correction
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
from pipeline.merging.theirs import OtherError, blamed, explained, rows

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
    refused: str | None = None  # why nothing more of it could be taken
    busy: list[str] = field(default_factory=list)  # sources that are crawled at the moment, here or there

    @property
    def taken(self) -> int:
        return sum(tally.taken for tally in self.tallies.values())

    @property
    def is_whole(self) -> bool:
        """Whether nothing had to stay behind."""
        is_left = any(t.damaged or t.orphans for t in self.tallies.values())
        return not (self.refused or self.busy or is_left)


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

    def honour(self, merged: Merged) -> None:
        """Carry out here what they decided to take out, before anything of anybody is taken.

        Raises BusyError where a source is crawled here, OtherError where their decisions cannot be read.
        """
        if found := missing(decisions.read(self.into.warc), self._decided()):
            merged.redactions = len(found)
            if not self.dry:
                self._mark_removal()  # before, because it may be killed, and after, because days end
                honour(self.db, self.into.warc, found, self.into.corrections)
                self._mark_removal()

    def take(self, merged: Merged) -> None:
        """Take what is not held. Raises OtherError where the other contradicts itself, and much else."""
        try:
            self._take(merged)
        except sqlite3.IntegrityError as error:
            raise OtherError(
                f"{self.home.archive} contradicts itself ({error}); move it away, and the records of warc/ "
                "are read themselves"
            ) from error

    def _take(self, merged: Merged) -> None:
        decided = self._beyond()
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

    def _keys(self) -> list[str]:
        """The sources of which there is evidence, or should be."""
        noted = {str(row["source_key"]) for row in rows(self.other, KEYS)}
        if odd := sorted(key for key in noted if not NAME.fullmatch(key)):
            raise OtherError(f"{self.home.archive} names a source {odd[0]!r}, which is no name of a folder")
        return sorted(noted.union(source_keys(self.home.warc)))

    def _decided(self) -> tuple[Redaction, ...]:
        with blamed(self.home.warc):
            return decisions.read(self.home.warc)

    def _beyond(self) -> tuple[Redaction, ...]:
        """What was decided here and is not carried out there."""
        beyond = missing(self._decided(), decisions.read(self.into.warc))
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
        with blamed(self.home.corrections):
            said = corrections.read(self.home.corrections).all
        theirs = corrections.cleaned(said, lambda text: clean(text, decided), gone)
        for one in theirs:
            if ours.get(one.id, one) != one:
                raise OtherError(
                    f"{self.into.corrections} and {self.home.corrections} say different things under the id "
                    f"{one.id!r}; make them one"
                )
        new = [one for one in theirs if one.id not in ours]
        if new and not self.dry:
            try:
                corrections.change(self.into.corrections, lambda held: reduce(_in_time, new, held))
            except ArchiveError as error:
                raise OtherError(f"{self.home.corrections} does not go with ours: {error}") from error
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
                raise OtherError(f"no source file describes {key}; name its folder with --sources")
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


def _in_time(held: tuple[Correction, ...], new: Correction) -> tuple[Correction, ...]:
    """Decisions with one more, behind those of its day and before: of two about one value, the last holds."""
    at = next((n for n in range(len(held), 0, -1) if held[n - 1].decided_on <= new.decided_on), 0)
    return (*held[:at], new, *held[at:])
