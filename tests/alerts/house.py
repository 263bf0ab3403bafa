"""An archive whose releases are made of captures: what pages showed, and when. It can be built anew."""

import json
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qsl

from sqlite_utils import Database

from alerts import subscription
from alerts.delivery import MailServer as MailServerAt
from alerts.mail import Mailing
from alerts.send import Done, Files, send
from alerts.store import open_subscriptions
from alerts.subscription import KINDS, Channel, Kind, Rhythm
from archive.clock import stamp
from archive.selection import asked
from archive.store import open_archive, writing
from pipeline.releases import release_id, text_hash
from pipeline.search import index
from tests.cli.receivers import MailServer

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
SITE = "https://archiv.example.org"
SENDER = "Pressearchiv <archiv@example.org>"
PUBLISHERS = {"th": ("Thüringer Ministerium für Arbeit", "DE-TH"), "bund": ("Bundesministerium", "DE")}
SOURCES = {"th-arbeit": "th", "th-bau": "th", "bund-umwelt": "bund"}
DISTRICTS = {"16065": "Kyffhäuserkreis", "16067": "Gotha"}
DERIVED = (
    *("amounts", "district_mentions", "presence", "version_captures", "release_addresses"),
    *("versions", "releases", "parsed_captures"),
)


@dataclass(frozen=True)
class Seen:
    """What a page showed: title and text, or nothing where it was gone."""

    record: str
    url: str
    at: datetime
    shown: tuple[str, str] | None
    source: str = "th-arbeit"
    published_on: str | None = None


@dataclass
class House:
    """Captures, and the archive that a build makes of them."""

    folder: Path
    captures: list[Seen] = field(default_factory=list)
    now: datetime = START
    moved: dict[str, str] = field(default_factory=dict)  # address: the address it had before
    redacted: set[str] = field(default_factory=set)  # addresses
    builds: int = 0

    @property
    def archive(self) -> Path:
        return self.folder / "archive.db"

    @property
    def subscriptions(self) -> Path:
        return self.folder / "subscriptions.db"

    def show(self, url: str, text: str, title: str = "Mitteilung", *, at: datetime | None = None) -> str:
        """A page shows a text, now or at another moment."""
        return self._see(url, (title, text), at)

    def gone(self, url: str) -> str:
        """A page is not there."""
        return self._see(url, None, None)

    def _see(self, url: str, shown: tuple[str, str] | None, at: datetime | None) -> str:
        record = f"<urn:uuid:{len(self.captures):08}>"
        when = at or self.now
        self.captures.append(Seen(record, url, when, shown, self.source_of(url), when.date().isoformat()))
        return record

    def source_of(self, url: str) -> str:
        return next((key for key in SOURCES if url.startswith(key)), "th-arbeit")

    def dated(self, url: str, day: str) -> None:
        """The page says another day of publication."""
        self.captures = [replace(c, published_on=day) if c.url == url else c for c in self.captures]

    def wait(self, **span: float) -> None:
        self.now += timedelta(**span)

    def id(self, url: str) -> str:
        first = self.moved.get(url, url)
        return release_id(self.source_of(first), f"https://example.org/{first}")

    def build(self, *, anew: bool = False, ends: bool = True) -> None:
        """Make the archive of the captures; `anew` in a file of its own, with other row ids."""
        if anew:
            for file in self.folder.glob("archive.db*"):
                file.unlink()
        self.builds += 1
        with closing(open_archive(self.archive)) as db, writing(db):
            self._known(db)
            db.execute("PRAGMA defer_foreign_keys = ON")
            for table in DERIVED:
                db.execute(f"DELETE FROM {table}")
            self._capture(db, reverse=anew)
            self._derive(db)
            index.reindex(db)
            end = stamp(self.now) if ends else None
            db["runs"].insert({"kind": "build", "started_at": stamp(self.now), "ended_at": end})

    def run(self, source: str, verdict: str) -> None:
        """A crawl of a source ended."""
        with closing(open_archive(self.archive)) as db, writing(db):
            self._known(db)
            at = stamp(self.now)
            run = {"kind": "crawl", "source_key": source, "started_at": at, "ended_at": at}
            db["runs"].insert(run | {"verdict": verdict})

    def _known(self, db: Database) -> None:
        for key, (name, land) in PUBLISHERS.items():
            db["publishers"].insert({"id": key, "name": name, "jurisdiction": land}, ignore=True)
        for key, publisher in SOURCES.items():
            row = {"key": key, "title": f"Quelle {key}", "publisher_id": publisher, "family": "generic"}
            row |= {
                "jurisdiction": PUBLISHERS[publisher][1],
                "status": "active",
                "home": "https://example.org",
            }
            db["sources"].insert(row, ignore=True)
        for ags, name in DISTRICTS.items():
            row = {"ags": ags, "name": name, "kind": "Landkreis", "jurisdiction": "DE-TH"}
            db["districts"].insert(row, ignore=True)

    def _capture(self, db: Database, *, reverse: bool) -> None:
        held = {record for (record,) in db.execute("SELECT record_id FROM captures").fetchall()}
        for number, seen in sorted(enumerate(self.captures), reverse=reverse):
            if seen.record not in held:
                url, at = f"https://example.org/{seen.url}", stamp(seen.at)
                row = {"source_key": seen.source, "role": "detail", "url": url, "requested_url": url}
                row |= {
                    "captured_at": at,
                    "status": 200 if seen.shown else 404,
                    "payload_digest": str(number),
                }
                row |= {"payload_bytes": 1, "record_id": seen.record, "record_type": "response"}
                db["captures"].insert(
                    row | {"warc_file": "x", "warc_offset": number + 1000 * self.builds, "warc_length": 1}
                )

    def _derive(self, db: Database) -> None:
        of_release: dict[str, list[Seen]] = defaultdict(list)
        for seen in sorted(self.captures, key=lambda c: (c.at, c.record)):
            if seen.url not in self.redacted:
                of_release[self.id(seen.url)].append(seen)
        ids = dict(db.execute("SELECT record_id, id FROM captures").fetchall())
        for key, all_seen in of_release.items():
            shown = [seen for seen in all_seen if seen.shown]
            if shown:
                self._release(db, key, shown, ids)
                self._presence(db, key, all_seen, shown[-1])

    def _release(self, db: Database, key: str, shown: list[Seen], ids: dict[str, int]) -> None:
        runs: list[list[Seen]] = []
        for seen in shown:
            if runs and runs[-1][0].shown == seen.shown:
                runs[-1].append(seen)
            else:
                runs.append([seen])
        last = runs[-1][0]
        assert last.shown is not None
        publisher = SOURCES[shown[0].source]
        name, land = PUBLISHERS[publisher]
        amount = 2_000_000 if "2 Millionen Euro" in last.shown[1] else None
        release = {"id": key, "title": last.shown[0], "kind": "press_release", "source_key": shown[0].source}
        release |= {"publisher_id": publisher, "publisher_name": name, "jurisdiction": land}
        release |= {"published_on": shown[0].published_on, "url": f"https://example.org/{last.url}"}
        release |= {"first_seen_at": stamp(shown[0].at), "last_seen_at": stamp(shown[-1].at)}
        release |= {"last_changed_at": stamp(last.at), "version_id": f"{key}.{len(runs)}"}
        release |= {"versions": len(runs), "characters": len(last.shown[1]), "amount_max": amount}
        db["releases"].insert(release)
        for number, run in enumerate(runs, 1):
            self._version(db, key, number, run, ids)
        for url in {seen.url for seen in shown}:
            own = release_id(shown[0].source, f"https://example.org/{url}")
            row = {"url": url, "source_key": shown[0].source, "release_id": key, "id": own}
            db["release_addresses"].insert(row)
        self._mentions(db, key, last.shown[1])

    def _version(self, db: Database, key: str, number: int, run: list[Seen], ids: dict[str, int]) -> None:
        assert run[0].shown is not None
        title, text = run[0].shown
        row = {"id": f"{key}.{number}", "release_id": key, "number": number, "title": title, "text": text}
        row |= {"text_hash": text_hash(title, text), "first_seen_at": stamp(run[0].at)}
        db["versions"].insert(row | {"last_seen_at": stamp(run[-1].at), "capture_id": ids[run[0].record]})
        for seen in run:
            db["version_captures"].insert({"version_id": f"{key}.{number}", "capture_id": ids[seen.record]})

    def _mentions(self, db: Database, key: str, text: str) -> None:
        head = {"release_id": key, "field": "text", "confidence": 0.9, "rule": "test"}
        for ags, name in DISTRICTS.items():
            if (at := text.find(name)) >= 0:
                row = head | {"start": at, "end": at + len(name), "surface": name, "name": name}
                db["district_mentions"].insert(row | {"district_ags": ags, "form": "name"})
        if (at := text.find("2 Millionen Euro")) >= 0:
            row = head | {"start": at, "end": at + 16, "surface": "2 Millionen Euro", "currency": "EUR"}
            db["amounts"].insert(row | {"value_min": 2e6, "value_max": 2e6, "qualifier": "exact"})

    def _presence(self, db: Database, key: str, all_seen: list[Seen], last: Seen) -> None:
        """A page is missing where it was gone twice since it was last shown."""
        after = [seen for seen in all_seen if seen.at > last.at]
        if len(after) > 1:
            row = {"release_id": key, "source_key": last.source, "state": "missing", "url": last.url}
            row |= {"first_url": last.url, "last_seen_at": stamp(last.at), "last_outcome": "status_404"}
            row |= {"last_checked_at": stamp(after[-1].at), "first_missing_at": stamp(after[0].at)}
            row |= {"last_missing_at": stamp(after[-1].at), "missing_checks": len(after)}
            db["presence"].insert(row)

    @property
    def files(self) -> Files:
        return Files(self.archive, self.subscriptions, self.folder / "warc")

    def watch(
        self,
        search: str,
        target: str = "anna@example.org",
        *,
        kinds: tuple[Kind, ...] = KINDS,
        rhythm: Rhythm = "at_once",
        language: str = "de",
    ) -> str:
        """Somebody watches a search from now on; the id of the subscription."""
        channel: Channel = "webhook" if "://" in target else "mail"
        with closing(open_subscriptions(self.subscriptions)) as private:
            what = asked(dict(parse_qsl(search)))
            made = subscription.add(private, channel, target, what, kinds, rhythm, language, self.now)
            subscription.begin(private, made.id, self.now)
            return made.id

    def send(self, post: MailServer | None = None) -> Done:
        """One run of sending, now."""
        server = MailServerAt("127.0.0.1", post.port) if post else None
        return send(self.files, Mailing(server, SENDER, SITE) if server else None, SITE, self.now)


def said_of(body: str) -> list[tuple[str, str, int]]:
    """The events that a webhook was told: kind, release, version."""
    return [(event["kind"], event["release"], event["version"]) for event in json.loads(body)["events"]]
