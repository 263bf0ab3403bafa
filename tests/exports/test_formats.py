"""Every format holds the same rows, and describes them."""

import csv
import json
import sqlite3
import warnings
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.chosen import choose
from exports.delimited import FORMULA, safe, unsafe
from exports.run import Format, Wanted, export
from exports.tables import TABLES, rows, shape
from tests.exports.filled import FORMULA as TITLE
from tests.pipeline.small import Small

Told = dict[str, list[dict[str, object]]]


def _export(small: Small, form: Format, out: Path) -> Told:
    export(small.db, small.warc, Wanted(form), out)
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
