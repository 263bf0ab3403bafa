"""The options that choose are those of the search, and the commands say what they did."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.filters import FILTERS
from archive.parameters import PARAMETERS
from cli.export import export
from cli.snapshot import snapshot
from tests.pipeline.small import Small


def test_every_filter_of_the_search_is_an_option() -> None:
    assert {parameter.name for parameter in export.params} >= {"q", *FILTERS}


def test_every_filter_has_one_name_in_addresses_and_one_in_english() -> None:
    assert {"q", *FILTERS} == {parameter.name for parameter in PARAMETERS}
    assert len({parameter.option for parameter in PARAMETERS}) == len(PARAMETERS)


@pytest.mark.parametrize(
    ("options", "releases"),
    [
        ((), 4),
        (("--query", "Bahnhofstraße"), 1),
        (("--jurisdiction", "DE-TH", "--district", "16065"), 1),
        (("--since", "2026-02-27", "--until", "2026-02-27"), 4),
        (("--changed",), 2),
        (("--amount-from", "1000000"), 1),
        (("--with-attachment",), 1),
    ],
)
def test_a_selection_is_counted(
    looked_at: Small, tmp_path: Path, options: tuple[str, ...], releases: int
) -> None:
    out = tmp_path / "out.sqlite"
    done = CliRunner().invoke(export, [str(out), "--archive", str(looked_at.archive), *options])
    assert done.exit_code == 0, done.output
    assert f": {releases} releases, " in done.output
    assert out.is_file()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--since", "gestern"), "cannot be meant"),
        (("--amount-from", "viel"), "cannot be meant"),
        (("--format", "tei", "--without-texts"), "nothing without texts"),
        (("--with-reserved", "--without-texts"), "contradict"),
        (("--format", "docx"), "is not one of"),
    ],
)
def test_bad_use_is_said(looked_at: Small, tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    done = CliRunner().invoke(export, [str(tmp_path / "out"), "--archive", str(looked_at.archive), *options])
    assert done.exit_code == 2
    assert said in done.output


def test_a_collection_for_replay_holds_the_selection(looked_at: Small, tmp_path: Path) -> None:
    places = ["--archive", str(looked_at.archive), "--warc", str(looked_at.warc)]
    [(release,)] = looked_at.rows("SELECT id FROM releases WHERE url LIKE '%/1'")
    done = CliRunner().invoke(export, [str(tmp_path / "one.wacz"), "--release", str(release), *places])
    assert done.exit_code == 0, done.output
    assert "1 releases, 2 records" in done.output
    assert (tmp_path / "one.wacz").is_file()


def test_the_command_takes_checks_and_applies_snapshots(filled: Small, tmp_path: Path) -> None:
    daten, archive = str(tmp_path / "daten"), ["--archive", str(filled.archive)]
    run = CliRunner().invoke
    assert "new" in run(snapshot, [daten, *archive]).output
    assert "nothing changed" in run(snapshot, [daten, *archive]).output
    filled.db.execute("UPDATE releases SET number = '7'")
    assert "difference" in run(snapshot, [daten, *archive]).output
    assert run(snapshot, [daten, "--check"]).output.count("whole") == 2
    [difference] = (tmp_path / "daten" / "differences").iterdir()
    later = tmp_path / "daten" / "snapshots" / difference.name.partition("..")[2]
    later.rename(tmp_path / "aside")
    assert "made" in run(snapshot, [daten, "--apply", str(difference)]).output
    assert (later / "manifest.json").read_bytes() == (tmp_path / "aside" / "manifest.json").read_bytes()
