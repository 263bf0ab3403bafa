"""The records that cross from the crawler's side to the pipeline's: what was seen, and where it lies."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from archive.rights import SILENT, Rights

Role = Literal["listing", "feed", "sitemap", "detail", "attachment", "robots"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a WARC record lies: file relative to the WARC folder, offset and length of its gzip member."""

    file: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its response as they came over the wire, before they are written."""

    source_key: str
    role: Role
    url: str
    requested_url: str  # what was asked first, before any redirect
    captured_at: datetime
    method: str
    request_headers: tuple[tuple[str, str], ...]
    status: int
    reason: str
    response_headers: tuple[tuple[str, str], ...]
    body: bytes  # with its content encoding, as sent
    truncated: str | None = None  # length, time, disconnect: as in the WARC standard
    ip_address: str | None = None
    request_body: bytes = b""
    rights: Rights = SILENT  # of the answer, and of its host
    said_elsewhere: Rights = SILENT  # of the host alone: no reader of the record could know it
    redacted: bool = False  # words were taken out before it was written

    def header(self, name: str) -> str | None:
        """The last value of a response header, whatever its case; None where it was not sent."""
        return next((v for k, v in reversed(self.response_headers) if k.lower() == name.lower()), None)


@dataclass(frozen=True, slots=True)
class Capture:
    """One response, at one moment, as it came; a row of `captures`."""

    id: int
    run_id: int | None
    source_key: str
    role: Role
    url: str
    requested_url: str
    captured_at: str
    status: int
    content_type: str | None
    etag: str | None
    last_modified: str | None
    payload_digest: str
    payload_bytes: int
    record_id: str
    record_type: Literal["response", "revisit"]
    refers_to: int | None
    truncated: str | None
    rights: Rights
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a listing or feed that points to a release, as the listing put it."""

    source_key: str
    url: str
    title: str | None = None
    kicker: str | None = None
    number: str | None = None
    listed_on: str | None = None
    listed_raw: str | None = None
    lead: str | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """Something somebody must look at; a row, not a log line. One per kind and subject."""

    kind: str
    subject: str
    message: str
    mend: str | None = None
    source_key: str | None = None
    capture_id: int | None = None
    release_id: str | None = None
