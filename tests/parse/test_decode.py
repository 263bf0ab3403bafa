"""Umlauts arrive as umlauts, whatever a page or a server says of its encoding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.parse.decode import decode

WORDS = "Förderung für „Städte“ – größer"
PLAIN = "Förderung für Städte, größer"


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        (WORDS.encode(), "text/html; charset=utf-8", WORDS),
        (WORDS.encode(), "text/html; charset=iso-8859-1", WORDS),
        (WORDS.encode("cp1252"), "text/html; charset=utf-8", WORDS),
        (WORDS.encode("cp1252"), "text/html; charset=iso-8859-1", WORDS),
        (WORDS.encode("cp1252"), None, WORDS),
        (PLAIN.encode("iso-8859-15"), "text/html; charset=ISO-8859-15", PLAIN),
        (b"\xef\xbb\xbf" + WORDS.encode(), None, WORDS),
        (WORDS.encode("utf-16"), None, WORDS),
        (
            b'<meta charset="iso-8859-2">' + "Łódź für".encode("iso-8859-2"),
            None,
            '<meta charset="iso-8859-2">Łódź für',
        ),
        (WORDS.encode() + b" " + PLAIN.encode("cp1252"), None, f"{WORDS} {PLAIN}"),
        (WORDS.encode("utf-8").decode("cp1252").encode("utf-8"), None, WORDS),
        (PLAIN.encode("cp1252"), "text/html; charset=no-such-thing", PLAIN),
        (b"f\xfcr <meta charset='utf-\0'>", None, "für <meta charset='utf-'>"),
        (b"a\0b", None, "ab"),
    ],
)
def test_bytes_are_read_as_what_they_are(body: bytes, content_type: str | None, text: str) -> None:
    assert decode(body, content_type) == text


@given(
    st.binary(max_size=200), st.sampled_from([None, "text/html; charset=utf-7", "text/html; charset=idna"])
)
def test_no_bytes_raise(body: bytes, content_type: str | None) -> None:
    decode(body, content_type)


@pytest.mark.parametrize("sign", ["\x1b", "\x00", "\x07", "\u202e", "&#27;", "&#x1B;", "&#8238;", "&#x202e;"])
def test_signs_that_steer_a_terminal_or_turn_a_line_are_left_out(sign: str) -> None:
    assert decode(f"Gotha{sign} baut &#228; &#2700; &#x1F600; &#10;".encode()) == (
        "Gotha baut &#228; &#2700; &#x1F600; &#10;"
    )
