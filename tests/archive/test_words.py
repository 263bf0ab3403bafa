"""Texts cut into words."""

import re

from hypothesis import given
from hypothesis import strategies as st

from archive.words import runs

SIGNS = st.characters() | st.sampled_from("aäß_-.„“’²½\u0301\u00ad\u2028\x1c \n")


@given(st.text(SIGNS, max_size=40))
def test_runs_are_what_a_pattern_of_letters_and_digits_finds(text: str) -> None:
    assert runs(text) == re.findall(r"[^\W_]+", text)
