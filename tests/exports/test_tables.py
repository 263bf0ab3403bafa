"""Tables leave the archive sorted, keyed by what lasts, described, and with nothing that rights forbid."""

import pytest

from archive.errors import ArchiveError
from archive.selection import Asked
from exports.chosen import choose
from exports.tables import TABLES, Shape, Table, Wording, rows, shape
from tests.exports.filled import TEXTS
from tests.pipeline.small import Small

# Tables that stay inside: how the archive works, not what it says.
INSIDE = {
    "runs", "run_lists", "list_entries", "imports", "imported_captures", "entries", "parsed_captures",
    "issues", "notices", "archive_state", "mention_months", "grant_months", "co_mentions", "counted_releases",
    "uncounted_releases", "release_sets", "release_set_blocks", "unsorted_releases", "unsettled_captures",
    "unsettled_sources", "text_sketches", "text_pairs", "redacted_addresses", "_sqlite_migrations",
}  # fmt: skip
WORDINGS: tuple[Wording, ...] = ("all", "unreserved", "none")


def _read(
    small: Small, table: Table, wording: Wording = "unreserved"
) -> tuple[Shape, list[tuple[object, ...]]]:
    found = shape(small.db, table, wording)
    return found, list(rows(small.db, found))


def test_every_table_of_the_archive_leaves_it_or_is_known_to_stay(looked_at: Small) -> None:
    held = {name for name in looked_at.db.table_names() if "_fts" not in name}
    known = {table.name for table in TABLES} | INSIDE
    assert held - known == set(), "add it to exports/tables.py, or say here that it stays inside"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_rows_are_sorted_by_a_key_that_is_theirs_alone(looked_at: Small, table: Table) -> None:
    choose(looked_at.db)
    for wording in WORDINGS:
        found, told = _read(looked_at, table, wording)
        keys = [tuple((row[at] is not None, row[at]) for at in found.key) for row in told]
        assert keys == sorted(keys)
        assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_says_what_it_is_and_holds_what_it_says(looked_at: Small, table: Table) -> None:
    choose(looked_at.db)
    found, told = _read(looked_at, table)
    for at, column in enumerate(found.columns):
        values = [row[at] for row in told if row[at] is not None]
        assert column.description, column.name
        assert not column.required or len(values) == len(told), column.name
        assert not column.allowed or {str(value) for value in values} <= set(column.allowed), column.name
        kinds = {"integer": int, "number": (int, float), "boolean": int}.get(column.type, str)
        assert all(isinstance(value, kinds) for value in values), column.name  # type: ignore[arg-type]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_no_row_number_of_the_archive_leaves_it(looked_at: Small, table: Table) -> None:
    numbers = {"id", "capture_id", "attachment_id", "amount_id", "run_id", "refers_to", "first_capture_id"}
    found = shape(looked_at.db, table)
    assert [c.name for c in found.columns if c.name in numbers and c.type == "integer"] == []


def test_without_wording_no_word_of_a_release_is_left(looked_at: Small) -> None:
    choose(looked_at.db)
    told = "\n".join(repr(row) for table in TABLES for row in _read(looked_at, table, "none")[1])
    for title, text in TEXTS.values():
        assert title not in told
        assert all(part not in told for part in text.split("\n"))
    for surface in ("Sozialministerin", "120.000 Euro", "Bahnhofstraße"):
        assert surface not in told


def test_a_release_whose_page_reserves_mining_comes_without_its_words_unless_they_are_asked_for(
    filled: Small,
) -> None:
    [(release,)] = filled.rows("SELECT id FROM releases WHERE url LIKE '%/4'")
    filled.db.execute(
        """UPDATE captures SET tdm_reservation = 1 WHERE id IN (SELECT vc.capture_id FROM version_captures vc
        JOIN versions v ON v.id = vc.version_id WHERE v.release_id = ?)""",
        (release,),
    )
    choose(filled.db)
    told = "\n".join(repr(row) for table in TABLES for row in _read(filled, table)[1])
    assert "2,3 Millionen" not in told
    assert "Bahnhofstraße" in told
    found, releases = _read(filled, TABLES[0])
    at = [column.name for column in found.columns].index("tdm_reserved")
    assert {row[0] for row in releases if row[at]} == {release}
    whole = "\n".join(repr(row) for table in TABLES for row in _read(filled, table, "all")[1])
    assert "2,3 Millionen" in whole


def test_a_selection_takes_only_what_belongs_to_it(looked_at: Small) -> None:
    counts = choose(looked_at.db, Asked(q="Bahnhofstraße"))
    assert counts["release"] == 1
    [(chosen,)] = looked_at.rows("SELECT key FROM chosen_release")
    for table in TABLES:
        found, told = _read(looked_at, table)
        names = [column.name for column in found.columns]
        if "release_id" in names and table.scope == "release":
            assert {row[names.index("release_id")] for row in told} <= {chosen}, table.name
    assert len(_read(looked_at, next(t for t in TABLES if t.name == "attachment_pages"))[1]) == 1


@pytest.mark.parametrize(
    ("asked", "named", "said"),
    [
        (Asked(q="Xylophonquartett"), (), "fits"),
        (Asked(q="***"), (), "no word"),
        (None, ("th-none",), "fits"),
    ],
)
def test_an_empty_selection_is_said(
    looked_at: Small, asked: Asked | None, named: tuple[str, ...], said: str
) -> None:
    with pytest.raises(ArchiveError, match=said):
        choose(looked_at.db, asked, named)
