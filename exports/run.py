"""The export: what was chosen, in one format, step by step; a killed one goes on with the steps that lack."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from sqlite_utils import Database

from archive.clock import moment
from archive.progress import Advance, Progress, unseen
from archive.selection import Asked
from exports import codebook, datapackage, unfinished
from exports.chosen import at_one_moment, choose
from exports.codebook import Counted, Told
from exports.tables import TABLES, Row, Shape, Wording, rows, shape
from exports.unfinished import Unfinished

Format = Literal["csv", "jsonl", "parquet", "sqlite", "xlsx", "ftm", "tei", "text", "wacz"]
Writer = Callable[[Path, Shape, Iterator[Row]], None]
STATE = """
SELECT (SELECT group_concat(key || '=' || value) FROM archive_state), (SELECT max(id) FROM runs),
    (SELECT max(id) FROM captures), (SELECT count(*) FROM releases), (SELECT count(*) FROM redactions),
    (SELECT count(*) FROM corrections), (SELECT max(name) FROM _sqlite_migrations)
"""
NEWEST = "SELECT coalesce(max(captured_at), '1980-01-01T00:00:00Z') FROM captures"
UNRESERVED = """
SELECT key FROM chosen_release WHERE :all OR key NOT IN (SELECT key FROM reserved_releases) ORDER BY key
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to export."""

    form: Format
    asked: Asked | None = None
    releases: tuple[str, ...] = ()
    wording: Wording = "unreserved"
    title: str = "Pressearchiv"


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written."""

    releases: int
    rows: int
    resumed: int  # steps that an earlier, killed run had done


def export(
    db: Database,
    warc: Path,
    wanted: Wanted,
    out: Path,
    *,
    force: bool = False,
    progress: Progress = unseen,
) -> Exported:
    """Write what is wanted to `out`, which appears when it is whole.

    All of it is as the archive was at one moment, whatever is written meanwhile. Raises ArchiveError where
    the target is there, nothing was chosen or something cannot be written; BusyError while
    another export to it goes on.
    """
    unfinished.check(out, force=force)
    with unfinished.alone(out), at_one_moment(db):
        counts = choose(db, wanted.asked, wanted.releases)
        if wanted.form == "xlsx":
            _check_sheets(db, wanted.wording)
        work = unfinished.resume(out, _request(db, wanted))
        resumed = len(work.done)
        with unfinished.room(out):
            written = _write(db, warc, wanted, out, work, counts, progress)
    return Exported(counts["release"], written, resumed)


def _check_sheets(db: Database, wording: Wording) -> None:
    from exports.workbook import check

    check(db, (shape(db, table, wording) for table in TABLES))


def _request(db: Database, wanted: Wanted) -> dict[str, object]:
    return asdict(wanted) | {"state": list(db.execute(STATE).fetchone())}


def _write(
    db: Database,
    warc: Path,
    wanted: Wanted,
    out: Path,
    work: Unfinished,
    counts: dict[str, int],
    progress: Progress,
) -> int:
    if wanted.form == "wacz":
        return _wacz(db, warc, wanted, out, work, progress)
    if wanted.form in ("tei", "text", "ftm"):
        from exports import corpora

        return corpora.write(db, wanted.form, wanted.title, out, work, wanted.wording, progress)
    shapes = [shape(db, table, wanted.wording) for table in TABLES]
    read = _Reading(db, counts, Advance(progress, sum(counts[s.table.scope] for s in shapes)))
    if wanted.form == "xlsx":
        return _workbook(shapes, read, out, work)
    return _tables(wanted, shapes, read, out, work)


@dataclass
class _Reading:
    """Rows that are counted as they pass, with progress."""

    db: Database
    keys: dict[str, int]  # how many each scope has
    advance: Advance

    def rows(self, what: Shape, counted: Counted) -> Iterator[Row]:
        return codebook.counting(what, rows(self.db, what, self.advance), counted)


def _tables(wanted: Wanted, shapes: list[Shape], read: _Reading, out: Path, work: Unfinished) -> int:
    write, one = _writer(wanted.form)
    counted = []
    for what in shapes:
        name = "data.sqlite" if one else f"{what.name}.{wanted.form}"
        if what.name not in work.done:
            count = Counted()
            part = work.folder / (name if one else f"{name}.part")
            write(part, what, read.rows(what, count))
            part.replace(work.folder / name)
            work.finish(what.name, asdict(count))
        else:
            read.advance(read.keys[what.table.scope])  # the bar begins where the stopped one was
        counted.append((what, _counted(work.done[what.name])))
    if one:
        from exports import sqlite_file

        made = work.folder / "data.sqlite"
        sqlite_file.write_codebook(made, codebook.NAMES, codebook.lines(counted))
        unfinished.publish(work, out, made)
    else:
        _describe(wanted, counted, work.folder)
        unfinished.publish(work, out)
    return sum(count.rows for _, count in counted)


def _writer(form: Format) -> tuple[Writer, bool]:
    """What writes a table, and whether all tables go into one file; loaded only when asked for."""
    if form == "parquet":
        from exports.columnar import write_parquet

        return write_parquet, False
    if form == "sqlite":
        from exports.sqlite_file import write_table

        return write_table, True
    from exports.delimited import write_csv, write_jsonl

    return (write_csv if form == "csv" else write_jsonl), False


def _describe(wanted: Wanted, counted: Sequence[tuple[Shape, Counted]], folder: Path) -> None:
    files = [(what, count, folder / f"{what.name}.{wanted.form}") for what, count in counted]
    package = datapackage.package("pressearchiv", wanted.title, files, {})
    (folder / "datapackage.json").write_text(package, "utf-8")
    (folder / "codebook.md").write_text(codebook.page(counted), "utf-8")


def _counted(told: dict[str, Any]) -> Counted:
    return Counted(told["rows"], [Told(**column) for column in told["columns"]])


def _workbook(shapes: list[Shape], read: _Reading, out: Path, work: Unfinished) -> int:
    from exports.workbook import write_workbook

    counted = [(what, Counted()) for what in shapes]
    tables = ((what, read.rows(what, count)) for what, count in counted)
    made = work.folder / "data.xlsx"
    (newest,) = read.db.execute(NEWEST).fetchone()
    write_workbook(made, tables, codebook.lines(counted), codebook.NAMES, moment(newest))
    unfinished.publish(work, out, made)
    return sum(count.rows for _, count in counted)


def _wacz(db: Database, warc: Path, wanted: Wanted, out: Path, work: Unfinished, progress: Progress) -> int:
    from exports.wacz import write_wacz

    made = work.folder / "data.wacz"
    records = write_wacz(db, warc, _unreserved(db, wanted.wording), made, wanted.title, progress)
    unfinished.publish(work, out, made)
    return records


def _unreserved(db: Database, wording: Wording) -> Iterator[str]:
    for (key,) in db.execute(UNRESERVED, {"all": wording == "all"}):
        yield key
