"""Every exchange becomes a WARC record that reads back, and a crash costs at most the record it tore."""

import gzip
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from archive import captures
from archive.errors import BusyError, NewerSchemaError, WarcError
from archive.evidence import decoded, read_record
from archive.locks import lock
from archive.records import Capture, Exchange
from archive.recovery import recover
from archive.store import open_archive
from archive.warc import WarcFiles, digest, last_file

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
PAGE = "<html><title>Förderung für Gößnitz</title></html>".encode()


def exchange(body: bytes = PAGE, status: int = 200, url: str = "https://example.org/a?x=1") -> Exchange:
    return Exchange(
        source_key="th-test",
        role="detail",
        url=url,
        requested_url=url,
        captured_at=NOW,
        method="GET",
        request_headers=(("User-Agent", "test"),),
        status=status,
        reason="OK",
        response_headers=(("Content-Type", "text/html"), ("ETag", '"1"')),
        body=body,
    )


@pytest.fixture
def db(tmp_path: Path) -> Database:
    db = open_archive(tmp_path / "archive.db")
    db.execute("INSERT INTO publishers VALUES ('p', 'P', 'DE-TH')")
    db.execute(
        "INSERT INTO sources (key, title, publisher_id, jurisdiction, family, status, home) "
        "VALUES ('th-test', 'T', 'p', 'DE-TH', 'generic', 'demo', 'https://example.org/')"
    )
    return db


def keep(db: Database, folder: Path, what: Exchange) -> Capture:
    before = captures.latest(db, what.source_key, what.url)
    written = WarcFiles(folder, what.source_key, "test").write(what, before)
    return captures.add(db, None, what, written, before)


def check(folder: Path) -> None:
    command = [sys.executable, "-m", "warcio.cli", "check", "-v", *map(str, folder.rglob("*.warc.gz"))]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_payload_reads_back_as_it_came(db: Database, tmp_path: Path) -> None:
    packed = gzip.compress(PAGE)
    what = replace(exchange(packed), response_headers=(("Content-Encoding", "gzip"),))
    capture = keep(db, tmp_path, what)
    record = captures.payload(db, tmp_path, capture)
    assert record.payload == PAGE
    assert record.raw_digest == digest(packed) == capture.payload_digest
    check(tmp_path)


def test_an_unchanged_payload_becomes_a_revisit_that_leads_to_the_first(db: Database, tmp_path: Path) -> None:
    first = keep(db, tmp_path, exchange())
    second = keep(db, tmp_path, exchange())
    third = keep(db, tmp_path, exchange(b"", status=304))
    assert [c.record_type for c in (first, second, third)] == ["response", "revisit", "revisit"]
    assert second.refers_to == third.refers_to == first.id
    assert captures.payload(db, tmp_path, third).payload == PAGE
    assert third.etag == '"1"'
    check(tmp_path)


def test_a_changed_payload_is_a_response_of_its_own(db: Database, tmp_path: Path) -> None:
    keep(db, tmp_path, exchange())
    assert keep(db, tmp_path, exchange(b"other")).record_type == "response"


def test_files_rotate_by_size(tmp_path: Path) -> None:
    files = WarcFiles(tmp_path, "th-test", "test", rotate_bytes=100)
    places = [files.write(exchange(bytes([n]) * 50)).place.file for n in range(3)]
    assert places == [f"th-test/th-test-0000{n}.warc.gz" for n in (1, 2, 3)]


@pytest.mark.parametrize("cut", [1, 7, 40])
def test_a_torn_tail_is_set_aside_and_whole_orphans_are_adopted(
    db: Database, tmp_path: Path, cut: int
) -> None:
    keep(db, tmp_path, exchange())
    files = WarcFiles(tmp_path, "th-test", "test")
    files.write(exchange(b"orphan", url="https://example.org/b"))  # no row: the crash came before it
    path = last_file(tmp_path, "th-test")
    assert path is not None
    whole = path.stat().st_size
    files.write(exchange(b"torn" * 99, url="https://example.org/c"))
    with path.open("rb+") as file:
        file.truncate(whole + cut)
    found = recover(db, tmp_path, "th-test", NOW)
    assert path.stat().st_size == whole
    assert found.torn is not None
    assert found.torn.stat().st_size == cut
    assert len(found.adopted) == 1
    adopted = captures.latest(db, "th-test", "https://example.org/b")
    assert adopted is not None
    assert captures.payload(db, tmp_path, adopted).payload == b"orphan"
    check(tmp_path)


def test_a_missing_or_damaged_file_is_named_with_its_mend(db: Database, tmp_path: Path) -> None:
    capture = keep(db, tmp_path, exchange())
    path = tmp_path / capture.place.file
    path.write_bytes(path.read_bytes()[: capture.place.offset + 20])
    with pytest.raises(WarcError, match="restore it from the backup"):
        read_record(tmp_path, capture.place)
    path.unlink()
    with pytest.raises(WarcError, match="is missing; restore"):
        read_record(tmp_path, capture.place)


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    script = f"""
import resource, signal, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from test_evidence import exchange
from archive.warc import WarcFiles
from archive.errors import WarcError
from pathlib import Path
import os
files = WarcFiles(Path({str(tmp_path)!r}), "th-test", "test")
files.write(exchange())
size = files.current().stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 100, size + 100))
try:
    files.write(exchange(os.urandom(5000)))
except WarcError as error:
    print(error, size == files.current().stat().st_size)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert "make room and run again" in done.stdout, done.stderr
    assert done.stdout.strip().endswith("True")
    check(tmp_path)


def test_a_gzip_bomb_stops_at_the_limit() -> None:
    body, whole = decoded(gzip.compress(bytes(10_000_000)), "gzip", limit=1000)
    assert len(body) == 1000
    assert not whole


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "nonsense"])
def test_a_wrong_content_encoding_gives_the_bytes_as_sent(encoding: str) -> None:
    assert decoded(PAGE, encoding) == (PAGE, True)


def test_a_database_from_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    db = open_archive(path)
    db.execute("INSERT INTO _sqlite_migrations VALUES (99, 'pressearchiv', '9999_future', '2030-01-01')")
    with pytest.raises(NewerSchemaError, match="newer version"):
        open_archive(path)


def test_a_second_holder_of_a_lock_is_told_so(tmp_path: Path) -> None:
    path, what = tmp_path / "x.lock", "a crawl of th-test"
    with lock(path, what), pytest.raises(BusyError, match="another process"), lock(path, what):
        pass
