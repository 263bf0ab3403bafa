"""`pressearchiv sources`: what we follow, and a source looked at before anybody trusts it."""

import json
from pathlib import Path

import pytest
from verbs import House


def test_own_sources_stand_beside_those_that_ship(house: House) -> None:
    rows = [json.loads(line) for line in house.ok("sources", "list", "--json").splitlines()]
    assert {"demo-bund", "th-tmil"} <= {row["key"] for row in rows}


@pytest.mark.parametrize("columns", ["40", "100"])
def test_the_list_fits_the_terminal(house: House, columns: str) -> None:
    out = house.ok("sources", "list", env={"COLUMNS": columns})
    assert max(map(len, out.splitlines())) <= int(columns)
    assert "th-tmil" in out


def test_a_look_at_a_source_names_fields_and_rules(house: House) -> None:
    out = house.ok("sources", "check", "demo-bund", "--limit", "2", "--keep", "looked")
    for said in ("source:article .body-text", "the same", "All is well", "robots"):
        assert said in out
    assert list(house.folder.glob("looked/warc/demo-bund/*.warc.gz"))
    assert not house.archive.exists()


def test_a_source_that_finds_nothing_is_a_finding_with_its_mend(house: House, tmp_path: Path) -> None:
    text = (house.sources / "demo-bund.toml").read_text("utf-8")
    own = tmp_path / "own"
    own.mkdir()
    (own / "xx-bund.toml").write_text(text.replace("/SharedDocs/Pressemitteilungen/|/kurz/", "/nowhere/"))
    assert "mend [listing] or [[seeds]]" in house.ok(
        "sources", "check", "xx-bund", "--sources", str(own), code=1
    )


WRONG = {
    "an unknown key": (("jurisdiction =", "jurisdction ="), "known keys are title"),
    "an unknown key of a part": (("detail_pattern =", "detail ="), "known keys are rows, link"),
    "a wrong type": (('family = "gsb"', "family = 5"), "Expected `str`, got `int`"),
    "a key twice": (('family = "gsb"', 'family = "gsb"\nfamily = "gsb"'), "no valid TOML"),
    "no address": (('url = "http://127', 'url = "htp://127'), "is no address; it begins with https://"),
    "no selector": (('".c-search-result"', '"[[row"'), "is no CSS selector"),
    "no pattern": (('"/SharedDocs', '"((/SharedDocs'), "is no regular expression"),
}


@pytest.mark.parametrize(("change", "says"), WRONG.values(), ids=WRONG.keys())
def test_a_slip_in_a_source_file_is_named_with_its_mend(
    house: House, tmp_path: Path, change: tuple[str, str], says: str
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    text = (house.sources / "demo-bund.toml").read_text("utf-8")
    assert change[0] in text
    (own / "xx-bund.toml").write_text(text.replace(*change), "utf-8")
    out = house.ok("sources", "list", "--sources", str(own), code=2)
    assert says in out
    assert "xx-bund.toml" in out


def test_other_slips_are_named_too(house: House, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    path = own / "xx-bund.toml"
    path.write_bytes((house.sources / "demo-bund.toml").read_text("utf-8").encode("latin-1"))
    assert "save the file as UTF-8" in house.ok("sources", "list", "--sources", str(own), code=2)
    path.rename(own / "Ein Ministerium.toml").write_text(
        (house.sources / "demo-bund.toml").read_text("utf-8"), "utf-8"
    )
    assert "is no key" in house.ok("sources", "list", "--sources", str(own), code=2)
    assert "does not exist" in house.ok("sources", "list", "--sources", "nowhere", code=2)
    assert "unknown source nobody" in house.ok("sources", "check", "nobody", code=2)
