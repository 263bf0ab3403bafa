r"""CSV that spreadsheets open without running anything, and JSON Lines.

A text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV injection). So that
nothing is lost, one that already looks so gets one more: taking one apostrophe from every value that matches
`^'+[=+\-@\t\r\n＝＋－＠]` gives the values back.
"""

import csv
import re
from collections.abc import Iterable
from pathlib import Path

import msgspec

from exports.tables import Row, Shape, objects

FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")


def safe(value: object) -> object:
    """A value that no spreadsheet runs.

    >>> safe("=1+1"), safe("'=1+1"), safe("'tis"), safe(-5)
    ("'=1+1", "''=1+1", "'tis", -5)
    """
    return f"'{value}" if isinstance(value, str) and FORMULA.match(value) else value


def unsafe(value: str) -> str:
    """The reverse of `safe`."""
    return value[1:] if value.startswith("'") and FORMULA.match(value) else value


def write_csv(path: Path, shape: Shape, rows: Iterable[Row]) -> None:
    """A table as RFC 4180 has it, in UTF-8; what is empty is nothing, truths are 1 and 0."""
    texts = [at for at, column in enumerate(shape.columns) if column.type == "string"]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.name for column in shape.columns])
        for row in rows:
            told = list(row)
            for at in texts:
                if (value := told[at]) and FORMULA.match(str(value)):
                    told[at] = f"'{value}"
            writer.writerow(told)


def write_jsonl(path: Path, shape: Shape, rows: Iterable[Row]) -> None:
    """A table as one JSON object per line; what is empty is null."""
    encoder = msgspec.json.Encoder()
    with path.open("wb") as file:
        for told in objects(shape, rows):
            file.write(encoder.encode(told) + b"\n")
