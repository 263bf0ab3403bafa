"""Reading evidence back: the payload of a capture, and the end of a WARC file after a crash."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from archive.errors import WarcError
from archive.records import Place
from archive.warc import digest, last_file

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


def read_record(folder: Path, place: Place, *, decode: bool = True) -> Record:
    """The record at a place. Raises WarcError where the file is missing, short or holds something else."""
    path = folder / place.file
    try:
        with path.open("rb") as file:
            file.seek(place.offset)
            record = next(iter(ArchiveIterator(file)))
            if record.rec_type not in ("response", "revisit"):
                raise WarcError(f"{path} holds a {record.rec_type} record at {place.offset}, not a response")
            raw = record.raw_stream.read() if record.rec_type == "response" else b""
    except FileNotFoundError as error:
        raise WarcError(
            f"{path} is missing; restore it from the backup and run `pressearchiv verify`"
        ) from error
    except (StopIteration, ArchiveLoadFailed, zlib.error, EOFError, OSError) as error:
        raise WarcError(
            f"{path} is damaged at byte {place.offset} ({error}); restore it from the backup"
        ) from error
    http = {name.lower(): value for name, value in record.http_headers.headers} if record.http_headers else {}
    status = int(record.http_headers.get_statuscode()) if record.http_headers else 0
    headers = {name.lower(): value for name, value in record.rec_headers.headers}
    body, whole = decoded(raw, http.get("content-encoding", "")) if decode else (raw, True)
    return Record(headers, status, http, body, digest(raw) if record.rec_type == "response" else None, whole)


def decoded(raw: bytes, encoding: str, limit: int = PAYLOAD_BYTES) -> tuple[bytes, bool]:
    """A payload without its content encoding, at most `limit` bytes, and whether that is all of it.

    What cannot be decoded (a wrong header, a torn stream) comes back as far as it went, or as it was sent.
    """
    kinds = {"gzip": zlib.MAX_WBITS | 32, "x-gzip": zlib.MAX_WBITS | 32, "deflate": zlib.MAX_WBITS | 32}
    wbits = kinds.get(encoding.strip().lower())
    if wbits is None:
        return raw[:limit], len(raw) <= limit
    if raw[:1] not in (b"\x1f", b"\x78", b"\x58", b"\x08"):
        wbits = -zlib.MAX_WBITS  # deflate without its header, as some servers send it
    engine = zlib.decompressobj(wbits)
    try:
        body = engine.decompress(raw, limit + 1)
    except zlib.error:
        return raw[:limit], len(raw) <= limit
    return body[:limit], len(body) <= limit and engine.eof


@dataclass(frozen=True, slots=True)
class Tail:
    """What was found behind the last record that the database knows."""

    orphans: tuple[Place, ...]  # whole response records without a row
    torn: Path | None  # where the bytes of a broken last record were set aside


def settle(folder: Path, source_key: str, known_end: int, now: datetime) -> Tail:
    """Put the newest WARC file of a source in order after a crash: a torn last record is set aside.

    `known_end` is where the last record known to the database ends in that file. The caller holds the lock.
    """
    path = last_file(folder, source_key)
    if path is None or path.stat().st_size <= known_end:
        return Tail((), None)
    members, good = whole_members(path, known_end)
    orphans = tuple(
        place
        for offset, length in members
        if _record_type(path, offset) in ("response", "revisit")
        for place in [Place(str(path.relative_to(folder)), offset, length)]
    )
    return Tail(orphans, _set_aside(path, good, now) if good < path.stat().st_size else None)


def whole_members(path: Path, start: int = 0) -> tuple[list[tuple[int, int]], int]:
    """Offset and length of each complete gzip member from `start` on, and where the last one ends."""
    found: list[tuple[int, int]] = []
    with path.open("rb") as file:
        position = start
        while (length := _member_length(file, position)) is not None:
            found.append((position, length))
            position += length
    return found, position


def _member_length(file: object, start: int) -> int | None:
    file.seek(start)  # type: ignore[attr-defined]
    engine, used = zlib.decompressobj(zlib.MAX_WBITS | 16), 0
    while chunk := file.read(CHUNK):  # type: ignore[attr-defined]
        used += len(chunk)
        try:
            engine.decompress(chunk, CHUNK)
            while engine.unconsumed_tail and not engine.eof:
                engine.decompress(engine.unconsumed_tail, CHUNK)
        except zlib.error:
            return None
        if engine.eof:
            return used - len(engine.unused_data)
    return None


def _record_type(path: Path, offset: int) -> str:
    with path.open("rb") as file:
        file.seek(offset)
        return str(next(iter(ArchiveIterator(file))).rec_type)


def _set_aside(path: Path, good: int, now: datetime) -> Path:
    torn = path.with_name(f"{path.name}.torn-{now.astimezone(UTC):%Y%m%dT%H%M%S}-{good}")
    with path.open("rb+") as file:
        file.seek(good)
        torn.write_bytes(file.read())
        file.truncate(good)
    return torn


def responses(path: Path) -> Iterator[tuple[str, int]]:
    """Type and offset of each record of a file, in order; for `verify`."""
    members, _ = whole_members(path)
    for offset, _length in members:
        yield _record_type(path, offset), offset
