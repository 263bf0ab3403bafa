"""The bytes of a WARC file in pieces: lines, blocks, gzip members, and where to go on after damage."""

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

CHUNK = 1 << 18
HEAD_BYTES = 1 << 16  # headers of a record are never longer
FIRST = 1 << 14  # read of a member at once; most are smaller
LEAST = 16  # bytes that tell what stands at a place
GZIP = b"\x1f\x8b\x08"
START = re.compile(rb"\nWARC/\d\.\d{1,2}\r?\n")


class BrokenError(Exception):
    """What stands here is no whole record."""


class EndedError(Exception):
    """The file ends inside a gzip member."""


class Stream:
    """Bytes in pieces, read by lines and by lengths."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._held = b""
        self._at = 0  # up to here what is held was given out
        self.used = 0

    def line(self) -> bytes:
        """One line with its end; at most HEAD_BYTES; empty at the end of the stream."""
        while (end := self._held.find(b"\n", self._at)) < 0 and self._left < HEAD_BYTES and self._more():
            pass
        return self._cut(end + 1 - self._at if end >= 0 else HEAD_BYTES)

    def take(self, length: int) -> bytes:
        """So many bytes. Raises BrokenError where there are fewer."""
        parts = [self._cut(length)]
        missing = length - len(parts[0])
        while missing and self._more():
            parts.append(self._cut(missing))
            missing -= len(parts[-1])
        if missing:
            raise BrokenError
        return b"".join(parts)

    def skip(self, length: int) -> None:
        """Pass over so many bytes. Raises BrokenError where there are fewer."""
        length -= len(self._cut(length))
        while length and self._more():
            length -= len(self._cut(length))
        if length:
            raise BrokenError

    def at_boundary(self) -> bool:
        """Whether a record may end here: there stand two line ends, or another record, or nothing."""
        ends = 0
        while self._left >= LEAST or self._more() or self._left:
            if self._held[self._at : self._at + 1] not in (b"\r", b"\n"):
                return ends >= 2 or self._held.startswith(b"WARC/", self._at)
            ends += self._cut(1) == b"\n"
        return True

    def forward(self) -> None:
        """Pass over everything up to the next line at which a record begins."""
        while not (found := START.search(self._held, self._at)):
            self._cut(max(0, self._left - LEAST))
            if not self._more():
                self._cut(self._left)
                return
        self._cut(found.start() + 1 - self._at)

    @property
    def _left(self) -> int:
        return len(self._held) - self._at

    def _cut(self, length: int) -> bytes:
        part = self._held[self._at : self._at + length]
        self._at += len(part)
        self.used += len(part)
        return part

    def _more(self) -> bool:
        chunk = next(self._chunks, b"")
        self._held, self._at = self._held[self._at :] + chunk, 0
        return bool(chunk)


class Member:
    """One gzip member as it is unpacked; `position` is where it ends once all was read."""

    def __init__(self, file: BinaryIO, start: int) -> None:
        self._file = file
        self.position = start

    def chunks(self) -> Iterator[bytes]:
        engine, size = zlib.decompressobj(zlib.MAX_WBITS | 16), FIRST
        while not engine.eof:
            packed = engine.unconsumed_tail
            if not packed:
                self._file.seek(self.position)
                if not (packed := self._file.read(size)):
                    raise EndedError
                self.position += len(packed)
                size = CHUNK
            if part := engine.decompress(packed, CHUNK):
                yield part
        self.position -= len(engine.unused_data)


def next_member(file: BinaryIO, position: int) -> int | None:
    """Where the next gzip member that holds a record begins; None where there is none."""
    if _holds_record(file, position):
        return position
    while True:
        file.seek(position)
        chunk = file.read(CHUNK)
        at = chunk.find(GZIP)
        if at < 0 and len(chunk) < CHUNK:
            return None
        if at < 0:
            position += CHUNK - len(GZIP)
        elif _holds_record(file, position + at):
            return position + at
        else:
            position += at + 1


def _holds_record(file: BinaryIO, position: int) -> bool:
    file.seek(position)
    packed = file.read(4096)
    if not packed.startswith(GZIP):
        return False
    try:
        head = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(packed, 64)
    except zlib.error:
        return False
    return head.lstrip().startswith(b"WARC/") or len(head) < len(b"WARC/")


def next_start(file: BinaryIO, position: int) -> int | None:
    """Where the next record of a plain file begins; None where there is none."""
    while True:
        file.seek(position)
        chunk = file.read(CHUNK)
        if found := START.search(chunk):
            return position + found.start() + 1
        if len(chunk) < CHUNK:
            return None
        position += CHUNK - LEAST
