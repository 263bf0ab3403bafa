"""A record is read at once or by a reader of any WARC file: to the same end, and no damage is passed over."""

import gzip
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from archive.errors import WarcError
from archive.evidence import read_record
from archive.member import parts
from archive.records import Place
from archive.warc import member

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
NAMES = st.text("abcXYZ-", min_size=1, max_size=12)
VALUES = st.text(st.characters(codec="latin-1", exclude_characters="\r\n"), max_size=30)


def record(http: bytes, kind: str = "response", packed: bytes = b"", **changes: str) -> bytes:
    headers = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{UUID(int=7)}>",
        "WARC-Date": "2026-03-01T08:00:00Z",
        "WARC-Target-URI": "https://example.org/a",
        "Content-Type": "application/http; msgtype=response",
    }
    return member(headers | changes, http, packed)


@given(st.lists(st.tuples(NAMES, VALUES), max_size=6), st.binary(max_size=200), st.sampled_from([200, 404]))
def test_both_readers_say_the_same(fields: list[tuple[str, str]], payload: bytes, status: int) -> None:
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields)
    sent = record(f"HTTP/1.1 {status} OK\r\n{lines}\r\n".encode("latin-1") + payload)
    found = parts(sent)
    if found is None:
        assert not lines.isascii() or any(c in lines for c in "\v\f\x1c\x1d\x1e\x85")
        return
    other = next(iter(ArchiveIterator(BytesIO(sent))))
    headers = {name.lower(): value for name, value in other.http_headers.headers}
    assert (found.status, found.http_headers) == (int(other.http_headers.get_statuscode()), headers)
    assert found.payload == other.raw_stream.read() == payload


@given(st.binary(max_size=300), st.integers(0, 700))
def test_a_payload_that_is_compressed_already_is_read_as_it_was(piece: bytes, times: int) -> None:
    payload = piece * times
    whole = record(OK, packed=payload)
    found = parts(whole)
    assert found is not None
    other = next(iter(ArchiveIterator(BytesIO(whole), check_digests="raise")))
    assert found.payload == other.raw_stream.read() == payload
    assert gzip.decompress(whole) == gzip.decompress(record(OK + payload))


@pytest.mark.parametrize(
    "http",
    [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n and more\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nno field\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nX: Grüße\r\n\r\nx".encode(),
        b"HTTP/2 200\r\n\r\nx",
        b"HTTP/1.1 ok\r\n\r\nx",
    ],
)
def test_what_is_unusual_is_left_to_the_other_reader(http: bytes) -> None:
    assert parts(record(http)) is None


def test_another_kind_of_record_is_left_to_it_too() -> None:
    assert parts(record(b"GET / HTTP/1.1\r\n\r\n", "request")) is None
    assert parts(gzip.compress(b"WARC/1.1\r\n")) is None


@given(st.data(), st.booleans())
def test_no_damage_is_passed_over(data: st.DataObject, is_packed: bool) -> None:
    payload = b"Landkreis " * 30
    whole = record(OK, packed=payload) if is_packed else record(OK + payload)
    at = data.draw(st.integers(10, len(whole) - 1))
    torn = whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :]
    assert parts(torn) in (None, parts(whole))  # some bits at the end of a stream say nothing
    assert parts(whole[:at]) is None


def test_a_place_that_holds_another_record_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(sent := record(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", "request"))
    with pytest.raises(WarcError, match="request"):
        read_record(tmp_path, Place("a.warc.gz", 0, len(sent)))
