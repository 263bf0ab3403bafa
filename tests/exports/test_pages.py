"""Pages of rows are those of an export of the same releases, however many releases and pages there are."""

from functools import partial

import pytest

from archive import search_terms
from archive.selection import asked
from exports import pages
from exports.chosen import choose
from exports.pages import READABLE, every, goes_by_id, page
from exports.tables import objects, rows, shape
from tests.pipeline.small import Small

SEARCHES: tuple[dict[str, str], ...] = (
    {},
    {"land": "DE-TH"},
    {"q": "Gotha"},
    {"kreis": "16067"},
    {"q": "Gotha -Nordhausen"},
)
BY_ID = [name for name, table in READABLE.items() if goes_by_id(table) and table.scope == "whole"]


@pytest.mark.parametrize("few", [0, pages.FEW])
@pytest.mark.parametrize("name", BY_ID)
@pytest.mark.parametrize("search", SEARCHES, ids=str)
def test_pages_after_a_row_hold_what_an_export_holds(
    looked_at: Small, search: dict[str, str], name: str, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "FEW", few)
    search_terms.register(looked_at.db.conn)
    what, table = asked(search), READABLE[name]
    choose(looked_at.db, what)
    told = shape(looked_at.db, table)
    expected = list(objects(told, rows(looked_at.db, told)))
    for size in (1, 2, 100):
        read = partial(page, looked_at.db, table, what, size=size)
        assert list(every(read)) == expected
    assert expected or name != "grant_stories"


def test_the_tables_whose_pages_begin_after_a_row_say_where_their_rows_hang() -> None:
    assert set(BY_ID) == set(pages.HANGING)
