"""Archives of several machines, made by hand: real WARC files and rows, no crawl."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from archive import captures
from archive.clock import stamp
from archive.records import Capture, Entry, Exchange
from archive.store import open_archive, writing
from archive.warc import WarcFiles
from cli.merge import Reading
from crawler import entries
from pipeline.merging.home import Home
from pipeline.merging.other import Merged
from pipeline.merging.run import merge
from pipeline.redact import Asked, redact
from pipeline.run import build
from pipeline.verify import verify
from tests.pipeline.small import NOW, SOURCE, page, start

FACTS = {
    "captures": "SELECT url, requested_url, captured_at, status, payload_digest, truncated, "
    "(SELECT started_at FROM runs WHERE id = run_id) FROM captures",
    "runs": "SELECT source_key, started_at, ended_at, verdict, requests FROM runs WHERE kind = 'crawl'",
    "lists": "SELECT started_at, seed, rows FROM run_lists JOIN runs ON id = run_id",
    "entries": "SELECT url, title, listed_on, first_seen_at, last_seen_at FROM entries",
    "releases": "SELECT id, title, kind, published_on, published_rule, url, version_id, versions, "
    "first_seen_at, last_seen_at, last_changed_at, amount_max FROM releases",
    "versions": "SELECT id, number, title, text, first_seen_at, last_seen_at FROM versions",
    "amounts": 'SELECT release_id, field, "start", surface, value_max, rule FROM amounts',
    "districts": "SELECT release_id, surface, district_ags, rule FROM district_mentions",
    "changes": "SELECT id, kind, significance FROM changes",
    "presence": "SELECT release_id, state, missing_checks, first_missing_at FROM presence",
    "redacted": "SELECT release_id, redaction_id FROM redacted_releases",
    "issues": "SELECT kind, subject, closed_at IS NULL FROM issues",
}
OF_MACHINES = ("captures", "runs", "lists", "issues")  # what tells who crawled when; the others must not
Facts = dict[str, list[str]]
LIST = "https://test.example/presse"
TEXTS = (
    "Das Land gibt 440.000 Euro für die Stadt Weimar.",
    "Das Land gibt 450.000 Euro für die Stadt Weimar und den Landkreis Sömmerda.",
    "Die Förderung wurde zurückgenommen. Ministerin Heike Werner bedauerte das am 3. März 2026.",
)


@dataclass(frozen=True)
class Visit:
    """A page asked for at an hour, and what it says; nothing where it is not there any more."""

    hour: int
    page: int
    text: str | None


def moment(hour: int) -> datetime:
    return NOW + timedelta(hours=hour)


def address(page: int) -> str:
    return f"https://test.example/presse/meldung-{page}"


@dataclass(frozen=True)
class Machine:
    """A folder with an archive, as crawls on one machine leave it."""

    home: Home

    def crawl(self, *visits: Visit) -> None:
        """A run: a list that names the pages, and the pages, one an hour."""
        if not visits:
            return
        db = open_archive(self.home.archive)
        run = _begin(db, moment(visits[0].hour), moment(visits[-1].hour), len(visits))
        for visit in visits:
            capture = _capture(db, self.home.warc, run, visit)
            at = stamp(moment(visit.hour))
            entry = Entry("th-test", address(visit.page), f"Meldung {visit.page}", listed_on="2026-02-27")
            with writing(db):
                entries.note(db, [entry], "listing", capture.id, at, authoritative=True)
        db.close()

    def take(self, *others: "Machine", dry: bool = False, at: datetime | None = None) -> list[Merged]:
        homes = [other.home for other in others]
        lists = Reading({SOURCE.key: SOURCE}, moment(1000))
        return merge(homes, self.home, lists, clock=lambda: at or moment(1000), dry=dry)

    def build(self) -> None:
        build(self.home.archive, self.home.warc, {SOURCE.key: SOURCE}, moment(1000))

    def redact(self, **said: str | tuple[str, ...]) -> None:
        asked = Asked(reason="Wunsch", author="E. Muster", **said)  # type: ignore[arg-type]  # kind among them
        redact(self.home.archive, self.home.warc, {SOURCE.key: SOURCE}, asked, moment(1000))

    def copy(self, name: str) -> "Machine":
        folder = self.home.folder.with_name(name)
        shutil.copytree(self.home.folder, folder)
        return Machine(Home(folder))

    def facts(self, leave_out: Sequence[str] = ()) -> Facts:
        db = open_archive(self.home.archive)
        found = {
            name: sorted(map(repr, db.execute(sql).fetchall()))
            for name, sql in FACTS.items()
            if name not in leave_out
        }
        db.close()
        return found

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        db = open_archive(self.home.archive)
        found = list(db.execute(sql).fetchall())
        db.close()
        return found

    def files(self) -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in self.home.warc.rglob("*.warc.gz")}

    def faults(self) -> list[str]:
        """What `verify` finds."""
        db = open_archive(self.home.archive)
        found = [f"{finding.subject}: {finding.message}" for finding in verify(db, self.home.warc)]
        db.close()
        return found


def machine(folder: Path) -> Machine:
    """One that has not crawled yet."""
    folder.mkdir()
    start(folder).db.close()
    return Machine(Home(folder))


def crawled(folder: Path, *visits: Visit) -> Machine:
    made = machine(folder)
    made.crawl(*visits)
    return made


def _begin(db: Database, began: datetime, ended: datetime, requests: int) -> int:
    insert = (
        "INSERT INTO runs (kind, source_key, started_at, ended_at, verdict, requests) "
        "VALUES ('crawl', 'th-test', ?, ?, 'ok', ?)"
    )
    run = db.execute(insert, (stamp(began), stamp(ended), requests)).lastrowid or 0
    db.execute("INSERT INTO run_lists VALUES (?, ?, 'listing', 5, 9, NULL)", (run, LIST))
    return run


def _capture(db: Database, warc: Path, run: int, visit: Visit) -> Capture:
    body = b"gone" if visit.text is None else page(f"Meldung {visit.page}", visit.text)
    what = Exchange(
        source_key="th-test",
        role="detail",
        url=address(visit.page),
        requested_url=address(visit.page),
        captured_at=moment(visit.hour),
        method="GET",
        request_headers=(("User-Agent", "test"),),
        status=404 if visit.text is None else 200,
        reason="OK",
        response_headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=body,
    )
    before = captures.latest(db, "th-test", what.url)
    written = WarcFiles(warc, "th-test", "test").write(what, before)
    return captures.add(db, run, what, written, before)
