"""A run's verdict follows from what was observed, the gravest first."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import House
from portal import Portal, publish

from archive.history import Past, Usual
from archive.source import Source, registry
from crawler.monitors import Observed, verdict
from serve import causes

SCRAPY = [sys.executable, "-m", "scrapy"]
TODAY = date(2026, 3, 1)
READ: dict[str, Any] = {"listings": 2, "rows": 20, "first_rows": 10}


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (Observed(**READ, new_entries=3), "ok"),
        (Observed(**READ, details_changed=1), "ok"),
        (Observed(**READ), "quiet"),
        (Observed(**READ, unchanged_listings=2), "unchanged"),
        (Observed(**READ, expected_rows=15), "layout_changed"),
        (Observed(listings=1, largest_empty_page=40_000), "layout_changed"),
        (Observed(listings=1, largest_empty_page=300), "failed"),
        (Observed(blocked="403"), "blocked"),
        (Observed(**READ, blocked="403"), "partial"),
        (Observed(unreachable="no answer"), "unreachable"),
        (Observed(**READ, unreachable="no answer"), "partial"),
        (Observed(**READ, details=10, details_failed=3), "partial"),
        (Observed(**READ, details=10, details_failed=1, new_entries=10), "ok"),
        (Observed(**READ, cut_short="limited"), "partial"),
        (Observed(**READ, failed="disk full", new_entries=1), "failed"),
        (Observed(listings=1, misread="no feed"), "layout_changed"),
        (Observed(unreachable="status 503", listing_trouble="status 503"), "unreachable"),
    ],
)
def test_a_verdict(seen: Observed, expected: str) -> None:
    name, reason = verdict(seen, TODAY, 30, Past(), "DE-TH")
    assert name == expected
    assert (reason is None) == (name in ("ok", "quiet", "unchanged"))


USUAL = Past(first=Usual((20,) * 9, (50_000,) * 9), entries=300, dated=300)
EMPTY: dict[str, Any] = {"listings": 1, "empty_pages": 1, "largest_empty_page": 49_000, "first_bytes": 49_000}
FULL: dict[str, Any] = {"listings": 1, "rows": 20, "first_rows": 20, "known_rows": 20, "dated_rows": 20}
NEW_ROWS: dict[str, Any] = FULL | {"known_rows": 0, "new_entries": 20}
THIN: dict[str, Any] = {"listings": 1, "rows": 9, "first_rows": 9, "known_rows": 9, "dated_rows": 9}


@pytest.mark.parametrize(
    ("seen", "expected", "said"),
    [
        (Observed(**EMPTY, missed_links=20), "layout_changed", "20 links"),
        (Observed(**EMPTY), "layout_changed", "49000 bytes"),
        (Observed(**EMPTY, says_empty=True), "failed", "20 rows are usual"),
        (Observed(**EMPTY | {"first_bytes": 20_000}), "failed", "50000 are usual"),
        (Observed(**EMPTY, landed="https://x.de/"), "unreachable", "https://x.de/"),
        (Observed(**THIN), "partial", "9 rows on the first page, 20 are usual"),
        (Observed(**THIN, expected_rows=9), "quiet", ""),
        (Observed(**THIN, expected_rows=9, holes=4), "partial", "9 rows"),
        (Observed(**THIN, missed_links=11), "layout_changed", "11 links"),
        (Observed(**THIN, landed="https://x.de/"), "unreachable", "https://x.de/"),
        (Observed(**FULL | {"first_rows": 11}, holes=1), "partial", "11 rows"),
        (Observed(**FULL | {"first_rows": 15}), "quiet", ""),
        (Observed(**FULL | {"first_rows": 15}, empty_pages=1), "partial", "15 rows"),
        (Observed(**FULL, landed="https://x.de/"), "quiet", ""),
        (Observed(**FULL, future_rows=8), "layout_changed", "8 of 20 days"),
        (Observed(**FULL, future_rows=2), "quiet", ""),
        (Observed(**FULL, moved_rows=12), "layout_changed", "12 of 20 known rows"),
        (Observed(**FULL, moved_rows=4), "quiet", ""),
        (Observed(**FULL | {"dated_rows": 0}), "layout_changed", "0 of 20 rows"),
        (Observed(**EMPTY, known_titles=3), "layout_changed", "relaunch: 3 titles"),
        (Observed(**EMPTY, says_empty=True, probed=3, gone=3), "layout_changed", "relaunch: nothing known"),
        (Observed(**EMPTY, says_empty=True, probed=3, gone=1), "failed", "20 rows are usual"),
        (Observed(**NEW_ROWS, twins=10), "layout_changed", "relaunch: 10 of 20 rows"),
        (Observed(**NEW_ROWS, probed=3, gone=2), "layout_changed", "relaunch: nothing known"),
        (Observed(**NEW_ROWS, holes=16), "layout_changed", "relaunch: no row is known"),
        (Observed(**NEW_ROWS, probed=3, gone=1, twins=2), "ok", ""),  # after a long pause all rows are new
    ],
)
def test_a_list_is_compared_with_what_it_held_before(seen: Observed, expected: str, said: str) -> None:
    name, reason = verdict(seen, TODAY, None, USUAL, "DE-TH")
    assert (name, said in (reason or "")) == (expected, True)
    assert reason is None or causes.cause(reason) != reason, "nobody said it in German"


def test_a_short_page_is_none_where_it_was_as_short_before() -> None:
    monthly = replace(USUAL, first=Usual((1, 4, 9, 20, 20, 20, 20), (50_000,) * 7))
    assert verdict(Observed(**THIN), TODAY, None, monthly, "DE-TH")[0] == "quiet"
    assert verdict(Observed(**THIN, holes=5), TODAY, None, monthly, "DE-TH")[0] == "partial"


@pytest.mark.parametrize(
    ("last", "allowed", "expected"),
    [
        (date(2026, 1, 2), 30, "overdue"),
        (date(2026, 2, 20), 30, "quiet"),
        (date(2026, 1, 2), None, "quiet"),
        (None, 30, "quiet"),
    ],
)
def test_without_a_habit_the_source_file_says_how_long_silence_may_last(
    last: date | None, allowed: int | None, expected: str
) -> None:
    assert verdict(Observed(**FULL), TODAY, allowed, replace(USUAL, last_on=last), "DE-TH")[0] == expected


def test_changed_pages_do_not_hide_that_nothing_new_comes() -> None:
    seen, silent = Observed(**FULL, details_changed=5), replace(USUAL, last_on=date(2026, 1, 2))
    assert verdict(seen, TODAY, 30, silent, "DE-TH")[0] == "overdue"
    assert verdict(seen, TODAY, None, silent, "DE-TH")[0] == "ok"


def test_scrapy_knows_every_source() -> None:
    done = subprocess.run([*SCRAPY, "list"], capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert done.stdout.split() == sorted(registry()), done.stderr


def test_scrapys_own_command_crawls_a_source(
    portal: Portal, house: House, make_source: Callable[..., Source]
) -> None:
    publish(portal, 3)
    folder = house.folder / "sources"
    folder.mkdir()
    (folder / "xx-own.toml").write_text(TOML.format(base=portal.base), "utf-8")
    ours = {"SOURCES": folder, "ARCHIVE": house.folder / "archive.db", "WARC": house.folder / "warc"}
    environment = {**os.environ, **{f"PRESSEARCHIV_{name}": str(value) for name, value in ours.items()}}
    command = [*SCRAPY, "crawl", "xx-own", "-a", "limit=2"]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, capture_output=True, text=True, cwd=root, env=environment)
    assert house.column("SELECT reason FROM runs") == ["limited to 2 pages"], done.stderr


TOML = """
title = "Eigenes"
publisher = "xx"
jurisdiction = "DE-TH"
family = "generic"
status = "demo"
home = "{base}"
[[names]]
name = "Eigenes"
[[seeds]]
url = "{base}/presse"
[listing]
link_text = "zur Detailseite"
[evidence]
years = "2026"
confidence = "high"
"""
