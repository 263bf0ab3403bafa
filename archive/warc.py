"""Writing WARC files: request and response as they came, unchanged payloads as revisit records.

Follows the WARC standard 1.1 (ISO 28500:2017). Each record is a gzip member of its own, so that a reader can
start at any offset and a torn tail costs one record.
"""

import base64
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from time import monotonic
from uuid import uuid4

from warcio.statusandheaders import StatusAndHeaders
from warcio.timeutils import datetime_to_iso_date
from warcio.warcwriter import WARCWriter

from archive.errors import WarcError
from archive.records import Capture, Exchange, Place

ROTATE_BYTES = 1 << 30
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
    return "sha1:" + base64.b32encode(hashlib.sha1(payload, usedforsecurity=False).digest()).decode("ascii")


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
        self._unsynced: Path | None = None

    def current(self) -> Path:
        """The file that the next record goes to; a new one when the last is full."""
        folder = self._folder / self._key
        folder.mkdir(parents=True, exist_ok=True)
        last = last_file(self._folder, self._key)
        number = _number(last.name) if last else 0
        if last and number > self._closed and last.stat().st_size < self._rotate_bytes:
            return last
        return folder / f"{self._key}-{max(number, self._closed) + 1:05}.warc.gz"

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
        buffer = BytesIO()
        writer = WARCWriter(buffer, gzip=True, warc_version="WARC/1.1")
        if not path.exists() or path.stat().st_size == 0:
            writer.write_record(self._warcinfo(writer, path.name))
        start = buffer.tell()
        response = _response(writer, exchange, record_id, payload_digest, revisit)
        writer.write_record(response)
        length = buffer.tell() - start
        writer.write_record(_request(writer, exchange, record_id))
        offset = _append(path, buffer.getvalue()) + start
        if self._unsynced not in (None, path):
            self.sync()
        self._unsynced = path
        if monotonic() - self._synced_at >= self._sync_seconds:
            self.sync()
        place = Place(str(path.relative_to(self._folder)), offset, length)
        return Written(record_id, "revisit" if revisit else "response", payload_digest, place)

    def copy(self, members: Sequence[bytes]) -> list[Place]:
        """Append records that are made already, each a gzip member, and wait for the disk; where each stands.

        Raises WarcError where the file cannot be written; it is then as long as it was before.
        """
        path, buffer = self.current(), BytesIO()
        if not path.exists() or path.stat().st_size == 0:
            writer = WARCWriter(buffer, gzip=True, warc_version="WARC/1.1")
            writer.write_record(self._warcinfo(writer, path.name))
        at = _append(path, buffer.getvalue() + b"".join(members)) + buffer.tell()
        _sync(path)
        places = []
        for member in members:
            places.append(Place(str(path.relative_to(self._folder)), at, len(member)))
            at += len(member)
        return places

    def sync(self) -> None:
        """Wait until all that was written is on the disk."""
        if self._unsynced:
            _sync(self._unsynced)
        self._unsynced, self._synced_at = None, monotonic()

    def _warcinfo(self, writer: WARCWriter, name: str) -> object:
        return writer.create_warcinfo_record(
            name,
            {
                "software": self._software,
                "format": "WARC File Format 1.1",
                "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
                "isPartOf": self._key,
            },
        )


def _number(name: str) -> int:
    return int(name.removesuffix(".warc.gz")[-5:])


def last_file(folder: Path, source_key: str) -> Path | None:
    """The newest WARC file of a source; None where there is none."""
    return max(files_of(folder, source_key), default=None)


def files_of(folder: Path, source_key: str) -> list[Path]:
    """The WARC files of a source, oldest first."""
    return sorted((folder / source_key).glob(f"{source_key}-?????.warc.gz"))


def _append(path: Path, record: bytes) -> int:
    """The offset at which the bytes now stand; nothing of them stays when the disk is full."""
    size = path.stat().st_size if path.exists() else 0
    try:
        with path.open("ab") as file:
            file.write(record)
    except OSError as error:
        if path.exists():
            os.truncate(path, size)
        raise WarcError(f"{path} cannot be written ({error.strerror}); make room and run again") from error
    return size


def _sync(path: Path) -> None:
    try:
        with path.open("rb") as file:
            os.fsync(file.fileno())
    except OSError as error:
        raise WarcError(f"{path} does not reach the disk ({error.strerror}); check the disk") from error


def _response(
    writer: WARCWriter, exchange: Exchange, record_id: str, payload_digest: str, revisit: Capture | None
) -> object:
    http = StatusAndHeaders(
        f"{exchange.status} {exchange.reason}", list(exchange.response_headers), protocol="HTTP/1.1"
    )
    headers = {
        "WARC-Record-ID": record_id,
        "WARC-Date": datetime_to_iso_date(exchange.captured_at),
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
    if revisit is None:
        return writer.create_warc_record(
            exchange.url,
            "response",
            payload=BytesIO(exchange.body),
            length=len(exchange.body),  # without it warcio buffers through a temporary file
            http_headers=http,
            warc_headers_dict=headers,
        )
    headers["WARC-Refers-To"] = revisit.record_id
    record = writer.create_revisit_record(
        exchange.url, payload_digest, revisit.url, revisit.captured_at, http, headers
    )
    if exchange.status == 304:
        record.rec_headers.replace_header("WARC-Profile", NOT_MODIFIED)
    return record


def _request(writer: WARCWriter, exchange: Exchange, response_id: str) -> object:
    target = exchange.url.split("://", 1)[1]
    path = "/" + target.split("/", 1)[1] if "/" in target else "/"
    http = StatusAndHeaders(
        f"{exchange.method} {path} HTTP/1.1", list(exchange.request_headers), is_http_request=True
    )
    headers = {
        "WARC-Date": datetime_to_iso_date(exchange.captured_at),
        "WARC-Concurrent-To": response_id,
    }
    return writer.create_warc_record(
        exchange.url,
        "request",
        payload=BytesIO(exchange.request_body),
        length=len(exchange.request_body),
        http_headers=http,
        warc_headers_dict=headers,
    )
