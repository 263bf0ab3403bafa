"""An export that is stopped, killed or disturbed goes on, comes out the same, or is not there."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from archive.errors import ArchiveError, BusyError
from exports.run import Format, Wanted, export
from tests.pipeline.small import Small

ROOT = Path(__file__).parents[2]


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
    forms: tuple[Format, ...] = ("csv", "sqlite")
    for form in forms:
        out = tmp_path / form
        export(looked_at.db, looked_at.warc, Wanted(form), out)
        with pytest.raises(ArchiveError, match="--force"):
            export(looked_at.db, looked_at.warc, Wanted(form), out)
        export(looked_at.db, looked_at.warc, Wanted(form), out, force=True)
    with pytest.raises(ArchiveError, match="does not exist"):
        export(looked_at.db, looked_at.warc, Wanted("csv"), tmp_path / "nowhere" / "out")
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
