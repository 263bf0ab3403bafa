"""Differences rebuild every version byte for byte, whatever stands in it, in time that follows its size."""

import json
import random
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import differences
from archive.differences import Edit, applied, difference, pieces, undone

WORDS = (
    "der die und 2,3 3,2 Euro . , „ “ \n \r\n \t \u00a0 \u2028 Förder\u00admittel e\u0301 \U0001f600 "
    "\x00 \x1c I\u0307 ß ﬁ"
)
german = st.lists(st.sampled_from(WORDS.split(" ")), max_size=60).map(" ".join)
anything = st.text(st.characters(), max_size=80)  # lone surrogates, too
LINEAR = 3.0  # times the time that the size alone explains, for a loaded machine
SECONDS = 4.0  # of the processor, for 200 kilobytes; a quarter of one where nothing else runs


def stored(old: str, new: str) -> list[Edit]:
    """As the archive keeps it."""
    return [Edit(*edit) for edit in json.loads(json.dumps(difference(old, new)))]


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.tuples(german, german), st.tuples(anything, anything)))
def test_either_text_comes_out_of_the_other_and_the_difference(texts: tuple[str, str]) -> None:
    old, new = texts
    edits = stored(old, new)
    assert applied(old, edits) == new
    assert undone(new, edits) == old
    found = list(pieces(old, edits))
    assert "".join(p.text for p in found if p.kind != "new") == old
    assert "".join(p.text for p in found if p.kind != "gone") == new


@settings(max_examples=100, deadline=None)
@given(st.lists(german, min_size=2, max_size=5))
def test_a_chain_of_differences_leads_from_the_first_version_to_the_last_and_back(texts: list[str]) -> None:
    steps = [stored(a, b) for a, b in pairwise(texts)]
    text = texts[0]
    for step in steps:
        text = applied(text, step)
    assert text.encode("utf-8") == texts[-1].encode("utf-8")
    for step in reversed(steps):
        text = undone(text, step)
    assert text.encode("utf-8") == texts[0].encode("utf-8")


@settings(max_examples=100, deadline=None)
@given(german, german, st.integers(1, 40))
def test_texts_that_are_cut_at_anchors_come_out_the_same(old: str, new: str, most: int) -> None:
    kept, differences.MOST_CELLS = differences.MOST_CELLS, most
    try:
        edits = difference(old, new)
    finally:
        differences.MOST_CELLS = kept
    assert applied(old, edits) == new
    assert undone(new, edits) == old


@pytest.mark.parametrize("wrong", ["", "Zwei", "Einige Euro.", "Zwei Mark."])
def test_a_difference_is_refused_by_a_text_it_was_not_made_for(wrong: str) -> None:
    edits = difference("Zwei Euro.", "Zwei Cent.")
    with pytest.raises(ValueError, match="reads otherwise"):
        applied(wrong, edits)


@pytest.mark.parametrize("share", [0.001, 0.3, 1.0])
def test_long_texts_take_seconds_and_twice_the_text_twice_the_time(share: float) -> None:
    short, long = (min(_seconds(size, share) for _ in range(3)) for size in (100_000, 200_000))
    assert long < SECONDS
    assert long / short < 2 * LINEAR


def _seconds(size: int, share: float) -> float:
    old, new = _long(size, share)
    began = process_time()
    edits = difference(old, new)
    took = process_time() - began
    assert applied(old, edits) == new
    return took


def _long(size: int, share: float) -> tuple[str, str]:
    dice = random.Random(size)
    vocabulary = ["".join(dice.choices("abcdefghijklmnop", k=dice.randint(2, 11))) for _ in range(4_000)]
    words: list[str] = []
    while sum(map(len, words[-1000:])) * len(words) / 1000 < size if len(words) > 1000 else True:
        words += [dice.choice(vocabulary) + ("\n" if dice.random() < 0.01 else " ") for _ in range(1_000)]
    return "".join(words), "".join(
        dice.choice(vocabulary) + " " if dice.random() < share else w for w in words
    )
