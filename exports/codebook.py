"""The codebook of an export: every column with its meaning, type, how often it is filled and with what.

Meanings and types come from the schema and from what the pages say; shares and values are counted in the rows
themselves while they are written.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from exports.columns import metadata
from exports.tables import Row, Shape

FEW = 40  # values that are listed; more are many
SHORT = 60  # characters of such a value
NAMES = (
    "table",
    "column",
    "type",
    "key",
    "required",
    "description",
    "rows",
    "filled",
    "smallest",
    "largest",
    "values",
)


@dataclass
class Told:
    """What the rows of one column held."""

    filled: int = 0
    smallest: str | float | None = None
    largest: str | float | None = None
    values: dict[str, int] | None = field(default_factory=dict)  # None: too many to list


@dataclass
class Counted:
    """What the rows of one table held, column by column."""

    rows: int = 0
    columns: list[Told] = field(default_factory=list)


def counting(shape: Shape, rows: Iterable[Row], counted: Counted) -> Iterator[Row]:
    """The same rows, counted in `counted` as they pass."""
    batch: list[Row] = []
    counted.columns = [Told() for _ in shape.columns]
    for row in rows:
        batch.append(row)
        if len(batch) == 500:
            _count(shape, batch, counted)
            batch.clear()
        yield row
    _count(shape, batch, counted)


def _count(shape: Shape, batch: Sequence[Row], counted: Counted) -> None:
    counted.rows += len(batch)
    for column, told, values in zip(shape.columns, counted.columns, zip(*batch, strict=True), strict=False):
        held = [value for value in values if value is not None]
        told.filled += len(held)
        if column.type == "string":
            if told.values is not None:
                told.values = _listed(told.values, held)
        elif held:
            told.smallest = min([*held, *([] if told.smallest is None else [told.smallest])])
            told.largest = max([*held, *([] if told.largest is None else [told.largest])])


def _listed(before: dict[str, int], held: Sequence[object]) -> dict[str, int] | None:
    counts = Counter(before)
    counts.update(map(str, held))
    return None if len(counts) > FEW or any(len(value) > SHORT for value in counts) else dict(counts)


def lines(shapes: Iterable[tuple[Shape, Counted]]) -> Iterator[tuple[str, ...]]:
    """The codebook row by row, in the columns `NAMES`."""
    for shape, counted in shapes:
        for column, told in zip(shape.columns, counted.columns, strict=True):
            share = f"{told.filled / counted.rows:.4f}" if counted.rows else ""
            is_key = "key" if column.name in shape.table.key else ""
            required = "required" if column.required else ""
            yield (
                *(shape.name, column.name, column.type, is_key, required, column.description),
                *(str(counted.rows), share),
                *("" if v is None else str(v) for v in (told.smallest, told.largest)),
                _values(column.allowed, told),
            )


def _values(allowed: Sequence[str], told: Told) -> str:
    """A JSON object of values and how often they come: those allowed, or those found where they are few."""
    held = told.values or {}
    if allowed:
        return json.dumps({value: held.get(value, 0) for value in allowed})
    if not held or sum(held.values()) == len(held) > 1:  # each but once: that is a key
        return ""
    return json.dumps(dict(sorted(held.items(), key=lambda v: (-v[1], v[0]))), ensure_ascii=False)


def page(shapes: Sequence[tuple[Shape, Counted]]) -> str:
    """The codebook as a page to read."""
    parts = ["# Codebook", "", "One section per table. *Filled* is the share of rows that hold a value.", ""]
    told = list(lines(shapes))
    for shape, counted in shapes:
        about = metadata().get(shape.name, {})
        parts += [f"## {shape.name}: {about.get('title', shape.name)}", "", about.get("description", ""), ""]
        parts += [f"{counted.rows} rows; key: {', '.join(f'`{name}`' for name in shape.table.key)}", ""]
        parts += ["| column | type | filled | meaning | values |", "|---|---|---|---|---|"]
        for row in told:
            if row[0] == shape.name:
                between = f"{row[8]} … {row[9]}" if row[8] else ""
                values = "; ".join(f"{v}: {n}" for v, n in json.loads(row[10] or "{}").items()) or between
                values = values.replace("|", "\\|").replace("\n", " ")
                parts.append(f"| `{row[1]}` | {row[2]} | {row[7]} | {row[5]} | {values} |")
        parts.append("")
    return "\n".join(parts)
