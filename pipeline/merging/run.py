"""The merge: what other machines archived comes into one archive, each thing once, in whatever order."""

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import msgspec
from sqlite_utils import Database

from archive import corrections
from archive.errors import ArchiveError, BusyError
from archive.locks import lock
from archive.records import Capture
from archive.recovery import source_keys
from archive.redaction import decisions, rewriting
from archive.redaction.decisions import Redaction, sought_by
from archive.schema import migrate
from archive.store import is_writable, open_archive, read_archive, writing
from pipeline import redacted_rows
from pipeline.merging import history
from pipeline.merging.captures import Taking, Tally
from pipeline.merging.honoured import honour, missing
from pipeline.merging.texts import clean, of_source

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Home:
    """A folder with archive.db, warc/ and corrections.toml, as far as they are there."""

    folder: Path

    @property
    def archive(self) -> Path:
        return self.folder / "archive.db"

    @property
    def warc(self) -> Path:
        return self.folder / "warc"

    @property
    def corrections(self) -> Path:
        return self.folder / "corrections.toml"


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


def merge(
    others: Sequence[Home],
    into: Home,
    lists: Lists,
    *,
    only: Collection[str] = (),
    dry: bool = False,
    progress: Progress = lambda done, total: None,
) -> list[Merged]:
    """Take from other archives what is not held, of these sources where some are named; `dry`, only look.

    Raises BusyError while a build works here or there, ArchiveError where one of the others is no archive.
    """
    for other in others:
        if not source_keys(other.warc):
            raise ArchiveError(f"{other.folder} holds no warc/ with evidence; name a folder that does")
        if other.folder.resolve() == into.folder.resolve():
            raise ArchiveError(f"{other.folder} cannot be merged into itself")
    if not dry:
        into.warc.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        if not dry:
            for home in (into, *others):
                stack.enter_context(_unbuilt(home))
        db = _opened(into, dry=dry)
        stack.callback(db.close)
        if not dry:
            rewriting.finish(db, into.warc)
        theirs = [_opened(other, dry=True) for other in others]
        for one in theirs:
            stack.callback(one.close)
        total = sum(int(one.execute("SELECT count(*) FROM captures").fetchone()[0]) for one in theirs)
        count = _Count(total, progress)
        return [
            _Merge(db, into, one, other, lists, frozenset(only), dry, count).run()
            for one, other in zip(theirs, others, strict=True)
        ]


def _opened(home: Home, *, dry: bool) -> Database:
    """The database of an archive; an empty one in memory where there is none and nothing is to be written."""
    if not dry:
        return open_archive(home.archive)
    if home.archive.exists():
        return read_archive(home.archive)
    db = Database(memory=True)
    migrate(db, ":memory:")
    return db


@contextmanager
def _unbuilt(home: Home) -> Iterator[None]:
    """Nobody builds or redacts an archive meanwhile; on a medium that cannot be written nobody could."""
    guard = home.archive.with_name(f"{home.archive.name}.build.lock")
    with lock(guard, f"a build of {home.archive}") if _can_lock(guard) else nullcontext():
        yield


def _can_lock(path: Path) -> bool:
    return is_writable(path) if path.exists() else os.access(path.parent, os.W_OK)


@dataclass
class _Count:
    total: int
    progress: Progress
    done: int = 0

    def add(self, count: int) -> None:
        self.done += count
        self.progress(self.done, self.total)


@dataclass
class _Merge:
    """One archive on its way into another."""

    db: Database
    into: Home
    other: Database
    home: Home
    lists: Lists
    only: frozenset[str]
    dry: bool
    count: _Count

    def run(self) -> Merged:
        merged = Merged(self.home)
        decided = self._decisions(merged)
        merged.corrections = self._corrections(decided)
        if not self.dry:
            with writing(self.db):
                history.sources(self.db, self.other)
        keys = [key for key in source_keys(self.home.warc) if not self.only or key in self.only]
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

    def _decisions(self, merged: Merged) -> tuple[Redaction, ...]:
        """Carry out here what they decided; returns what was decided here and is not carried out there."""
        ours, theirs = decisions.read(self.into.warc), decisions.read(self.home.warc)
        if found := missing(ours, theirs):
            merged.redactions = len(found)
            if not self.dry:
                honour(self.db, self.into.warc, found, self.into.corrections)
        beyond = missing(theirs, decisions.read(self.into.warc))
        if not self.dry:
            for redaction in beyond:
                decisions.put(self.into.warc, self._with_theirs(redaction))
        return beyond

    def _with_theirs(self, redaction: Redaction) -> Redaction:
        """A decision that names what it touches in the other archive, too."""
        redacted_rows.functions(self.other, sought_by(redaction), redaction.id)
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
                if home is self.into or _can_lock(guard):
                    stack.enter_context(lock(guard, f"a crawl of {key} in {home.folder}"))
            yield

    def _source(self, key: str, decided: tuple[Redaction, ...], merged: Merged) -> None:
        if not self.dry:
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
            progress=self.count.add,
        )
        merged.tallies[key] = taking.all()
        merged.runs += runs.new
        with writing(self.db) if not self.dry else nullcontext():
            merged.entries += history.entries(self.db, self.other, key, decided, dry=self.dry)
            if not self.dry:
                history.lists(self.db, self.other, key, runs.ids, decided)
                history.in_order(self.db, key)
