"""Large builds: batches, whatever their size, come to the same, and indexes that were put off are made."""

from multiprocessing import active_children

import pytest

from pipeline import late_indexes
from pipeline.verify import verify
from tests.pipeline.small import Small, page
from tests.pipeline.test_build import TEXT, TITLE, dump

INDEXES = "SELECT name, sql FROM sqlite_master WHERE type = 'index' ORDER BY name"
PRESS = "https://test.example/presse/"


def filled(small: Small) -> None:
    """Releases that are new, seen again, changed, moved and gone, some of them in one batch."""
    for number in range(12):
        small.capture(f"{PRESS}{number}", page(f"{TITLE} {number}", f"{TEXT}\nNummer {number}"))
    small.capture(f"{PRESS}0", page(f"{TITLE} 0", f"{TEXT}\nNummer null, geändert"))
    small.capture(f"{PRESS}1", page(f"{TITLE} 1", f"{TEXT}\nNummer 1"))
    small.capture(f"{PRESS}neu", page(f"{TITLE} 2", f"{TEXT}\nNummer 2"), asked=f"{PRESS}2")
    small.capture(f"{PRESS}3", b"<title>Fehler 404</title>", status=404)
    small.capture(f"{PRESS}4", page(f"{TITLE} 4", f"{TEXT}\nNummer 4", extra="geteilt"))
    small.capture(f"{PRESS}0", page(f"{TITLE} 0", f"{TEXT}\nNummer 0"))


def sound(small: Small) -> bool:
    return not list(verify(small.db, small.warc))


@pytest.mark.parametrize("batch", [1, 5, 13, 1000])
def test_what_a_build_comes_to_does_not_depend_on_its_batches(small: Small, batch: int) -> None:
    filled(small)
    small.build(batch=3)
    before = dump(small)
    assert len(before["versions"]) == 14
    small.build(rebuild=True, batch=batch)
    assert dump(small) == before
    assert sound(small)


def test_a_large_build_that_was_killed_leaves_no_index_behind(small: Small) -> None:
    filled(small)
    before = small.rows(INDEXES)
    late_indexes.drop(small.db, late_indexes.MANY)
    assert len(small.rows(INDEXES)) < len(before)
    small.build()
    assert small.rows(INDEXES) == before
    assert sound(small)


def test_indexes_are_put_off_twice_and_none_is_lost(small: Small) -> None:
    before = small.rows(INDEXES)
    late_indexes.drop(small.db, late_indexes.MANY)
    late_indexes.drop(small.db, late_indexes.MANY)
    late_indexes.make(small.db)
    assert small.rows(INDEXES) == before


def test_a_build_of_little_that_is_new_keeps_its_indexes(small: Small) -> None:
    before = small.rows(INDEXES)
    late_indexes.drop(small.db, late_indexes.MANY - 1)
    assert small.rows(INDEXES) == before


def test_a_build_of_little_starts_no_processes(small: Small) -> None:
    filled(small)
    seen: list[object] = []
    small.build(workers=4, batch=5, progress=lambda _done, _total: seen.append(active_children()))
    assert len(seen) > 1
    assert not any(seen)
