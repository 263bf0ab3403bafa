"""A run's verdict follows from what was observed, the gravest first."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from conftest import House
from portal import Portal, publish

from archive.source import Source, registry
from crawler.monitors import Observed, verdict

SCRAPY = [sys.executable, "-m", "scrapy"]
TODAY = date(2026, 3, 1)
READ = {"listings": 2, "rows": 20, "first_rows": 10}


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (Observed(**READ, new_entries=3), "ok"),
        (Observed(**READ, details_changed=1), "ok"),
        (Observed(**READ), "quiet"),
        (Observed(**READ, unchanged_listings=2), "unchanged"),
        (Observed(**READ, newest_listed_on="2026-01-01"), "overdue"),
        (Observed(**READ, newest_listed_on="2026-02-20"), "quiet"),
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
    ],
)
def test_a_verdict(seen: Observed, expected: str) -> None:
    name, reason = verdict(seen, TODAY, overdue_days=30)
    assert name == expected
    assert (reason is None) == (name in ("ok", "quiet", "unchanged"))


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
