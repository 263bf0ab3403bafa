"""Captures that somebody else made: copied byte for byte into our WARC files, with their origin.

A copy keeps its block, its date and, where it is one, its record id. Its headers name the file it came from,
and its warcinfo record holds what that file says of itself, so that a lost database gets all of it back.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import NAMESPACE_URL, uuid5

from sqlite_utils import Database

from archive.warc import ASKED, ROLE, digest, member

FILE, DIGEST, OFFSET = "Pressearchiv-Origin-File", "Pressearchiv-Origin-Digest", "Pressearchiv-Origin-Offset"
BYTES, AT, BY = "Pressearchiv-Origin-Bytes", "Pressearchiv-Imported-At", "Pressearchiv-Imported-By"
STATED = "Pressearchiv-Origin-Payload-Digest"  # where it is made in another way than ours
OURS = {  # headers that a copy does not take over
    *("content-length", "warc-block-digest", "warc-payload-digest", "warc-warcinfo-id", "warc-record-id"),
    *("warc-target-uri", "warc-date", "warc-refers-to", "warc-type", "content-type"),
}
RECORD_ID = re.compile(r"<[^<>\s]+>")
UPPER = {"warc", "ip", "id", "uri"}


@dataclass(frozen=True, slots=True)
class Origin:
    """The file that records were taken from, and who took them when."""

    file: str
    sha256: str
    bytes: int | None = None
    imported_at: str | None = None
    imported_by: str | None = None
    warcinfo: str = ""  # the payload of its warcinfo record

    @property
    def record_id(self) -> str:
        """The id of the warcinfo record that stands for it in our files."""
        return _urn(f"{self.sha256} {self.warcinfo}")


@dataclass(frozen=True, slots=True)
class Copy:
    """A response or revisit record that is to be copied."""

    headers: Mapping[str, str]  # as they stood, names in lower case
    block: bytes
    offset: int  # in the foreign file
    role: str
    url: str
    requested_url: str
    captured_at: str
    payload: bytes
    refers_to: str | None = None  # the id of the record, known here, that a revisit refers to
    refers_digest: str | None = None

    @property
    def payload_digest(self) -> str:
        return self.refers_digest or digest(self.payload)

    @property
    def own_id(self) -> str:
        """The id the record has; one made of its content where it has none that is an id."""
        stated = self.headers.get("warc-record-id", "").strip()
        stated = stated if stated.startswith("<") else f"<{stated}>"
        return stated if RECORD_ID.fullmatch(stated) else self.made_id

    @property
    def made_id(self) -> str:
        return _urn(f"{self.url} {self.captured_at} {self.payload_digest}")


def described(origin: Origin) -> bytes:
    """The warcinfo record that stands for a foreign file."""
    headers = {
        "WARC-Type": "warcinfo",
        "WARC-Record-ID": origin.record_id,
        "WARC-Date": origin.imported_at or "",
        FILE: origin.file,
        DIGEST: f"sha256:{origin.sha256}",
        BYTES: str(origin.bytes),
        AT: origin.imported_at or "",
        BY: origin.imported_by or "",
        "Content-Type": "application/warc-fields",
    }
    return member(headers, origin.warcinfo.encode())


def copied(copy: Copy, origin: Origin, record_id: str) -> bytes:
    """The record as it stands in our files."""
    headers = {
        "WARC-Type": "revisit" if copy.refers_to else "response",
        "WARC-Record-ID": record_id,
        "WARC-Date": copy.captured_at,
        "WARC-Target-URI": copy.url,
        "WARC-Payload-Digest": copy.payload_digest,
    }
    if copy.refers_to:
        headers["WARC-Refers-To"] = copy.refers_to
    headers |= {_spelt(name): value for name, value in copy.headers.items() if name not in OURS}
    headers |= {
        "WARC-Warcinfo-ID": origin.record_id,
        ROLE: copy.role,
        ASKED: copy.requested_url,
        FILE: origin.file,
        DIGEST: f"sha256:{origin.sha256}",
        OFFSET: str(copy.offset),
    }
    stated = copy.headers.get("warc-payload-digest")
    if stated and stated != copy.payload_digest:
        headers[STATED] = stated
    headers["Content-Type"] = "application/http; msgtype=response"
    return member(headers, copy.block)


NOTE = """
INSERT INTO imports (sha256, file, bytes, warcinfo, imported_at, imported_by) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (sha256) DO UPDATE SET
    bytes = coalesce(bytes, excluded.bytes), imported_at = coalesce(imported_at, excluded.imported_at),
    imported_by = coalesce(imported_by, excluded.imported_by),
    warcinfo = CASE WHEN instr(warcinfo, excluded.warcinfo) THEN warcinfo
        WHEN warcinfo = '' THEN excluded.warcinfo ELSE warcinfo || char(10) || excluded.warcinfo END
"""


def note(db: Database, origin: Origin) -> None:
    """Write a foreign file down; what was known of it before stays."""
    row = (origin.sha256, origin.file, origin.bytes, origin.warcinfo, origin.imported_at, origin.imported_by)
    db.execute(NOTE, row)


def note_described(db: Database, headers: Mapping[str, str], payload: bytes) -> None:
    """Write a foreign file down as our warcinfo record of it says; any other such record is passed over."""
    if origin := _origin(headers):
        note(db, replace(origin, warcinfo=payload.decode("utf-8", "replace")))


def note_capture(db: Database, capture_id: int, headers: Mapping[str, str]) -> None:
    """Write down where a capture came from, if it is a copy; headers with names in lower case."""
    if origin := _origin(headers):
        note(db, origin)
        row = (capture_id, origin.sha256, int(headers.get(OFFSET.lower(), 0)))
        insert = "INSERT INTO imported_captures SELECT ?, id, ? FROM imports WHERE sha256 = ?"
        db.execute(insert, (row[0], row[2], row[1]))


def _origin(headers: Mapping[str, str]) -> Origin | None:
    found = {name: headers.get(name.lower()) for name in (FILE, DIGEST, BYTES, AT, BY)}
    file, sha256, size = found[FILE], found[DIGEST], found[BYTES]
    if not file or not sha256:
        return None
    count = int(size) if size and size.isdecimal() else None
    return Origin(file, sha256.removeprefix("sha256:"), count, found[AT] or None, found[BY] or None)


def _urn(text: str) -> str:
    return f"<urn:uuid:{uuid5(NAMESPACE_URL, text)}>"


def _spelt(name: str) -> str:
    """A header's name as the standard spells it.

    >>> _spelt("warc-ip-address"), _spelt("warc-refers-to-target-uri")
    ('WARC-IP-Address', 'WARC-Refers-To-Target-URI')
    """
    return "-".join(word.upper() if word in UPPER else word.title() for word in name.split("-"))
