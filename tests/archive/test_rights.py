"""What portals say to machines is read from page, header and file; the place nearest to the text decides."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.rights import Rights, declared, from_field, stated

RESERVED = b'<meta name="tdm-reservation" content="1">'
FREE = b"<meta content='0' name=TDM-Reservation>"
SILENT = (None, None, None)
FILE = b"""[
    {"location": "/", "tdm-reservation": 0},
    {"location": "/presse/", "tdm-reservation": 1, "tdm-policy": "https://example.org/terms.json"},
    {"location": "/presse/*.pdf$", "tdm-reservation": 0},
    {"location": "intern", "tdm-reservation": 1}
]"""


@pytest.mark.parametrize(
    ("headers", "page", "expected"),
    [
        ([], b"", (None, None, None, None)),
        ([("TDM-Reservation", "1")], b"", (1, None, "header", None)),
        ([("tdm-reservation", "1"), ("TDM-Policy", "/terms")], b"", (1, "/terms", "header", None)),
        ([("tdm-policy", "https://e.org/p")], b"", (None, None, None, None)),
        ([("tdm-reservation", "yes")], b"", (None, None, None, None)),
        ([], b"<head>" + RESERVED, (1, None, "page", None)),
        ([("tdm-reservation", "1")], FREE, (0, None, "page", None)),
        ([("tdm-reservation", "0")], RESERVED, (1, None, "page", None)),
        ([], b"<!-- " + RESERVED + b" -->", (None, None, None, None)),
        ([], b"<head></head><body>" + RESERVED, (None, None, None, None)),
        ([("X-Robots-Tag", "noarchive, NoIndex")], b"", (None, None, None, "noarchive, noindex")),
        ([("X-Robots-Tag", "googlebot: noindex")], b"", (None, None, None, None)),
        ([("X-Robots-Tag", "googlebot: noindex"), ("x-robots-tag", "noindex")], b"", (*SILENT, "noindex")),
        ([("X-Robots-Tag", "pressearchiv: noarchive")], b"", (None, None, None, "noarchive")),
        ([("X-Robots-Tag", "max-snippet: 0")], b"", (*SILENT, "max-snippet: 0")),
        ([], b"<meta name='robots' content='noindex,follow'>", (None, None, None, "follow, noindex")),
        ([], b"<meta name=googlebot content=noindex>", (None, None, None, None)),
        ([("X-Robots-Tag", "noai")], b"", (1, None, "noai", "noai")),
        ([("X-Robots-Tag", "noai"), ("tdm-reservation", "0")], b"", (0, None, "header", "noai")),
    ],
)  # fmt: skip
def test_what_an_answer_says(
    headers: list[tuple[str, str]], page: bytes, expected: tuple[object, ...]
) -> None:
    said = stated(headers, page)
    assert (said.tdm_reservation, said.tdm_policy, said.tdm_origin, said.robots_tag) == expected


@pytest.mark.parametrize(
    ("path", "reserved"),
    [("", 0), ("/", 0), ("/presse/1", 1), ("/presse/a.pdf", 0), ("/presse/a.pdf?x", 1), ("/intern/2", 1)],
)
def test_the_longest_pattern_of_the_hosts_file_decides(path: str, reserved: int) -> None:
    assert declared(FILE, "https://example.org" + path).tdm_reservation == reserved


def test_of_two_patterns_of_one_length_the_one_that_reserves_decides() -> None:
    text = b'[{"location": "/a", "tdm-reservation": 1}, {"location": "/a", "tdm-reservation": 0}]'
    assert declared(text, "https://example.org/a").reserved


@pytest.mark.parametrize("text", [b"", b"<html>", b"{}", b'[{"location": 1}]', b"[[]]", b"\xff\xfe["])
def test_what_is_no_such_file_is_refused(text: bytes) -> None:
    with pytest.raises((msgspec.DecodeError, UnicodeDecodeError)):
        declared(text, "https://example.org/")


@given(st.binary())
def test_any_page_is_read(page: bytes) -> None:
    assert stated([], b"<meta name=robots content=" + page).crawl_delay is None


def test_what_a_host_says_fills_only_what_the_answer_leaves_open() -> None:
    host = Rights(1, "https://e.org/p", "host", crawl_delay=5.0, visit_time="0600-0845")
    assert Rights(0, None, "header").over(host) == Rights(0, None, "header", None, 5.0, "0600-0845")
    assert Rights(robots_tag="noindex").over(host) == Rights(
        1, "https://e.org/p", "host", "noindex", 5.0, "0600-0845"
    )
    assert host.of_answer() == Rights()


@given(
    st.builds(
        Rights,
        st.sampled_from([None, 0, 1]),
        st.none() | st.sampled_from(["https://e.org/p?a=b", "/terms"]),
        st.sampled_from([None, "host", "page"]),
        st.sampled_from([None, "noai, noindex"]),
        st.none() | st.floats(0.1, 100),
        st.sampled_from([None, "0600-0845"]),
    )
)
def test_a_records_field_says_all_of_it(rights: Rights) -> None:
    assert from_field(rights.field()) == rights
