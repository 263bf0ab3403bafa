"""Writing WARC files: request and response as they came, unchanged payloads as revisit records.

Follows the WARC standard 1.1 (ISO 28500:2017). Each record is a gzip member of its own, so that a reader can
start at any offset and a torn tail costs one record.
"""

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO, FileIO
from pathlib import Path
from time import monotonic
from uuid import uuid4

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.clock import stamp
from archive.errors import WarcError
from archive.gzipped import compressed, holding
from archive.records import Capture, Exchange, Place

NOTHING = "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"
ROTATE_BYTES = 1 << 30
PACKED = ("gzip", "x-gzip", "deflate", "br")  # content encodings of what gets no smaller
END = b"\r\n\r\n"  # of a record
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
PAIRS = [first + second for first in LETTERS for second in LETTERS]  # of base 32, for ten bits each
SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
# What a lost database could not know.
ROLE, ASKED, RIGHTS = "Pressearchiv-Role", "Pressearchiv-Requested-URI", "Pressearchiv-Rights"
REDACTED = "Pressearchiv-Redacted"  # the id of the decision by which something was taken out of a record
AT_CAPTURE = "at-capture"  # in its place: words of an earlier decision never came in
REMOVED = "redacted"  # captures.truncated where all was; WARC-Truncated then says `unspecified`


@dataclass(frozen=True, slots=True)
class Written:
    """What a record became."""

    record_id: str
    record_type: str  # response or revisit
    payload_digest: str
    place: Place


def digest(payload: bytes) -> str:
    """The payload digest as WARC files label it.

    >>> digest(b"")
    'sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ'
    """
    if not payload:
        return NOTHING  # that of each request without a body
    number = int.from_bytes(hashlib.sha1(payload, usedforsecurity=False).digest())
    return "sha1:" + "".join([PAIRS[number >> bits & 1023] for bits in range(150, -1, -10)])


class WarcFiles:
    """The WARC files of one source, appended to one at a time; the caller holds the source's lock."""

    def __init__(
        self,
        folder: Path,
        source_key: str,
        software: str,
        rotate_bytes: int = ROTATE_BYTES,
        damaged: str | None = None,
        sync_seconds: float = 0.0,
    ) -> None:
        """`damaged` names a file that is missing or too short: its name is not written to again.

        A killed process loses nothing. What a power cut may cost is bounded by `sync_seconds`; by default
        each record waits for the disk, which on a busy one takes longer than fetching it did.
        """
        self._folder = folder
        self._key = source_key
        self._software = software
        self._rotate_bytes = rotate_bytes
        self._closed = _number(damaged) if damaged else 0
        self._sync_seconds = sync_seconds
        self._synced_at = 0.0
        self._last: Path | None = None  # nobody else adds files while the caller holds the lock
        self._file: FileIO | None = None  # the last one, open from the first record to the next sync

    def current(self) -> Path:
        """The file that the next record goes to; a new one when the last is full."""
        if self._last and 0 < self._size(self._last) < self._rotate_bytes:
            return self._last
        folder = self._folder / self._key
        folder.mkdir(parents=True, exist_ok=True)
        last = last_file(self._folder, self._key)
        number = _number(last.name) if last else 0
        if not last or number <= self._closed or _size(last) >= self._rotate_bytes:
            last = folder / f"{self._key}-{max(number, self._closed) + 1:05}.warc.gz"
        self._last = last
        return last

    def write(self, exchange: Exchange, before: Capture | None = None) -> Written:
        """Append a response and its request. `before` is the last capture of the same address with a payload.

        Raises WarcError where the file cannot be written; it is then as long as it was before.
        """
        path = self.current()
        unchanged = before is not None and exchange.status == 304
        payload_digest = before.payload_digest if before and unchanged else digest(exchange.body)
        revisit = (
            before if before and payload_digest == before.payload_digest and before.status < 400 else None
        )
        record_id = f"<urn:uuid:{uuid4()}>"
        begin = self._begin(path)
        response = _response(exchange, record_id, payload_digest, revisit)
        offset = self._append(path, begin + response + _request(exchange, record_id)) + len(begin)
        if monotonic() - self._synced_at >= self._sync_seconds:
            self.sync()
        place = Place(f"{self._key}/{path.name}", offset, len(response))
        return Written(record_id, "revisit" if revisit else "response", payload_digest, place)

    def copy(self, members: Sequence[bytes]) -> list[Place]:
        """Append records that are made already, each a gzip member, and wait for the disk; where each stands.

        Raises WarcError where the file cannot be written; it is then as long as it was before.
        """
        path = self.current()
        begin = self._begin(path)
        at = self._append(path, begin + b"".join(members)) + len(begin)
        self.sync()
        places = []
        for one in members:
            places.append(Place(f"{self._key}/{path.name}", at, len(one)))
            at += len(one)
        return places

    def sync(self) -> None:
        """Wait until all that was written is on the disk, and let go of the file."""
        if self._file:
            with self._file as file:
                self._file = None
                _sync(file)
        self._synced_at = monotonic()

    def _append(self, path: Path, record: bytes) -> int:
        """The offset at which the bytes now stand; nothing of them stays when the disk is full."""
        if self._file and self._file.name != str(path):
            self.sync()
        size = None
        try:
            self._file = self._file or FileIO(str(path), "ab")
            size = self._file.tell()
            left = memoryview(record)
            while left:  # a full disk takes a part of it first
                left = left[self._file.write(left) :]
        except OSError as error:
            if size is not None:
                os.truncate(path, size)
            if self._file:
                self._file.close()
                self._file = None
            raise WarcError(
                f"{path} cannot be written ({error.strerror}); make room and run again"
            ) from error
        return size

    def _size(self, path: Path) -> int:
        return self._file.tell() if self._file and self._file.name == str(path) else _size(path)

    def _begin(self, path: Path) -> bytes:
        """What a new file begins with: a record that says who wrote it."""
        if self._size(path):
            return b""
        buffer = BytesIO()
        writer = WARCWriter(buffer, gzip=True, warc_version="WARC/1.1")
        about = {
            "software": self._software,
            "format": "WARC File Format 1.1",
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "isPartOf": self._key,
        }
        writer.write_record(writer.create_warcinfo_record(path.name, about))
        return buffer.getvalue()


def _number(name: str) -> int:
    return int(name.removesuffix(".warc.gz")[-5:])


def last_file(folder: Path, source_key: str) -> Path | None:
    """The newest WARC file of a source; None where there is none."""
    return max(files_of(folder, source_key), default=None)


def files_of(folder: Path, source_key: str) -> list[Path]:
    """The WARC files of a source, oldest first."""
    return sorted((folder / source_key).glob(f"{source_key}-?????.warc.gz"))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _sync(file: FileIO) -> None:
    try:
        os.fsync(file.fileno())
    except OSError as error:
        raise WarcError(
            f"{file.name!s} does not reach the disk ({error.strerror}); check the disk"
        ) from error


def member(headers: Mapping[str, str], block: bytes, packed: bytes = b"") -> bytes:
    """A record as a gzip member of its own; `packed` is the rest of its block where that is compressed.

    Made by hand, in half the time that warcio's writer takes, which also compresses harder for little.
    """
    lines = [f"{name}: {value}" for name, value in headers.items()]
    lines += [f"WARC-Block-Digest: {digest(block + packed)}", f"Content-Length: {len(block) + len(packed)}"]
    head = "\r\n".join(["WARC/1.1", *lines, "", ""]).encode()
    return holding(head + block, packed + END) if packed else compressed(head, block, END)


def _response(exchange: Exchange, record_id: str, payload_digest: str, revisit: Capture | None) -> bytes:
    http = _head(f"HTTP/1.1 {exchange.status} {exchange.reason}", exchange.response_headers)
    headers = {
        "WARC-Type": "revisit" if revisit else "response",
        "WARC-Record-ID": record_id,
        "WARC-Date": stamp(exchange.captured_at),
        "WARC-Target-URI": exchange.url,
        "WARC-Payload-Digest": payload_digest,
        ROLE: exchange.role,
        ASKED: exchange.requested_url,
    }
    if told := exchange.said_elsewhere.field():
        headers[RIGHTS] = told
    if exchange.redacted:
        headers[REDACTED] = AT_CAPTURE
    if exchange.truncated:
        headers["WARC-Truncated"] = exchange.truncated
    if exchange.ip_address:
        headers["WARC-IP-Address"] = exchange.ip_address
    if revisit:
        headers |= {
            "WARC-Profile": NOT_MODIFIED if exchange.status == 304 else SAME_PAYLOAD,
            "WARC-Refers-To": revisit.record_id,
            "WARC-Refers-To-Target-URI": revisit.url,
            "WARC-Refers-To-Date": revisit.captured_at,
        }
    headers["Content-Type"] = "application/http; msgtype=response"
    if revisit:
        return member(headers, http)
    if (exchange.header("Content-Encoding") or "").strip().lower() in PACKED:
        return member(headers, http, exchange.body)
    return member(headers, http + exchange.body)


def _request(exchange: Exchange, response_id: str) -> bytes:
    target = exchange.url.split("://", 1)[1]
    path = "/" + target.split("/", 1)[1] if "/" in target else "/"
    http = _head(f"{exchange.method} {path} HTTP/1.1", exchange.request_headers)
    headers = {
        "WARC-Type": "request",
        "WARC-Record-ID": f"<urn:uuid:{uuid4()}>",
        "WARC-Date": stamp(exchange.captured_at),
        "WARC-Target-URI": exchange.url,
        "WARC-Concurrent-To": response_id,
        "WARC-Payload-Digest": digest(exchange.request_body),
        "Content-Type": "application/http; msgtype=request",
    }
    return member(headers, http + exchange.request_body)


def _head(line: str, headers: Sequence[tuple[str, str]]) -> bytes:
    """The head of a message; what is not ASCII in it as warcio writes it."""
    text = "\r\n".join([line, *[f"{name}: {value}" for name, value in headers], "", ""])
    if text.isascii():
        return text.encode("ascii")
    protocol, status = line.split(" ", 1)
    encoded: bytes = StatusAndHeaders(status, list(headers), protocol=protocol).to_ascii_bytes()
    return encoded
