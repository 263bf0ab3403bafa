"""One workbook with a sheet per table, for those who work in a spreadsheet.

Every text is written as text, so nothing is run. A sheet holds 1,048,576 rows, a cell 32,767 letters: longer
tables go on in a further sheet, longer texts are cut and say so.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.worksheet import Worksheet

from archive.errors import ArchiveError
from exports.columns import Column
from exports.tables import Row, Shape

ROWS = 1_048_575  # below the header
CHARACTERS = 32_767
CUT = " … [gekürzt]"


def write_workbook(
    path: Path, tables: Iterable[tuple[Shape, Iterable[Row]]], codebook: Iterable[Row], names: Sequence[str]
) -> None:
    """All tables, then the codebook, whose rows are asked for when all tables were read."""
    options = {"constant_memory": True, "strings_to_urls": False, "tmpdir": str(path.parent)}
    book = xlsxwriter.Workbook(str(path), options)
    bold = book.add_format({"bold": True})
    for shape, rows in tables:
        iterator, part = iter(rows), 1
        while True:
            name = shape.name if part == 1 else f"{shape.name[:25]} ({part})"
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, [column.name for column in shape.columns], bold)
            sheet.freeze_panes(1, 0)
            if _fill(sheet, shape.columns, islice(iterator, ROWS)) < ROWS:
                break
            part += 1
    sheet = book.add_worksheet("codebook")
    sheet.write_row(0, 0, names, bold)
    for at, row in enumerate(codebook, 1):
        for place, value in enumerate(row):
            sheet.write_string(at, place, str(value))
    try:
        book.close()
    except FileCreateError as error:
        raise ArchiveError(
            f"{path} cannot be written ({error}); make room on the disk and run again"
        ) from error


def _fill(sheet: Worksheet, columns: Sequence[Column], rows: Iterator[Row]) -> int:
    at = 0
    texts = [column.type in ("string", "date", "datetime") for column in columns]
    for at, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            if value is None:
                continue
            if texts[place]:
                sheet.write_string(at, place, _cell(str(value)))
            else:
                sheet.write_number(at, place, float(str(value)))
    return at


def _cell(value: str) -> str:
    return value if len(value) <= CHARACTERS else value[: CHARACTERS - len(CUT)] + CUT
