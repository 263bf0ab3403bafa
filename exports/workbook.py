"""One workbook with a sheet per table, for those who work in a spreadsheet.

Every text is written as text, so nothing is run. A sheet holds 1,048,576 rows, a cell 32,767 letters: longer
tables are refused before anything is written, longer texts are cut and say so. The same rows give the same
bytes.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import xlsxwriter
from sqlite_utils import Database
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from archive.errors import ArchiveError
from archive.german import number
from exports.tables import Row, Shape, is_longer

ROWS = 1_048_575  # below the header
SHEET = 1_500_000_000  # characters of one before packing: spreadsheets balk at more than 2 GiB
CHARACTERS = 32_767
CUT = " … [gekürzt]"


class Rows(Worksheet):  # type: ignore[misc]  # xlsxwriter tells no types
    """A sheet that takes whole rows: what xlsxwriter would write of them, in a third of the time."""

    letters: tuple[str, ...]
    texts: tuple[bool, ...]  # which columns hold texts

    def write_cells(self, at: int, row: Row) -> int:
        """Write a row below all others, in place of a write_string or write_number for each cell.

        How many characters it took.
        """
        self._write_single_row(at)  # the header, if it still waits
        self._check_dimensions(at, 0)
        line = at + 1
        cells = [f'<row r="{line}">']
        for letter, value, is_text in zip(self.letters, row, self.texts, strict=True):
            if value is None:
                continue
            if is_text:
                cells.append(self._text(f"{letter}{line}", _cell(str(value))))
            else:
                cells.append(f'<c r="{letter}{line}"><v>{value:.16G}</v></c>')
        cells.append("</row>")
        written = "".join(cells)
        self.fh.write(written)
        return len(written)

    def _text(self, reference: str, text: str) -> str:
        if _is_plain(text):
            return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'
        told = self._escape_data(self._escape_control_characters(text))
        kept = ' xml:space="preserve"' if told[:1].isspace() or told[-1:].isspace() else ""
        return f'<c r="{reference}" t="inlineStr"><is><t{kept}>{told}</t></is></c>'


def _is_plain(text: str) -> bool:
    """Whether a sheet holds it as it is; looking for what has to be escaped would take longer."""
    return (
        text.isprintable()
        and "&" not in text
        and "<" not in text
        and ">" not in text
        and "_x" not in text
        and text[:1] != " "
        and text[-1:] != " "
    )


def check(db: Database, shapes: Iterable[Shape], most: int = ROWS) -> None:
    """Raises ArchiveError where a table has more rows than a sheet holds."""
    for what in shapes:
        if is_longer(db, what, most):
            raise ArchiveError(
                f"a sheet holds {number(most)} rows, and {what.name} has more: choose less with --since, "
                "--until or another filter, or take --format parquet, csv or sqlite"
            )


def write_workbook(
    path: Path,
    tables: Iterable[tuple[Shape, Iterable[Row]]],
    codebook: Iterable[Row],
    names: Sequence[str],
    made: datetime,
    most: int = SHEET,
) -> None:
    """All tables, then the codebook, whose rows are asked for when all tables were read.

    A table of more than `most` characters goes on in a further sheet.
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
    sheet = sheet_of(book, "codebook", names, [True] * len(names))
    for at, row in enumerate(codebook, 1):
        sheet.write_cells(at, row)
    try:
        book.close()
    except FileCreateError as error:
        raise ArchiveError(
            f"{path} cannot be written ({error}); make room on the disk and run again"
        ) from error


def _table(book: xlsxwriter.Workbook, shape: Shape, rows: Iterable[Row], most: int) -> None:
    names = [column.name for column in shape.columns]
    texts = [column.type in ("string", "date", "datetime") for column in shape.columns]
    sheet, part = sheet_of(book, shape.name, names, texts), 1
    at = size = 0
    for row in rows:
        if size > most:
            part += 1
            sheet = sheet_of(book, f"{shape.name[:25]} ({part})", names, texts)
            at = size = 0
        at += 1
        size += sheet.write_cells(at, row)


def sheet_of(book: xlsxwriter.Workbook, name: str, names: Sequence[str], texts: Sequence[bool]) -> Rows:
    """A sheet with a head of these columns, of which some hold texts and the others numbers."""
    sheet: Rows = book.add_worksheet(name, Rows)
    sheet.letters = tuple(map(xl_col_to_name, range(len(names))))
    sheet.texts = tuple(texts)
    sheet.write_row(0, 0, names, book.add_format({"bold": True}))
    sheet.freeze_panes(1, 0)
    return sheet


def _cell(value: str) -> str:
    return value if len(value) <= CHARACTERS else value[: CHARACTERS - len(CUT)] + CUT
