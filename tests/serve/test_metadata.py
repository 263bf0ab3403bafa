"""What datasette-metadata.json says of the archive is complete and works without anything of ours."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import httpx
import pytest

ROOT = Path(__file__).parents[2]
SAID: dict[str, Any] = json.loads((ROOT / "datasette-metadata.json").read_text("utf-8"))["databases"][
    "archive"
]
ANSWERS = {
    "kreis_nach_jahr_und_ministerium": {"kreis": "Kyffhäuser"},
    "foerderungen_eines_kreises": {"kreis": "Kyffhäuser"},
    "mitteilungen_einer_person": {"name": "Erna Muster"},
    "groesste_betraege": {"seit": "2018-01-01"},
    "geaenderte_mitteilungen": {},
    "geaendert_oder_entfernt": {"seit": "2018-01-01"},
    "neueste_je_quelle": {},
    "offene_punkte": {},
    "mitteilungen_zu_einer_gemeinde": {"gemeinde": "Artern"},
    "angekuendigte_tage": {"ab": "2018-04-01"},
    "meistgenannte_kreise": {"jahr": "2018"},
}


@pytest.fixture
def schema(archive_file: Path) -> dict[str, list[str]]:
    """The columns of every table and view, without the inner tables of the full text index."""
    db = sqlite3.connect(archive_file)
    names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
    wanted = [name for name in names if "_fts" not in name and not name.startswith("sqlite_")]
    columns = {name: [row[1] for row in db.execute(f'PRAGMA table_info("{name}")')] for name in wanted}
    db.close()
    return columns


def test_every_table_and_every_column_is_described_and_nothing_else(schema: dict[str, list[str]]) -> None:
    described = {name: sorted(about["columns"]) for name, about in SAID["tables"].items()}
    assert described == {name: sorted(columns) for name, columns in schema.items()}


def test_every_table_has_a_title_a_description_and_only_columns_that_exist(
    schema: dict[str, list[str]],
) -> None:
    for name, about in SAID["tables"].items():
        assert about["title"], name
        assert about["description"], name
        named = [*about.get("facets", []), *about.get("sortable_columns", [])]
        named += [about[key] for key in ("sort", "sort_desc", "label_column") if key in about]
        assert set(named) <= set(schema[name]), name


def test_every_question_has_an_answer_here() -> None:
    assert set(ANSWERS) == set(SAID["queries"])


@pytest.mark.parametrize("query", sorted(ANSWERS))
def test_a_question_runs_and_answers_without_our_plugin(plain: httpx.Client, query: str) -> None:
    assert SAID["queries"][query]["title"]
    assert SAID["queries"][query]["description"]
    page = plain.get(f"/archive/{query}", params=ANSWERS[query])
    assert page.status_code == 200
    assert plain.get(f"/archive/{query}.json", params=ANSWERS[query] | {"_shape": "array"}).json()


@pytest.mark.parametrize("query", sorted(q for q in ANSWERS if ANSWERS[q]))
def test_a_question_without_its_answers_filled_in_is_no_error(site: httpx.Client, query: str) -> None:
    assert site.get(f"/archive/{query}").status_code == 200


def test_plain_datasette_shows_titled_tables_and_finds_plain_words(plain: httpx.Client) -> None:
    assert "Pressemitteilungen" in plain.get("/archive/releases").text
    found = plain.get("/archive/releases.json", params={"_search": "artern", "_shape": "array"}).json()
    assert {row["id"] for row in found} == {"th-arbeit-1", "th-arbeit-3", "th-arbeit-attack"}


def test_every_table_page_opens(site: httpx.Client) -> None:
    for name in SAID["tables"]:
        assert site.get(f"/archive/{name}").status_code == 200, name
