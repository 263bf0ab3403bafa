"""The sets of releases say at any time what the releases say, however they came to be."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from archive.release_sets import Key, bounds, memberships, step, steps
from pipeline.search import sets
from tests.pipeline.small import Small, page

SUMS = st.floats(0, 1e13) | st.integers(0, 10**12).map(float)


@given(SUMS)
def test_a_sum_stands_on_the_step_that_holds_it(value: float) -> None:
    low, above = bounds(step(value))
    assert low <= value
    assert value < above or value == low == above


@given(SUMS, st.floats(1, 20))
def test_the_steps_between_two_sums_follow_each_other(low: float, times: float) -> None:
    found = list(steps(low, low * times))
    assert (found[0], found[-1]) == (step(low), step(low * times))
    for one, other in pairwise(found):
        assert bounds(one)[1] == bounds(other)[0]


def _held(small: Small) -> dict[Key, BitMap]:
    rows = small.db.execute("SELECT kind, key, documents FROM release_sets").fetchall()
    return {(kind, key): BitMap.deserialize(documents) for kind, key, documents in rows}


def _agree(small: Small) -> bool:
    documents = [row[0] for row in small.db.execute("SELECT rowid FROM releases").fetchall()]
    return _held(small) == memberships(small.db.conn, documents)


def test_sets_follow_what_is_new_what_changes_and_what_goes(small: Small) -> None:
    one = small.capture("https://test.example/1", page("Schule in Gotha", "Der Landkreis Gotha baut."))
    small.build()
    assert one
    assert _agree(small)
    assert ("district", "16067") in _held(small)
    small.capture("https://test.example/1", page("Schule in Weimar", "Weimar baut für 3 Millionen Euro."))
    small.capture("https://test.example/2", page("Brücke", "Der Landkreis Gotha saniert.", "2026-02-28"))
    small.build()
    assert _agree(small)
    assert {("amount", "3000000"), ("flag", "geaendert"), ("day", "2026-02-28")} <= _held(small).keys()
    before = _held(small)
    small.build(rebuild=True)
    assert _agree(small)
    assert _held(small).keys() == before.keys()
    assert small.rows("SELECT * FROM unsorted_releases") == []


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM release_sets WHERE kind = 'day'",
        "UPDATE release_sets SET key = '16068' WHERE kind = 'district'",
        "UPDATE release_sets SET block = 7",
    ],
)
def test_sets_that_disagree_with_the_releases_are_found(small: Small, damage: str) -> None:
    small.capture("https://test.example/1", page("Schule in Gotha", "Der Landkreis Gotha baut."))
    small.build()
    assert sets.check(small.db) == []
    small.db.execute(damage)
    assert sets.check(small.db)


def test_a_page_that_went_is_in_the_set_of_those_that_went(small: Small) -> None:
    small.capture("https://test.example/1", page("Schule in Gotha", "Der Landkreis Gotha baut."))
    small.build()
    (release,) = small.rows("SELECT id, source_key FROM releases")
    values = (*release, "gone", None, "", "", "", "", "status_410", None, None, 5, None)
    small.db.execute(f"INSERT INTO presence VALUES ({', '.join('?' * 13)})", values)
    sets.write(small.db)
    assert ("flag", "verschwunden") in _held(small)
    small.db.execute("DELETE FROM presence")
    sets.write(small.db)
    assert ("flag", "verschwunden") not in _held(small)


def test_documents_that_went_are_in_no_set(small: Small) -> None:
    assert memberships(small.db.conn, [1, 2]) == {}
