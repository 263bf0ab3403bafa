"""A selection of releases as a web archive collection (WACZ 1.1.1), which replay tools open.

The records are copied as they stand in our WARC files, byte for byte; only the warcinfo record, the index and
the list of pages are new. The same selection gives the same file.

Specification: https://specs.webrecorder.net/wacz/1.1.1/
"""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from cdxj_indexer.main import CDXJIndexer
from sqlite_utils import Database
from warcio.archiveiterator import ArchiveIterator
from warcio.warcwriter import WARCWriter

from archive.errors import ArchiveError, WarcError

SOFTWARE = "pressearchiv"
WACZ_VERSION = "1.1.1"
TARGET = "archive/pressearchiv.warc.gz"
EARLIEST = (1980, 1, 1, 0, 0, 0)  # what a ZIP can say; the time of writing would make two files differ

# Temporary tables, so that memory does not grow with the selection.
CHOSEN = "CREATE TEMP TABLE packed_release (key TEXT PRIMARY KEY) WITHOUT ROWID"
PLACES = """
CREATE TEMP TABLE packed_place (warc_file TEXT, warc_offset INTEGER, PRIMARY KEY (warc_file, warc_offset))
    WITHOUT ROWID
"""
NEXT = """
SELECT warc_file, warc_offset FROM packed_place WHERE (warc_file, warc_offset) > (:name, :offset)
ORDER BY warc_file, warc_offset LIMIT 1000
"""
# The payload of a revisit comes along with it.
CAPTURES = """
WITH chosen AS (
    SELECT vc.capture_id AS id FROM packed_release JOIN versions v ON v.release_id = packed_release.key
        JOIN version_captures vc ON vc.version_id = v.id
    UNION ALL SELECT a.capture_id FROM packed_release JOIN attachments a ON a.release_id = packed_release.key
    WHERE a.capture_id IS NOT NULL
)
INSERT OR IGNORE INTO packed_place
SELECT c.warc_file, c.warc_offset FROM chosen JOIN captures c ON c.id = chosen.id
UNION ALL SELECT o.warc_file, o.warc_offset FROM chosen JOIN captures c ON c.id = chosen.id
    JOIN captures o ON o.id = c.refers_to
"""
PAGES = """
SELECT v.id, c.url, v.title, c.captured_at, v.text
FROM packed_release JOIN versions v ON v.release_id = packed_release.key
    JOIN captures c ON c.id = v.capture_id
ORDER BY v.release_id, v.number
"""


def write_wacz(
    db: Database,
    warc: Path,
    releases: Iterable[str],
    out: Path,
    title: str,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> int:
    """Write all captures of these releases, with their attachments, to `out`; how many records that were.

    The file appears when it is whole. Raises ArchiveError where nothing was chosen, WarcError where
    evidence is missing or damaged.
    """
    total = _choose(db, releases)
    if not total:
        raise ArchiveError("no captures belong to this selection; check the ids, or choose more widely")
    with TemporaryDirectory(dir=out.parent, prefix=f".{out.name}-") as folder:
        copy = Path(folder) / Path(TARGET).name
        with copy.open("wb") as file:
            file.write(_warcinfo(title))
            for done, (name, offset) in enumerate(_places(db), 1):
                for member in _members(warc / name, offset):
                    file.write(member)
                progress(done, total)
        index = Path(folder) / "index.cdxj"
        with index.open("w", encoding="utf-8") as lines:
            CDXJIndexer(lines, [str(copy)], sort=True, records="response,revisit").process_all()
        whole = Path(folder) / "whole.wacz"
        _zip(whole, copy, index, _pages(db), title)
        whole.replace(out)
    return total


def _choose(db: Database, releases: Iterable[str]) -> int:
    for table in ("packed_release", "packed_place"):
        db.execute(f"DROP TABLE IF EXISTS temp.{table}")
    db.execute(CHOSEN)
    db.execute(PLACES)
    db.conn.executemany("INSERT OR IGNORE INTO packed_release VALUES (?)", ((key,) for key in releases))
    db.execute(CAPTURES)
    return int(db.execute("SELECT count(*) FROM packed_place").fetchone()[0])


def _places(db: Database) -> Iterator[tuple[str, int]]:
    name, offset = "", -1
    while found := db.execute(NEXT, {"name": name, "offset": offset}).fetchall():
        yield from found
        name, offset = found[-1]


def _warcinfo(title: str) -> bytes:
    buffer = BytesIO()
    writer = WARCWriter(buffer, gzip=True, warc_version="WARC/1.1")
    record = writer.create_warcinfo_record(
        Path(TARGET).name, {"software": SOFTWARE, "format": "WARC File Format 1.1", "description": title}
    )
    record.rec_headers.replace_header("WARC-Date", "1970-01-01T00:00:00Z")
    record.rec_headers.replace_header("WARC-Record-ID", f"<urn:sha256:{_sha256(title.encode())}>")
    writer.write_record(record)
    return buffer.getvalue()


def _members(path: Path, offset: int) -> Iterator[bytes]:
    """The gzip member of a response, and that of its request where it follows."""
    with path.open("rb") as file:
        file.seek(offset)
        records = ArchiveIterator(file)
        response = next(records, None)
        if response is None or response.rec_type not in ("response", "revisit"):
            raise WarcError(f"{path} holds no response at byte {offset}; run `pressearchiv verify`")
        record_id = response.rec_headers.get_header("WARC-Record-ID")
        spans = [(records.get_record_offset(), records.get_record_length())]
        request = next(records, None)
        if request is not None and request.rec_headers.get_header("WARC-Concurrent-To") == record_id:
            spans.append((records.get_record_offset(), records.get_record_length()))
    with path.open("rb") as file:
        for start, length in spans:
            file.seek(start)
            yield file.read(length)


def _pages(db: Database) -> Iterator[bytes]:
    yield _json({"format": "json-pages-1.0", "id": "pages", "title": "Releases", "hasText": True})
    for version, url, title, captured_at, text in db.execute(PAGES):
        yield _json({"id": version, "url": url, "title": title, "ts": captured_at, "text": text})


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"


def _zip(out: Path, warc: Path, index: Path, pages: Iterable[bytes], title: str) -> None:
    with zipfile.ZipFile(out, "w", allowZip64=True) as package:
        contents = [
            _put(package, TARGET, _chunks(warc), zipfile.ZIP_STORED),  # replay tools read ranges of it
            _put(package, "indexes/index.cdxj", _chunks(index), zipfile.ZIP_STORED),
            _put(package, "pages/pages.jsonl", pages),
        ]
        package_json = json.dumps(
            {
                "profile": "data-package",
                "wacz_version": WACZ_VERSION,
                "title": title,
                "software": SOFTWARE,
                "resources": contents,
            },
            ensure_ascii=False,
            indent=2,
        ).encode()
        described = _put(package, "datapackage.json", [package_json])
        digest = {"path": "datapackage.json", "hash": described["hash"]}
        _put(package, "datapackage-digest.json", [json.dumps(digest, indent=2).encode()])


def _put(
    package: zipfile.ZipFile, path: str, content: Iterable[bytes], method: int = zipfile.ZIP_DEFLATED
) -> dict[str, object]:
    """Write one file of the package; how the package describes it."""
    sha256, size = hashlib.sha256(), 0
    entry = zipfile.ZipInfo(path, EARLIEST)
    entry.compress_type = method
    with package.open(entry, "w", force_zip64=True) as file:
        for chunk in content:
            sha256.update(chunk)
            size += len(chunk)
            file.write(chunk)
    return {"name": Path(path).name, "path": path, "hash": f"sha256:{sha256.hexdigest()}", "bytes": size}


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            yield chunk


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
