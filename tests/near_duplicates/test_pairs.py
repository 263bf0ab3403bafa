"""Joint, shortened and corrected releases are one text; forms, yearly notices and rewritten news are not.

The floors are what is reached; they may be raised and not lowered.
"""

from collections import Counter
from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.near_duplicates.likeness import Told, likeness, may_be_same
from tests.near_duplicates import made, written
from tests.near_duplicates.judged import Judged, judged, scores


@cache
def of_made() -> tuple[Judged, ...]:
    return tuple(judged(made.pairs(seed=99)))


@cache
def of_written() -> tuple[Judged, ...]:
    return tuple(judged(written.pairs()))


def test_there_are_more_than_two_hundred_labelled_pairs_of_both_kinds() -> None:
    labels = Counter(found.pair.same for found in (*of_made(), *of_written()))
    assert labels[True] > 100
    assert labels[False] > 100


def test_precision_and_recall_of_generated_pairs() -> None:
    precision, recall = scores(of_made())
    assert precision >= 0.99
    assert recall >= 0.99


def test_precision_and_recall_of_written_pairs() -> None:
    precision, recall = scores(of_written())
    assert precision == 1
    assert recall >= 0.95


@pytest.mark.parametrize("maker", [*made.SAME, *made.OTHER], ids=lambda maker: maker.__name__)
def test_no_kind_of_pair_is_misjudged(maker: made.Maker) -> None:
    of_kind = [found for found in of_made() if found.pair.kind == maker.__name__]
    assert len(of_kind) == made.OF_EACH
    assert sum(found.same != found.pair.same for found in of_kind) <= 1


@given(
    st.lists(st.sampled_from("der die das neue Haus Weg Stadt Land".split()), max_size=60).map(tuple),
    st.data(),
)
def test_the_quick_bound_never_tells_one_text_apart(one: tuple[str, ...], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(one)))
    other = (*one[cut:], *data.draw(st.lists(st.sampled_from(("Amt", "Haus", "Geld")), max_size=40)))
    day = date(2026, 3, 1)
    pair = (Told(key, day, "", " ".join(text), frozenset()) for key, text in (("a", one), ("b", other)))
    if likeness(*pair).same:
        plain = [[word.casefold() for word in text] for text in (one, other)]
        assert may_be_same(*plain)


def test_what_is_one_text_is_met_by_its_sketch() -> None:
    same = [found for found in (*of_made(), *of_written()) if found.pair.same]
    assert sum(found.met for found in same) / len(same) >= 0.99
