"""A search page finds by sets of releases just what exports and alerts find by SQL."""

import itertools
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyroaring import BitMap
from sqlite_utils import Database

from archive import search_terms
from archive.selection import Asked, asked, conditions
from benchmarks import scaled
from exports.hits import hits as hits_by_sql
from serve import facets, narrow, search, timeline
from serve.api.hits import hits as hits_by_sets
from serve.sets import sets_of
from serve.words import Words, words

RELEASES = 400
WORDS = ("Schule", "Kita -Schule", '"Grünes Licht"', "=Bescheide", "titel:Feuerwehr", "-Land", "Hochwasser*")
FIELDS = (
    *("kreis:Gotha", "kreis:16067", "ort:Erfurt", "gemeinde:16051000", "amt:Landrätin", "person:Müller"),
    *("herausgeber:Ministerium", 'ministerium:"Ministerium 3"', "quelle:s1", "land:thüringen", "art:rede"),
    *(
        "betrag:>1000000",
        "betrag:<=50000",
        "betrag:100000..2000000",
        "betrag:=1",
        "betrag:>=1300",
        "jahr:2018",
    ),
    *("jahr:2015-2018", "von:1.3.2017", "bis:2016", "hat:anhang", "ist:weg", "hat:betrag", "kreis:nirgends"),
    *("kreis:Gotha -Schule", "Schule ODER kreis:Gotha", "-land:berlin", "=Bescheide ODER betrag:>9000000"),
)
FILTERS: dict[str, st.SearchStrategy[str]] = {
    "land": st.sampled_from(["DE-TH", "DE", "DE-XX"]),
    "herausgeber": st.sampled_from(["p1", "Ministerium 2", "Altes Ministerium", "keines"]),
    "quelle": st.sampled_from(["s0", "s3"]),
    "art": st.sampled_from(["press_release", "speech"]),
    "jahr": st.sampled_from(["2018", "2024", "18"]),
    "von": st.dates().map(str) | st.just("2015"),
    "bis": st.just("2019-06"),
    "kreis": st.sampled_from(["16067", "09162"]),
    "gemeinde": st.sampled_from(["11000000", "02000000"]),
    "amt": st.sampled_from(["Landrätin", "Minister"]),
    "betrag_von": st.integers(1, 10**8).map(str) | st.sampled_from(["1000000", "50000"]),
    "betrag_bis": st.integers(1, 10**8).map(str) | st.sampled_from(["2000000", "12000"]),
    "geaendert": st.just("1"),
    "verschwunden": st.just("1"),
    "anhang": st.just("1"),
    "foerderung": st.just("1"),
}
SEARCHES = st.builds(
    lambda q, more, filters: asked({"q": f"{q} {more}".strip()} | filters),
    st.sampled_from(["", *WORDS]),
    st.sampled_from(["", *FIELDS]),
    st.fixed_dictionaries({}, optional=FILTERS),
)


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """An archive of which a part was never sorted by a build."""
    path: Path = tmp_path_factory.mktemp("narrow") / "archive.db"
    db = scaled.fill(path, RELEASES, sentences=500)
    db.execute("INSERT INTO publisher_names (publisher_id, name) VALUES ('p1', 'Altes Ministerium')")
    db.execute("UPDATE releases SET kind = 'speech', published_on = NULL WHERE rowid > 370")
    assert db.execute("SELECT count(*) FROM unsorted_releases").fetchone() == (30,)
    db.close()
    connection = sqlite3.connect(path)
    search_terms.register(connection)
    yield connection
    connection.close()


def _by_sql(connection: sqlite3.Connection, what: Asked) -> list[int]:
    where, values = conditions(what)
    order = "published_on DESC, first_seen_at DESC, id"
    sql = f"SELECT rowid FROM releases WHERE {where} ORDER BY {order}"
    return [row[0] for row in connection.execute(sql, values)]


@settings(deadline=None, max_examples=60)
@given(SEARCHES)
def test_sets_and_sql_find_the_same_in_the_same_order(connection: sqlite3.Connection, what: Asked) -> None:
    found = narrow.narrow(connection, what)
    wanted = _by_sql(connection, what)
    assert list(found.documents) == sorted(wanted)
    assert found.looked_through is None
    assert narrow.newest(connection, found, 20) == wanted[:20]
    assert narrow.newest(connection, found, 7, offset=15) == wanted[15:22]


@settings(deadline=None, max_examples=60)
@given(
    SEARCHES,
    st.integers(1, 90),
    st.sampled_from(["", "2019-06-01~2026-01-01T00:00:00Z~x", "~2025-01-01T00:00:00Z~r"]),
)
def test_programs_get_the_same_pages_by_sets_and_by_sql(
    connection: sqlite3.Connection, what: Asked, size: int, after: str
) -> None:
    db = Database(connection, execute_plugins=False)
    for _ in range(3):
        found = hits_by_sets(connection, what, after, size)
        assert found == hits_by_sql(db, what, after, size)
        after = found.after or ""


@settings(deadline=None, max_examples=60)
@given(SEARCHES)
def test_the_number_beside_a_filter_is_what_choosing_it_finds(
    connection: sqlite3.Connection, what: Asked
) -> None:
    found = narrow.narrow(connection, what)
    for name, kind in facets.KINDS.items():
        among = narrow.narrow(connection, what, name)
        for value, count in facets.most(found.sets.kinds[kind], among.documents, 2):
            chosen = asked(asdict(what) | {name: value})
            assert count == len(_by_sql(connection, chosen))


@settings(deadline=None, max_examples=60)
@given(SEARCHES)
def test_the_time_line_counts_every_dated_hit_once(connection: sqlite3.Connection, what: Asked) -> None:
    found = narrow.narrow(connection, what)
    line = timeline.timeline(what, found)
    if line is not None:
        assert sum(bar.count for bar in line.bars) + line.undated == len(found.documents)
        assert all(bar.count == 0 or bar.height >= 2 for bar in line.bars)


def test_of_very_many_hits_those_with_the_word_in_their_title_are_weighed(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    what = asked({"q": "Schule", "sort": "passend"})
    found = narrow.narrow(connection, what)
    all_weighed = search._ranked(connection, what, found, RELEASES)
    monkeypatch.setattr(search, "ALL_RANKED", len(found.documents) - 1)
    monkeypatch.setattr(search, "RANKED", len(found.documents) // 3)
    some_weighed = search._ranked(connection, what, found, RELEASES)
    assert search.RANKED <= len(some_weighed) < len(all_weighed)
    assert some_weighed == [document for document in all_weighed if document in set(some_weighed)]
    in_titles = connection.execute("SELECT rowid FROM releases_fts WHERE releases_fts MATCH 'title : schule'")
    assert {row[0] for row in in_titles} <= set(some_weighed)


def test_sets_are_read_anew_where_releases_changed(connection: sqlite3.Connection) -> None:
    before = sets_of(connection)
    assert sets_of(connection) is before
    connection.execute("UPDATE releases SET published_on = '2030-01-01' WHERE rowid = 3")
    assert 3 in sets_of(connection).between("2030-01-01", "2030-12-31")
    connection.rollback()
    assert 3 not in sets_of(connection).between("2030-01-01", "2030-12-31")


@pytest.mark.parametrize("typed", ["=Land", "=Land ODER Schule", "betrag:>1050000", "-betrag:>1050000"])
def test_a_search_that_takes_too_long_says_how_far_it_came(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.setattr("serve.words.PATIENCE", 0.0)
    monkeypatch.setattr("serve.words.CHUNK", 1)
    what = asked({"q": typed})
    sets_of(connection)._found.clear()
    wanted = _by_sql(connection, what)
    first = narrow.narrow(connection, what)
    assert first.looked_through is not None
    assert list(first.documents) == sorted(d for d in wanted if d >= first.down_to)
    for _ in range(RELEASES):  # each search goes on where the one before it stopped
        if narrow.narrow(connection, what).looked_through is None:
            break
    assert list(narrow.narrow(connection, what).documents) == sorted(wanted)


def test_the_time_for_texts_is_that_of_all_words_together(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = itertools.count()  # each look at it takes a second
    monkeypatch.setattr("serve.words.monotonic", lambda: next(clock))
    monkeypatch.setattr("serve.words.PATIENCE", 4)
    monkeypatch.setattr("serve.words.CHUNK", 1)
    sets_of(connection)._found.clear()
    narrow.narrow(connection, asked({"q": "=Land ODER =Schule ODER =Land* ODER =der ODER =und"}))
    assert next(clock) <= 4 + 1 + 5  # and one look for each word


@given(st.integers(1, RELEASES))
def test_a_search_that_ran_out_of_time_is_continued(connection: sqlite3.Connection, at: int) -> None:
    sets, expression = sets_of(connection), "land OR schule"
    sets._found.clear()
    whole = words(connection, sets, expression)
    half = BitMap(document for document in whole.own if document >= at)
    sets.keep(("words", expression), Words(half, whole.attached, down_to=at))
    assert words(connection, sets, expression) == whole
