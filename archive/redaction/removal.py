"""One WARC record without what has to go."""

import hashlib
from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import urlsplit

from warcio.bufferedreaders import ChunkedDataReader
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.evidence import decoded
from archive.redaction.scrub import scrubbed, scrubbed_bytes
from archive.redaction.words import Sought
from archive.warc import ASKED, REDACTED, digest

ADDRESSES = ("WARC-Target-URI", "WARC-Refers-To-Target-URI", ASKED)
OF_BLOCK = ("WARC-Block-Digest", "WARC-Payload-Digest", "Content-Length")


@dataclass
class Removal:
    """What has to go from a set of files, and the digests of payloads that changed on the way."""

    id: str
    sought: Sought
    records: frozenset[str] = frozenset()  # ids of records whose payload goes as a whole
    digests: dict[str, str] = field(default_factory=dict)


def without(record: ArcWarcRecord, payload: bytes, removal: Removal) -> bytes | None:
    """The record without what has to go, as a gzip member; None where it may stay as it is."""
    head, http = record.rec_headers, record.http_headers
    before = (_said(head), _said(http), payload)
    gone = head.get_header("WARC-Record-ID") in removal.records
    gone = gone or head.get_header("WARC-Concurrent-To") in removal.records
    for name in ADDRESSES:
        if value := head.get_header(name):
            head.replace_header(name, _address(value, removal, gone=gone))
    if http is not None:
        http.statusline = scrubbed(http.statusline, removal.sought)
        http.headers = [(name, scrubbed(value, removal.sought)) for name, value in http.headers]
    body = _body(record, payload, removal)
    if gone:
        body = b""
        if http is not None:
            http.statusline = http.statusline.split(" /")[0]  # of a request, the path
            http.headers = [(n, v) for n, v in http.headers if n.lower() == "content-type"]
    digest_before = head.get_header("WARC-Payload-Digest")
    revisited = removal.digests.get(digest_before) if record.rec_type == "revisit" else None
    if (_said(head), _said(http), body) == before and not gone and not revisited:
        return None
    return _written(record, body, removal, revisited, gone=gone)


def _said(headers: StatusAndHeaders | None) -> str | None:
    return None if headers is None else headers.to_str()


def _body(record: ArcWarcRecord, payload: bytes, removal: Removal) -> bytes:
    """The payload without the words; without its encodings, where words had to go."""
    http = record.http_headers
    plain = payload
    if http is not None and "chunked" in (http.get_header("Transfer-Encoding") or "").lower():
        plain = ChunkedDataReader(BytesIO(payload)).read()
    if http is not None:
        plain, _ = decoded(plain, http.get_header("Content-Encoding") or "", limit=1 << 30)
    clean = scrubbed_bytes(plain, removal.sought)
    if clean == plain:
        return payload
    if http is not None:
        for name in ("Content-Encoding", "Transfer-Encoding"):
            http.remove_header(name)
        if http.get_header("Content-Length"):
            http.replace_header("Content-Length", str(len(clean)))
    return clean


def _written(
    record: ArcWarcRecord, body: bytes, removal: Removal, revisited: str | None, *, gone: bool
) -> bytes:
    head = record.rec_headers
    digest_before = head.get_header("WARC-Payload-Digest")
    for name in OF_BLOCK:
        head.remove_header(name)
    head.replace_header(REDACTED, removal.id)
    if gone:
        head.replace_header("WARC-Truncated", "unspecified")
    if record.rec_type == "revisit":
        head.add_header("WARC-Payload-Digest", revisited or digest_before or digest(b""))
    elif record.rec_type == "response":
        head.add_header("WARC-Payload-Digest", digest(body))
        if digest_before:
            removal.digests[digest_before] = digest(body)
    buffer = BytesIO()
    writer = WARCWriter(buffer, gzip=True, warc_version=head.protocol)
    target = head.get_header("WARC-Target-URI")
    stream = BytesIO(body)
    http = record.http_headers
    writer.write_record(
        writer.create_warc_record(
            target,
            record.rec_type,
            payload=stream,
            length=len(body),
            warc_headers=head,
            warc_content_type=record.content_type or "",
            http_headers=http,
        )
    )
    record.length = len(body)
    return buffer.getvalue()


def _address(url: str, removal: Removal, *, gone: bool) -> str:
    """An address that says nothing of what went, and is no other's."""
    clean = scrubbed(url, removal.sought, f"entfernt-{removal.id}")
    if not gone:
        return clean
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/entfernt-{removal.id}/{_hash(url)}"


def _hash(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()[:12]
