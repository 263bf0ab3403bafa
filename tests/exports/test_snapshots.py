"""Snapshots come out the same, differences lead from one to the next, what was redacted is in neither."""

import gzip
import json
import re
import shutil
from pathlib import Path

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import ArchiveError, BusyError
from archive.progress import Begin, Progress, unseen
from archive.recovery import recover
from exports.snapshots import change, manifest, run, withdrawal
from exports.snapshots.difference import Counts, applied, steps
from pipeline.redact import Asked, redact
from tests.exports.filled import TEXTS, capture
from tests.pipeline.small import SOURCE, Small, start

KEY = ["release_id", "at"]
# Rows of a table whose key is (release_id, at), the latter sometimes empty.
tables = st.dictionaries(
    st.tuples(st.sampled_from("abcdé"), st.none() | st.integers(0, 3)),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=3),
    max_size=12,
)


def _lines(table: dict[tuple[str, int | None], str]) -> list[bytes]:
    order = sorted(table, key=lambda key: tuple((value is not None, value) for value in key))
    rows = [{"release_id": key[0], "at": key[1], "said": table[key]} for key in order]
    return [msgspec.json.encode(row) + b"\n" for row in rows]


@given(tables, tables)
def test_one_snapshot_and_the_difference_give_the_next_byte_for_byte(
    one: dict[tuple[str, int | None], str], two: dict[tuple[str, int | None], str]
) -> None:
    old, new, counts = _lines(one), _lines(two), Counts()
    taken = list(steps(old, new, KEY, counts))
    assert list(applied(old, taken)) == new
    assert counts.added == len(two.keys() - one.keys())
    assert counts.removed == len(one.keys() - two.keys())
    assert counts.changed == sum(one[key] != two[key] for key in one.keys() & two.keys())
    assert len(taken) == counts.added + counts.removed + counts.changed


def _take(small: Small, folder: Path, variant: manifest.Variant = "full") -> run.Taken:
    return run.take(small.db, folder, variant)


def _bytes(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def _told(folder: Path) -> str:
    """All that a folder says, unpacked."""
    raw = (
        gzip.decompress(p.read_bytes()) if p.suffix == ".gz" else p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    )
    return b"\n".join(raw).decode("utf-8")


@pytest.fixture
def whole(tmp_path: Path) -> Small:
    """An archive made by builds alone, so that it can be made again."""
    (tmp_path / "whole").mkdir()
    small = start(tmp_path / "whole")
    for which in TEXTS:
        capture(small, which)
    small.build()
    capture(small, "2", "Der Landkreis Gotha erhält 6.000 Euro.")
    small.build()
    return small


def test_the_same_archive_gives_the_same_bytes_however_it_was_built(whole: Small, tmp_path: Path) -> None:
    first = _take(whole, tmp_path / "one")
    assert not _take(whole, tmp_path / "one").is_new
    whole.build(rebuild=True)
    again = _take(whole, tmp_path / "two")
    assert again.folder.name == first.folder.name
    assert _bytes(again.folder) == _bytes(first.folder)
    whole.db.close()
    for path in whole.folder.glob("archive.db*"):  # lost, and made from the WARC files
        path.unlink()
    anew = start(whole.folder)
    recover(anew.db, whole.warc, "th-test", whole.moment)
    anew.moment = whole.moment
    anew.build()
    made = _take(anew, tmp_path / "three")
    assert made.folder.name == first.folder.name
    assert _bytes(made.folder) == _bytes(first.folder)
    anew.db.close()


def test_a_snapshot_says_what_it_is(filled: Small, tmp_path: Path) -> None:
    folder = _take(filled, tmp_path / "daten").folder
    said = manifest.read(folder)
    assert said["schema"] > "0012"
    assert said["rules_version"]
    assert said["tables"]["releases"]["rows"] == 4
    assert set(said["files"]) == set(_bytes(folder)) - {manifest.NAME}
    assert manifest.named(said) == folder.name
    cited = yaml.safe_load((folder / "CITATION.cff").read_text("utf-8"))
    assert cited["cff-version"] == "1.2.0"
    assert cited["type"] == "dataset"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d\+[0-9a-f]{12}", cited["version"])
    deposited = json.loads((folder / "datacite.json").read_text("utf-8"))
    asked = {"creators", "titles", "publisher", "publicationYear", "types", "schemaVersion"}
    assert asked <= deposited.keys()
    assert deposited["version"] == cited["version"]
    assert (tmp_path / "daten" / "latest").resolve() == folder
    assert not any(run.check(tmp_path / "daten").values())


def test_the_difference_makes_the_next_snapshot_of_the_one_before(whole: Small, tmp_path: Path) -> None:
    daten = tmp_path / "daten"
    first = _take(whole, daten)
    capture(whole, "4", "Die Straße kostet 2,4 Millionen Euro.")
    whole.build()
    second = _take(whole, daten)
    assert second.difference is not None
    changed = json.loads((second.difference / change.NAME).read_text("utf-8"))["tables"]
    assert changed["versions"]["added"] == 1
    assert changed["districts"] == {"added": 0, "changed": 0, "removed": 0, "whole": False}
    made = change.apply(second.difference, first.folder, _empty(tmp_path / "elsewhere"))
    assert _bytes(made) == _bytes(second.folder)
    with pytest.raises(ArchiveError, match="leads from"):
        change.apply(second.difference, second.folder, _empty(tmp_path / "wrong"))
    whole.db.close()


def _empty(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_what_was_redacted_is_in_no_later_snapshot_and_in_no_difference(whole: Small, tmp_path: Path) -> None:
    daten = tmp_path / "daten"
    first = _take(whole, daten)
    assert "Erna Beispiel" in _told(first.folder)
    _redact_erna(whole)
    second = _take(whole, daten)
    assert second.difference is not None
    assert "Erna Beispiel" not in _told(second.folder) + _told(second.difference)
    assert second.outdated == (first.folder,)
    made = change.apply(second.difference, first.folder, _empty(tmp_path / "elsewhere"))
    assert _bytes(made) == _bytes(second.folder)
    withdrawal.withdraw(daten, second.outdated)
    assert "Erna Beispiel" not in _told(daten)
    assert second.folder.is_dir()
    whole.db.close()


def _stopped_in(what: str) -> Begin:
    def stop(done: int, total: int) -> None:
        if done > total / 2:
            raise KeyboardInterrupt

    return lambda begun: stop if begun == what else unseen


def _redact_erna(whole: Small) -> None:
    asked = Asked(reason="Wunsch", author="E. Muster", kind="name", phrases=("Erna Beispiel",))
    redact(whole.archive, whole.warc, {"th-test": SOURCE}, asked, whole.moment)


@pytest.mark.parametrize("next_one", ["full", "without-texts"])
def test_what_a_stopped_snapshot_left_goes_with_the_next_of_any_variant(
    whole: Small, tmp_path: Path, next_one: manifest.Variant
) -> None:
    daten = tmp_path / "daten"
    with pytest.raises(KeyboardInterrupt):
        run.take(whole.db, daten, "full", _stopped_in("tables"))
    assert "Neue Straße" in _told(daten / "snapshots" / ".part-full")
    _take(whole, daten, next_one)
    assert [path.name for path in daten.rglob(".part*")] == []
    whole.db.close()


def test_what_a_stopped_copy_from_a_difference_left_goes_with_the_next(whole: Small, tmp_path: Path) -> None:
    daten = tmp_path / "daten"
    first = _take(whole, daten)
    capture(whole, "4", "Die Straße kostet 2,4 Millionen Euro.")
    whole.build()
    second = _take(whole, daten)
    assert second.difference
    copies = _empty(tmp_path / "copies")
    _empty(copies / ".part-2026-01-01-0123456789ab")
    made = change.apply(second.difference, first.folder, copies)
    assert list(copies.iterdir()) == [made]
    whole.db.close()


def test_no_link_leads_to_a_variant_that_was_withdrawn(whole: Small, tmp_path: Path) -> None:
    daten = tmp_path / "daten"
    bare, first = _take(whole, daten, "without-texts"), _take(whole, daten)
    _redact_erna(whole)
    second = _take(whole, daten)
    assert set(second.outdated) == {bare.folder, first.folder}
    assert withdrawal.withdraw(daten, second.outdated) == ["latest-without-texts"]
    assert [path.name for path in daten.iterdir() if path.is_symlink()] == ["latest"]
    again = _take(whole, daten, "without-texts")
    assert again.difference is None
    assert run.latest(daten, "without-texts") == again.folder
    whole.db.close()


def test_the_variant_without_texts_holds_no_words_and_a_link_of_its_own(
    filled: Small, tmp_path: Path
) -> None:
    filled.db.execute(
        "INSERT INTO issues (kind, subject, message, first_seen_at, last_seen_at) "
        "VALUES ('no_date', 'x', 'Neue Straße für Gotha', '', '')"
    )
    full = _take(filled, tmp_path / "daten")
    bare = _take(filled, tmp_path / "daten", "without-texts")
    assert bare.difference is None
    assert bare.folder.name.endswith("-without-texts")
    assert (tmp_path / "daten" / "latest").resolve() == full.folder
    assert (tmp_path / "daten" / "latest-without-texts").resolve() == bare.folder
    told = _told(bare.folder)
    for title, text in TEXTS.values():
        assert title not in told
        assert all(part not in told for part in text.split("\n"))
    assert manifest.read(bare.folder)["tables"]["amounts"]["rows"] == len(
        filled.rows("SELECT 1 FROM amounts")
    )


def test_damage_is_seen(filled: Small, tmp_path: Path) -> None:
    folder = _take(filled, tmp_path / "daten").folder
    (folder / "README.md").write_text("anders", "utf-8")
    (folder / "data" / "dates.jsonl.gz").unlink()
    (folder / "more").write_text("", "utf-8")
    assert run.check(tmp_path / "daten") == {folder.name: ["README.md", "data/dates.jsonl.gz", "more"]}


def test_a_damaged_snapshot_is_named_and_hinders_no_later_one(filled: Small, tmp_path: Path) -> None:
    daten = tmp_path / "daten"
    first = _take(filled, daten)
    path = first.folder / "data/releases.jsonl.gz"
    whole = path.read_bytes()
    path.write_bytes(whole[:40] + bytes(4) + whole[44:])
    assert run.check(daten) == {first.folder.name: ["data/releases.jsonl.gz"]}
    filled.db.execute("UPDATE releases SET number = '7'")
    second = _take(filled, daten)
    assert (second.difference, second.damaged) == (None, first.folder)
    assert run.latest(daten, "full") == second.folder
    filled.db.execute("UPDATE releases SET number = '8'")
    assert _take(filled, daten).difference


def test_a_snapshot_that_was_stopped_leaves_the_latest_as_it_was(filled: Small, tmp_path: Path) -> None:
    first = _take(filled, tmp_path / "daten")
    filled.db.execute("UPDATE releases SET number = '7'")
    with pytest.raises(KeyboardInterrupt):
        run.take(filled.db, tmp_path / "daten", begin=_stopped_in("tables"))
    assert run.latest(tmp_path / "daten", "full") == first.folder
    assert list(run.check(tmp_path / "daten")) == [first.folder.name]
    second = _take(filled, tmp_path / "daten")
    assert run.latest(tmp_path / "daten", "full") == second.folder != first.folder
    assert not list((tmp_path / "daten" / "snapshots").glob(".part*"))


def test_whatever_takes_long_says_how_far_it_is_and_ends_full(filled: Small, tmp_path: Path) -> None:
    told: dict[str, list[tuple[int, int]]] = {}

    def begin(what: str) -> Progress:
        told[what] = []
        return lambda *at: told[what].append(at)

    first = run.take(filled.db, tmp_path / "daten", begin=begin)
    assert list(told) == ["tables", "checksums"]
    filled.db.execute("UPDATE releases SET number = '7'")
    second = run.take(filled.db, tmp_path / "daten", begin=begin)
    assert list(told)[2:] == ["checksums of the one before", "difference"]
    assert second.difference
    change.apply(second.difference, first.folder, _empty(tmp_path / "elsewhere"), begin)
    run.check(tmp_path / "daten", begin)
    assert {first.folder.name, second.folder.name} <= told.keys()
    for at in told.values():
        assert at == sorted(at)
        assert at[-1] == (at[0][1], at[0][1])


def test_an_archive_without_captures_has_no_snapshot(small: Small, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="nothing was captured"):
        _take(small, tmp_path / "daten")
    shutil.rmtree(tmp_path / "daten")


def test_two_do_not_write_to_one_place_at_once(filled: Small, tmp_path: Path) -> None:
    daten = tmp_path / "daten"

    def meanwhile(done: int, total: int) -> None:
        with pytest.raises(BusyError, match="another process"):
            _take(filled, daten)

    run.take(filled.db, daten, begin=lambda what: meanwhile)
    assert [path.name for path in daten.glob(".*.lock")] == []
    assert _take(filled, daten).is_new is False
