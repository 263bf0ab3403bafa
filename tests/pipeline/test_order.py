"""Versions follow the time of the captures, whatever order they came into the archive in."""

from datetime import datetime
from itertools import permutations

import pytest

from pipeline.verify import verify
from tests.pipeline.small import NOW, Small, page
from tests.pipeline.test_build import TEXT, TITLE, URL, dump

TEXTS = (TEXT, TEXT.replace("440.000", "404.000"), TEXT.replace("440.000", "444.000"))
MOMENTS = (NOW.replace(year=2018), NOW.replace(year=2021), NOW.replace(year=2025))


def capture_at(small: Small, moment: datetime, text: str, address: str = URL) -> None:
    small.moment = moment
    small.capture(address, page(TITLE, text))


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_an_older_capture_that_comes_later_is_an_earlier_version(
    small: Small, order: tuple[int, ...]
) -> None:
    for n in order:
        capture_at(small, MOMENTS[n], TEXTS[n])
        small.build()
    texts = [row[0] for row in small.rows("SELECT text FROM versions ORDER BY number")]
    assert texts == list(TEXTS)
    [(first, last, current)] = small.rows(
        "SELECT r.first_seen_at, r.last_seen_at, v.text FROM releases r JOIN versions v ON v.id = version_id"
    )
    assert (str(first)[:4], str(last)[:4], current) == ("2018", "2025", TEXTS[2])
    assert small.rows("SELECT value_min FROM amounts WHERE field = 'text'") == [(444000,)]
    assert list(verify(small.db, small.warc)) == []
    before = dump(small)
    small.build(rebuild=True)
    assert dump(small) == before


def test_an_older_capture_of_the_same_text_moves_first_seen_alone(small: Small) -> None:
    capture_at(small, MOMENTS[1], TEXT)
    small.build()
    capture_at(small, MOMENTS[0], TEXT)
    small.build()
    [(first, changed, versions)] = small.rows("SELECT first_seen_at, last_changed_at, versions FROM releases")
    assert (str(first)[:4], str(changed)[:4], versions) == ("2018", "2018", 1)


def test_an_unchanged_page_that_was_another_in_between_has_three_versions(small: Small) -> None:
    capture_at(small, MOMENTS[0], TEXTS[0])
    capture_at(small, MOMENTS[2], TEXTS[0])
    assert small.rows("SELECT record_type FROM captures ORDER BY id") == [("response",), ("revisit",)]
    small.build()
    assert small.rows("SELECT versions FROM releases") == [(1,)]
    capture_at(small, MOMENTS[1], TEXTS[1])
    small.build()
    texts = [row[0] for row in small.rows("SELECT text FROM versions ORDER BY number")]
    assert texts == [TEXTS[0], TEXTS[1], TEXTS[0]]
    before = dump(small)
    small.build(rebuild=True, workers=2)
    assert dump(small) == before


def test_what_else_came_late_leaves_a_release_alone(small: Small) -> None:
    capture_at(small, MOMENTS[2], TEXT)
    small.build()
    capture_at(small, MOMENTS[0], TEXT, URL + "-2")
    assert small.build().captures == 1
