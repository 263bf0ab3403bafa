r"""CSV that spreadsheets open without running anything, and JSON Lines.

A text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV injection). So that
nothing is lost, one that already looks so gets one more: taking one apostrophe from every value that matches
`^'+[=+\-@\t\r\n＝＋－＠]` gives the values back.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import msgspec

from exports.tables import Row, Shape, objects

FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
FIRST = frozenset("'=+-@\t\r\n＝＋－＠")  # what such a text begins with
AT_ONCE = 200  # rows


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
            told: Sequence[object] = row
            for at in texts:
                value = row[at]
                if value and str(value)[0] in FIRST:
                    told = [*told[:at], safe(value), *told[at + 1 :]]
            writer.writerow(told)


def write_jsonl(path: Path, shape: Shape, rows: Iterable[Row]) -> None:
    """A table as one JSON object per line; what is empty is null."""
    with path.open("wb") as file:
        file.writelines(json_lines(shape, rows))


def json_lines(shape: Shape, rows: Iterable[Row]) -> Iterator[bytes]:
    """Rows as lines of JSON, many at a time."""
    encoder = msgspec.json.Encoder()
    found = objects(shape, rows)
    while some := list(islice(found, AT_ONCE)):
        yield encoder.encode_lines(some)
