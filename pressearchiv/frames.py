"""Rows as data frames, with types that know of missing values.

Days are `datetime64[s]` at midnight, moments `datetime64[s, UTC]`: both reach from year 1 to 9999. Whole
numbers are Int64, sums of money and shares Float64 (a double holds every cent up to ninety trillion euros; a
Decimal would make columns of Python objects), truths boolean. Texts are `string`; what few values come again
and again in is `category`.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Sequence
from types import ModuleType
from typing import TYPE_CHECKING

from archive.errors import ArchiveError
from exports.columns import Column

if TYPE_CHECKING:  # whoever reads rows needs no pandas
    import pandas as pd

NULLABLE = {"integer": "Int64", "number": "Float64", "boolean": "boolean", "string": "string"}
CATEGORIES = frozenset(
    "kind source_key publisher_id publisher_name jurisdiction language field currency qualifier status role "
    "party form state timex_type rule published_precision published_rule media_type family".split()
)


def frame(rows: Iterable[dict[str, object]], columns: Sequence[Column]) -> pd.DataFrame:
    """A data frame of rows. Raises ArchiveError where pandas is missing or a value is not of its type."""
    pandas = _pandas()
    values: dict[str, list[object]] = {column.name: [] for column in columns}
    for row in rows:
        for name, held in values.items():
            held.append(row[name])
    told = {column.name: _series(pandas, column, values.pop(column.name)) for column in columns}
    return pandas.DataFrame(told)


def _series(pandas: ModuleType, column: Column, values: list[object]) -> pd.Series:
    if column.type in ("date", "datetime"):
        form = "%Y-%m-%d" if column.type == "date" else "%Y-%m-%dT%H:%M:%SZ"
        utc = column.type == "datetime"
        try:
            days = pandas.to_datetime(pandas.Series(values, dtype=object), format=form, utc=utc)
        except ValueError as error:
            raise ArchiveError(
                f"{column.name} holds what is no {column.type} ({error}); read it with Archive.rows"
            ) from error
        return days.astype("datetime64[s, UTC]" if utc else "datetime64[s]")
    if column.type == "string" and (column.allowed or column.name in CATEGORIES):
        return pandas.Series(values, dtype="string").astype("category")
    return pandas.Series(values, dtype=NULLABLE[column.type])


def _pandas() -> ModuleType:
    try:
        return importlib.import_module("pandas")
    except ModuleNotFoundError as error:
        raise ArchiveError(
            "data frames need pandas; `pip install 'pressearchiv[data]'` brings it, Archive.rows does without"
        ) from error
