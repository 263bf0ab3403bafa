"""Foreign WARC files become captures with their true dates, and captures become releases of those days."""

import gzip
import subprocess
import sys

import pytest

from archive.redaction.proof import remains
from archive.redaction.words import sought
from archive.source import registry
from pipeline.redact import Asked, redact
from tests.imports.conftest import Importing
from tests.imports.making import LIST, OLD, http, listing, page, record, response, zipped

TITLE = "Neue Beratungsstelle für Familien in Artern"
TEXT = (
    "Das Land fördert eine Beratungsstelle im Kyffhäuserkreis mit 120.000 Euro. Die Mittel stehen ab dem "
    "1. April 2018 bereit.\nDie Stelle wird vom Landkreis getragen und berät Familien in allen Lebenslagen."
)
CAPTURES = (
    "SELECT source_key, role, url, requested_url, captured_at, status, record_id FROM captures ORDER BY id"
)
PROVENANCE = (
    "SELECT c.captured_at, i.file, i.bytes, i.warcinfo, i.imported_at, i.imported_by, p.file_offset, sha256 "
    "FROM imported_captures p JOIN imports i ON i.id = p.import_id JOIN captures c ON c.id = p.capture_id "
    "ORDER BY c.captured_at"
)
INFO = record("warcinfo", block=b"software: Heritrix/3.4\r\noperator: Ein Archiv\r\n")


def test_a_release_of_2018_enters_with_its_day_and_its_origin(importing: Importing) -> None:
    path = importing.file(zipped(INFO, response(109802, TITLE, TEXT)))
    tally = importing.take(path)
    assert dict(tally.taken) == {("th-tmasgff-old", "detail"): 1}
    importing.build()
    [(title, day, seen, publisher)] = importing.rows(
        "SELECT title, published_on, first_seen_at, publisher_name FROM releases"
    )
    assert (title, day, seen) == (TITLE, "2018-03-19", "2018-03-28T14:30:00Z")
    assert publisher == "Thüringer Ministerium für Arbeit, Soziales, Gesundheit, Frauen und Familie"
    [(at, file, size, info, imported_at, by, offset, _)] = importing.rows(PROVENANCE)
    assert (at, file, size) == ("2018-03-28T14:30:00Z", "foreign.warc.gz", path.stat().st_size)
    assert info == "software: Heritrix/3.4\noperator: Ein Archiv"
    assert (imported_at, by, offset) == ("2026-03-01T08:00:00Z", "Tester", len(zipped(INFO)))
    assert importing.faults() == []


def test_what_is_imported_twice_or_in_files_that_overlap_is_held_once(importing: Importing) -> None:
    first = importing.file(zipped(response(1, TITLE, TEXT), response(2, TITLE, TEXT)), "a.warc.gz")
    second = importing.file(zipped(response(2, TITLE, TEXT), response(3, TITLE, TEXT)), "b.warc.gz")
    importing.take(first, second)
    before, files = importing.rows(CAPTURES), [p.read_bytes() for p in importing.warc.glob("*/*.gz")]
    assert len(before) == 3
    assert importing.take(second, first).refused == {"held": 2}
    assert importing.rows(CAPTURES) == before
    assert [p.read_bytes() for p in importing.warc.glob("*/*.gz")] == files


def test_the_same_capture_with_another_id_is_no_other(importing: Importing) -> None:
    one = record("response", OLD.format(1), block=http(page(TITLE, TEXT)), identity="<urn:uuid:a>")
    two = record("response", OLD.format(1), block=http(page(TITLE, TEXT)), identity="<urn:uuid:b>")
    assert importing.take(importing.file(zipped(one, two))).refused == {"held": 1}


def test_another_capture_with_the_same_id_gets_one_of_its_own(importing: Importing) -> None:
    one = record("response", OLD.format(1), block=http(page(TITLE, TEXT)), identity="<urn:uuid:a>")
    two = record("response", OLD.format(2), block=http(page(TITLE, TEXT)), identity="<urn:uuid:a>")
    assert importing.take(importing.file(zipped(one, two))).captures == 2
    assert importing.faults() == []
    assert importing.take(importing.file(zipped(one, two))).refused == {"held": 2}


def test_a_lost_database_comes_back_from_the_evidence_with_every_origin(importing: Importing) -> None:
    other = response(2, TITLE + " II", TEXT)
    importing.take(importing.file(zipped(INFO, response(1, TITLE, TEXT), other)))
    importing.take(importing.file(INFO + response(3, TITLE, TEXT), "plain.warc"))
    importing.build()
    asked = (CAPTURES, PROVENANCE, "SELECT id, title, first_seen_at, version_id FROM releases ORDER BY id")
    before = [importing.rows(sql) for sql in asked]
    for path in importing.folder.glob("archive.db*"):
        path.unlink()
    importing.take(importing.file(zipped(INFO), "nothing.warc.gz"))
    importing.take(importing.file(zipped(response(1, TITLE, TEXT))))
    importing.build()
    assert [importing.rows(sql) for sql in asked] == before
    assert importing.faults() == []


def test_copies_satisfy_the_checks_of_others(importing: Importing) -> None:
    importing.take(importing.file(zipped(INFO, response(1, TITLE, TEXT), response(2, TITLE, TEXT))))
    (path,) = importing.warc.glob("*/*.warc.gz")
    done = subprocess.run([sys.executable, "-m", "warcio.cli", "check", "-v", path], capture_output=True)
    assert done.returncode == 0, done.stdout


def test_an_older_capture_that_is_imported_later_is_the_earlier_version(importing: Importing) -> None:
    texts = [TEXT, TEXT.replace("120.000", "150.000"), TEXT.replace("120.000", "180.000")]
    for year in (2019, 2018, 2017):
        data = zipped(response(1, TITLE, texts[year - 2017], f"{year}-06-01T10:00:00Z"))
        importing.take(importing.file(data, f"{year}.warc.gz"))
        importing.build()
    assert importing.rows("SELECT text FROM versions ORDER BY number") == [(text,) for text in texts]
    assert importing.rows("SELECT versions, first_seen_at, last_seen_at, amount_max FROM releases") == [
        (3, "2017-06-01T10:00:00Z", "2019-06-01T10:00:00Z", 180000)
    ]


def test_a_revisit_says_what_its_original_said(importing: Importing) -> None:
    first = response(1, TITLE, TEXT, "2018-03-28T14:30:00Z")
    again = record(
        "revisit",
        OLD.format(1),
        "2018-05-01T00:00:00Z",
        http(b""),
        headers="WARC-Profile: http://netpreserve.org/warc/1.0/revisit/identical-payload-digest\r\n"
        f"WARC-Refers-To-Target-URI: {OLD.format(1)}\r\nWARC-Refers-To-Date: 2018-03-28T14:30:00Z\r\n",
    )
    alone = importing.file(zipped(again), "again.warc.gz")
    assert importing.take(alone).refused == {"no_original": 1}
    assert importing.take(alone, importing.file(zipped(first), "first.warc.gz")).captures == 1
    importing.build()
    assert importing.rows("SELECT versions, first_seen_at, last_seen_at FROM releases") == [
        (1, "2018-03-28T14:30:00Z", "2018-05-01T00:00:00Z")
    ]
    assert importing.faults() == []


def test_a_list_is_read_and_tells_releases_whose_address_says_nothing(importing: Importing) -> None:
    url = "https://www.tmasgff.de/medienservice/etwas"
    rows = listing([(f"{url}-{n}" if n else url, f"{TITLE} {n}", "19.03.2021") for n in range(4)])
    release = record("response", url, "2021-04-01T10:00:00Z", http(page(TITLE, TEXT, "19.03.2021")))
    home = record("response", "https://www.tmasgff.de/medienservice", "2021-04-02T10:00:00Z", http(rows))
    tally = importing.take(importing.file(zipped(release, home)))
    assert dict(tally.taken) == {("th-tmasgff", "detail"): 1, ("th-tmasgff", "listing"): 1}
    assert importing.rows("SELECT DISTINCT listed_on, first_seen_at FROM entries") == [
        ("2021-03-19", "2021-04-02T10:00:00Z")
    ]


def test_a_dry_run_counts_the_same_and_writes_nothing(importing: Importing) -> None:
    path = importing.file(zipped(INFO, response(1, TITLE, TEXT), response(1, TITLE, TEXT)))
    tally = importing.take(path, dry=True)
    assert (tally.captures, dict(tally.refused)) == (1, {"held": 1, "warcinfo": 1})
    assert list(importing.folder.iterdir()) == [path]


@pytest.mark.parametrize("url", [OLD.format(7), OLD.format(7).replace("http:", "https:")])
def test_one_page_under_both_schemes_is_one_release(importing: Importing, url: str) -> None:
    one = record("response", url, "2018-03-28T14:30:00Z", http(page(TITLE, TEXT)))
    two = record("response", url.replace("www.", ""), "2018-04-28T14:30:00Z", http(page(TITLE, TEXT)))
    importing.take(importing.file(zipped(two)))
    importing.build()
    before = importing.rows("SELECT id FROM releases")
    importing.take(importing.file(zipped(one)))
    importing.build()
    assert importing.rows("SELECT id FROM releases") == before
    assert importing.rows("SELECT versions, first_seen_at FROM releases") == [(1, "2018-03-28T14:30:00Z")]


def test_the_list_that_old_addresses_lead_to_now_is_no_version_of_a_release(importing: Importing) -> None:
    rows = [(f"/medienservice/artikel/{n}", f"Meldung {n}", f"0{n}.03.2024") for n in range(1, 9)]
    late = record("response", OLD.format(1), "2024-03-28T14:30:00Z", http(listing(rows)))
    importing.take(importing.file(zipped(response(1, TITLE, TEXT), late)))
    importing.build()
    assert importing.rows("SELECT title, versions, last_seen_at FROM releases") == [
        (TITLE, 1, "2018-03-28T14:30:00Z")
    ]
    assert ("redirected_to_list",) in importing.rows("SELECT outcome FROM parsed_captures")


def test_lists_of_old_leave_what_newer_ones_said(importing: Importing) -> None:
    for year, title in ((2018, "Neuer Titel"), (2017, "Alter Titel")):
        body = http(listing([(OLD.format(n), f"{title} {n}", "19.03.2017") for n in range(1, 4)]))
        importing.take(importing.file(zipped(record("response", LIST, f"{year}-03-20T00:00:00Z", body))))
    assert importing.rows("SELECT title, first_seen_at, last_seen_at FROM entries LIMIT 1") == [
        ("Neuer Titel 1", "2017-03-20T00:00:00Z", "2018-03-20T00:00:00Z")
    ]


def test_what_was_redacted_stays_out_of_what_is_imported(importing: Importing) -> None:
    text = f"{TEXT}\nDie Leitung hat Erna Beispiel."
    gone = ("Ein ganz anderer Titel über Schulen", "Der Freistaat baut sieben Schulen in Suhl um.")
    first = zipped(response(1, TITLE, text), response(3, *gone))
    importing.take(importing.file(first, "first.warc.gz"))
    importing.build()
    [(release,)] = importing.rows("SELECT id FROM releases WHERE url LIKE '%/3/%'")
    for asked in (
        Asked("name", "auf Wunsch", "E. Muster", ("Erna Beispiel",)),
        Asked("release", "auf Wunsch", "E. Muster", release=str(release)),
    ):
        redact(importing.archive, importing.warc, registry(), asked, importing.now)
    rows = [(OLD.format(n), f"{TITLE} {n}", "28.03.2018") for n in (1, 2, 3)]
    spelt = record("response", OLD.format(9) + "?erna-beispiel", block=http(page(TITLE, TEXT)))
    coded = http(
        gzip.compress(page(TITLE, text + " Heute.")),
        headers="Content-Encoding: gzip\r\nX-By: Erna Beispiel\r\n",
    )
    names = [(OLD.format(9) + "?erna-beispiel", "Erna Beispiel geht in den Ruhestand", "28.03.2018")]
    again = importing.file(
        zipped(
            record("warcinfo", block=b"operator: Erna Beispiel\r\n"),
            response(1, TITLE, text),
            response(3, *gone, date="2018-04-01T14:30:00Z"),
            spelt,
            record("response", OLD.format(2), block=coded),
            record("response", LIST, block=http(listing(rows + names))),
        )
    )
    tally = importing.take(again)
    assert dict(tally.refused) == {"warcinfo": 1, "held": 1, "redacted": 1, "other_page": 1}
    importing.build()
    assert list(remains(importing.archive, importing.warc, sought(["Erna Beispiel", gone[0]]))) == []
    assert importing.faults() == []
    assert importing.rows("SELECT count(*) FROM entries") == [(2,)]
    texts = importing.rows("SELECT text FROM versions")
    assert sorted(str(said).rpartition("Leitung hat ")[2] for (said,) in texts) == [
        "[entfernt].",
        "[entfernt]. Heute.",
    ]
