"""A selection of releases as a web archive collection (WACZ 1.1.1), which replay tools open.

The records are copied as they stand in our WARC files, byte for byte; only the warcinfo record, the index and
the list of pages are new. The same selection gives the same file.

Specification: https://specs.webrecorder.net/wacz/1.1.1/
"""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
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

# Bind :releases, a JSON list of ids. The payload of a revisit comes along with it.
CAPTURES = """
WITH chosen AS (
    SELECT vc.capture_id AS id FROM version_captures vc JOIN versions v ON v.id = vc.version_id
    WHERE v.release_id IN (SELECT value FROM json_each(:releases))
    UNION SELECT a.capture_id FROM attachments a
    WHERE a.capture_id IS NOT NULL AND a.release_id IN (SELECT value FROM json_each(:releases))
)
SELECT c.id, c.warc_file, c.warc_offset FROM captures c WHERE c.id IN (
    SELECT id FROM chosen
    UNION SELECT refers_to FROM captures WHERE refers_to IS NOT NULL AND id IN (SELECT id FROM chosen)
)
ORDER BY c.warc_file, c.warc_offset
"""
PAGES = """
SELECT v.id, c.url, v.title, c.captured_at, v.text
FROM versions v JOIN captures c ON c.id = v.capture_id
WHERE v.release_id IN (SELECT value FROM json_each(:releases)) ORDER BY v.release_id, v.number
"""


def write_wacz(
    db: Database,
    warc: Path,
    releases: Sequence[str],
    out: Path,
    title: str,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> int:
    """Write all captures of these releases, with their attachments, to `out`; how many records that were.

    The file appears when it is whole. Raises ArchiveError where nothing was chosen, WarcError where
    evidence is missing or damaged.
    """
    chosen = {"releases": json.dumps(sorted(set(releases)))}
    places = db.execute(CAPTURES, chosen).fetchall()
    if not places:
        raise ArchiveError("no captures belong to this selection; check the ids, or choose more widely")
    with TemporaryDirectory(dir=out.parent, prefix=f".{out.name}-") as folder:
        copy = Path(folder) / Path(TARGET).name
        with copy.open("wb") as file:
            file.write(_warcinfo(title))
            for done, (_, name, offset) in enumerate(places, 1):
                for member in _members(warc / name, offset):
                    file.write(member)
                progress(done, len(places))
        index = Path(folder) / "index.cdxj"
        with index.open("w", encoding="utf-8") as lines:
            CDXJIndexer(lines, [str(copy)], sort=True, records="response,revisit").process_all()
        whole = Path(folder) / "whole.wacz"
        _zip(whole, copy, index, _pages(db, chosen), title)
        whole.replace(out)
    return len(places)


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


def _pages(db: Database, chosen: dict[str, str]) -> Iterator[bytes]:
    yield _json({"format": "json-pages-1.0", "id": "pages", "title": "Releases", "hasText": True})
    for version, url, title, captured_at, text in db.execute(PAGES, chosen):
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
