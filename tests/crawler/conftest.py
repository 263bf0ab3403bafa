"""A portal, an archive in a folder of its own, and the crawl that leads from one to the other."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from archive.source import Evidence, Listing, Name, Seed, Source
from archive.store import open_archive
from crawler.result import RunResult
from crawler.run import crawl

sys.path.insert(0, str(Path(__file__).parent))
from portal import LIST, Portal

START = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)


def source(base: str, key: str = "xx-test", **changes: Any) -> Source:
    stated: dict[str, Any] = {
        "title": "Testministerium",
        "publisher": "xx",
        "jurisdiction": "DE-TH",
        "family": "generic",
        "status": "demo",
        "home": base + "/",
        "names": (Name(name="Testministerium"),),
        "seeds": (Seed(url=base + LIST),),
        "evidence": Evidence(years="2026", confidence="high"),
        "listing": Listing(link_text="zur Detailseite", next_pattern="/seite-{page}$"),
        "key": key,
    }
    return Source(**{**stated, **changes})


@dataclass
class House:
    """An archive in a folder, and its database for looking inside."""

    folder: Path
    hours: int = 0
    settings: dict[str, Any] = field(default_factory=dict)

    def crawl(self, *sources: Source, **options: Any) -> list[RunResult]:
        self.hours += 1
        return crawl(
            [s.key for s in sources],
            self.folder / "archive.db",
            self.folder / "warc",
            sources={s.key: s for s in sources},
            now=options.pop("now", START + timedelta(hours=self.hours)),
            settings=self.settings | options.pop("settings", {}),
            **options,
        )

    def one(self, source: Source, **options: Any) -> RunResult:
        return self.crawl(source, **options)[0]

    @property
    def db(self) -> Database:
        return open_archive(self.folder / "archive.db")

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with closing(self.db.conn) as connection:
            return connection.execute(sql, values).fetchall()

    def column(self, sql: str, *values: object) -> list[Any]:
        return [row[0] for row in self.rows(sql, *values)]

    def check(self) -> None:
        """Every WARC file passes the check of its own library."""
        files = [str(path) for path in (self.folder / "warc").rglob("*.warc.gz")]
        done = subprocess.run(
            [sys.executable, "-m", "warcio.cli", "check", "-v", *files], capture_output=True
        )
        assert files
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def portal() -> Iterator[Portal]:
    with Portal() as portal:
        yield portal


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


@pytest.fixture
def make_source(portal: Portal) -> Callable[..., Source]:
    return lambda **changes: source(portal.base, **changes)
