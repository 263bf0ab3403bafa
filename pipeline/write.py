"""A batch of readings written, in order, with what hangs on a release; the caller holds the transaction."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from sqlite_utils import Database

from archive.clock import stamp
from archive.corrections import NONE, Correction, Corrections
from archive.source import Source
from pipeline import correction_rows, identity, issue_rows, mention_rows, releases
from pipeline.corrected import Effect, corrected
from pipeline.fresh import fresh
from pipeline.near_duplicates import sketches
from pipeline.prepared import Prepared, prepared
from pipeline.read import Reading
from pipeline.releases import Kept
from pipeline.search import index, sets

PARSED = "INSERT INTO parsed_captures VALUES (?, ?, ?)"


@dataclass
class Built:
    """What a build did."""

    captures: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    strangers: tuple[str, ...] = ()  # sources with captures and without a source file; they stay unread

    def count(self, outcome: str, kept: Kept | None) -> None:
        """Count one reading."""
        self.captures += 1
        if kept is None:
            self.refused[outcome] = self.refused.get(outcome, 0) + 1
        elif kept.is_new:
            self.new += 1
        elif kept.changed:
            self.changed += 1
        else:
            self.unchanged += 1


def write(
    db: Database,
    sources: Mapping[str, Source],
    some: Sequence[Prepared],
    built: Built,
    now: datetime,
    corrections: Corrections = NONE,
) -> None:
    """Write a batch; readings of releases that nobody knew go in together, table by table."""
    batch = _Batch(db, sources, corrections, stamp(now))
    new = fresh(db, some)
    told: list[tuple[Reading, str | None]] = []
    for is_new, group in groupby(enumerate(some), key=lambda placed: placed[0] in new):
        run = [one for _, one in group]
        for reading, kept in batch.keep_new(run) if is_new else map(batch.keep, run):
            built.count(reading.outcome, kept)
            told.append((reading, kept.release_id if kept else None))
    issue_rows.note(db, told, batch.at)
    mention_rows.clear(db, batch.known)
    mention_rows.add(db, ((key, one.mentions) for key, one in batch.latest.items() if one.mentions))
    index.put(db, {key: one.terms for key, one in batch.latest.items() if one.terms})
    sketches.put(db, {key: one.bands for key, one in batch.latest.items()}, batch.known)
    sets.write(db, sets.ENOUGH)


class _Batch:
    """What becomes of the readings of a batch while they are written."""

    def __init__(
        self, db: Database, sources: Mapping[str, Source], corrections: Corrections, at: str
    ) -> None:
        self.db, self.sources, self.at = db, sources, at
        self.decisions, self.persons = corrections.by_release(), corrections.about_persons()
        self.latest: dict[str, Prepared] = {}  # by release: the text that it has from now on
        self.known: set[str] = set()  # releases that had another text before

    def keep_new(self, some: Sequence[Prepared]) -> Iterator[tuple[Reading, Kept]]:
        """Readings of releases that nobody knew."""
        ids = [identity.ids(self._source(one), one.addresses) if self.decisions else set() for one in some]
        decided = [self._corrected(one, about) for one, about in zip(some, ids, strict=True)]
        kept = releases.keep_new(self.db, self.sources, [one for one, _ in decided])
        parsed = [(one.reading.job.capture_id, "release", one.key) for one in some]
        self.db.conn.executemany(PARSED, parsed)
        for (one, effects), made in zip(decided, kept, strict=True):
            self.latest[made.release_id] = one
            correction_rows.note(self.db, made.release_id, effects, self.at)
            yield one.reading, made

    def keep(self, one: Prepared) -> tuple[Reading, Kept | None]:
        """Any reading: of a release that may be known, or of none."""
        one, kept = releases.doubted(self.db, one), None
        if one.reading.page is not None:
            source = self._source(one)
            one, effects = self._corrected(
                one, releases.ids(self.db, source, one) if self.decisions else set()
            )
            kept = releases.keep(self.db, source, one, self._unindex)
            if kept.changed:
                self.latest[kept.release_id] = one
                correction_rows.note(self.db, kept.release_id, effects, self.at)
            if kept.changed and not kept.is_new:
                self.known.add(kept.release_id)
        row = (one.reading.job.capture_id, one.reading.outcome, kept.release_id if kept else None)
        self.db.execute(PARSED, row)
        return one.reading, kept

    def _source(self, one: Prepared) -> Source:
        return self.sources[one.reading.job.source_key]

    def _corrected(self, one: Prepared, ids: set[str]) -> tuple[Prepared, list[Effect]]:
        about: list[Correction] = [decision for key in ids for decision in self.decisions.get(key, ())]
        if not about and not self.persons:
            return one, []
        reading, effects = corrected(one.reading, self._source(one), about, self.persons)
        return prepared(self._source(one), reading), effects

    def _unindex(self, release: str) -> None:
        if release not in self.latest:  # what this batch wrote is not in the index yet
            index.remove(self.db, [release])
