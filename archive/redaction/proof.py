"""Proof that words are nowhere on disk: a search over every byte of evidence and database."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from archive.evidence import decoded, whole_members
from archive.redaction.scrub import holds
from archive.redaction.words import Sought

CHUNK, OVERLAP = 4 << 20, 1 << 16


def remains(
    archive: Path, warc: Path, what: Sought, progress: Callable[[Path], None] = lambda path: None
) -> Iterator[str]:
    """Where the words still stand, a line for each file or record; nothing where they are gone.

    Compressed records are unpacked, and their payloads too. What a PDF or an image shows is not seen.
    """
    for path in sorted([*archive.parent.glob(f"{archive.name}*"), *warc.rglob("*")]):
        if not path.is_file():
            continue
        progress(path)
        if path.suffix == ".gz":
            yield from _in_records(path, what)
        elif any(holds(part, what) for part in _parts(path)):
            yield str(path)


def _in_records(path: Path, what: Sought) -> Iterator[str]:
    members, gaps, _ = whole_members(path)
    with path.open("rb") as file:
        for offset, length in members:
            file.seek(offset)
            record = next(ArchiveIterator(BytesIO(file.read(length))))
            http, payload = record.http_headers, record.raw_stream.read()
            head = record.rec_headers.to_str() + (http.to_str() if http else "")
            plain, _ = decoded(payload, http.get_header("Content-Encoding") or "" if http else "")
            if any(holds(part, what) for part in (head.encode(), payload, plain)):
                yield f"{path} at byte {offset}"
    for start, _ in gaps:
        yield f"{path} cannot be read at byte {start}"


def _parts(path: Path) -> Iterator[bytes]:
    """The bytes of a file in pieces that overlap, each readable as text: what is none becomes a space."""
    with path.open("rb") as file:
        tail = b""
        while chunk := file.read(CHUNK):
            piece = tail + chunk
            yield piece.decode("utf-8", "replace").encode("utf-8")
            tail = piece[-OVERLAP:]
