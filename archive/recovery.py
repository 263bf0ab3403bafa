"""Captures from evidence alone: records that no row points to, after a crash or the loss of the database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from archive import captures, imports
from archive.evidence import fields, record_type, set_aside, whole_members
from archive.records import Capture, Place
from archive.warc import files_of


@dataclass(frozen=True, slots=True)
class Recovered:
    """What stood behind the last records that the database knew."""

    adopted: tuple[Capture, ...] = ()  # they have rows now
    torn: Path | None = None  # where the bytes of a broken last record were set aside
    damaged: tuple[tuple[str, int, int], ...] = ()  # file, and from which byte to which nothing can be read


def source_keys(warc: Path) -> list[str]:
    """The sources of which there is evidence."""
    return sorted(folder.name for folder in warc.glob("*/") if files_of(warc, folder.name))


def has_unknown(db: Database, warc: Path, source_key: str) -> bool:
    """Whether records stand behind the last that the database knows: it was lost, or is an older one."""
    for path in files_of(warc, source_key):
        name = _name(warc, path)
        members, _, _ = whole_members(path, captures.known_end(db, name))
        if any(_responses(path, name, members)):
            return True
    return False


def recover(db: Database, warc: Path, source_key: str, now: datetime) -> Recovered:
    """Give rows to the records of a source that have none; set a torn end of its newest file aside.

    The caller holds the lock of the source and a transaction. Files and records come in the order in which
    they were written, so that a record finds the one it refers to.
    """
    adopted: list[Capture] = []
    damaged: list[tuple[str, int, int]] = []
    torn = None
    paths = files_of(warc, source_key)
    for path in paths:
        name, start = _name(warc, path), captures.known_end(db, _name(warc, path))
        members, gaps, end = whole_members(path, start)
        damaged += [(name, *gap) for gap in gaps]
        _note_imports(db, path, members)
        adopted += [captures.adopt(db, warc, source_key, at) for at in _responses(path, name, members)]
        if path == paths[-1] and start <= end < path.stat().st_size:
            torn = set_aside(path, end, now)
    return Recovered(tuple(adopted), torn, tuple(damaged))


def _note_imports(db: Database, path: Path, members: list[tuple[int, int]]) -> None:
    for offset, _ in members:
        if record_type(path, offset) == "warcinfo":
            imports.note_described(db, *fields(path, offset))


def _responses(path: Path, name: str, members: list[tuple[int, int]]) -> Iterator[Place]:
    for offset, length in members:
        if record_type(path, offset) in ("response", "revisit"):
            yield Place(name, offset, length)


def _name(warc: Path, path: Path) -> str:
    return str(path.relative_to(warc))
