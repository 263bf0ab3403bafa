"""Texts cut into words."""

import re

from hypothesis import given
from hypothesis import strategies as st

from archive.words import MANY, alike, runs

SIGNS = st.characters() | st.sampled_from("aäß_-.„“’²½\u0301\u00ad\u2028\x1c \n")


@given(st.text(SIGNS, max_size=40))
def test_runs_are_what_a_pattern_of_letters_and_digits_finds(text: str) -> None:
    assert runs(text) == re.findall(r"[^\W_]+", text)


@given(st.text(SIGNS, max_size=40))
def test_alike_leaves_out_what_a_pattern_takes_for_no_part_of_a_word(text: str) -> None:
    assert alike(text) == re.sub(r"\W+", "", text).casefold()


def test_a_text_of_very_many_signs_is_cut_as_any_other() -> None:
    signs = [sign for sign in map(chr, range(0x2190, 0x2190 + 9 * MANY)) if not sign.isalnum()]
    text = "Über " + " Weg_1 ".join(signs)
    assert runs(text) == re.findall(r"[^\W_]+", text)
    assert alike(text) == re.sub(r"\W+", "", text).casefold()
