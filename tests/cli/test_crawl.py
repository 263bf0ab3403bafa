"""`pressearchiv crawl` can be killed at any moment and run again; it comes to what an undisturbed run has."""

import shutil
import signal
from pathlib import Path
from typing import Any

import pytest
from verbs import House, alone, stop

from archive.locks import lock
from demo.server import DemoServer
from tests.waiting import wait_until


def size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def by_any_way(house: House) -> dict[str, list[tuple[Any, ...]]]:
    """All that a reader sees, with each page once: of two links to it the second brings it again, or hears
    that it has not changed, as the first was answered or not when it was asked."""
    facts = house.facts()
    pages = {(source, role, url, *found) for source, role, url, _asked, *found in facts["captures"]}
    return facts | {"captures": sorted(pages, key=repr)}


@pytest.mark.parametrize("kilobytes", [1, 120])
def test_a_killed_crawl_is_finished_by_the_next_one(house: House, crawled: House, kilobytes: int) -> None:
    process = house.start("crawl", "demo-bund")
    wait_until(lambda: size(house.warc_file("demo-bund")) > kilobytes << 10)
    stop(process, signal.SIGKILL)
    assert alone(process)
    house.ok("crawl", "demo-bund")
    assert "all agree" in house.ok("verify")
    assert by_any_way(house) == by_any_way(crawled)


def test_an_interrupt_ends_with_130_and_without_a_trace(house: House) -> None:
    process = house.start("crawl", "demo-bund")
    wait_until(lambda: size(house.warc_file("demo-bund")) > 20 << 10)
    code, err = stop(process, signal.SIGINT)
    assert code == 130
    assert err.strip().startswith("pressearchiv: interrupted; nothing that was archived is lost")
    assert len(err.strip().splitlines()) == 1
    assert alone(process)
    house.ok("crawl", "demo-bund", "--no-build")


def test_attachments_that_a_killed_run_missed_are_fetched(crawled: House, copied: House) -> None:
    run = "UPDATE runs SET ended_at = NULL, verdict = NULL WHERE kind = 'crawl'"
    for sql in (
        run,
        "DELETE FROM parsed_captures",
        "UPDATE attachments SET capture_id = NULL",
        "UPDATE captures SET url = url || '?other' WHERE role = 'attachment'",
    ):
        copied.change(sql)
    copied.ok("crawl", "demo-bund")
    assert copied.facts()["attachments"] == crawled.facts()["attachments"]


def test_a_second_crawl_of_a_source_is_told_and_a_second_run_finds_nothing(
    house: House, crawled: House
) -> None:
    with lock(house.warc / "demo-bund" / ".lock", "a crawl"):
        assert "already going on in another process" in house.ok("crawl", "demo-bund", code=1)
    shutil.copytree(crawled.folder, house.folder, dirs_exist_ok=True)
    assert "Nothing new to read" in house.ok("crawl", "demo-bund")
    assert house.facts() == crawled.facts()


def test_a_source_that_fails_is_a_finding(portals: DemoServer, house: House) -> None:
    portals.turn("demo-feed", "blocked")
    try:
        assert "blocked" in house.ok("crawl", "demo-feed", code=1)
        assert "ask the press office" in house.ok("status", code=1)
    finally:
        portals.turn("demo-feed")
    house.ok("crawl", "demo-feed", "--limit", "2")


def test_files_of_the_working_folder_are_not_run(house: House) -> None:
    (house.folder / "crawler").mkdir()
    for name in ("crawler/__init__.py", "select.py", "archive.py"):
        (house.folder / name).write_text('raise SystemExit("run from the working folder")', "utf-8")
    assert "working folder" not in house.ok("crawl", "demo-bund", "--limit", "1", "--no-build")
