"""Reading WARC files that somebody else wrote: record by record, in bounded memory, past what is broken.

Takes versions 0.x to 1.1, plain or gzipped, each record a member of its own or all of them in one. Strict
readers stop at the first fault; here a fault costs the record it is in, and reading goes on at the next.
"""

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from archive.errors import WarcError
from archive.pieces import (
    CHUNK,
    GZIP,
    HEAD_BYTES,
    BrokenError,
    EndedError,
    Member,
    Stream,
    next_member,
    next_start,
)

VERSION = re.compile(rb"WARC/\d\.\d{1,2}\s*$")
Problem = Literal["damaged", "cut_off", "too_large"]
Wanted = Callable[[dict[str, str]], bool]


@dataclass(frozen=True, slots=True)
class Foreign:
    """One record, or a place where none could be read (no headers, and the problem)."""

    offset: int  # of the record, or of the gzip member it stands in
    position: int  # how far the file was read
    headers: dict[str, str]  # names in lower case
    block: bytes | None = None  # where it was wanted, and not too large
    problem: Problem | None = None

    @property
    def kind(self) -> str:
        """The type of the record: response, revisit, warcinfo …"""
        return self.headers.get("warc-type", "").lower()


def records(path: Path, wanted: Wanted, limit: int) -> Iterator[Foreign]:
    """Every record of a file in order; the block of those that `wanted` names by their headers.

    A block longer than `limit` bytes is passed over. Raises WarcError where the file is no WARC file.
    """
    with path.open("rb") as file:
        start = file.read(512)
        if start.startswith(GZIP):
            yield from _zipped(file, wanted, limit)
        elif start.lstrip().startswith(b"WARC/"):
            yield from _plain(file, wanted, limit)
        else:
            raise WarcError(f"{path} is no WARC file; {_mend(start)}")


def _mend(start: bytes) -> str:
    if start.startswith(b"PK"):
        return "a WACZ or ZIP file holds some: unpack it and import those"
    if start.startswith(b"\x28\xb5\x2f\xfd"):
        return "it is packed with Zstandard: unpack it with `zstd -d` first"
    if start.startswith(b"filedesc:"):
        return "it is an ARC file: `warcio recompress` makes a WARC file of it"
    if not start:
        return "it is empty"
    return "look into it; servers answer with a page that names an error in its place"


def _plain(file: BinaryIO, wanted: Wanted, limit: int) -> Iterator[Foreign]:
    at: int | None = 0
    while at is not None:
        file.seek(at)
        stream = Stream(iter(lambda: file.read(CHUNK), b""))
        start = at
        try:
            while record := _record(stream, wanted, limit):
                yield Foreign(start, at + stream.used, *record)
                start = at + stream.used
            return
        except BrokenError:
            # A wrong length may have swallowed what follows: look for the next record from its beginning on.
            following = next_start(file, start + len(b"WARC/"))
            problem: Problem = "cut_off" if following is None else "damaged"
            yield Foreign(start, following or file.tell(), {}, problem=problem)
            at = following


def _zipped(file: BinaryIO, wanted: Wanted, limit: int) -> Iterator[Foreign]:
    at: int | None = 0
    while at is not None:
        member = Member(file, at)
        stream = Stream(member.chunks())
        try:
            while record := _next_in(stream, wanted, limit):
                yield Foreign(at, member.position, *record)
            end = member.position
        except (EndedError, zlib.error) as error:
            problem: Problem = "cut_off" if isinstance(error, EndedError) else "damaged"
            yield Foreign(at, member.position, {}, problem=problem)
            end = at + 1
            at = next_member(file, end)
            continue
        at = next_member(file, end)
        if at is not None and at > end:
            yield Foreign(end, at, {}, problem="damaged")


Read = tuple[dict[str, str], bytes | None, Problem | None]


def _next_in(stream: Stream, wanted: Wanted, limit: int) -> Read | None:
    """The next record of a gzip member, or its damage; None at its end."""
    try:
        return _record(stream, wanted, limit)
    except BrokenError:
        stream.forward()
        return {}, None, "damaged"


def _record(stream: Stream, wanted: Wanted, limit: int) -> Read | None:
    """The headers of the next record, its block if it is wanted, or why not; None at the end."""
    line = stream.line()
    while line and not line.strip():
        line = stream.line()
    if not line:
        return None
    if not VERSION.match(line):
        raise BrokenError
    headers = _headers(stream)
    length = headers.get("content-length", "").strip()
    if not length.isdecimal() or "warc-type" not in headers:
        raise BrokenError
    block, problem = None, None
    if not wanted(headers):
        stream.skip(int(length))
    elif int(length) > limit:
        stream.skip(int(length))
        problem = "too_large"
    else:
        block = stream.take(int(length))
    if not stream.at_boundary():
        raise BrokenError
    return headers, block, problem  # type: ignore[return-value]  # a literal


def _headers(stream: Stream) -> dict[str, str]:
    found: dict[str, str] = {}
    name, size = "", 0
    while (line := stream.line()).strip():
        size += len(line)
        if size > HEAD_BYTES:
            raise BrokenError
        text = _text(line)
        if text[0] in " \t" and name:  # a long value, folded
            found[name] += " " + text.strip()
            continue
        name, colon, value = text.partition(":")
        name = name.strip().lower()
        if not colon:
            raise BrokenError
        found.setdefault(name, value.strip())
    if not line:
        raise BrokenError
    return found


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
