"""Captures of another archive: their records byte for byte into our files, then their rows."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlite_utils import Database

from archive import captures, imports
from archive.imports import Origin
from archive.records import Capture, Place
from archive.redaction.decisions import Redaction
from archive.store import writing
from archive.warc import ASKED, ROLE, WarcFiles, files_of
from pipeline.merging import unfinished
from pipeline.merging.members import Found, at, behind, cleaned, opening
from pipeline.merging.theirs import Row, rows

SOFTWARE = "pressearchiv (merged)"
BATCH, BATCH_BYTES = 1000, 32 << 20  # records in one transaction
SLICE = 500
Relist = Callable[[Database, Path, str, Capture], None]  # notes what a list promised
ROWS = f"""
SELECT {", ".join(f"c.{name}" for name in captures.COLUMNS.split(", "))}, t.record_id AS target_record,
    i.sha256, m.file_offset
FROM captures c LEFT JOIN captures t ON t.id = c.refers_to
    LEFT JOIN imported_captures m ON m.capture_id = c.id LEFT JOIN imports i ON i.id = m.import_id
WHERE c.warc_file = ? AND c.warc_offset > ? ORDER BY c.warc_offset LIMIT {SLICE}
"""
NAMES = "SELECT DISTINCT warc_file FROM captures WHERE warc_file > ? AND warc_file < ?"
HELD = "SELECT record_id, id, run_id FROM captures WHERE record_id IN (SELECT value FROM json_each(?))"
TARGET = "SELECT id, payload_digest FROM captures WHERE record_id = ?"
ORIGIN = "SELECT file, sha256, bytes, imported_at, imported_by, warcinfo FROM imports WHERE sha256 = ?"


@dataclass
class Tally:
    """What became of the records of another archive."""

    taken: int = 0
    held: int = 0
    cleaned: int = 0  # of those taken: something was redacted elsewhere and left out
    unnoted: int = 0  # of those taken: the other database had no row of them
    damaged: int = 0
    orphans: int = 0  # say that nothing changed since a record that is damaged or missing
    belied: int = 0  # of those taken: the row there says something else than the record, which counts


@dataclass
class Taking:
    """The captures of one source on their way from one archive into another; the caller holds its locks."""

    db: Database
    warc: Path
    other: Database
    other_warc: Path
    key: str
    runs: Mapping[int, int]  # ids of runs there: ids of the same runs here
    decisions: tuple[Redaction, ...]  # what was redacted here, and is not yet there
    relist: Relist
    dry: bool = False
    tally: Tally = field(default_factory=Tally)
    progress: Callable[[int], None] = lambda count: None
    _batch: list[tuple[Found, Row | None]] = field(default_factory=list)
    _waiting: set[str] = field(default_factory=set)  # the records in it
    _bytes: int = 0
    _first: bytes = b""  # what the other file begins with, where the batch holds its first answer
    _digests: dict[str, str] = field(default_factory=dict)

    def all(self) -> Tally:
        """Take what is not held. Raises WarcError and ArchiveError where it cannot be written."""
        paths = {str(path.relative_to(self.other_warc)): path for path in self._files()}
        for name in sorted({*paths, *self._noted()}):
            self._file(paths.get(name), name)
        return self.tally

    def _files(self) -> list[Path]:
        return [path for path in files_of(self.other_warc, self.key) if path.is_file()]

    def _noted(self) -> set[str]:
        """The files that the rows name, which may be missing."""
        first, behind_all = f"{self.key}/", f"{self.key}0"  # the character that follows the slash
        return {str(row["warc_file"]) for row in rows(self.other, NAMES, first, behind_all)}

    def _file(self, path: Path | None, name: str) -> None:
        for some in self._rows(name):
            told = json.dumps([row["record_id"] for row in some])
            held = {record: (i, run) for record, i, run in self.db.execute(HELD, (told,)).fetchall()}
            self._name_runs([(row, *held[row["record_id"]]) for row in some if row["record_id"] in held])
            for row in some:
                record = str(row["record_id"])
                if record in held or record in self._waiting:
                    self.tally.held += 1
                elif path and (found := at(path, _number(row["warc_offset"]), record)):
                    self._take(path, found, row)
                else:
                    self.tally.damaged += 1
            self.progress(len(some))
        if path:
            self._behind(path, name)
        self._flush()

    def _behind(self, path: Path, name: str) -> None:
        """What their database has no row of; where its last row ends is what it says."""
        for found in behind(path, max(0, captures.known_end(self.other, name))):
            record = found.answer.record_id
            if record not in self._waiting and not self.db.execute(TARGET, (record,)).fetchone():
                self.tally.unnoted += 1
                self._take(path, found, None)

    def _rows(self, name: str) -> Iterator[list[Row]]:
        last = -1
        while found := rows(self.other, ROWS, name, last):
            yield found
            last = _number(found[-1]["warc_offset"])

    def _name_runs(self, held: list[tuple[Row, int, int | None]]) -> None:
        """A merge that was killed between records and rows left rows without their runs."""
        lacking = [(self.runs.get(_number(row["run_id"])), i) for row, i, run in held if run is None]
        if not self.dry and any(run for run, _ in lacking):
            with writing(self.db):
                self.db.conn.executemany("UPDATE captures SET run_id = ? WHERE id = ?", lacking)

    def _take(self, path: Path, found: Found, row: Row | None) -> None:
        if found.answer.kind == "revisit":
            named = found.answer.head.get("warc-refers-to", "")
            if not self._target(named, found.answer.head.get("warc-payload-digest", "")):
                self.tally.orphans += 1
                return
        self.tally.taken += 1
        self._waiting.add(found.answer.record_id)
        if row and not _agree(row, found.answer.head, self.key):
            self.tally.belied += 1
            row = {"run_id": row["run_id"]}
        clean = cleaned(found, self.decisions, self._digests) if self.decisions else found
        if clean is not found:
            self.tally.cleaned += 1
            row = {"run_id": row["run_id"]} if row else None  # all else, the record itself says
        if (
            not self._batch
            and not self._first
            and (first := opening(path))
            and len(first.raw) == found.offset
        ):
            self._first = first.raw
        self._batch.append((clean, row))
        self._bytes += sum(len(one.raw) for one in clean.members)
        if len(self._batch) >= BATCH or self._bytes >= BATCH_BYTES:
            self._flush()

    def _target(self, record_id: str, payload_digest: str) -> bool:
        """Whether the record is there that a revisit refers to; its payload may have changed its digest."""
        if record_id in self._waiting:
            return True
        known = self.db.execute(TARGET, (record_id,)).fetchone()
        if known and known[1] != payload_digest:
            self._digests[payload_digest] = known[1]
        return known is not None or self.dry

    def _flush(self) -> None:
        """Write what waits: records to the disk, then rows. What a crash cuts off in between is recovered."""
        batch, first, self._batch, self._bytes, self._first = self._batch, self._first, [], 0, b""
        self._waiting = set()
        if self.dry or not batch:
            return
        members = [first] if first else []
        answers: list[int] = []
        described: set[str] = set()
        for found, row in batch:
            if (origin := self._origin(row)) and origin.sha256 not in described:
                described.add(origin.sha256)
                members.append(imports.described(origin))
            answers.append(len(members))
            members += [one.raw for one in found.members]
        files = WarcFiles(self.warc, self.key, SOFTWARE)
        with writing(self.db):
            unfinished.note(self.db, self.warc, self.key, files.current())
        places = files.copy(members)
        with writing(self.db):
            unfinished.forget(self.db, self.key)
            for (_, row), number in zip(batch, answers, strict=True):
                self._note(row, places[number])

    def _origin(self, row: Row | None) -> Origin | None:
        """The foreign file from which the other archive had it."""
        if not row or not row.get("sha256"):
            return None
        file, *rest = self.other.execute(ORIGIN, (row["sha256"],)).fetchone()
        return Origin(file, *rest)

    def _note(self, row: Row | None, place: Place) -> None:
        if row is None or "record_id" not in row:
            capture = captures.adopt(self.db, self.warc, self.key, place)
            run = self.runs.get(_number(row["run_id"])) if row else None
            self.db.execute("UPDATE captures SET run_id = ? WHERE id = ?", (run, capture.id))
            if row is None:
                self.relist(self.db, self.warc, self.key, capture)
            return
        target = self.db.execute(TARGET, (row["target_record"],)).fetchone()
        changed = {
            "id": None,
            "run_id": self.runs.get(_number(row["run_id"])),
            "refers_to": target[0] if target else None,
            "warc_file": place.file,
            "warc_offset": place.offset,
            "warc_length": place.length,
        }
        capture_id = self.db.execute(captures.INSERT, {**row, **changed}).lastrowid
        if origin := self._origin(row):
            imports.note(self.db, origin)
            note = "INSERT INTO imported_captures SELECT ?, id, ? FROM imports WHERE sha256 = ?"
            self.db.execute(note, (capture_id, row["file_offset"], origin.sha256))


def _agree(row: Row, head: Mapping[str, str], key: str) -> bool:
    """Whether a row says what the record says; which record it is, is known."""
    said = {
        "source_key": key,
        "url": head["warc-target-uri"],
        "requested_url": head.get(ASKED.lower(), row["requested_url"]),
        "role": head.get(ROLE.lower(), row["role"]),
        "captured_at": f"{head['warc-date'][:19]}Z",
        "record_type": head["warc-type"],
        "payload_digest": head.get("warc-payload-digest", row["payload_digest"]),
    }
    return all(row[name] == value for name, value in said.items())


def _number(value: object) -> int:
    """A column of whole numbers; 0 where it is empty, which is no id."""
    return value if isinstance(value, int) else 0
