"""Mentions of texts that lie in Parquet files: for those who hold texts and no web archive.

Ranges of rows go out, tables of mentions come back, in the order of the rows; the result is the same bytes
whoever did the work.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, partial
from pathlib import Path
from tempfile import NamedTemporaryFile

import pyarrow as pa
import pyarrow.parquet as pq

from archive.errors import ArchiveError
from archive.german import LANDS
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
WANTED = {"id": "numbers or text", "text": "text", "published": "days or text", "jurisdiction": "text"}
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
    """Rows of one row group of a file as it was when the work began."""

    path: str
    state: tuple[int, int]  # its length and when it was changed; a worker keeps files open for longer
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
    ArchiveError where a file is no Parquet file, lacks a column, or holds what is no text or no day.
    """
    files = sorted(source.glob("*.parquet")) if source.is_dir() else [source]
    if not files:
        raise ArchiveError(f"{source} holds no .parquet file")
    beside = source if source.is_dir() and target.suffix == ".parquet" else None
    if target.resolve() in [path.resolve() for path in files] or beside == target.parent:
        raise ArchiveError(f"{target} would stand among the texts; name a place elsewhere with --out")
    ranges = [each for path in files for each in _ranges(path.resolve())]
    total, done, found = sum(each.rows for each in ranges), 0, 0
    schema = _schema(_type_of_id([path.resolve() for path in files]))
    tables = ordered(partial(_all_of, calendar_only), ranges, workers, batch=1)
    with _drafted(target) as draft, pq.ParquetWriter(draft, schema, compression="zstd") as writer:
        for each, table in zip(ranges, tables, strict=True):
            if table.num_rows:
                writer.write_table(table.cast(schema))
            done, found = done + each.rows, found + table.num_rows
            progress(done, total)
    return found


@contextmanager
def _drafted(target: Path) -> Iterator[Path]:
    """A file beside the target, its own for each who writes; it takes the place when all went well."""
    with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
        draft = Path(file.name)
    try:
        yield draft
        draft.chmod(0o666 & ~_umask())
        with draft.open("rb") as whole:
            os.fsync(whole.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _schema(of_id: pa.DataType) -> pa.Schema:
    told = {"pressearchiv_rules": RULES_VERSION}
    return pa.schema([("id", of_id), *COLUMNS], metadata=told)


def _ranges(path: Path) -> Iterator[Range]:
    state = _state(str(path))
    file = _opened(str(path), state)
    _columns(str(path), file)
    for group in range(file.num_row_groups):
        rows = file.metadata.row_group(group).num_rows
        for start in range(0, rows, ROWS):
            yield Range(str(path), state, group, start, min(ROWS, rows - start))


def _state(path: str) -> tuple[int, int]:
    try:
        told = Path(path).stat()
    except OSError as error:
        raise ArchiveError(f"{path} cannot be read ({error.strerror})") from error
    return told.st_size, told.st_mtime_ns


@lru_cache(maxsize=16)
def _opened(path: str, state: tuple[int, int]) -> pq.ParquetFile:
    if _state(path) != state:
        raise ArchiveError(f"{path} was changed meanwhile, or is another file on another machine; begin anew")
    try:
        return pq.ParquetFile(path)
    except (pa.ArrowException, OSError) as error:
        raise ArchiveError(f"{path} is no Parquet file, or cannot be read ({str(error).strip()})") from error


def _type_of_id(paths: Sequence[Path]) -> pa.DataType:
    """Of which type ids are; one for all files that hold some."""
    files = {path: _opened(str(path), _state(str(path))) for path in paths}
    found = {
        path: _columns(str(path), file)["id"].type for path, file in files.items() if file.metadata.num_rows
    }
    first = next(iter(found), None)
    if first is None:
        return TEXT
    if other := next((path for path in found if found[path] != found[first]), None):
        raise ArchiveError(
            f"ids are {found[first]} in {first} and {found[other]} in {other}; write them in one type"
        )
    return found[first]


def _columns(path: str, file: pq.ParquetFile) -> dict[str, pa.Field]:
    """The columns that are there, by what they mean."""
    schema = file.schema_arrow
    found = {}
    for meaning, names in NAMES.items():
        if name := next((name for name in names if name in schema.names), None):
            if schema.names.count(name) > 1:
                raise ArchiveError(f"{path}: there are two columns {name}; name one of them otherwise")
            found[meaning] = schema.field(name)
            if file.metadata.num_rows and not _is_readable(meaning, found[meaning].type):
                told = f"{name} holds {found[meaning].type} instead of {WANTED[meaning]}"
                raise ArchiveError(f"{path}: {told}; write it so")
        elif meaning in ("id", "text"):
            among = ", ".join(schema.names)
            raise ArchiveError(f"{path}: there is no column {' or '.join(names)} among {among}")
    return found


def _is_readable(meaning: str, kind: pa.DataType) -> bool:
    plain = kind.value_type if pa.types.is_dictionary(kind) else kind
    if pa.types.is_string(plain) or pa.types.is_large_string(plain) or pa.types.is_string_view(plain):
        return True
    if pa.types.is_null(plain):
        return meaning in ("published", "jurisdiction")
    if meaning == "published":
        return bool(pa.types.is_date(plain) or pa.types.is_timestamp(plain))
    return meaning == "id" and bool(pa.types.is_integer(plain))


def _all_of(calendar_only: bool | None, ranges: list[Range]) -> list[pa.Table]:
    """In whichever process, on whichever machine: the mentions of each range."""
    return [_mentions(each, calendar_only) for each in ranges]


def _mentions(which: Range, calendar_only: bool | None) -> pa.Table:
    columns = _columns(which.path, _opened(which.path, which.state))
    said = _said(which, columns)
    unknown = [None] * which.rows
    days, lands = said.get("published", unknown), said.get("jurisdiction", unknown)
    texts = [
        (str(text or ""), Context(_day(day, which), _land(land, which)))
        for text, day, land in zip(said["text"], days, lands, strict=True)
    ]
    found = extract_all(texts, calendar_only=calendar_only)
    return pa.Table.from_pylist(list(_rows(said["id"], found)), schema=_schema(columns["id"].type))


def _said(which: Range, columns: dict[str, pa.Field]) -> dict[str, list[object]]:
    """The values of a range, by what they mean."""
    try:
        group = _group(which.path, which.state, which.group, tuple(f.name for f in columns.values()))
        rows = group.slice(which.start, which.rows)
        return {meaning: rows.column(field.name).to_pylist() for meaning, field in columns.items()}
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        last = which.start + which.rows
        raise ArchiveError(
            f"{which.path}: rows {which.start} to {last} of row group {which.group} cannot be read "
            f"({str(error).strip()}); mend or leave them out"
        ) from error


@lru_cache(maxsize=1)
def _group(path: str, state: tuple[int, int], group: int, names: tuple[str, ...]) -> pa.Table:
    """A row group; the next range is mostly of the same."""
    return _opened(path, state).read_row_group(group, columns=list(names))


def _rows(ids: Sequence[object], found: Sequence[Sequence[Mention]]) -> Iterator[dict[str, object]]:
    for key, mentions in zip(ids, found, strict=True):
        for mention in mentions:
            yield {"id": key, **mention.as_json()}


def _day(value: object, which: Range) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not value:
        return None
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError as error:
        raise ArchiveError(
            f"{which.path}: {value!r} is no day of publication; write it as 2018-03-28"
        ) from error


def _land(code: object, which: Range) -> str | None:
    if not code:
        return None
    if code not in LANDS:
        raise ArchiveError(f"{which.path}: jurisdiction {code!r} is unknown; known are {', '.join(LANDS)}")
    return str(code)
