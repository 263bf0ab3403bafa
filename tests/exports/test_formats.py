"""Every format holds the same rows, describes them, and is whole or not there."""

import csv
import json
import os
import signal
import sqlite3
import subprocess
import sys
import warnings
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import ArchiveError, BusyError
from exports.chosen import choose
from exports.delimited import FORMULA, safe, unsafe
from exports.run import Format, Wanted, export
from exports.tables import TABLES, rows, shape
from tests.exports.filled import FORMULA as TITLE
from tests.pipeline.small import Small

ROOT = Path(__file__).parents[2]
Told = dict[str, list[dict[str, object]]]


def _export(small: Small, form: Format, out: Path, **options: object) -> Told:
    export(small.db, small.warc, Wanted(form), out, **options)  # type: ignore[arg-type]
    return READ[form](out)


def _csv(out: Path) -> Told:
    told: Told = {}
    for path in out.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            told[path.stem] = [
                {k: unsafe(v) if v else None for k, v in row.items()} for row in csv.DictReader(file)
            ]
    return told


def _jsonl(out: Path) -> Told:
    return {
        p.stem: [json.loads(line) for line in p.read_text("utf-8").splitlines()] for p in out.glob("*.jsonl")
    }


def _parquet(out: Path) -> Told:
    return {path.stem: pq.read_table(path).to_pylist() for path in out.glob("*.parquet")}


def _sqlite(out: Path) -> Told:
    db = sqlite3.connect(out)
    db.row_factory = sqlite3.Row
    names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    told = {n: [dict(row) for row in db.execute(f'SELECT * FROM "{n}"')] for n in names if n != "codebook"}
    assert db.execute("SELECT count(*) FROM codebook").fetchone()[0] > 100
    db.close()
    return told


def _xlsx(out: Path) -> Told:
    book = openpyxl.load_workbook(out, read_only=True)
    told: Told = {}
    for name in book.sheetnames:
        names, *found = book[name].iter_rows(values_only=True)
        told[name] = [dict(zip(map(str, names), row, strict=True)) for row in found]
    book.close()
    assert len(told.pop("codebook")) > 100
    return told


READ: dict[Format, Callable[[Path], Told]] = {
    "csv": _csv, "jsonl": _jsonl, "parquet": _parquet, "sqlite": _sqlite, "xlsx": _xlsx,
}  # fmt: skip


def _plain(value: object) -> str | None:
    """A value as text, whatever a format makes of it."""
    if value is None:
        return None
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, int | float):
        return f"{float(value):g}"
    return str(value).replace("+00:00", "Z").replace(" ", "T") if hasattr(value, "isoformat") else str(value)


@pytest.mark.parametrize("form", READ)
def test_a_format_holds_the_rows_of_the_archive(looked_at: Small, tmp_path: Path, form: Format) -> None:
    told = _export(looked_at, form, tmp_path / f"out.{form}")
    choose(looked_at.db)
    for table in TABLES:
        found = shape(looked_at.db, table)
        expected = [[_plain(value) for value in row] for row in rows(looked_at.db, found)]
        names = [column.name for column in found.columns]
        got = [[_plain(row[name]) for name in names] for row in told[table.name]]
        if form == "csv":
            numbers = {at for at, c in enumerate(found.columns) if c.type in ("integer", "number", "boolean")}
            got = [[f"{float(v):g}" if v and at in numbers else v for at, v in enumerate(row)] for row in got]
            expected = [[value or None for value in row] for row in expected]
        assert got == expected, table.name
    assert [path.name for path in tmp_path.iterdir() if ".part" in path.name] == []


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_the_validator_of_data_packages_accepts_it(looked_at: Small, tmp_path: Path, form: Format) -> None:
    _export(looked_at, form, tmp_path / "out")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from frictionless import Package

        report = Package(str(tmp_path / "out" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "type", "note"])


def test_the_codebook_says_what_the_data_hold(looked_at: Small, tmp_path: Path) -> None:
    export(looked_at.db, looked_at.warc, Wanted("sqlite"), tmp_path / "out.sqlite")
    db = sqlite3.connect(tmp_path / "out.sqlite")
    db.row_factory = sqlite3.Row
    described = set()
    for line in db.execute("SELECT * FROM codebook"):
        table, column = line["table"], line["column"]
        described.add((table, column))
        held = f'SELECT count(*), count("{column}"), min("{column}"), max("{column}") FROM "{table}"'
        count, filled_in, least, most = db.execute(held).fetchone()
        assert int(line["rows"]) == count
        assert line["filled"] == (f"{filled_in / count:.4f}" if count else "")
        assert line["description"]
        if line["smallest"]:
            assert (line["smallest"], line["largest"]) == (str(least), str(most))
        for value, times in json.loads(line["values"] or "{}").items():
            found = db.execute(f'SELECT count(*) FROM "{table}" WHERE "{column}" = ?', (value,)).fetchone()[0]
            assert found == times, (table, column, value)
    tables = {t for (t,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")} - {"codebook"}
    held_columns = {(t, row[1]) for t in tables for row in db.execute(f'PRAGMA table_info("{t}")')}
    assert described == held_columns
    db.close()


def test_no_spreadsheet_runs_what_a_ministry_wrote(looked_at: Small, tmp_path: Path) -> None:
    _export(looked_at, "csv", tmp_path / "out")
    with (tmp_path / "out" / "releases.csv").open(encoding="utf-8", newline="") as file:
        titles = [row["title"] for row in csv.DictReader(file)]
    assert f"'{TITLE}" in titles
    _export(looked_at, "xlsx", tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    book.close()
    assert "f" not in kinds


@given(st.text(st.sampled_from("'=+-@\t\r\n＝ab"), max_size=6) | st.text(max_size=6))
def test_what_is_made_safe_can_be_had_back(value: str) -> None:
    made = str(safe(value))
    assert made == value or made[0] == "'"
    assert not (made and made[0] in "=+-@\t\r\n＝＋－＠")
    assert unsafe(made) == value
    assert bool(FORMULA.match(made)) == (made != value)


@pytest.mark.parametrize("form", ["csv", "parquet", "sqlite", "tei", "text", "ftm", "wacz"])
def test_an_export_that_was_stopped_goes_on_and_comes_out_the_same(
    looked_at: Small, tmp_path: Path, form: Format
) -> None:
    whole, out = tmp_path / "whole", tmp_path / "out"
    export(looked_at.db, looked_at.warc, Wanted(form), whole)
    steps = 0

    def stop(done: int, total: int) -> None:
        nonlocal steps
        steps += 1
        if steps == 9 or form in ("tei", "text", "ftm", "wacz"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(looked_at.db, looked_at.warc, Wanted(form), out, progress=stop)
    assert not out.exists()
    done = export(looked_at.db, looked_at.warc, Wanted(form), out)
    assert done.resumed > 0 or form in ("tei", "text", "wacz")  # one source, one file is one step
    assert _bytes(out) == _bytes(whole)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "whole"]


@pytest.mark.parametrize("form", ["csv", "sqlite"])
def test_the_bar_of_an_export_that_goes_on_begins_where_it_was_stopped_and_ends_full(
    looked_at: Small, tmp_path: Path, form: Format
) -> None:
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        if len(told) == 9:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(looked_at.db, looked_at.warc, Wanted(form), tmp_path / "out", progress=stop)
    stopped, total = told[-1]
    again: list[tuple[int, int]] = []
    export(
        looked_at.db, looked_at.warc, Wanted(form), tmp_path / "out", progress=lambda *at: again.append(at)
    )
    assert again[-1] == (total, total)
    assert (stopped, total) in again
    assert again == sorted(again)


def test_what_is_written_while_releases_are_chosen_is_in_no_part_of_an_export(
    filled: Small, tmp_path: Path
) -> None:
    export(filled.db, filled.warc, Wanted("jsonl"), tmp_path / "before")
    with closing(sqlite3.connect(filled.archive)) as other:

        def write(statement: str) -> None:
            if "INTO chosen_payload" in statement:
                filled.db.conn.set_trace_callback(None)
                other.execute("UPDATE releases SET title = 'anders', publisher_name = 'wer anders'")
                other.execute("UPDATE captures SET tdm_reservation = 1")
                other.commit()

        filled.db.conn.set_trace_callback(write)
        export(filled.db, filled.warc, Wanted("jsonl"), tmp_path / "during")
    assert _bytes(tmp_path / "during") == _bytes(tmp_path / "before")


def _bytes(path: Path) -> dict[str, bytes]:
    if path.is_file():
        return {"": path.read_bytes()}
    return {str(p.relative_to(path)): p.read_bytes() for p in sorted(path.rglob("*")) if p.is_file()}


def test_the_same_rows_give_the_same_workbook(looked_at: Small, tmp_path: Path) -> None:
    for name in ("one", "two"):
        export(looked_at.db, looked_at.warc, Wanted("xlsx"), tmp_path / name)
    assert _bytes(tmp_path / "one") == _bytes(tmp_path / "two")


def test_a_killed_export_leaves_no_file_that_looks_whole(looked_at: Small, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "cli", "export", str(out), "--format", "csv"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen([*command, "--archive", str(looked_at.archive)], env=environment)
    part = tmp_path / "out.part"
    while process.poll() is None and not (part / "versions.csv").exists():
        pass
    os.kill(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert not out.exists()
    assert part.is_dir()
    done = export(looked_at.db, looked_at.warc, Wanted("csv"), out)
    assert done.resumed > 0
    assert not part.exists()


def test_two_do_not_write_to_one_target_at_once(filled: Small, tmp_path: Path) -> None:
    def meanwhile(done: int, total: int) -> None:
        with pytest.raises(BusyError, match="another process"):
            export(filled.db, filled.warc, Wanted("csv"), tmp_path / "out")

    export(filled.db, filled.warc, Wanted("csv"), tmp_path / "out", progress=meanwhile)
    assert sorted(path.name for path in tmp_path.glob("*out*")) == ["out"]


def test_what_was_begun_for_another_state_of_the_archive_is_not_gone_on_with(
    filled: Small, tmp_path: Path
) -> None:
    def stop(done: int, total: int) -> None:
        if done > 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(filled.db, filled.warc, Wanted("csv"), tmp_path / "out", progress=stop)
    filled.build()
    assert export(filled.db, filled.warc, Wanted("csv"), tmp_path / "out").resumed == 0


def test_a_target_that_is_there_is_replaced_only_with_force(looked_at: Small, tmp_path: Path) -> None:
    for form in ("csv", "sqlite"):
        out = tmp_path / form
        _export(looked_at, form, out)  # type: ignore[arg-type]
        with pytest.raises(ArchiveError, match="--force"):
            _export(looked_at, form, out)  # type: ignore[arg-type]
        _export(looked_at, form, out, force=True)  # type: ignore[arg-type]
    with pytest.raises(ArchiveError, match="does not exist"):
        _export(looked_at, "csv", tmp_path / "nowhere" / "out")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["csv", "sqlite"]


@pytest.mark.parametrize("form", ["csv", "sqlite"])
def test_a_full_disk_is_said_in_a_line_and_leaves_no_target(
    looked_at: Small, tmp_path: Path, form: Format
) -> None:
    arguments = [str(tmp_path / "out"), "--format", form, "--archive", str(looked_at.archive)]
    command = ["sh", "-c", 'ulimit -f 80; exec "$@"', "sh", sys.executable, "-m", "cli", "export"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [*command, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "make room on the disk" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "out").exists()
