"""What the files of others are like: odd, broken in the middle, cut off; each fault costs its own record."""

import gzip
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from archive.errors import WarcError
from archive.foreign import Foreign, records
from archive.warc import digest
from crawler.importing.choose import captured
from tests.imports.conftest import Importing
from tests.imports.making import OLD, http, page, record, response, zipped
from tests.imports.test_import import TEXT, TITLE

BODY = page(TITLE, TEXT)
GOOD = response(8, "Noch eine Mitteilung des Ministeriums", TEXT)
DATE = "2018-03-28T14:30:00Z"


def chunked(body: bytes) -> bytes:
    cut = [body[at : at + 100] for at in range(0, len(body), 100)]
    return b"".join(f"{len(part):x};x=y\r\n".encode() + part + b"\r\n" for part in cut) + b"0\r\n\r\n"


def one(block: bytes, number: int = 1, url: str = "", date: str = DATE, **others: object) -> bytes:
    return record("response", url or OLD.format(number), date, block, **others)  # type: ignore[arg-type]


def linefed(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n")


def body(number: int) -> bytes:
    return page(f"{TITLE} {number}", TEXT)


def answer_of(
    number: int, encode: Callable[[bytes], bytes] = bytes, headers: str = "", status: str = ""
) -> bytes:
    return http(encode(body(number)), status or "HTTP/1.1 200 OK", headers)


CHUNKS, GZIP = "Transfer-Encoding: chunked\r\n", "Content-Encoding: gzip\r\n"
READABLE: dict[str, Callable[[int], bytes]] = {
    "version 1.1": lambda n: one(answer_of(n), n, version="WARC/1.1"),
    "version 0.18": lambda n: one(answer_of(n), n, version="WARC/0.18"),
    "a date with parts of a second": lambda n: one(answer_of(n), n, date="2018-03-28T14:30:00.123Z"),
    "brackets around the address": lambda n: one(answer_of(n), n, url=f"<{OLD.format(n)}>"),
    "sent in chunks": lambda n: one(answer_of(n, chunked, CHUNKS), n),
    "said to be in chunks, and stored without": lambda n: one(answer_of(n, headers=CHUNKS), n),
    "sent compressed": lambda n: one(answer_of(n, gzip.compress, GZIP), n),
    "compressed by Brotli": lambda n: one(answer_of(n, brotli.compress, "Content-Encoding: br\r\n"), n),
    "compressed without a header": lambda n: one(
        answer_of(n, lambda raw: zlib.compress(raw)[2:-4], "Content-Encoding: deflate\r\n"), n
    ),
    "said to be compressed, and stored without": lambda n: one(answer_of(n, headers=GZIP), n),
    "compressed and in chunks": lambda n: one(
        answer_of(n, lambda raw: chunked(gzip.compress(raw)), GZIP + CHUNKS), n
    ),
    "pseudo headers of HTTP/2": lambda n: one(answer_of(n, status="HTTP/2 200\r\n:status: 200"), n),
    "a length that was true before": lambda n: one(answer_of(n, headers="Content-Length: 17\r\n"), n),
    "headers in Latin-1": lambda n: one(
        answer_of(n, headers="Server: Thüringen\r\n"), n, headers="X-Ort: Thüringen\r\n"
    ),
    "bare line feeds": lambda n: linefed(one(linefed(answer_of(n)), n)),
    "a folded header": lambda n: one(answer_of(n), n, headers="X-Note: eins\r\n zwei\r\n"),
    "no id": lambda n: one(answer_of(n), n).replace(b"WARC-Record-ID", b"X-ID"),
    "an id without brackets": lambda n: one(answer_of(n), n, identity="urn:uuid:1234"),
    "a digest of the block": lambda n: one(
        answer_of(n), n, headers=f"WARC-Block-Digest: {digest(answer_of(n))}\r\n"
    ),
    "a digest of the payload without its chunks": lambda n: one(
        answer_of(n, chunked, CHUNKS), n, headers=f"WARC-Payload-Digest: {digest(body(n))}\r\n"
    ),
    "a digest of an unknown kind": lambda n: one(
        answer_of(n), n, headers="WARC-Block-Digest: blake3:abc\r\n"
    ),
    "cut by its crawler": lambda n: one(answer_of(n), n, headers="WARC-Truncated: length\r\n"),
}
PACKED: dict[str, Callable[..., bytes]] = {
    "plain": lambda *parts: b"".join(parts),
    "a member each": zipped,
    "one member": lambda *parts: gzip.compress(b"".join(parts)),
}


@pytest.mark.parametrize("packed", PACKED)
def test_pages_are_taken_and_read_whatever_is_odd_about_them(importing: Importing, packed: str) -> None:
    made = [make(n) for n, make in enumerate(READABLE.values())]
    tally = importing.take(importing.file(PACKED[packed](*made), "foreign.warc"))
    assert (tally.captures, tally.is_sound) == (len(READABLE), True), dict(tally.refused)
    importing.build()
    read = {title for (title, day) in importing.rows("SELECT title, published_on FROM releases") if day}
    assert [name for n, name in enumerate(READABLE) if f"{TITLE} {n}" not in read] == []
    assert importing.rows("SELECT DISTINCT first_seen_at FROM releases") == [(DATE,)]
    assert importing.faults() == []


BROKEN: dict[str, tuple[bytes, str]] = {
    "a length that is too long": (one(http(BODY), length=len(http(BODY)) + 300), "damaged"),
    "a length that is too short": (one(http(BODY), length=40), "damaged"),
    "a length that is none": (one(http(BODY)).replace(b"Content-Length: ", b"Content-Length: x"), "damaged"),
    "a huge length": (one(http(BODY), length=10**15), "damaged"),
    "no version": (one(http(BODY)).replace(b"WARC/1.0", b"WARX/1.0"), "damaged"),
    "a header without a colon": (one(http(BODY), headers="Unsinn\r\n"), "damaged"),
    "another payload than its digest says": (
        one(http(BODY), headers=f"WARC-Payload-Digest: {digest(b'')}\r\n"),
        "wrong_digest",
    ),
    "another block than its digest says": (
        one(http(BODY), headers=f"WARC-Block-Digest: {digest(b'')}\r\n"),
        "wrong_digest",
    ),
}


@pytest.mark.parametrize("packed", ["plain", "a member each"])
@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_record_costs_itself_alone(importing: Importing, fault: str, packed: str) -> None:
    broken, reason = BROKEN[fault]
    first = response(9, TITLE, TEXT)
    tally = importing.take(importing.file(PACKED[packed](first, broken, GOOD), "foreign.warc"))
    assert tally.captures == 2, dict(tally.refused)
    assert tally.refused[reason] == 1
    assert not tally.is_sound
    assert importing.rows("SELECT url FROM captures ORDER BY id") == [(OLD.format(9),), (OLD.format(8),)]


REFUSED: dict[str, tuple[bytes, str]] = {
    "of another host": (record("response", "https://www.example.org/", DATE, http(BODY)), "other_host"),
    "no list and no release": (one(http(BODY), url="http://www.thueringen.de/th7/tmasgff/"), "other_page"),
    "robots.txt": (record("response", "http://www.thueringen.de/robots.txt", DATE, http(b"")), "robots"),
    "no address": (record("response", "dns:www.thueringen.de", DATE, b"20180328\n127.0.0.1"), "no_address"),
    "no date": (record("response", OLD.format(1), "gestern", http(BODY)), "no_date"),
    "a date to come": (record("response", OLD.format(1), "2031-01-01T00:00:00Z", http(BODY)), "no_date"),
    "no answer": (one(b"<html>"), "no_answer"),
    "a redirect": (one(http(b"", "HTTP/1.1 301 Moved", "Location: /x\r\n")), "status_301"),
    "an outage": (one(http(BODY, "HTTP/1.1 503 Service Unavailable")), "status_503"),
    "a picture": (one(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG"), "not_html"),
    "a segment": (one(http(BODY), headers="WARC-Segment-Number: 1\r\n"), "in_segments"),
    **{
        kind: (record(kind, OLD.format(1), DATE, b"x"), kind)
        for kind in ("request", "metadata", "resource", "conversion", "continuation")
    },
    "a kind of somebody's own": (record("screenshot", OLD.format(1), DATE, b"x"), "unknown"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_left_out_has_its_reason(importing: Importing, what: str) -> None:
    left_out, reason = REFUSED[what]
    tally = importing.take(importing.file(zipped(left_out, GOOD)))
    assert (tally.captures, dict(tally.refused), tally.is_sound) == (1, {reason: 1}, True)


def test_a_page_that_is_gone_is_a_capture_and_no_release(importing: Importing) -> None:
    gone = one(http(b"<h1>Fehler 404</h1>", "HTTP/1.1 404 Not Found"))
    assert importing.take(importing.file(zipped(gone))).captures == 1
    importing.build()
    assert importing.rows("SELECT count(*) FROM releases") == [(0,)]


def test_the_end_of_a_file_that_was_cut_off_is_said(importing: Importing) -> None:
    for name, data in (("a.warc.gz", zipped(GOOD, one(http(BODY)))), ("b.warc", GOOD + one(http(BODY)))):
        tally = importing.take(importing.file(data[:-200], name))
        assert tally.refused["cut_off"] == 1, name
        assert not tally.is_sound
    assert importing.rows("SELECT count(*) FROM captures") == [(1,)]


def test_damage_between_members_is_passed_over(importing: Importing) -> None:
    data = bytearray(zipped(one(http(BODY)), response(2, TITLE, TEXT), GOOD))
    first, second = len(zipped(one(http(BODY)))), len(zipped(response(2, TITLE, TEXT)))
    data[first + second // 2] ^= 0xFF
    data[first + second : first + second] = b"\x00" * 500 + b"\x1f\x8b\x08"
    tally = importing.take(importing.file(bytes(data)))
    assert tally.captures == 2
    assert tally.refused["damaged"] >= 1


def test_a_record_that_is_too_large_is_passed_over_in_pieces(tmp_path: Path) -> None:
    path = tmp_path / "large.warc"
    path.write_bytes(one(http(b"x" * 3_000_000)) + GOOD)
    large, good = records(path, lambda headers: True, limit=1 << 20)
    assert (large.block, large.problem) == (None, "too_large")
    assert (good.headers["warc-target-uri"], good.problem) == (OLD.format(8), None)


@pytest.mark.parametrize(
    ("data", "mend"),
    [
        (b"<!DOCTYPE html><title>403</title>", "a page that names an error"),
        (b"PK\x03\x04", "WACZ"),
        (b"\x28\xb5\x2f\xfd", "zstd -d"),
        (b"filedesc://x.arc", "ARC file"),
        (b"", "it is empty"),
    ],
)
def test_what_is_no_warc_file_is_said_with_a_mend(tmp_path: Path, data: bytes, mend: str) -> None:
    path = tmp_path / "x.warc"
    path.write_bytes(data)
    with pytest.raises(WarcError, match=mend):
        list(records(path, lambda headers: True, limit=1))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2018-03-28T16:30:00+02:00", datetime(2018, 3, 28, 14, 30, tzinfo=UTC)),
        ("2018-03-28T12:30:00-0200", datetime(2018, 3, 28, 14, 30, tzinfo=UTC)),
        ("2018-03-28 14:30:00", datetime(2018, 3, 28, 14, 30, tzinfo=UTC)),
        ("20180328143000", datetime(2018, 3, 28, 14, 30, tzinfo=UTC)),
        ("2018-02-30T14:30:00Z", None),
        ("", None),
    ],
)
def test_dates_of_captures(text: str, moment: datetime | None) -> None:
    assert captured(text) == moment


def _read(path: Path) -> list[Foreign]:
    return list(records(path, lambda headers: True, limit=1 << 20))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    packed=st.sampled_from(["plain", "a member each"]),
    at=st.integers(0, 10_000),
    junk=st.binary(min_size=1, max_size=40),
)
def test_whatever_bytes_are_wrong_the_last_record_is_found(
    tmp_path: Path, packed: str, at: int, junk: bytes
) -> None:
    before = PACKED[packed](*(response(n, f"{TITLE} {n}", TEXT) for n in range(3)))
    place = at % (len(before) - len(junk) - 8)
    assume(place > 0 or not junk.startswith(b"WARC/"))  # which would say that nothing is packed
    path = tmp_path / "x.warc"
    path.write_bytes(before[:place] + junk + before[place + len(junk) :] + PACKED[packed](GOOD))
    try:
        found = _read(path)
    except WarcError:
        assert place < 5  # the first bytes say that it is a WARC file
        return
    assert [r.headers.get("warc-target-uri") for r in found if r.block][-1] == OLD.format(8)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=400))
def test_no_bytes_are_a_trouble(tmp_path: Path, data: bytes) -> None:
    for start in (b"WARC/1.0\r\n", b"\x1f\x8b\x08\x00", zipped(GOOD)[:60]):
        path = tmp_path / "x.warc"
        path.write_bytes(start + data)
        _read(path)
