"""One workbook with a sheet per table, for those who work in a spreadsheet.

Every text is written as text, so nothing is run. A sheet holds 1,048,576 rows, a cell 32,767 letters: longer
tables go on in a further sheet, longer texts are cut and say so. The same rows give the same bytes.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.worksheet import Worksheet

from archive.errors import ArchiveError
from exports.tables import Row, Shape

ROWS = 1_048_575  # below the header
SHEET = 1_500_000_000  # bytes of one before packing: spreadsheets balk at more than 2 GiB
CELL = 50  # of them around what a cell says
CHARACTERS = 32_767
CUT = " … [gekürzt]"


def write_workbook(
    path: Path,
    tables: Iterable[tuple[Shape, Iterable[Row]]],
    codebook: Iterable[Row],
    names: Sequence[str],
    made: datetime,
    most: int = ROWS,
) -> None:
    """All tables, then the codebook, whose rows are asked for when all tables were read.

    At most `most` rows to a sheet.
    """
    options = {
        "constant_memory": True,
        "strings_to_urls": False,
        "tmpdir": str(path.parent),
        "use_zip64": True,  # says so only in a workbook that needs it
    }
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"created": made})
    for shape, rows in tables:
        _table(book, shape, rows, most)
    sheet = _sheet(book, "codebook", names)
    for at, row in enumerate(codebook, 1):
        for place, value in enumerate(row):
            sheet.write_string(at, place, str(value))
    try:
        book.close()
    except FileCreateError as error:
        raise ArchiveError(
            f"{path} cannot be written ({error}); make room on the disk and run again"
        ) from error


def _table(book: xlsxwriter.Workbook, shape: Shape, rows: Iterable[Row], most: int) -> None:
    names = [column.name for column in shape.columns]
    texts = [column.type in ("string", "date", "datetime") for column in shape.columns]
    sheet, part = _sheet(book, shape.name, names), 1
    at = size = 0
    for row in rows:
        if at == most or size > SHEET:
            part += 1
            sheet = _sheet(book, f"{shape.name[:25]} ({part})", names)
            at = size = 0
        at += 1
        for place, value in enumerate(row):
            if value is None:
                continue
            size += CELL
            if texts[place]:
                text = _cell(str(value))
                size += len(text)
                sheet.write_string(at, place, text)
            else:
                sheet.write_number(at, place, float(str(value)))


def _sheet(book: xlsxwriter.Workbook, name: str, names: Sequence[str]) -> Worksheet:
    sheet = book.add_worksheet(name)
    sheet.write_row(0, 0, names, book.add_format({"bold": True}))
    sheet.freeze_panes(1, 0)
    return sheet


def _cell(value: str) -> str:
    return value if len(value) <= CHARACTERS else value[: CHARACTERS - len(CUT)] + CUT
