"""What snapshots that were stopped, damaged or withdrawn leave behind, and what follows them."""

from pathlib import Path

import pytest

from archive.progress import Begin, unseen
from exports.snapshots import change, manifest, run, withdrawal
from pipeline.redact import Asked, redact
from tests.exports.snapshots import contents, empty, take, told, two_with_a_difference
from tests.pipeline.small import SOURCE, Small


def _redact_erna(whole: Small) -> None:
    asked = Asked(reason="Wunsch", author="E. Muster", kind="name", phrases=("Erna Beispiel",))
    redact(whole.archive, whole.warc, {"th-test": SOURCE}, asked, whole.moment)


def _stopped_in(what: str) -> Begin:
    def stop(done: int, total: int) -> None:
        if done > total / 2:
            raise KeyboardInterrupt

    return lambda begun: stop if begun == what else unseen


def test_what_was_redacted_is_in_no_later_snapshot_and_in_no_difference(whole: Small, tmp_path: Path) -> None:
    daten = tmp_path / "daten"
    first = take(whole, daten)
    assert "Erna Beispiel" in told(first.folder)
    _redact_erna(whole)
    second = take(whole, daten)
    assert second.difference is not None
    assert "Erna Beispiel" not in told(second.folder) + told(second.difference)
    assert second.outdated == (first.folder,)
    made = change.apply(second.difference, first.folder, empty(tmp_path / "elsewhere"))
    assert contents(made) == contents(second.folder)
    withdrawal.withdraw(daten, second.outdated)
    assert "Erna Beispiel" not in told(daten)
    assert second.folder.is_dir()
    whole.db.close()


@pytest.mark.parametrize("next_one", ["full", "without-texts"])
def test_what_a_stopped_snapshot_left_goes_with_the_next_of_any_variant(
    whole: Small, tmp_path: Path, next_one: manifest.Variant
) -> None:
    daten = tmp_path / "daten"
    with pytest.raises(KeyboardInterrupt):
        run.take(whole.db, daten, "full", _stopped_in("tables"))
    assert "Neue Straße" in told(daten / "snapshots" / ".part-full")
    take(whole, daten, next_one)
    assert [path.name for path in daten.rglob(".part*")] == []
    whole.db.close()


def test_what_a_stopped_copy_from_a_difference_left_goes_with_the_next(whole: Small, tmp_path: Path) -> None:
    first, _, difference = two_with_a_difference(whole, tmp_path / "daten")
    copies = empty(tmp_path / "copies")
    empty(copies / ".part-2026-01-01-0123456789ab")
    made = change.apply(difference, first, copies)
    assert list(copies.iterdir()) == [made]
    whole.db.close()


def test_no_link_leads_to_a_variant_that_was_withdrawn(whole: Small, tmp_path: Path) -> None:
    daten = tmp_path / "daten"
    bare, first = take(whole, daten, "without-texts"), take(whole, daten)
    _redact_erna(whole)
    second = take(whole, daten)
    assert set(second.outdated) == {bare.folder, first.folder}
    assert withdrawal.withdraw(daten, second.outdated) == ["latest-without-texts"]
    assert [path.name for path in daten.iterdir() if path.is_symlink()] == ["latest"]
    again = take(whole, daten, "without-texts")
    assert again.difference is None
    assert run.latest(daten, "without-texts") == again.folder
    whole.db.close()


def test_damage_is_seen(filled: Small, tmp_path: Path) -> None:
    folder = take(filled, tmp_path / "daten").folder
    (folder / "README.md").write_text("anders", "utf-8")
    (folder / "data" / "dates.jsonl.gz").unlink()
    (folder / "more").write_text("", "utf-8")
    assert run.check(tmp_path / "daten") == {folder.name: ["README.md", "data/dates.jsonl.gz", "more"]}


def test_a_damaged_snapshot_is_named_and_hinders_no_later_one(filled: Small, tmp_path: Path) -> None:
    daten = tmp_path / "daten"
    first = take(filled, daten)
    path = first.folder / "data/releases.jsonl.gz"
    whole = path.read_bytes()
    path.write_bytes(whole[:40] + bytes(4) + whole[44:])
    assert run.check(daten) == {first.folder.name: ["data/releases.jsonl.gz"]}
    filled.db.execute("UPDATE releases SET number = '7'")
    second = take(filled, daten)
    assert (second.difference, second.damaged) == (None, first.folder)
    assert run.latest(daten, "full") == second.folder
    filled.db.execute("UPDATE releases SET number = '8'")
    assert take(filled, daten).difference


def test_a_snapshot_that_was_stopped_leaves_the_latest_as_it_was(filled: Small, tmp_path: Path) -> None:
    first = take(filled, tmp_path / "daten")
    filled.db.execute("UPDATE releases SET number = '7'")
    with pytest.raises(KeyboardInterrupt):
        run.take(filled.db, tmp_path / "daten", begin=_stopped_in("tables"))
    assert run.latest(tmp_path / "daten", "full") == first.folder
    assert list(run.check(tmp_path / "daten")) == [first.folder.name]
    second = take(filled, tmp_path / "daten")
    assert run.latest(tmp_path / "daten", "full") == second.folder != first.folder
    assert not list((tmp_path / "daten" / "snapshots").glob(".part*"))
