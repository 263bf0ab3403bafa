"""Mentions of texts that lie in Parquet files: for those who hold texts and no web archive.

Ranges of rows go out, tables of mentions come back, in the order of the rows; the result is the same bytes
whoever did the work.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache, partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from archive.errors import ArchiveError
from pipeline.extract.mentions import Context, Mention
from pipeline.extract.release import RULES_VERSION, extract_all
from pipeline.workers import Workers, ordered

ROWS = 500  # texts in one range
NAMES = {  # of the columns, those of our own exports among them; the first that is there counts
    "id": ("id", "release_id"),
    "text": ("text",),
    "published": ("published", "published_on"),
    "jurisdiction": ("jurisdiction",),
}
TEXT, NUMBER = pa.string(), pa.float64()
COLUMNS = (
    [("kind", TEXT), ("start", pa.int64()), ("end", pa.int64()), ("surface", TEXT)]
    + [("confidence", NUMBER), ("rule", TEXT), ("value_min", NUMBER), ("value_max", NUMBER)]
    + [(name, TEXT) for name in ("currency", "qualifier", "timex", "timex_type", "first_on", "last_on")]
    + [(name, TEXT) for name in ("name", "person_id", "office", "ministry", "jurisdiction", "party", "role")]
    + [("ags", TEXT), ("form", TEXT), ("district", TEXT), ("candidates", pa.list_(TEXT))]
)


@dataclass(frozen=True, slots=True)
class Range:
    """Rows of one row group of a file."""

    path: str
    group: int
    start: int
    rows: int


def extract_parquet(
    source: Path,
    target: Path,
    *,
    calendar_only: bool | None = None,
    workers: Workers = 1,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> int:
    """Write what the texts of a file, or of all Parquet files of a folder, name; how many mentions that is.

    `progress` is called with texts done and to do. The target takes its place when it is whole. Raises
    ArchiveError where a file is no Parquet file or lacks a column.
    """
    files = sorted(source.glob("*.parquet")) if source.is_dir() else [source]
    if not files:
        raise ArchiveError(f"{source} holds no .parquet file")
    ranges = [each for path in files for each in _ranges(path.resolve())]
    total, done, found = sum(each.rows for each in ranges), 0, 0
    schema = _schema(_columns(_opened(str(files[0].resolve())))["id"].type)
    draft = target.with_name(f".{target.name}.draft")
    tables = ordered(partial(_all_of, calendar_only), ranges, workers, batch=1)
    with pq.ParquetWriter(draft, schema, compression="zstd") as writer:
        for each, table in zip(ranges, tables, strict=True):
            if table.num_rows:
                writer.write_table(table.cast(schema))
            done, found = done + each.rows, found + table.num_rows
            progress(done, total)
    draft.replace(target)
    return found


def _schema(of_id: pa.DataType) -> pa.Schema:
    told = {"pressearchiv_rules": RULES_VERSION}
    return pa.schema([("id", of_id), *COLUMNS], metadata=told)


def _ranges(path: Path) -> Iterator[Range]:
    file = _opened(str(path))
    _columns(file)
    for group in range(file.num_row_groups):
        rows = file.metadata.row_group(group).num_rows
        for start in range(0, rows, ROWS):
            yield Range(str(path), group, start, min(ROWS, rows - start))


@cache
def _opened(path: str) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(path)
    except (pa.ArrowInvalid, OSError) as error:
        raise ArchiveError(f"{path} is no Parquet file, or cannot be read ({error})") from error


def _columns(file: pq.ParquetFile) -> dict[str, pa.Field]:
    """The columns that are there, by what they mean."""
    schema = file.schema_arrow
    found = {}
    for meaning, names in NAMES.items():
        if name := next((name for name in names if name in schema.names), None):
            found[meaning] = schema.field(name)
        elif meaning in ("id", "text"):
            raise ArchiveError(f"there is no column {' or '.join(names)} among {', '.join(schema.names)}")
    return found


def _all_of(calendar_only: bool | None, ranges: list[Range]) -> list[pa.Table]:
    """In whichever process, on whichever machine: the mentions of each range."""
    return [_mentions(each, calendar_only) for each in ranges]


def _mentions(which: Range, calendar_only: bool | None) -> pa.Table:
    columns = _columns(_opened(which.path))
    group = _group(which.path, which.group, tuple(field.name for field in columns.values()))
    rows = group.slice(which.start, which.rows)
    said = {meaning: rows.column(field.name).to_pylist() for meaning, field in columns.items()}
    unknown = [None] * which.rows
    days, lands = said.get("published", unknown), said.get("jurisdiction", unknown)
    texts = [
        (text or "", Context(_day(day, which), land))
        for text, day, land in zip(said["text"], days, lands, strict=True)
    ]
    found = extract_all(texts, calendar_only=calendar_only)
    return pa.Table.from_pylist(list(_rows(said["id"], found)), schema=_schema(columns["id"].type))


@lru_cache(maxsize=1)
def _group(path: str, group: int, names: tuple[str, ...]) -> pa.Table:
    """A row group; the next range is mostly of the same."""
    return _opened(path).read_row_group(group, columns=list(names))


def _rows(ids: Sequence[object], found: Sequence[Sequence[Mention]]) -> Iterator[dict[str, object]]:
    for key, mentions in zip(ids, found, strict=True):
        for mention in mentions:
            yield {"id": key, **mention.as_json()}


def _day(value: object, which: Range) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError as error:
        raise ArchiveError(
            f"{which.path}: {value!r} is no day of publication; write it as 2018-03-28"
        ) from error
