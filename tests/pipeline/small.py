"""A small archive made by hand: real WARC files and rows, no crawl."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from archive import captures
from archive.records import Capture, Exchange, Role
from archive.source import Evidence, Layout, Name, Seed, Source
from archive.store import open_archive
from archive.warc import WarcFiles
from pipeline.run import build
from pipeline.write import Built

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
SOURCE = Source(
    key="th-test",
    title="Testministerium",
    publisher="th-test",
    jurisdiction="DE-TH",
    family="generic",
    status="demo",
    home="https://test.example/",
    names=(
        Name(name="Altes Ministerium", until=date(2024, 12, 12)),
        Name(name="Testministerium", since=date(2024, 12, 13)),
    ),
    seeds=(Seed(url="https://test.example/presse"),),
    evidence=Evidence(years="2026", confidence="high"),
    layouts=(Layout(title=("h1",), day=("time@datetime",), body=("article",), drop=("h1", "time")),),
)


def page(title: str, text: str, day: str = "2026-02-27", extra: str = "") -> bytes:
    paragraphs = "".join(f"<p>{part}</p>" for part in text.split("\n"))
    return (
        f'<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{title}</title></head><body>'
        f"<nav><a href='/'>Start</a></nav><main><article><h1>{title}</h1><time datetime='{day}'>{day}</time>"
        f"{paragraphs}</article></main><footer>{extra}</footer></body></html>"
    ).encode()


@dataclass
class Small:
    """An archive under construction."""

    folder: Path
    db: Database
    moment: datetime = NOW

    @property
    def archive(self) -> Path:
        return self.folder / "archive.db"

    @property
    def warc(self) -> Path:
        return self.folder / "warc"

    def capture(
        self,
        url: str,
        body: bytes,
        status: int = 200,
        asked: str | None = None,
        role: Role = "detail",
        media_type: str = "text/html; charset=utf-8",
    ) -> Capture:
        self.moment += timedelta(hours=1)
        what = Exchange(
            source_key="th-test",
            role=role,
            url=url,
            requested_url=asked or url,
            captured_at=self.moment,
            method="GET",
            request_headers=(("User-Agent", "test"),),
            status=status,
            reason="OK",
            response_headers=(("Content-Type", media_type),),
            body=body,
        )
        before = captures.latest(self.db, "th-test", url)
        written = WarcFiles(self.warc, "th-test", "test").write(what, before)
        return captures.add(self.db, None, what, written, before)

    def build(self, **options: Any) -> Built:
        return build(self.archive, self.warc, {"th-test": SOURCE}, self.moment, **options)

    def rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        return list(self.db.execute(sql, values).fetchall())


def start(folder: Path) -> Small:
    """An empty archive with one source."""
    db = open_archive(folder / "archive.db")
    db.execute("INSERT INTO publishers VALUES ('th-test', 'Testministerium', 'DE-TH')")
    db.execute(
        "INSERT INTO sources (key, title, publisher_id, jurisdiction, family, status, home) "
        "VALUES ('th-test', 'Testministerium', 'th-test', 'DE-TH', 'generic', 'demo', 'https://test.example/')"
    )
    return Small(folder, db)
