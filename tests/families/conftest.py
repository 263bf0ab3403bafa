"""Every replica crawled twice by the files of the real sources: all there is, then one release more."""

from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from archive import captures
from archive.source import Source, registry
from archive.store import open_archive
from crawler.result import RunResult
from crawler.run import crawl
from demo.release import DemoRelease
from demo.replicas.registry import CRAWLED, REPLICAS, moved
from demo.server import DemoServer, Logged
from pipeline.parse.page import Page, parse

START = datetime(2026, 7, 1, 8, 0, tzinfo=UTC)


@dataclass
class Crawled:
    """What three crawls left behind: the first, one with a new release, one with nothing new."""

    folder: Path
    sources: dict[str, Source]
    bases: dict[str, str]
    results: list[dict[str, RunResult]]
    requests: list[list[Logged]]

    @property
    def db(self) -> Database:
        return open_archive(self.folder / "archive.db")

    def url(self, key: str, release: DemoRelease) -> str:
        return self.bases[key] + REPLICAS[key].address(release)

    def entries(self, key: str) -> dict[str, tuple[str | None, str | None]]:
        """Title and day that lists gave, by address."""
        with closing(self.db.conn) as connection:
            sql = "SELECT url, title, listed_on FROM entries WHERE source_key = ?"
            return {row[0]: (row[1], row[2]) for row in connection.execute(sql, (key,))}

    def page(self, key: str, release: DemoRelease) -> Page:
        """A release as the archive has it, parsed."""
        url, db = self.url(key, release), self.db
        capture = captures.latest(db, key, url)
        assert capture is not None, url
        payload = captures.payload(db, self.folder / "warc", capture).payload
        db.close()
        return parse(payload, url, date(2026, 7, 1), self.sources[key])


@pytest.fixture(scope="session")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """All of it once, in one process for each crawl."""
    folder = tmp_path_factory.mktemp("families")
    place, results, requests = (folder / "archive.db", folder / "warc"), [], []
    with DemoServer(portals={key: REPLICAS[key] for key in CRAWLED}) as portals:
        bases = {key: portals.base(key) for key in CRAWLED}
        sources = {key: moved(registry()[key], base) for key, base in bases.items()}
        for run, epoch in enumerate((0, 1, 1)):
            portals.epoch, mark = epoch, len(portals.requests)
            found = crawl(sources, *place, sources=sources, now=START + timedelta(hours=run))
            results.append({result.source_key: result for result in found})
            requests.append(portals.requests[mark:])
    return Crawled(folder, sources, bases, results, requests)
