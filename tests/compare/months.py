"""Months of a scripted portal in a moment: what a crawler would have captured, written day by day.

Lists, addresses that are due again and evidence are those of the project; only the wire is left out.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from parsel import Selector
from sqlite_utils import Database

from archive import captures
from archive.clock import stamp
from archive.records import Entry, Exchange, Role
from archive.source import Evidence, Layout, Listing, Name, Seed, Source
from archive.store import open_archive, writing
from archive.warc import WarcFiles
from crawler import entries
from demo import timeline
from demo.exchange import Request, Response
from demo.timeline import Script
from pipeline.run import build

KEY = "th-monate"
BASE = "https://ministerium.example"
BEGIN = datetime(2026, 1, 5, 6, tzinfo=UTC)
MENDED = 12  # days after a relaunch on which somebody changes the source file
RECHECKS = 12


def source(base: str = BASE, seed: str = "/aktuelles") -> Source:
    """The source file of the portal."""
    return Source(
        key=KEY,
        title="Testministerium",
        publisher=KEY,
        jurisdiction="DE-TH",
        family="generic",
        status="demo",
        home=f"{base}/",
        names=(Name(name="Testministerium"),),
        seeds=(Seed(url=f"{base}{seed}"),),
        evidence=Evidence(years="2026", confidence="high"),
        listing=Listing(rows=("li.row",), link=("a",), title=("a",), day=("time@datetime",)),
        layouts=(
            Layout(
                marker=".richtext",
                title=("h1",),
                day=("time@datetime",),
                number=(".nr",),
                body=(".richtext",),
            ),
            Layout(
                marker="article",
                title=("h1",),
                day=("time@datetime",),
                body=("article",),
                drop=("h1", "time"),
            ),
        ),
    )


@dataclass
class Months:
    """An archive while time passes."""

    folder: Path
    script: Script
    db: Database
    day: int = 0
    requests: int = 0

    @property
    def now(self) -> datetime:
        return BEGIN + timedelta(days=self.day)

    @property
    def archive(self) -> Path:
        return self.folder / "archive.db"

    def until(self, day: int, *, every: int = 1, builds: int = 30) -> None:
        """Crawl every so many days and build once a month."""
        while self.day < day:
            self.crawl()
            if self.day // builds != (self.day + every) // builds:
                self.build()
            self.day += every
        self.build()

    def build(self, *, rebuild: bool = False) -> None:
        self._files.sync()
        build(self.archive, self.folder / "warc", {KEY: source()}, self.now, rebuild=rebuild)

    def crawl(self) -> None:
        """One run: the list, what is new on it, then what is due again where the list was read."""
        run = self.db.execute(
            "INSERT INTO runs (kind, source_key, started_at) VALUES ('crawl', ?, ?)", (KEY, stamp(self.now))
        ).lastrowid
        mended = self.day >= self.script.relaunch + MENDED
        path = timeline.listing(self.script, self.day if mended else min(self.day, self.script.relaunch - 1))
        answer, capture = self._fetch(run, f"{BASE}{path}", "listing")
        found = _rows(answer) if answer.status == 200 else []
        if found:
            with writing(self.db):
                listed = entries.note(self.db, found, "listing", capture, stamp(self.now), authoritative=True)
            again = entries.due(self.db, KEY, self.now, RECHECKS)
            pending = entries.pending(self.db, KEY, self.now)
            wanted = [row.entry.url for row in listed if not row.held or row.changed]
            for url in dict.fromkeys([*wanted, *pending, *again]):
                self._fetch(run, url, "detail")
        verdict = "ok" if found else "unreachable" if answer.status == 503 else "blocked"
        ended = "UPDATE runs SET ended_at = ?, verdict = ? WHERE id = ?"
        self.db.execute(ended, (stamp(self.now), verdict, run))

    def rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        return list(self.db.execute(sql, values).fetchall())

    def _fetch(self, run: int | None, url: str, role: Role) -> tuple[Response, int]:
        asked, respond = url, timeline.portal(self.script)
        while True:
            self.requests += 1
            answer = respond(Request(urlsplit(url).path, BASE, epoch=self.day))
            capture = self._capture(run, url, asked, role, answer)
            if answer.status not in (301, 302):
                return answer, capture
            url = urljoin(url, answer.headers["Location"])

    def _capture(self, run: int | None, url: str, asked: str, role: Role, answer: Response) -> int:
        assert isinstance(answer.body, bytes)
        what = Exchange(
            source_key=KEY,
            role=role,
            url=url,
            requested_url=asked,
            captured_at=self.now + timedelta(seconds=self.requests % 3600),
            method="GET",
            request_headers=(("User-Agent", "test"),),
            status=answer.status,
            reason="",
            response_headers=(("Content-Type", "text/html; charset=utf-8"), *answer.headers.items()),
            body=answer.body,
        )
        before = captures.latest(self.db, KEY, url) if answer.status == 200 else None
        written = self._files.write(what, before)
        return captures.add(self.db, run, what, written, before).id

    def __post_init__(self) -> None:
        self._files = WarcFiles(self.folder / "warc", KEY, "test", sync_seconds=60)


def months(folder: Path, script: Script) -> Months:
    """An empty archive on the first day."""
    folder.mkdir(parents=True, exist_ok=True)
    db = open_archive(folder / "archive.db")
    db.execute("INSERT INTO publishers VALUES (?, 'Testministerium', 'DE-TH')", (KEY,))
    db.execute(
        "INSERT INTO sources (key, title, publisher_id, jurisdiction, family, status, home) "
        "VALUES (?, 'Testministerium', ?, 'DE-TH', 'generic', 'demo', ?)",
        (KEY, KEY, BASE),
    )
    return Months(folder, script, db)


def _rows(answer: Response) -> list[Entry]:
    assert isinstance(answer.body, bytes)
    page = Selector(answer.body.decode())
    return [
        Entry(
            source_key=KEY,
            url=urljoin(BASE, row.css("a::attr(href)").get() or ""),
            title=row.css("a::text").get(),
            listed_on=row.css("time::attr(datetime)").get(),
        )
        for row in page.css("li.row")
    ]
