"""Records and files of another archive that are not what they say: they stay there, the others come."""

import os
import shutil
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.errors import ArchiveError
from archive.warc import WarcFiles, digest, member
from tests.merging.machines import Machine, machine


def record(body: bytes, **headers: str) -> bytes:
    """A response record, as somebody writes it who does not mean well."""
    said = {
        "WARC-Type": "response",
        "WARC-Record-ID": "<urn:uuid:5f0c8f70-0000-4000-8000-000000000001>",
        "WARC-Date": "2026-03-01T09:00:00Z",
        "WARC-Target-URI": "https://test.example/presse/meldung-9",
        "WARC-Payload-Digest": digest(body),
        "Content-Type": "application/http; msgtype=response",
    }
    said |= {name.replace("_", "-"): value for name, value in headers.items() if name != "status"}
    status = headers.get("status", "HTTP/1.1 200 OK")
    return member({name: value for name, value in said.items() if value}, f"{status}\r\n\r\n".encode() + body)


LIES = {
    "another payload": record(b"a", WARC_Payload_Digest=digest(b"b")),
    "no address": record(b"a", WARC_Target_URI=""),
    "no id": record(b"a", WARC_Record_ID=""),
    "no moment": record(b"a", WARC_Date="gestern"),
    "no role of ours": record(b"a", Pressearchiv_Role="king"),
    "no status": record(b"a", status="HTTP/1.1 fine"),
    "no HTTP": record(b"a", status="SSH-2.0"),
    "more than memory holds": record(bytes(300 << 20), WARC_Payload_Digest="x"),
    "a torn end": record(b"a" * 400)[:-30],
    "another checksum": record(b"a" * 400)[:-8] + bytes(8),
    "no record": zlib.compress(b"hello" * 100, wbits=31),
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_record_that_lies_stays_there_and_those_after_it_come(
    pair: tuple[Machine, Machine], lie: bytes
) -> None:
    one, two = pair
    WarcFiles(two.home.warc, "th-test", "test").copy([lie, record(b"<p>Weimar</p>")])
    [merged] = one.take(two)
    assert merged.tallies["th-test"].unnoted == 1
    assert one.rows("SELECT payload_digest FROM captures ORDER BY id DESC LIMIT 1") == [
        (digest(b"<p>Weimar</p>"),)
    ]
    one.build()
    assert one.faults() == []


def test_a_record_that_stands_there_twice_comes_once(pair: tuple[Machine, Machine]) -> None:
    one, two = pair
    twice = record(b"<p>Weimar</p>")
    WarcFiles(two.home.warc, "th-test", "test").copy([twice, twice])
    [merged] = one.take(two)
    assert merged.taken == 3
    assert one.faults() == []


def _fifo(path: Path) -> None:
    os.mkfifo(path)


ODD_FILES: dict[str, Callable[[Path], None]] = {
    "a pipe": _fifo,
    "a folder": lambda path: path.mkdir(),
    "a link to nothing": lambda path: path.symlink_to("/nowhere/at/all"),
    "a link to itself": lambda path: path.symlink_to(path),
    "a device": lambda path: path.symlink_to("/dev/zero"),
    "somebody's file": lambda path: path.symlink_to("/etc/passwd"),
}


@pytest.mark.parametrize("put", ODD_FILES.values(), ids=ODD_FILES)
def test_files_that_are_none_are_passed_over(
    pair: tuple[Machine, Machine], put: Callable[[Path], None]
) -> None:
    one, two = pair
    put(two.home.warc / "th-test/th-test-00002.warc.gz")
    assert one.take(two)[0].taken == 2
    assert one.faults() == []


def test_files_that_were_not_copied_yet_are_missed(pair: tuple[Machine, Machine], tmp_path: Path) -> None:
    _, two = pair
    into = machine(tmp_path / "into")
    elsewhere = tmp_path / "elsewhere"
    (two.home.warc / "th-test").rename(elsewhere)
    (two.home.warc / "th-other").mkdir()
    shutil.copyfile(elsewhere / "th-test-00001.warc.gz", two.home.warc / "th-other/th-other-00001.warc.gz")
    with pytest.raises(ArchiveError, match="no source file describes th-other"):
        into.take(two)
    shutil.rmtree(two.home.warc / "th-other")
    (two.home.warc / "th-test").mkdir()
    (two.home.warc / "th-test/th-test-00002.warc.gz").write_bytes(b"")
    [merged] = into.take(two)
    assert (merged.taken, merged.tallies["th-test"].damaged, merged.is_whole) == (0, 4, False)
    shutil.copyfile(elsewhere / "th-test-00001.warc.gz", two.home.warc / "th-test/th-test-00001.warc.gz")
    assert into.take(two)[0].taken == 4
