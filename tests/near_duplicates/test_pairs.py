"""Joint, shortened and corrected releases are one text; forms, yearly notices and rewritten news are not.

The floors are what is reached; they may be raised and not lowered.
"""

from collections import Counter
from functools import cache

import pytest

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


def test_what_is_one_text_is_met_by_its_sketch() -> None:
    same = [found for found in (*of_made(), *of_written()) if found.pair.same]
    assert sum(found.met for found in same) / len(same) >= 0.99
