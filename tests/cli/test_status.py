"""`pressearchiv status` says on any terminal which source is ill, why, and what to do."""

import json

import pytest
from verbs import House


def test_a_well_source_ends_with_0_and_its_issues_can_be_listed(crawled: House) -> None:
    out = crawled.ok("status", "--issues")
    assert "1 source, none to look at" in out
    assert "is no release (blocked)" in out


def test_json_is_one_object_per_source(crawled: House) -> None:
    [line] = [json.loads(line) for line in crawled.ok("status", "--json").splitlines()]
    assert (line["key"], line["healthy"], line["verdict"]) == ("demo-bund", True, "ok")


@pytest.mark.parametrize("columns", ["30", "40", "80", "200"])
def test_it_fits_the_terminal(copied: House, columns: str) -> None:
    copied.rows("UPDATE runs SET verdict = 'layout_changed', reason = 'no rows' WHERE kind = 'crawl'")
    out = copied.ok("status", code=1, env={"COLUMNS": columns})
    assert max(map(len, out.splitlines())) <= int(columns)
    assert "demo-bund" in out
    assert "Compare the listing" in " ".join(out.split())


def test_it_works_on_an_archive_that_cannot_be_written(copied: House) -> None:
    copied.ok("status")
    for path in (copied.archive, copied.folder):
        path.chmod(0o555)
    try:
        copied.ok("status")
    finally:
        copied.folder.chmod(0o755)


def test_no_archive_is_bad_use(house: House) -> None:
    assert "does not exist; run `pressearchiv crawl`" in house.ok("status", code=2)
