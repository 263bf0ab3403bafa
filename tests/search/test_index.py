"""The index agrees with the texts, whatever is added, changed and removed."""

from pathlib import Path

import pytest
from sqlite_utils import Database

from archive.search_terms import query_terms
from archive.store import open_archive, writing
from pipeline.search import index

TEXTS = {
    "r1": ("Neue Fördermittelbescheide für Gera", "Heike Werner übergab zwei Bescheide. Ääh\u0308 – „ja“."),
    "r2": ("Straßen werden saniert", "In Magdeburg und im Kyffhäuserkreis wird gebaut."),
    "r3": ("Leer", ""),
}


@pytest.fixture
def db(tmp_path: Path) -> Database:
    db = open_archive(tmp_path / "archive.db")
    with writing(db):
        db["publishers"].insert({"id": "p", "name": "Ministerium", "jurisdiction": "DE-TH"})
        source = {"key": "s", "title": "S", "publisher_id": "p", "jurisdiction": "DE-TH", "family": "generic"}
        db["sources"].insert(source | {"status": "active", "home": "https://example.org/"})
        capture = {
            "id": 1,
            "source_key": "s",
            "role": "detail",
            "url": "u",
            "requested_url": "u",
            "status": 200,
        }
        capture |= {"captured_at": "2020-01-01T00:00:00Z", "payload_digest": "x", "payload_bytes": 1}
        capture |= {
            "record_id": "r",
            "record_type": "response",
            "warc_file": "f",
            "warc_offset": 0,
            "warc_length": 1,
        }
        db["captures"].insert(capture)
        for release_id, (title, text) in TEXTS.items():
            write(db, release_id, title, text)
        index.add(db, TEXTS)
    return db


def write(db: Database, release_id: str, title: str, text: str) -> None:
    seen = {"first_seen_at": "2020-01-01T00:00:00Z", "last_seen_at": "2020-01-01T00:00:00Z"}
    release = {
        "id": release_id,
        "title": title,
        "kind": "press_release",
        "source_key": "s",
        "publisher_id": "p",
    }
    release |= {"publisher_name": "M", "jurisdiction": "DE-TH", "url": f"https://example.org/{release_id}"}
    release |= seen | {"last_changed_at": seen["last_seen_at"], "characters": len(text)}
    db["releases"].insert(release | {"version_id": f"{release_id}-1"})
    version = {"id": f"{release_id}-1", "release_id": release_id, "number": 1, "title": title, "text": text}
    db["versions"].insert(version | seen | {"text_hash": "h", "capture_id": 1})


def found(db: Database, typed: str) -> set[str]:
    sql = """SELECT releases.id FROM releases_fts JOIN releases ON releases.rowid = releases_fts.rowid
             WHERE releases_fts MATCH ? ORDER BY rank"""
    return {row[0] for row in db.execute(sql, [query_terms(typed)])}


@pytest.mark.parametrize(
    ("typed", "hits"),
    [
        ("bescheid", {"r1"}),
        ("fördermittel", {"r1"}),
        ("foerdermittelbescheid", {"r1"}),
        ("strasse", {"r2"}),
        ("Straße sanieren", {"r2"}),
        ("übergeben", {"r1"}),
        ('"heike werner"', {"r1"}),
        ('"bescheid"', {"r1"}),
        ('"mittel"', set()),
        ('"werner heike"', set()),
        ("burg", set()),
        ("kyffhäuserkreises -gera", {"r2"}),
        ("magdeburg ODER gera", {"r1", "r2"}),
    ],
)
def test_a_search_finds_inflected_folded_and_compound_words(db: Database, typed: str, hits: set[str]) -> None:
    assert found(db, typed) == hits


def test_a_title_ranks_above_a_text(db: Database) -> None:
    with writing(db):
        write(db, "r4", "Neues aus Gera", "Nichts weiter.")
        write(db, "r5", "Neues", "Aus Gera gibt es dies.")
        index.add(db, ["r5", "r4"])
    sql = "SELECT rowid FROM releases_fts WHERE releases_fts MATCH 'gera' ORDER BY rank"
    titles = [
        db.execute("SELECT title FROM releases WHERE rowid = ?", row).fetchone()[0] for row in db.execute(sql)
    ]
    assert titles[-1] == "Neues"


def test_sqlite_marks_the_original_words(db: Database) -> None:
    sql = "SELECT highlight(releases_fts, 0, '[', ']') FROM releases_fts WHERE releases_fts MATCH ?"
    assert db.execute(sql, [query_terms("Strasse")]).fetchone()[0] == "[Straßen] werden saniert"


def test_the_index_follows_a_change_and_a_removal(db: Database) -> None:
    with writing(db):
        index.remove(db, ["r1", "r2"])
        db.execute("UPDATE versions SET text = 'Nun steht hier Weimar.' WHERE id = 'r1-1'")
        index.add(db, ["r1"])
        db.execute("DELETE FROM versions WHERE release_id = 'r2'")
        db.execute("DELETE FROM releases WHERE id = 'r2'")
    assert found(db, "Weimar") == {"r1"}
    assert found(db, "Magdeburg") == set()
    assert index.check(db) == []
    db.execute("INSERT INTO releases_fts (releases_fts) VALUES ('integrity-check')")


def test_a_changed_text_that_was_not_indexed_is_noticed(db: Database) -> None:
    db.execute("UPDATE versions SET text = text || ' Und mehr.' WHERE id = 'r2-1'")
    assert index.check(db) == ["the search index of release r2 does not agree with its text"]


def test_two_words_changing_places_are_noticed(db: Database) -> None:
    db.execute("UPDATE versions SET title = 'x' WHERE id = 'r2-1'")
    db.execute("UPDATE releases SET title = 'Saniert werden Straßen' WHERE id = 'r2'")
    assert index.check(db) == ["the search index of release r2 does not agree with its text"]


def test_missing_and_superfluous_documents_are_noticed_and_mended_by_a_new_index(db: Database) -> None:
    with writing(db):
        write(db, "r6", "Nicht im Index", "…")
        db.execute("DELETE FROM versions WHERE release_id = 'r1'")
        db.execute("DELETE FROM releases WHERE id = 'r1'")
    assert len(index.check(db)) == 2
    with writing(db):
        assert index.reindex(db) == 3
    assert index.check(db) == []


def test_an_index_made_by_other_rules_is_made_again_before_it_is_changed(db: Database) -> None:
    with writing(db):
        db.execute("INSERT INTO releases_fts (releases_fts) VALUES ('delete-all')")
        db.execute("INSERT INTO releases_fts (rowid, title) VALUES (1, 'altregel')")
        db.execute("UPDATE archive_state SET value = '0' WHERE key = 'search_rules'")
    assert index.check(db) == ["the search index was made by older rules; `pressearchiv build` makes it anew"]
    with writing(db):
        index.remove(db, ["r3"])
        index.add(db, ["r3"])
    assert index.check(db) == []
    assert found(db, "altregel") == set()
