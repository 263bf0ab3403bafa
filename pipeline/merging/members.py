"""Records of another archive as they stand in its files: a response with its request, whole or not at all.

Whole means more than that it unpacks: what its headers say can be noted, and the payload is the one that they
name. Else a record that lies would be evidence here, and no backup could mend it.
"""

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from os import fstat
from pathlib import Path
from typing import BinaryIO, get_args

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from archive.evidence import whole_members
from archive.records import Role
from archive.redaction.decisions import Redaction, address_hash, sought_by
from archive.redaction.removal import Removal, without
from archive.warc import ASKED, ROLE, digest
from pipeline.merging.theirs import blamed

HEAD_BYTES = 1 << 16  # of a record, uncompressed
LARGEST = 1 << 28  # bytes of a record, unpacked; we fetch 64 MB at most, and a gzip bomb stops here
FIRST, MORE = 1 << 14, 1 << 20  # bytes read at once: a page, or a brochure
ANSWERS = ("response", "revisit")
ROLES = (None, *get_args(Role))
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
STATUS = re.compile(rb"HTTP/\S+ +(\d{3})\b")


@dataclass(frozen=True, slots=True)
class Member:
    """A gzip member that is whole, as it stands, and the headers of its record, names in lower case."""

    raw: bytes
    head: Mapping[str, str]

    @property
    def kind(self) -> str:
        return self.head.get("warc-type", "")

    @property
    def record_id(self) -> str:
        return self.head.get("warc-record-id", "")


NOTHING = (None, b"")


@dataclass(frozen=True, slots=True)
class Found:
    """An answer, what stands beside it (its request), and where it stands in the other archive."""

    answer: Member
    beside: tuple[Member, ...]
    offset: int

    @property
    def members(self) -> tuple[Member, ...]:
        return (self.answer, *self.beside)


def at(path: Path, offset: int, record_id: str | None = None) -> Found | None:
    """The answer at an offset, with its request; None where it is not this one, or not whole."""
    with blamed(path), path.open("rb") as file:
        answer, block = _unpacked(file, offset)
        if answer is None or record_id not in (None, answer.record_id) or not _is_sound(answer, block):
            return None
        beside: list[Member] = []
        end = offset + len(answer.raw)
        while (more := member(file, end)) and more.head.get("warc-concurrent-to") == answer.record_id:
            beside.append(more)
            end += len(more.raw)
        return Found(answer, tuple(beside), offset)


def behind(path: Path, start: int) -> Iterator[Found]:
    """The answers from a byte of a file on; damage is passed over, a torn end too."""
    with blamed(path):
        members, _, _ = whole_members(path, min(start, path.stat().st_size))
    for offset, _ in members:
        if found := at(path, offset):
            yield found


def opening(path: Path) -> Member | None:
    """The record that says who wrote a file."""
    with blamed(path), path.open("rb") as file:
        first = member(file, 0)
    return first if first and first.kind == "warcinfo" else None


def member(file: BinaryIO, offset: int) -> Member | None:
    """The member at an offset; its checksum is that of gzip, over all of it."""
    return _unpacked(file, offset)[0]


def _unpacked(file: BinaryIO, offset: int) -> tuple[Member | None, bytes]:
    """The member at an offset, and its block."""
    if not 0 <= offset < fstat(file.fileno()).st_size:
        return NOTHING
    file.seek(offset)
    engine, parts, plain, size = zlib.decompressobj(zlib.MAX_WBITS | 16), [], bytearray(), FIRST
    while not engine.eof and (chunk := file.read(size)):
        parts.append(chunk)
        size = MORE
        try:
            while chunk and not engine.eof:
                plain += engine.decompress(chunk, MORE)
                chunk = engine.unconsumed_tail
                if len(plain) > LARGEST or (len(plain) > HEAD_BYTES and not plain.startswith(b"WARC/")):
                    return NOTHING
        except zlib.error:
            return NOTHING
    raw = b"".join(parts)
    head, end, block = bytes(plain).partition(b"\r\n\r\n")
    if not engine.eof or not head.startswith(b"WARC/") or not end or len(head) > HEAD_BYTES:
        return NOTHING
    return Member(raw[: len(raw) - len(engine.unused_data)], _headers(head)), block


def _is_sound(answer: Member, block: bytes) -> bool:
    """Whether it can stand here as a capture."""
    head = answer.head
    if not (
        answer.kind in ANSWERS
        and answer.record_id
        and head.get("warc-target-uri")
        and head.get(ROLE.lower()) in ROLES
        and MOMENT.fullmatch(head.get("warc-date", ""))
        and (STATUS.match(block) or answer.kind == "revisit")
    ):
        return False
    named = head.get("warc-payload-digest", "")
    if answer.kind == "revisit" or not named.startswith("sha1:"):
        return True
    length = head.get("content-length", "")
    payload = (block[: int(length)] if length.isdecimal() else b"").partition(b"\r\n\r\n")[2]
    return digest(payload) == named or digest(_payload(answer)) == named


def _payload(answer: Member) -> bytes:
    """The payload as the readers of evidence see it, however the headers before it are written."""
    try:
        return bytes(next(ArchiveIterator(BytesIO(answer.raw))).raw_stream.read())
    except (StopIteration, ArchiveLoadFailed, ValueError):
        return b""


def _headers(head: bytes) -> dict[str, str]:
    lines = head.decode("utf-8", "replace").split("\r\n")[1:]
    pairs = (line.partition(":") for line in lines)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def cleaned(found: Found, decisions: tuple[Redaction, ...], digests: dict[str, str]) -> Found:
    """An answer and its request without what was redacted elsewhere; the same object where nothing was.

    `digests` learns which payload became which; later records that refer to one follow it.
    """
    members = list(found.members)
    for redaction in decisions:
        gone = frozenset({found.answer.record_id}) if _goes(found.answer, redaction) else frozenset()
        removal = Removal(redaction.id, sought_by(redaction), gone, digests)
        for place, one in enumerate(members):
            record = next(ArchiveIterator(BytesIO(one.raw)))
            fresh = without(record, record.raw_stream.read(), removal)
            if fresh is not None:
                members[place] = Member(fresh, one.head)
    if all(one is before for one, before in zip(members, found.members, strict=True)):
        return found
    return Found(members[0], tuple(members[1:]), found.offset)


def _goes(answer: Member, redaction: Redaction) -> bool:
    """Whether a record goes as a whole, because of the address it stands for."""
    if not redaction.addresses:
        return False
    url = answer.head.get("warc-target-uri", "")
    asked = answer.head.get(ASKED.lower(), url)
    return any(address_hash(each, redaction.salt) in redaction.addresses for each in {url, asked})
