"""The difference of two sorted files of rows, as steps that turn the one into the other.

A step names the place of a row in the earlier file. What was removed is named by that place and by the
SHA-256 of its key, never by its content: a difference must not carry what a redaction took out.
"""

import gzip
import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

import msgspec

from archive.errors import ArchiveError

AT_ONCE = 1 << 16  # bytes that are packed and unpacked together
Line = bytes
Key = tuple[tuple[bool, Any], ...]


@dataclass
class Counts:
    """How many rows of a table differ."""

    added: int = 0
    changed: int = 0
    removed: int = 0

    @property
    def any(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def key_of(line: Line, names: Sequence[str]) -> Key:
    """The key of a row; what is empty comes first, as in SQLite."""
    row = msgspec.json.decode(line)
    return tuple((row[name] is not None, row[name]) for name in names)


def hashed(key: Key) -> str:
    """The SHA-256 of a key: of the JSON array of its values."""
    return hashlib.sha256(msgspec.json.encode([value for _, value in key])).hexdigest()


def steps(old: Iterable[Line], new: Iterable[Line], names: Sequence[str], counts: Counts) -> Iterator[Line]:
    """The steps from one file to another, both sorted by the key; counted in `counts`."""
    olds, news = enumerate(old), iter(new)
    before, now = next(olds, None), next(news, None)
    while before is not None or now is not None:
        if before is not None and before[1] == now:
            before, now = next(olds, None), next(news, None)
            continue
        old_key = key_of(before[1], names) if before else None
        new_key = key_of(now, names) if now else None
        if before and (new_key is None or (old_key is not None and old_key < new_key)):
            assert old_key is not None
            counts.removed += 1
            yield _step({"op": "removed", "at": before[0], "key_sha256": hashed(old_key)})
            before = next(olds, None)
        elif before and old_key == new_key:
            counts.changed += 1
            yield _step({"op": "changed", "at": before[0], "row": msgspec.Raw(cast("bytes", now).rstrip())})
            before, now = next(olds, None), next(news, None)
        else:
            counts.added += 1
            row = msgspec.Raw(cast("bytes", now).rstrip())
            yield _step({"op": "added", "at": before[0] if before else None, "row": row})
            now = next(news, None)


class _Taken(msgspec.Struct):
    op: str
    at: int | None
    row: msgspec.Raw = msgspec.Raw()
    key_sha256: str = ""


def applied(old: Iterable[Line], taken: Iterable[Line]) -> Iterator[Line]:
    """The later file: the earlier one with the steps taken. Raises ArchiveError where they do not fit."""
    olds = enumerate(old)
    before = next(olds, None)
    for line in taken:
        step = msgspec.json.decode(line, type=_Taken)
        while before is not None and (step.at is None or before[0] < step.at):
            yield before[1]
            before = next(olds, None)
        if step.at is not None and (before is None or before[0] != step.at):
            raise ArchiveError("this difference belongs to another snapshot; take the one that it names")
        if step.op != "removed":
            yield bytes(step.row) + b"\n"
        if step.op != "added":
            before = next(olds, None)
    while before is not None:
        yield before[1]
        before = next(olds, None)


def _step(said: dict[str, object]) -> Line:
    return msgspec.json.encode(said) + b"\n"


@contextmanager
def packed(path: Path) -> Iterator[IO[bytes]]:
    """A gzip file that holds neither name nor time, so that the same content gives the same bytes."""
    with (
        path.open("wb") as raw,
        gzip.GzipFile("", "wb", 6, raw, mtime=0) as file,
        io.BufferedWriter(cast("io.RawIOBase", file), AT_ONCE) as lines,
    ):
        yield lines


def unpacked(path: Path) -> Iterator[Line]:
    """The lines of a gzip file; none where there is no file."""
    if path.is_file():
        with gzip.open(path, "rb") as file, io.BufferedReader(cast("io.RawIOBase", file), AT_ONCE) as lines:
            yield from lines
