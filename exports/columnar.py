"""Parquet, written in row groups, with dates and moments as such and the codebook in the schema."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from archive.errors import ArchiveError
from exports.columns import Column
from exports.tables import Row, Shape

GROUP = 20_000  # rows; fewer where they hold texts
GROUP_OF_TEXTS = 4_000
SLICE = 1_000  # rows of a group that are held as Python has them
TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "datetime": pa.timestamp("s", tz="UTC"),
}


def write_parquet(path: Path, shape: Shape, rows: Iterable[Row]) -> None:
    """A table. Raises ArchiveError where a value is not of its column's type."""
    schema = pa.schema([_field(column) for column in shape.columns])
    size = GROUP_OF_TEXTS if any(c.name in ("text", "text_difference") for c in shape.columns) else GROUP
    with path.open("wb") as file, pq.ParquetWriter(file, schema, compression="zstd") as writer:
        slices = _slices(shape, schema, rows)
        while group := list(islice(slices, size // SLICE)):
            writer.write_table(pa.Table.from_batches(group).combine_chunks(), size)


def _slices(shape: Shape, schema: pa.Schema, rows: Iterable[Row]) -> Iterator[pa.RecordBatch]:
    iterator = iter(rows)
    while some := list(islice(iterator, SLICE)):
        columns = zip(shape.columns, zip(*some, strict=True), strict=True)
        yield pa.record_batch([_array(shape, column, values) for column, values in columns], schema=schema)


def _field(column: Column) -> pa.Field:
    return pa.field(column.name, TYPES[column.type], not column.required, {"description": column.description})


def _array(shape: Shape, column: Column, values: tuple[object, ...]) -> pa.Array:
    try:
        if column.type in ("date", "datetime"):
            return pa.array(values, pa.string()).cast(TYPES[column.type])
        if column.type == "boolean":
            values = tuple(None if value is None else bool(value) for value in values)
        return pa.array(values, TYPES[column.type])
    except pa.ArrowInvalid as error:
        raise ArchiveError(
            f"{shape.name}.{column.name} holds what is no {column.type} ({error}); `pressearchiv verify`, "
            "or export as JSON Lines"
        ) from error
