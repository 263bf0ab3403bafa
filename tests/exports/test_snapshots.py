"""Snapshots come out the same, differences lead from one to the next, what was redacted is in neither."""

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
from archive.progress import Progress
from archive.recovery import recover
from exports.snapshots import change, manifest, run
from exports.snapshots.difference import Counts, applied, steps
from tests.exports.filled import TEXTS
from tests.exports.snapshots import contents, empty, take, told, two_with_a_difference
from tests.pipeline.small import Small, start

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


def test_the_same_archive_gives_the_same_bytes_however_it_was_built(whole: Small, tmp_path: Path) -> None:
    first = take(whole, tmp_path / "one")
    assert not take(whole, tmp_path / "one").is_new
    whole.build(rebuild=True)
    again = take(whole, tmp_path / "two")
    assert again.folder.name == first.folder.name
    assert contents(again.folder) == contents(first.folder)
    whole.db.close()
    for path in whole.folder.glob("archive.db*"):  # lost, and made from the WARC files
        path.unlink()
    anew = start(whole.folder)
    recover(anew.db, whole.warc, "th-test", whole.moment)
    anew.moment = whole.moment
    anew.build()
    made = take(anew, tmp_path / "three")
    assert made.folder.name == first.folder.name
    assert contents(made.folder) == contents(first.folder)
    anew.db.close()


def test_a_snapshot_says_what_it_is(filled: Small, tmp_path: Path) -> None:
    folder = take(filled, tmp_path / "daten").folder
    said = manifest.read(folder)
    assert said["schema"] > "0012"
    assert said["rules_version"]
    assert said["tables"]["releases"]["rows"] == 4
    assert set(said["files"]) == set(contents(folder)) - {manifest.NAME}
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
    first, second, difference = two_with_a_difference(whole, tmp_path / "daten")
    changed = json.loads((difference / change.NAME).read_text("utf-8"))["tables"]
    assert changed["versions"]["added"] == 1
    assert changed["districts"] == {"added": 0, "changed": 0, "removed": 0, "whole": False}
    made = change.apply(difference, first, empty(tmp_path / "elsewhere"))
    assert contents(made) == contents(second)
    with pytest.raises(ArchiveError, match="leads from"):
        change.apply(difference, second, empty(tmp_path / "wrong"))
    whole.db.close()


def test_the_variant_without_texts_holds_no_words_and_a_link_of_its_own(
    filled: Small, tmp_path: Path
) -> None:
    filled.db.execute(
        "INSERT INTO issues (kind, subject, message, first_seen_at, last_seen_at) "
        "VALUES ('no_date', 'x', 'Neue Straße für Gotha', '', '')"
    )
    full = take(filled, tmp_path / "daten")
    bare = take(filled, tmp_path / "daten", "without-texts")
    assert bare.difference is None
    assert bare.folder.name.endswith("-without-texts")
    assert (tmp_path / "daten" / "latest").resolve() == full.folder
    assert (tmp_path / "daten" / "latest-without-texts").resolve() == bare.folder
    said = told(bare.folder)
    for title, text in TEXTS.values():
        assert title not in said
        assert all(part not in said for part in text.split("\n"))
    assert manifest.read(bare.folder)["tables"]["amounts"]["rows"] == len(
        filled.rows("SELECT 1 FROM amounts")
    )


def test_whatever_takes_long_says_how_far_it_is_and_ends_full(filled: Small, tmp_path: Path) -> None:
    said: dict[str, list[tuple[int, int]]] = {}

    def begin(what: str) -> Progress:
        said[what] = []
        return lambda *at: said[what].append(at)

    first = run.take(filled.db, tmp_path / "daten", begin=begin)
    assert list(said) == ["tables", "checksums"]
    filled.db.execute("UPDATE releases SET number = '7'")
    second = run.take(filled.db, tmp_path / "daten", begin=begin)
    assert list(said)[2:] == ["checksums of the one before", "difference"]
    assert second.difference
    change.apply(second.difference, first.folder, empty(tmp_path / "elsewhere"), begin)
    run.check(tmp_path / "daten", begin)
    assert {first.folder.name, second.folder.name} <= said.keys()
    for at in said.values():
        assert at == sorted(at)
        assert at[-1] == (at[0][1], at[0][1])


def test_an_archive_without_captures_has_no_snapshot(small: Small, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="nothing was captured"):
        take(small, tmp_path / "daten")
    shutil.rmtree(tmp_path / "daten")


def test_two_do_not_write_to_one_place_at_once(filled: Small, tmp_path: Path) -> None:
    daten = tmp_path / "daten"

    def meanwhile(done: int, total: int) -> None:
        with pytest.raises(BusyError, match="another process"):
            take(filled, daten)

    run.take(filled.db, daten, begin=lambda what: meanwhile)
    assert [path.name for path in daten.glob(".*.lock")] == []
    assert take(filled, daten).is_new is False
