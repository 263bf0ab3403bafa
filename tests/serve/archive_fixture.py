"""A small archive filled by SQL alone."""

from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from archive.records import Exchange
from archive.store import open_archive, writing
from archive.warc import WarcFiles, digest
from pipeline.aggregates import run as aggregates
from pipeline.attachments import index as attachment_index
from pipeline.compare import rows
from pipeline.search import index
from tests.serve.invented import (
    ATTACHMENTS,
    ATTACK,
    DISTRICTS,
    GONE,
    HEAD,
    HOSTILE,
    MINISTERS,
    PAGES,
    RELEASES,
    SOURCES,
    TOWNS,
    VERDICTS,
)
from tests.serve.invented_mentions import MENTIONS, TABLES


def fill(path: Path) -> Path:
    """Write the archive file and return its path."""
    db = open_archive(path)
    with writing(db):
        _sources(db)
        _entities(db)
        for release in RELEASES:
            _release(db, *release)
        _second_version(db)
        moved = {"id": "alte-kennung", "url": "https://th-arbeit.example.org/alt", "source_key": "th-arbeit"}
        db["release_addresses"].insert(moved | {"release_id": "th-arbeit-1"})
        _mentions(db)
        db["issues"].insert(
            {
                "kind": "no-date",
                "source_key": "th-bau",
                "subject": "th-bau-leer",
                "message": f"Kein Datum {ATTACK}",
            }
            | {
                "mend": "Layout prüfen",
                "first_seen_at": "2018-03-01T08:00:00Z",
                "last_seen_at": "2018-03-28T08:00:00Z",
            }
        )
        index.add(db, [release[0] for release in RELEASES])
        _attachments(db)
        _elsewhere(db)
        _vanished(db)
        _taken_out(db)
        _evidence(db, path.with_name("warc"))
        aggregates.write(db)
    rows.compare_new(db, workers=1)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.conn.close()
    return path


def _sources(db: Database) -> None:
    for number, (key, (title, land, name)) in enumerate(SOURCES.items(), 1):
        db["publishers"].insert({"id": key, "name": name, "jurisdiction": land})
        db["sources"].insert(
            {"key": key, "title": title, "publisher_id": key, "jurisdiction": land, "family": "generic"}
            | {"status": "active", "home": f"https://{key}.example.org/"}
        )
        db["runs"].insert(
            {"id": number, "kind": "crawl", "source_key": key, "started_at": "2018-03-28T14:00:00Z"}
            | {"ended_at": "2018-03-28T14:05:00Z", "verdict": VERDICTS[key]}
        )


def _entities(db: Database) -> None:
    db["ministers"].insert_all({"id": key, "name": name} for key, name in MINISTERS.items())
    db["districts"].insert_all(
        {"ags": ags, "name": name, "kind": "Landkreis", "jurisdiction": "DE-TH"}
        for ags, name in DISTRICTS.items()
    )
    db["municipalities"].insert_all(
        {"ags": ags, "name": name, "district_ags": district, "jurisdiction": "DE-TH"}
        for ags, (name, district) in TOWNS.items()
    )


def _release(db: Database, key: str, source: str, day: str | None, kind: str, title: str, text: str) -> None:
    seen = {"first_seen_at": "2018-03-28T14:30:00Z", "last_seen_at": "2018-04-02T06:00:00Z"}
    url = f"https://{source}.example.org/{key}" if "attack" not in key else 'javascript:alert("x")'
    capture = (
        db["captures"]
        .insert(
            {
                "source_key": source,
                "role": "detail",
                "url": url,
                "requested_url": url,
                "status": 200,
                "run_id": 1,
            }
            | {
                "captured_at": "2018-03-28T14:30:00Z",
                "payload_digest": digest(key.encode()),
                "payload_bytes": 4000,
            }
            | {"record_id": f"<urn:uuid:{key}>", "record_type": "response", "warc_offset": len(key) * 1000}
            | {"warc_file": f"{source}/{key}{ATTACK if 'attack' in key else ''}.warc.gz", "warc_length": 1000}
        )
        .last_pk
    )
    db["releases"].insert(
        {
            "id": key,
            "title": title,
            "kind": kind,
            "published_on": day,
            "source_key": source,
            "publisher_id": source,
        }
        | {
            "publisher_name": SOURCES[source][2],
            "jurisdiction": SOURCES[source][1],
            "url": url,
            "number": "17/2018",
        }
        | seen
        | {"last_changed_at": "2018-03-28T14:30:00Z", "version_id": f"{key}.1", "characters": len(text)}
        | {"published_precision": "day", "published_rule": "layout:date", "title_rule": "layout:h1"}
        | {"text_rule": "layout:body", "language": "de"}
    )
    db["versions"].insert(
        {"id": f"{key}.1", "release_id": key, "number": 1, "title": title, "text": text, "text_hash": "h"}
        | seen
        | {"capture_id": capture}
    )
    db["version_captures"].insert({"version_id": f"{key}.1", "capture_id": capture})


def _attachments(db: Database) -> None:
    for number, (release, title, outcome, pages) in enumerate(ATTACHMENTS, start=1):
        digest = f"sha1:{number:0>32}" if outcome else None
        url = f"https://th-bau.example.org/{number}.pdf"
        row = {"id": number, "release_id": release, "url": url, "address": url, "title": title}
        files = 2 if number == 1 else 1 if outcome else 0
        db["attachments"].insert(row | {"payload_digest": digest, "files": files, "capture_id": None})
        for file in range(1, files + 1):
            seen = f"2018-03-2{file}T08:00:00Z"
            values = (number, file, digest, 1_536_000, 1, seen, seen)
            db.execute("INSERT INTO attachment_files VALUES (?, ?, ?, ?, ?, ?, ?)", values)
        if outcome:
            said = (digest, outcome, "pdf", len(pages) or 2, sum(map(len, pages)), None, "1")
            db.execute("INSERT INTO attachment_texts VALUES (?, ?, ?, ?, ?, ?, ?)", said)
        for page, text in enumerate(pages, start=1):
            kept = db["attachment_pages"].insert({"payload_digest": digest, "page": page, "text": text})
            attachment_index.add(db, [(int(str(kept.last_pk)), text)])
    text = ATTACHMENTS[0][3][2]
    where = {"release_id": "th-bau-1", "attachment_id": 1, "page": 3}
    for kind, wording, values in (
        ("municipality", "Schmölln", {"name": "Schmölln", "district_ags": "16077"}),
        ("amount", "12.000 Euro", {"value_min": 12000, "value_max": 12000, "currency": "EUR"}),
    ):
        start = text.find(wording)
        span = {"start": start, "end": start + len(wording), "kind": kind, "surface": wording}
        db["attachment_mentions"].insert(where | span | values | {"qualifier": "exact"} | HEAD)


def _elsewhere(db: Database) -> None:
    """Two ministries said the same about floods and the countryside; the attack is among them."""
    group = ("th-arbeit-attack", "th-bau-3", "bund-umwelt-1")
    values = ("text-1", "th-arbeit-attack", "Angriff", 3, 3, 2, "2017-10-01", "2018-03-20")
    db.execute("INSERT INTO text_groups VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
    for number, key in enumerate(group, start=1):
        row = ("text-1", number, key, 1.0 if number == 1 else 0.81, 1.0)
        db.execute("INSERT INTO text_group_members VALUES (?, ?, ?, ?, ?)", row)


def _second_version(db: Database) -> None:
    """The Bauministerium raised a sum afterwards."""
    first = next(db.query("SELECT * FROM versions WHERE id = 'th-bau-2.1'"))
    changed = {
        "id": "th-bau-2.2",
        "number": 2,
        "text_hash": "h2",
        "text": first["text"].replace("fördert das Land", "unterstützt das Land"),
    }
    db["versions"].insert(first | changed | {"first_seen_at": "2018-03-30T06:00:00Z"})
    newest = {"version_id": "th-bau-2.2", "versions": 2, "last_changed_at": "2018-03-30T06:00:00Z"}
    db["releases"].update("th-bau-2", newest)


def _taken_out(db: Database) -> None:
    """A release went as a whole, in another a name did."""
    for key, kind, release in (("r1", "release", GONE), ("r2", "name", "th-bau-1")):
        reason = f"auf Wunsch einer Person {ATTACK}"
        row = {"id": key, "kind": kind, "reason": reason, "author": "E. Muster", "redacted_on": "2018-05-02"}
        db["redactions"].insert(row)
        db["redacted_releases"].insert({"release_id": release, "redaction_id": key})


def _evidence(db: Database, warc: Path) -> None:
    """Pages for some of the captures; of the others the WARC file is not at hand."""
    for key, (content_type, body) in PAGES.items():
        [capture] = (
            db.query("SELECT * FROM captures WHERE url LIKE ?", [f"%{key}"])
            if key != HOSTILE
            else (db.query("SELECT * FROM captures WHERE url LIKE 'javascript:%'"))
        )
        exchange = Exchange(
            capture["source_key"], "detail", f"https://example.org/{key}", f"https://example.org/{key}",
            datetime(2018, 3, 28, 14, 30, tzinfo=UTC), "GET", (), 200, "OK",
            (("Content-Type", content_type),), body,
        )  # fmt: skip
        written = WarcFiles(warc, capture["source_key"], "test").write(exchange)
        place = written.place
        found = {"warc_file": place.file, "warc_offset": place.offset, "warc_length": place.length}
        found |= {"payload_digest": written.payload_digest, "payload_bytes": len(body)}
        db["captures"].update(capture["id"], found | {"content_type": content_type})
    db["captures"].update(_capture_of(db, "th-arbeit-4"), {"truncated": "redacted"})
    db["captures"].update(_capture_of(db, "th-bau-3"), {"payload_bytes": 100 << 20})


def _capture_of(db: Database, release: str) -> int:
    [row] = db.query("SELECT capture_id FROM versions WHERE id = ?", [f"{release}.1"])
    return int(row["capture_id"])


def _vanished(db: Database) -> None:
    """A page of the Bauministerium was not found four times in a row."""
    url = "https://th-bau.example.org/th-bau-3"
    state = {"release_id": "th-bau-3", "source_key": "th-bau", "state": "missing", "reason": "status_404"}
    seen = {"last_seen_at": "2018-04-02T06:00:00Z", "last_checked_at": "2018-04-20T06:00:00Z"}
    missing = {"first_missing_at": "2018-04-05T06:00:00Z", "last_missing_at": "2018-04-20T06:00:00Z"}
    rest = {"url": url, "first_url": url, "last_outcome": "status_404", "missing_checks": 4}
    db["presence"].insert(state | seen | missing | rest)


def _mentions(db: Database) -> None:
    titles = {key: title for key, _, _, _, title, _ in RELEASES}
    texts = {
        row["release_id"]: row["text"]
        for row in db.query("SELECT release_id, text FROM versions ORDER BY number")
    }
    days = {key: day for key, _, day, _, _, _ in RELEASES}
    for key, field, kind, wording, values in MENTIONS:
        start = (titles if field == "title" else texts)[key].find(wording)
        where = {
            "release_id": key,
            "field": field,
            "start": start,
            "end": start + len(wording),
            "surface": wording,
        }
        table, common = TABLES[kind]
        db[table].insert(where | {"published_on": days[key]} | common | values | HEAD)
    # One that no longer fits its text: it must not be marked.
    wrong = {
        "release_id": "th-bau-1",
        "start": 0,
        "end": 6,
        "surface": "Erfurt",
        "name": "Erfurt",
        "form": "name",
    }
    db["district_mentions"].insert(wrong | HEAD)
    db.execute(
        "UPDATE releases SET amount_max = (SELECT max(value_max) FROM amounts WHERE release_id = releases.id "
        "AND currency = 'EUR')"
    )
    for amount in list(
        db.query("SELECT * FROM amounts WHERE surface IN ('477.970 Euro', 'rund 1,2 Millionen Euro')")
    ):
        grant = {
            k: amount[k]
            for k in ("release_id", "value_min", "value_max", "currency", "qualifier", "start", "end")
        }
        district = "16065" if amount["qualifier"] == "exact" else "16077"
        db["grants"].insert(
            grant
            | {"amount_id": amount["id"], "giver": "Arbeitsministerium", "recipient": DISTRICTS[district]}
            | {"purpose": "Häuser der Jugendarbeit", "district_ags": district, "granted_on": "2018-03-27"}
            | {"status": "given", "published_on": "2018-03-28", "sentence": amount["surface"]}
            | HEAD
        )
