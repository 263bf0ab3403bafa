"""A small archive filled by SQL alone: a dozen invented releases, some of them hostile."""

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

ATTACK = '<script>alert("x")</script>'
RTL = "\u202eegnirts\u202c"
GONE = "th-arbeit-000000000000"  # was taken out
HOSTILE = "th-arbeit-attack"
OUTSIDE = "https://outside.example.net"
ATTACK_PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{ATTACK}</title>
<base href="{OUTSIDE}/"><link rel="preconnect" href="{OUTSIDE}"><LINK rel=stylesheet href="{OUTSIDE}/a.css">
<meta http-equiv="refresh" content="0; url={OUTSIDE}/moved"><script src="{OUTSIDE}/a.js"></script>
<style>body {{ background: url({OUTSIDE}/b.png) }} @import url({OUTSIDE}/c.css);</style></head>
<body onload="alert(1)"><h1>Angriff</h1>{ATTACK}<img src="{OUTSIDE}/p.png" onerror="alert(2)">
<iframe src="{OUTSIDE}/f"></iframe><iframe srcdoc="<script>parent.alert(3)</script>"></iframe>
<form action="{OUTSIDE}/post" method="post"><input name="a" autofocus onfocus="alert(4)"></form>
<a href="javascript:alert(5)" ping="{OUTSIDE}/ping">klick</a><object data="{OUTSIDE}/o"></object>
<svg onload="alert(6)"></svg><video src="{OUTSIDE}/v" autoplay></video></body></html>"""
PAGES = {  # content type and body of what was captured
    "th-arbeit-1": ("text/html; charset=iso-8859-1", "<h1>Förderung für Häuser</h1>".encode("latin-1")),
    "th-bau-2": ("text/html", "<meta charset=utf-8><h1>Städtebau</h1>".encode()),
    "bund-umwelt-2": ("application/pdf", b"%PDF-1.4 <script>alert(1)</script>"),
    HOSTILE: ("text/html; charset=utf-8", ATTACK_PAGE.encode()),
}
HEAD = {"confidence": 0.95, "rule": "rule:test"}

MINISTERS = {"erna-muster": "Erna Muster", "karl-beispiel": "Karl Beispiel"}
DISTRICTS = {"16065": "Kyffhäuserkreis", "16077": "Altenburger Land", "16055": "Weimar"}
TOWNS = {"16065002": ("Artern", "16065"), "16077043": ("Schmölln", "16077")}
SOURCES = {
    "th-arbeit": ("Arbeitsministerium", "DE-TH", "Thüringer Ministerium für Arbeit und Familie"),
    "th-bau": ("Bauministerium", "DE-TH", "Thüringer Ministerium für Bau und Verkehr"),
    "bund-umwelt": ("Umweltministerium", "DE", "Bundesministerium für Umwelt und Klima"),
}
VERDICTS = {"th-arbeit": "ok", "th-bau": "quiet", "bund-umwelt": "blocked"}

# id, source, day, kind, title, text
RELEASES = [
    (
        "th-arbeit-1",
        "th-arbeit",
        "2018-03-28",
        "press_release",
        "Erna Muster übergibt Fördermittelbescheide im Kyffhäuserkreis",
        "Arbeitsministerin Erna Muster hat am 27. März 2018 in Artern zwei Fördermittelbescheide übergeben. "
        "Der Kyffhäuserkreis erhält 477.970 Euro für drei Häuser der Jugendarbeit, das Altenburger Land "
        "rund 1,2 Millionen Euro.\n"
        "„Damit sichern wir die Arbeit vor Ort bis 2020“, sagte die Ministerin. Landrätin Paula Probe dankte "
        "dem Land. Anfang 2019 soll in Schmölln das nächste Haus öffnen. Es kostet 2,5 Millionen Euro.\n"
        "Hintergrund: Das Land gibt Städten und Gemeinden Zuschüsse zwischen 50.000 und 80.000 Euro im Jahr. "
        "Anträge können bis 30. Juni 2018 gestellt werden.",
    ),
    (
        "th-bau-1",
        "th-bau",
        "2018-03-27",
        "press_release",
        "Landesstraßen: Sanierung bei Weimar beginnt",
        "Ab 3. April 2018 wird die Landesstraße zwischen Weimar und Schmölln saniert. Verkehrsminister Karl "
        "Beispiel sprach von einem guten Tag für Pendler. Die Kosten betragen 3,4 Millionen Euro.",
    ),
    (
        "th-arbeit-2",
        "th-arbeit",
        "2018-03-28",
        "media_invitation",
        "Einladung: Ministerin Muster besucht Mehrgenerationenhaus",
        "Vertreterinnen und Vertreter der Medien sind am 4. April 2018 herzlich nach Weimar eingeladen.",
    ),
    (
        "bund-umwelt-1",
        "bund-umwelt",
        "2018-03-20",
        "joint_release",
        "Hochwasserschutz: Bund und Länder legen neues Programm auf",
        "Bund und Länder geben in den kommenden drei Jahren 100 Millionen Euro für den Hochwasserschutz. "
        "Profitieren sollen vor allem Flüsse in Thüringen und Sachsen, darunter das Altenburger Land.",
    ),
    (
        "bund-umwelt-2",
        "bund-umwelt",
        "2018-03-19",
        "speech",
        "Rede zum ländlichen Raum",
        "Der ländliche Raum braucht Busse und Bahnen. In ländlichen Räumen entscheidet sich, wer bleibt.",
    ),
    (
        "th-bau-2",
        "th-bau",
        "2018-02-11",
        "press_release",
        "Städtebauförderung: 12 Millionen Euro für Innenstädte",
        "Mit 12 Millionen Euro fördert das Land den Städtebau. Nach Weimar gehen davon 800.000 Euro.",
    ),
    (
        "th-arbeit-3",
        "th-arbeit",
        "2018-01-15",
        "press_release",
        "Mehr Plätze in Kindergärten",
        "Die Zahl der Plätze in Kindergärten steigt. Allein in Artern entstehen 40 neue.",
    ),
    (
        "th-arbeit-4",
        "th-arbeit",
        "2017-12-01",
        "date_notice",
        "Termine der Woche",
        "Montag: Kabinett. Dienstag: Landtag.",
    ),
    (
        "th-bau-3",
        "th-bau",
        "2017-11-30",
        "statement",
        "Erklärung zum Brückenbau",
        "Die Brücke über die Unstrut bleibt gesperrt.\n\nEine Prüfung folgt.",
    ),
    (
        "th-arbeit-attack",
        "th-arbeit",
        "2017-10-01",
        "press_release",
        f"Angriff {ATTACK} \"onload='x' {RTL}",
        f"Ein Text mit {ATTACK} und <img src=x onerror=alert(1)> in Artern, dazu {RTL} und \u0000\u000b.\n"
        "]]> --> </textarea></style>{{ 7*7 }}",
    ),
    ("th-bau-leer", "th-bau", None, "press_release", "Ohne Tag und ohne Text", ""),
    (
        "bund-umwelt-3",
        "bund-umwelt",
        "2016-05-05",
        "correction",
        "Korrektur: Zahl der Windräder",
        "In der Mitteilung vom 4. Mai 2016 stand eine falsche Zahl.",
    ),
]

# release, field, kind, wording, values; `nth` says which occurrence is meant
MENTIONS = [
    (
        "th-arbeit-1",
        "title",
        "minister",
        "Erna Muster",
        {"minister_id": "erna-muster", "name": "Erna Muster"},
    ),
    (
        "th-arbeit-1",
        "title",
        "district",
        "Kyffhäuserkreis",
        {"district_ags": "16065", "name": "Kyffhäuserkreis"},
    ),
    (
        "th-arbeit-1",
        "text",
        "minister",
        "Arbeitsministerin Erna Muster",
        {"minister_id": "erna-muster", "name": "Erna Muster"},
    ),
    (
        "th-arbeit-1",
        "text",
        "date",
        "27. März 2018",
        {"timex": "2018-03-27", "first_on": "2018-03-27", "last_on": "2018-03-27"},
    ),
    (
        "th-arbeit-1",
        "text",
        "municipality",
        "Artern",
        {"municipality_ags": "16065002", "name": "Artern", "district_ags": "16065"},
    ),
    (
        "th-arbeit-1",
        "text",
        "district",
        "Kyffhäuserkreis",
        {"district_ags": "16065", "name": "Kyffhäuserkreis"},
    ),
    (
        "th-arbeit-1",
        "text",
        "amount",
        "477.970 Euro",
        {"value_min": 477970, "value_max": 477970, "qualifier": "exact"},
    ),
    (
        "th-arbeit-1",
        "text",
        "district",
        "Altenburger Land",
        {"district_ags": "16077", "name": "Altenburger Land"},
    ),
    (
        "th-arbeit-1",
        "text",
        "amount",
        "rund 1,2 Millionen Euro",
        {"value_min": 1.2e6, "value_max": 1.2e6, "qualifier": "about"},
    ),
    (
        "th-arbeit-1",
        "text",
        "date",
        "2020",
        {"timex": "2020", "first_on": "2020-01-01", "last_on": "2020-12-31"},
    ),
    (
        "th-arbeit-1",
        "text",
        "person",
        "Landrätin Paula Probe",
        {"name": "Paula Probe", "office": "Landrätin"},
    ),
    (
        "th-arbeit-1",
        "text",
        "date",
        "Anfang 2019",
        {"timex": "2019", "first_on": "2019-01-01", "last_on": "2019-03-31"},
    ),
    (
        "th-arbeit-1",
        "text",
        "municipality",
        "Schmölln",
        {"municipality_ags": "16077043", "name": "Schmölln", "district_ags": "16077"},
    ),
    (
        "th-arbeit-1",
        "text",
        "amount",
        "2,5 Millionen Euro",
        {"value_min": 2.5e6, "value_max": 2.5e6, "qualifier": "exact"},
    ),
    (
        "th-arbeit-1",
        "text",
        "amount",
        "zwischen 50.000 und 80.000 Euro",
        {"value_min": 5e4, "value_max": 8e4, "qualifier": "range"},
    ),
    (
        "th-arbeit-1",
        "text",
        "date",
        "30. Juni 2018",
        {"timex": "2018-06-30", "first_on": "2018-06-30", "last_on": "2018-06-30"},
    ),
    (
        "th-bau-1",
        "text",
        "date",
        "3. April 2018",
        {"timex": "2018-04-03", "first_on": "2018-04-03", "last_on": "2018-04-03"},
    ),
    ("th-bau-1", "text", "district", "Weimar", {"district_ags": "16055", "name": "Weimar"}),
    (
        "th-bau-1",
        "text",
        "minister",
        "Verkehrsminister Karl Beispiel",
        {"minister_id": "karl-beispiel", "name": "Karl Beispiel"},
    ),
    (
        "th-bau-1",
        "text",
        "amount",
        "3,4 Millionen Euro",
        {"value_min": 3.4e6, "value_max": 3.4e6, "qualifier": "exact"},
    ),
    (
        "bund-umwelt-1",
        "text",
        "amount",
        "100 Millionen Euro",
        {"value_min": 1e8, "value_max": 1e8, "qualifier": "exact"},
    ),
    (
        "bund-umwelt-1",
        "text",
        "district",
        "Altenburger Land",
        {"district_ags": "16077", "name": "Altenburger Land"},
    ),
    (
        "th-bau-2",
        "text",
        "amount",
        "12 Millionen Euro",
        {"value_min": 1.2e7, "value_max": 1.2e7, "qualifier": "exact"},
    ),
    ("th-bau-2", "text", "district", "Weimar", {"district_ags": "16055", "name": "Weimar"}),
    (
        "th-arbeit-attack",
        "text",
        "municipality",
        "Artern",
        {"municipality_ags": "16065002", "name": ATTACK, "district_ags": "16065"},
    ),
]
TABLES = {
    "minister": (
        "minister_mentions",
        {"role": "minister", "office": "Ministerin", "party": "XYZ", "jurisdiction": "DE-TH"},
    ),
    "person": ("person_mentions", {}),
    "district": ("district_mentions", {"form": "name"}),
    "municipality": ("municipality_mentions", {}),
    "amount": ("amounts", {"currency": "EUR"}),
    "date": ("dates", {"timex_type": "DATE"}),
}


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


# release, title, what became of its file, its pages
ATTACHMENTS = [
    (
        "th-bau-1",
        "Umleitungsplan",
        "text",
        [
            "Umleitungsplan der Landesstraße.",
            "Auf Seite zwei steht die Haltestelle Marktplatz.",
            "Die Umleitung über Schmölln kostet 12.000 Euro und führt am Haltepunkt vorbei.",
        ],
    ),
    ("th-bau-1", "Querschnitt", "no_text", []),
    ("th-bau-2", None, None, []),
    ("th-arbeit-attack", f"Anlage {ATTACK}", "crashed", []),
]


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
