"""`pressearchiv status` says on any terminal which source is ill, why, and what to do."""

import json

import pytest
from verbs import House

from archive.locks import lock
from archive.status import SourceStatus
from cli.status import fitting


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


def line(number: int, verdict: str) -> SourceStatus:
    return SourceStatus(f"xx-{number}", "X", verdict, None, None, None, None, 0, None, 0)


@pytest.mark.parametrize(("well", "ill", "shown"), [(10, 2, 12), (150, 3, 3), (150, 0, 0), (0, 60, 60)])
def test_on_a_short_screen_those_that_are_well_are_only_counted(well: int, ill: int, shown: int) -> None:
    lines = [line(n, "blocked") for n in range(ill)] + [line(n, "ok") for n in range(well)]
    assert len(fitting(lines, 40)) == shown


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


def test_a_run_whose_process_is_gone_is_aborted_and_one_that_goes_on_runs(copied: House) -> None:
    copied.change("UPDATE runs SET verdict = NULL, ended_at = NULL WHERE kind = 'crawl'")
    out = copied.ok("status", code=1)
    assert "aborted" in out
    assert "Run `pressearchiv crawl demo-bund` again; it goes on where it stopped." in out
    with lock(copied.warc / "demo-bund" / ".lock", "a crawl"):
        assert "running" in copied.ok("status", code=1)


def test_missing_evidence_is_something_to_look_at_until_it_is_restored(copied: House) -> None:
    file = copied.warc_file("demo-bund")
    backup = file.read_bytes()
    file.write_bytes(backup[:-1000])
    assert "missing or shorter than it was. Restore the WARC files" in copied.ok("status", code=1)
    file.write_bytes(backup)
    copied.ok("status")


def test_damage_that_verify_found_stays_until_verify_finds_it_gone(copied: House) -> None:
    file = copied.warc_file("demo-bund")
    backup = file.read_bytes()
    [(offset,)] = copied.rows("SELECT max(warc_offset) FROM captures WHERE record_type = 'response'")
    file.write_bytes(backup[: offset + 40] + bytes(60) + backup[offset + 100 :])
    copied.ok("status")
    copied.ok("verify", code=1)
    assert "1 open issue about damaged evidence. Restore the WARC files" in copied.ok("status", code=1)
    file.write_bytes(backup)
    copied.ok("verify")
    copied.ok("status")
