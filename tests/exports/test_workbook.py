"""A workbook is refused where it cannot hold a table; it is what xlsxwriter makes cell by cell."""

from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from archive.errors import ArchiveError
from exports.chosen import choose
from exports.run import Wanted, export
from exports.tables import TABLES, rows, shape
from exports.workbook import ROWS, Rows, check, write_workbook
from tests.pipeline.small import Small


@pytest.mark.parametrize(("characters", "sheets"), [(0, 5), (1, 5), (5_000, 1)])
def test_a_table_of_too_much_text_for_a_sheet_goes_on_in_the_next(
    looked_at: Small, tmp_path: Path, characters: int, sheets: int
) -> None:
    what = shape(looked_at.db, next(table for table in TABLES if table.name == "publisher_names"))
    told = [tuple(f"{column.name} {n}" for column in what.columns) for n in range(5)]
    out = tmp_path / "out.xlsx"
    write_workbook(out, [(what, told)], [], ["table"], datetime(2026, 1, 1, tzinfo=UTC), characters)
    book = openpyxl.load_workbook(out)
    parts = [sheet for sheet in book.worksheets if sheet.title.startswith("publisher_names")]
    assert [sheet.title[15:] for sheet in parts] == ["", *(f" ({n})" for n in range(2, sheets + 1))]
    assert [row for sheet in parts for row in sheet.iter_rows(min_row=2, values_only=True)] == told


def test_a_workbook_is_refused_before_it_is_begun_where_a_table_is_longer_than_a_sheet(
    looked_at: Small,
) -> None:
    choose(looked_at.db)
    shapes = [shape(looked_at.db, table) for table in TABLES]
    longest = max(sum(1 for _ in rows(looked_at.db, what)) for what in shapes)
    check(looked_at.db, shapes, longest)
    with pytest.raises(ArchiveError, match="a sheet holds"):
        check(looked_at.db, shapes, longest - 1)


def test_a_refused_workbook_leaves_nothing_behind(filled: Small, tmp_path: Path) -> None:
    filled.db.execute(
        """WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n LIMIT :more)
        INSERT INTO publisher_names (publisher_id, name)
            SELECT (SELECT min(id) FROM publishers), 'Name ' || n FROM n""",
        {"more": ROWS + 1},
    )
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(ArchiveError, match=r"publisher_names has more: .* --format parquet"):
        export(filled.db, filled.warc, Wanted("xlsx"), out / "data.xlsx")
    assert list(out.iterdir()) == []


CELLS = [
    "x",
    " x",
    "x ",
    "x\n",
    "\tx",
    "a & b",
    "<b>x</b>",
    "_x0041_",
    "\x01",
    "=1+1",
    "http://example.org",
    "",
    "ü€😀",
    "\u00a0x",
]


def test_rows_of_a_workbook_are_those_that_xlsxwriter_makes_cell_by_cell(tmp_path: Path) -> None:
    found = [(text, number, None) for text, number in zip(CELLS, (1, -2.5, 1e15, 0.1) * 4, strict=False)]
    for name in ("rows", "cells"):
        book = xlsxwriter.Workbook(tmp_path / name, {"constant_memory": True, "strings_to_urls": False})
        book.set_properties({"created": datetime(2026, 1, 1, tzinfo=UTC)})
        sheet = book.add_worksheet("x", Rows)
        sheet.letters, sheet.texts = ("A", "B", "C"), (True, False, True)
        sheet.write_row(0, 0, ["a", "b", "c"])
        for at, row in enumerate(found, 1):
            if name == "rows":
                sheet.write_cells(at, row)
            else:
                sheet.write_string(at, 0, row[0])
                sheet.write_number(at, 1, row[1])
        book.close()
    assert (tmp_path / "rows").read_bytes() == (tmp_path / "cells").read_bytes()


def test_the_same_rows_give_the_same_workbook(looked_at: Small, tmp_path: Path) -> None:
    for name in ("one", "two"):
        export(looked_at.db, looked_at.warc, Wanted("xlsx"), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
