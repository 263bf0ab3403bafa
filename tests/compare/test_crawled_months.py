"""The same months by real crawls over loopback: an outage, a removal, a relaunch, seen by every part."""

from datetime import timedelta
from pathlib import Path

from archive.store import open_archive
from crawler.run import crawl
from demo.server import DemoServer
from demo.timeline import Script, Span, portal, published, releases
from pipeline.run import build
from tests.compare.months import BEGIN, KEY, source

SCRIPT = Script(removed={2: Span(12)}, ill={"down": Span(2, 4)}, relaunch=60, leads="none")
DAYS = (0, 3, 10, 16, 24, 34, 58, 72, 92)


def test_months_of_crawls_find_the_removal_and_the_moves_and_nothing_else(tmp_path: Path) -> None:
    archive, warc = tmp_path / "archive.db", tmp_path / "warc"
    with DemoServer(portals={KEY: portal(SCRIPT)}) as portals:
        for day in DAYS:
            portals.epoch = day
            seed = "/presse/mitteilungen" if day >= SCRIPT.relaunch else "/aktuelles"
            known = {KEY: source(portals.base(KEY), seed)}
            crawl([KEY], archive, warc, sources=known, now=BEGIN + timedelta(days=day))
        build(archive, warc, known, BEGIN + timedelta(days=DAYS[-1]))
    db = open_archive(archive)
    states = dict(db.execute("SELECT title, state FROM release_presence").fetchall())
    db.close()
    assert len(states) == len(published(DAYS[-1]))
    assert states.pop(releases()[2].title) in ("missing", "gone")
    moved = {releases()[at].title for at in published(SCRIPT.relaunch - 1)} & set(states)
    assert {states[title] for title in moved} == {"moved"}
    assert {states[title] for title in set(states) - moved} <= {"present"}
