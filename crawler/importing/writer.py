"""Writing copies: into the WARC files of their sources first, then as rows; and what is held already."""

from collections.abc import Mapping
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Self

from sqlite_utils import Database

from archive import captures, imports
from archive.imports import Copy, Origin, copied, described
from archive.locks import lock
from archive.records import Capture
from archive.redaction import decisions
from archive.redaction.decisions import Withheld
from archive.source import Source
from archive.sources_table import sync
from archive.store import open_archive, writing
from archive.warc import WarcFiles
from crawler.ledger import SOFTWARE
from crawler.recovery import recover, relist

BATCH, BATCH_BYTES = 200, 32 << 20  # records that are written at once
SAME = "SELECT 1 FROM captures WHERE url = ? AND source_key = ? AND captured_at = ? AND payload_digest = ?"
ORIGINAL = """
SELECT id FROM captures
WHERE url = ? AND source_key = ? AND record_type = 'response' AND (captured_at = ? OR payload_digest = ?)
ORDER BY captured_at <> ?, captured_at > ?, captured_at DESC LIMIT 1
"""


class Writer:
    """Open for one import: holds the locks of the sources it writes to. Dry, it only looks."""

    def __init__(self, archive: Path, warc: Path, now: datetime, *, dry: bool = False) -> None:
        self._warc, self._now, self._dry = warc, now, dry
        self._stack = ExitStack()
        self._db: Database | None = None
        if not dry or archive.exists():
            self._db = open_archive(archive)
            self._stack.callback(self._db.close)
        self._open: dict[str, tuple[Source, WarcFiles]] = {}
        self._decisions = decisions.read(warc)
        self._withheld: dict[str, Withheld] = {}
        self.redacted = Withheld(self._decisions, None).sought  # for what belongs to no source
        self._batch: list[tuple[str, Copy, Origin, str]] = []
        self._bytes = 0
        self._waiting: set[tuple[str, ...]] = set()  # what is in the batch; in a dry run all that would be
        self._described: set[tuple[str, str]] = set()
        self.listed = 0  # list pages that were taken: they may name releases that were refused before

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def open(self, source: Source) -> None:
        """Take a source's lock and mend what a crash left. Raises BusyError where it is crawled."""
        if source.key in self._open:
            return
        if not self._dry and self._db:
            self._stack.enter_context(lock(self._warc / source.key / ".lock", f"a crawl of {source.key}"))
            with writing(self._db):
                sync(self._db, [source])
                recover(self._db, self._warc, source, self._now)
        self._open[source.key] = source, WarcFiles(self._warc, source.key, SOFTWARE)

    def withheld(self, source: Source) -> Withheld:
        """What must not come into the archive again from a source."""
        if source.key not in self._withheld:
            self._withheld[source.key] = Withheld(self._decisions, source.key)
        return self._withheld[source.key]

    def promises(self, source: Source, url: str) -> bool:
        """Whether a list of the source named an address."""
        sql = "SELECT 1 FROM entries WHERE source_key = ? AND url = ?"
        return self._db is not None and self._db.execute(sql, (source.key, url)).fetchone() is not None

    def original(self, source: Source, headers: Mapping[str, str], url: str) -> Capture | None:
        """The capture to which a revisit record refers: by its id, by address and date, or by its payload."""
        named = headers.get("warc-refers-to", "").strip()
        of = headers.get("warc-refers-to-target-uri", "").strip("<> ") or url
        if self.awaits(source, headers, url):
            self.flush()
        if self._db is None:
            return None
        found = captures.get_by_record(self._db, named) if named else None
        if found and found.source_key == source.key:
            return found
        at = headers.get("warc-refers-to-date", "").strip()[:19] + "Z"
        digest = headers.get("warc-payload-digest", "").strip()
        row = self._db.execute(ORIGINAL, (of, source.key, at, digest, at, at)).fetchone()
        return captures.get(self._db, row[0]) if row else None

    def awaits(self, source: Source, headers: Mapping[str, str], url: str) -> bool:
        """Whether the original of a revisit is among what was taken and is not written yet."""
        of = headers.get("warc-refers-to-target-uri", "").strip("<> ") or url
        named = headers.get("warc-refers-to", "").strip()
        return ("id", named) in self._waiting or ("page", source.key, of) in self._waiting

    def add(self, source: Source, copy: Copy, origin: Origin) -> bool:
        """Take a record, unless it is held already."""
        marks = {
            ("id", copy.own_id),
            ("page", source.key, copy.url),
            ("same", source.key, copy.url, copy.captured_at, copy.payload_digest),
        }
        if any(mark in self._waiting for mark in marks if mark[0] == "same") or self._holds(source, copy):
            return False
        taken = ("id", copy.own_id) in self._waiting or self._taken(copy.own_id)
        self._waiting |= marks
        self.listed += copy.role != "detail"
        if not self._dry:
            self._batch.append((source.key, copy, origin, copy.made_id if taken else copy.own_id))
            self._bytes += len(copy.block)
            if len(self._batch) >= BATCH or self._bytes >= BATCH_BYTES:
                self.flush()
        return True

    def _holds(self, source: Source, copy: Copy) -> bool:
        values = (copy.url, source.key, copy.captured_at, copy.payload_digest)
        return self._db is not None and self._db.execute(SAME, values).fetchone() is not None

    def _taken(self, record_id: str) -> bool:
        return self._db is not None and captures.get_by_record(self._db, record_id) is not None

    def flush(self) -> None:
        """Write what waits: records to the disk, then rows. What a crash cuts off in between is recovered."""
        for key in dict.fromkeys(key for key, *_ in self._batch):
            self._write(*self._open[key], [row[1:] for row in self._batch if row[0] == key])
        self._batch, self._bytes = [], 0
        if not self._dry:
            self._waiting = set()

    def _write(self, source: Source, files: WarcFiles, rows: list[tuple[Copy, Origin, str]]) -> None:
        db = self._db
        assert db is not None
        members: list[bytes] = []
        described_at: set[int] = set()
        for copy, origin, record_id in rows:
            if (source.key, origin.record_id) not in self._described:
                self._described.add((source.key, origin.record_id))
                described_at.add(len(members))
                members.append(described(origin))
            members.append(copied(copy, origin, record_id))
        places = [at for n, at in enumerate(files.copy(members)) if n not in described_at]
        with writing(db):
            for origin in dict.fromkeys(origin for _, origin, _ in rows):
                imports.note(db, origin)
            for place in places:
                capture = captures.adopt(db, self._warc, source.key, place)
                relist(db, self._warc, source, capture, self.withheld(source))
