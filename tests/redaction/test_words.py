"""Words are found whatever stands around and between them, and nothing else goes with them."""

import html
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.redaction.decisions import hashes
from archive.redaction.scrub import MARK, scrubbed, scrubbed_bytes
from archive.redaction.words import Sought, sought, spans, words_of

NAME = sought(["Erna Müller"])


@pytest.mark.parametrize(
    "spelt",
    [
        "Erna Müller",
        "ERNA MÜLLER",
        "Erna\n  Müller",
        "Erna&nbsp;M&uuml;ller",
        "Er\u00adna M&#252;l&shy;ler",
        "<b>Erna</b> <i>Mül</i>ler",
        "Erna Mu\u0308ller",
        "erna-mueller",
        "erna_m%C3%BCller",
        "Erna M\\u00fcller",
        "Erna Müllers",
        "<p>Erna</p><p>Müller</p>",
    ],
)
def test_every_spelling_is_found_and_its_neighbours_stay(spelt: str) -> None:
    text = f"Gestern sprach {spelt}, heute nicht."
    clean = scrubbed(text, NAME)
    assert spans(clean, NAME) == []
    assert clean.startswith("Gestern sprach ")
    assert clean.endswith(", heute nicht.")


@pytest.mark.parametrize(
    "other", ["Erna Müllerin", "Verna Müller", "Erna, Müllermeisterin", "Müller Erna", "Erna"]
)
def test_other_words_stay(other: str) -> None:
    assert scrubbed(other, NAME) == other


def test_attributes_hold_names_too() -> None:
    page = '<img alt="Erna Müller" src="/bilder/erna-mueller.jpg"><meta content="Rede von Erna Müller">'
    assert (
        scrubbed(page, NAME) == f'<img alt="{MARK}" src="/bilder/{MARK}.jpg"><meta content="Rede von {MARK}">'
    )


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "utf-16"])
def test_bytes_keep_their_encoding(encoding: str) -> None:
    body = "<p>Frau Erna Müller aus Köln</p>".encode(encoding)
    assert scrubbed_bytes(body, NAME).decode(encoding) == f"<p>Frau {MARK} aus Köln</p>"
    assert scrubbed_bytes("Größe".encode(encoding), NAME) == "Größe".encode(encoding)


words = st.text(st.sampled_from("abcäöüß"), min_size=1, max_size=6)


@given(st.lists(words, min_size=1, max_size=4), st.sampled_from([str, html.escape, quote, str.upper]))
def test_hashes_find_what_the_words_find(phrase: list[str], spell: object) -> None:
    assert callable(spell)
    text = f"x {spell(' '.join(phrase))} y"
    plain = sought([" ".join(phrase)])
    by_hash = Sought(
        hashes={n: frozenset(h) for n, h in hashes([" ".join(phrase)], "salt").items()}, salt="salt"
    )
    assert spans(text, plain) == spans(text, by_hash)
    assert spans(text, plain)


@given(st.binary(max_size=300))
def test_bytes_without_the_words_come_back_as_they_were(body: bytes) -> None:
    assert scrubbed_bytes(body, NAME) == body


def test_a_phrase_without_words_is_nothing() -> None:
    assert words_of("… – !") == ()
    assert not sought(["…"]).plain
