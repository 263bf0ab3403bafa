"""Proof that words are nowhere on disk: a search over every byte of evidence and database."""

import re
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from archive.evidence import decoded, whole_members
from archive.redaction.scrub import holds
from archive.redaction.words import Sought, spans
from archive.store import read_archive

CHUNK, OVERLAP = 4 << 20, 1 << 16
# SQLite writes the values of a row without anything between them.
SEAM = re.compile(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ])")


def remains(
    archive: Path,
    warc: Path,
    what: Sought,
    progress: Callable[[Path], None] = lambda path: None,
    beside: Iterable[Path] = (),
) -> Iterator[str]:
    """Where the words still stand, a line for each file, column or record; nothing where they are gone.

    Compressed records are unpacked, and their payloads too. What a PDF or an image shows is not seen.
    `beside` are further files to search.
    """
    if archive.exists():
        yield from _in_rows(archive, what)
    for path in sorted([*archive.parent.glob(f"{archive.name}*"), *warc.rglob("*"), *beside]):
        if not path.is_file():
            continue
        progress(path)
        if path.suffix == ".gz":
            yield from _in_records(path, what)
        elif any(holds(part, what) for part in _parts(path)):
            yield str(path)


def _in_rows(archive: Path, what: Sought) -> Iterator[str]:
    """Each column that says it, read as values: in the bytes of a database words of two columns may touch."""
    db = read_archive(archive)
    db.conn.create_function("says", 1, lambda v: isinstance(v, str) and bool(spans(v, what)))
    for table in db.tables:
        for column in table.columns:
            sql = f'SELECT count(*) FROM "{table.name}" WHERE says("{column.name}")'
            if count := db.execute(sql).fetchone()[0]:
                yield f"{archive}, {table.name}.{column.name} in {count} row{'s' * (count != 1)}"
    db.close()


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
            yield SEAM.sub(" ", piece.decode("utf-8", "replace")).encode("utf-8")
            tail = piece[-OVERLAP:]
