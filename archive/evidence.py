"""Reading evidence back: the payload of a capture, and the end of a WARC file after a crash."""

import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import brotli  # type: ignore[import-untyped]
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from archive.answer import unchunked
from archive.errors import WarcError
from archive.gzipped import inflated
from archive.member import KINDS, Parts, parts
from archive.records import Place
from archive.warc import digest

PAYLOAD_BYTES = 64 << 20  # what a page may have after decompression; a gzip bomb stops here
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Record:
    """A response or revisit record as it stands in a file."""

    headers: dict[str, str]  # of the record, names in lower case
    status: int
    http_headers: dict[str, str]  # names in lower case
    payload: bytes  # decoded, at most PAYLOAD_BYTES
    raw_digest: str | None  # computed over the payload as sent; None for a revisit
    whole: bool  # False where the payload was cut at PAYLOAD_BYTES
    raw_bytes: int  # of the payload as sent


def read_record(folder: Path, place: Place, *, decode: bool = True, expected: str | None = None) -> Record:
    """The record at a place. Raises WarcError where the file is missing, short or holds something else.

    `expected` is the payload digest that was noted; not every damage stops the decompression.
    """
    path = folder / place.file
    try:
        with path.open("rb", buffering=0) as file:
            file.seek(place.offset)
            told = parts(file.read(place.length))
        if told is None:
            with path.open("rb") as file:
                file.seek(place.offset)
                told = _any_parts(file)
    except FileNotFoundError as error:
        raise WarcError(
            f"{path} is missing; restore it from the backup and run `pressearchiv verify`"
        ) from error
    except (StopIteration, ArchiveLoadFailed, zlib.error, EOFError, OSError) as error:
        raise WarcError(
            f"{path} is damaged at byte {place.offset} ({type(error).__name__}); restore it from the backup"
        ) from error
    if told.kind not in KINDS:
        raise WarcError(f"{path} holds a {told.kind} record at {place.offset}, not a response")
    raw, http = told.payload, told.http_headers
    found = digest(raw) if told.kind == "response" else None
    if expected and found not in (None, expected):
        message = f"{path} holds another payload than it did at byte {place.offset}"
        raise WarcError(f"{message}; restore it from the backup")
    chunked = "chunked" in http.get("transfer-encoding", "").lower()  # in what others captured
    plain = unchunked(raw) if decode and chunked else raw
    body, whole = decoded(plain, http.get("content-encoding", "")) if decode else (raw, True)
    return Record(told.headers, told.status, http, body, found, whole, len(raw))


def _any_parts(file: BinaryIO) -> Parts:
    """The record that begins here, whoever wrote it."""
    record = next(iter(ArchiveIterator(file)))
    raw = record.raw_stream.read() if record.rec_type == "response" else b""
    sent = record.http_headers
    status = int(sent.get_statuscode()) if sent and record.rec_type in KINDS else 0
    http = {name.lower(): value for name, value in sent.headers} if sent else {}
    headers = {name.lower(): value for name, value in record.rec_headers.headers}
    return Parts(record.rec_type, headers, status, http, raw)


def decoded(raw: bytes, encoding: str, limit: int = PAYLOAD_BYTES) -> tuple[bytes, bool]:
    """A payload without its content encoding, at most `limit` bytes, and whether that is all of it.

    What cannot be decoded (a wrong header, a torn stream) comes back as far as it went, or as it was sent.
    """
    if encoding.strip().lower() == "br":
        return _unbrotlied(raw, limit)
    kinds = {"gzip": zlib.MAX_WBITS | 32, "x-gzip": zlib.MAX_WBITS | 32, "deflate": zlib.MAX_WBITS | 32}
    wbits = kinds.get(encoding.strip().lower())
    if wbits is None:
        return raw[:limit], len(raw) <= limit
    if raw[:1] not in (b"\x1f", b"\x78", b"\x58", b"\x08"):
        wbits = -zlib.MAX_WBITS  # deflate without its header, as some servers send it
    if (found := inflated(raw, wbits, limit + 1)) is None:
        return raw[:limit], len(raw) <= limit
    return found.data[:limit], len(found.data) <= limit and found.ended


def _unbrotlied(raw: bytes, limit: int) -> tuple[bytes, bool]:
    """Our crawler never asks for Brotli; browsers do that others crawl with."""
    engine = brotli.Decompressor()
    try:
        body = engine.process(raw, output_buffer_limit=limit + 1)
    except brotli.error:
        return raw[:limit], len(raw) <= limit
    return body[:limit], len(body) <= limit and engine.is_finished()


def starts_member(path: Path, start: int) -> bool:
    """Whether a whole WARC record begins at a byte of a file."""
    with path.open("rb") as file:
        return _member_length(file, start) is not None


GZIP, MAGIC = b"\x1f\x8b\x08", b"WARC/1."  # how every member begins, and what it holds


def whole_members(path: Path, start: int = 0) -> tuple[list[tuple[int, int]], list[tuple[int, int]], int]:
    """Offset and length of each complete gzip member from `start` on, gaps, and where the last member ends.

    A gap (first byte, byte after the last) is damage in the middle of the file; behind it reading goes on.
    """
    found: list[tuple[int, int]] = []
    gaps: list[tuple[int, int]] = []
    with path.open("rb") as file:
        position: int | None = start
        end = start
        while position is not None:
            if length := _member_length(file, position):
                if position > end:
                    gaps.append((end, position))
                found.append((position, length))
                position = end = position + length
            else:
                position = _next_start(file, position + 1)
    return found, gaps, end


def _next_start(file: BinaryIO, position: int) -> int | None:
    """Where the next gzip member may begin; None where there is none."""
    while True:
        file.seek(position)
        chunk = file.read(CHUNK)
        if (at := chunk.find(GZIP)) >= 0:
            return position + at
        if len(chunk) < CHUNK:
            return None
        position += CHUNK - len(GZIP)


def _member_length(file: BinaryIO, start: int) -> int | None:
    """Length of the WARC record in the gzip member at `start`; None where none is whole."""
    file.seek(start)
    engine, used, head = zlib.decompressobj(zlib.MAX_WBITS | 16), 0, b""
    while chunk := file.read(CHUNK):
        used += len(chunk)
        try:
            if head:
                engine.decompress(chunk, CHUNK)
            else:
                head = engine.decompress(chunk, len(MAGIC))
            if head != MAGIC:
                return None  # a payload that was sent compressed looks like a member, too
            while engine.unconsumed_tail and not engine.eof:
                engine.decompress(engine.unconsumed_tail, CHUNK)
        except zlib.error:
            return None
        if engine.eof:
            return used - len(engine.unused_data)
    return None


def record_type(path: Path, offset: int) -> str:
    """What kind of record stands at an offset."""
    with path.open("rb") as file:
        file.seek(offset)
        return str(next(iter(ArchiveIterator(file))).rec_type)


def fields(path: Path, offset: int) -> tuple[dict[str, str], bytes]:
    """Headers, names in lower case, and payload of the warcinfo record at an offset."""
    with path.open("rb") as file:
        file.seek(offset)
        record = next(iter(ArchiveIterator(file)))
        headers = {name.lower(): value for name, value in record.rec_headers.headers}
        return headers, record.raw_stream.read()


def set_aside(path: Path, good: int, now: datetime) -> Path:
    """Move what stands in a file from byte `good` on to a file beside it."""
    torn = path.with_name(f"{path.name}.torn-{now.astimezone(UTC):%Y%m%dT%H%M%S}-{good}")
    with path.open("rb+") as file:
        file.seek(good)
        torn.write_bytes(file.read())
        file.truncate(good)
    return torn
