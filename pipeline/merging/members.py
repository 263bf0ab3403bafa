"""Records of another archive as they stand in its files: a response with its request, whole or not at all."""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator

from archive.evidence import whole_members
from archive.redaction.decisions import Redaction, address_hash, sought_by
from archive.redaction.removal import Removal, without
from archive.warc import ASKED

HEAD_BYTES = 1 << 16  # of a record, uncompressed
FIRST, MORE = 1 << 14, 1 << 20  # bytes read at once: a page, or a brochure
ANSWERS = ("response", "revisit")


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
    with path.open("rb") as file:
        answer = member(file, offset)
        if answer is None or answer.kind not in ANSWERS or record_id not in (None, answer.record_id):
            return None
        beside: list[Member] = []
        end = offset + len(answer.raw)
        while (more := member(file, end)) and more.head.get("warc-concurrent-to") == answer.record_id:
            beside.append(more)
            end += len(more.raw)
        return Found(answer, tuple(beside), offset)


def behind(path: Path, start: int) -> Iterator[Found]:
    """The answers from a byte of a file on; damage is passed over, a torn end too."""
    for offset, _ in whole_members(path, start)[0]:
        if found := at(path, offset):
            yield found


def opening(path: Path) -> Member | None:
    """The record that says who wrote a file."""
    with path.open("rb") as file:
        first = member(file, 0)
    return first if first and first.kind == "warcinfo" else None


def member(file: BinaryIO, offset: int) -> Member | None:
    """The member at an offset; its checksum is that of gzip, over all of it."""
    file.seek(offset)
    engine, parts, head, size = zlib.decompressobj(zlib.MAX_WBITS | 16), [], b"", FIRST
    while not engine.eof and (chunk := file.read(size)):
        parts.append(chunk)
        size = MORE
        try:
            while chunk and not engine.eof:
                said = engine.decompress(chunk, MORE)
                head += said[: HEAD_BYTES - len(head)]
                chunk = engine.unconsumed_tail
        except zlib.error:
            return None
    raw = b"".join(parts)
    if not engine.eof or not head.startswith(b"WARC/"):
        return None
    return Member(raw[: len(raw) - len(engine.unused_data)], _headers(head))


def _headers(head: bytes) -> dict[str, str]:
    lines = head.partition(b"\r\n\r\n")[0].decode("utf-8", "replace").split("\r\n")[1:]
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
