"""Words as the index and a query know them."""

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import lemmas
from archive.search_terms import compound_parts, index_terms, query_terms, token_pattern
from pipeline.search.names import kept_whole, reference_names

GERMAN = st.text(alphabet="aäbceöéßüÄÖSTstn019 -\n.„“’_²½\u0301\u0308\u200f\ue000", max_size=60)


@pytest.fixture(scope="module")
def tokenizer() -> sqlite3.Connection:
    db = sqlite3.connect(":memory:")
    db.execute("""CREATE VIRTUAL TABLE t USING fts5(text, tokenize="unicode61 remove_diacritics 0")""")
    db.execute("CREATE VIRTUAL TABLE seen USING fts5vocab(t, instance)")
    return db


def tokens_of_sqlite(db: sqlite3.Connection, text: str) -> list[str]:
    db.execute("DELETE FROM t")
    db.execute("INSERT INTO t VALUES (?)", [text])
    return [row[0] for row in db.execute('SELECT term FROM seen ORDER BY "offset"')]


@settings(max_examples=400, deadline=None)
@given(text=GERMAN)
def test_terms_stand_one_to_one_for_the_tokens_of_sqlite(tokenizer: sqlite3.Connection, text: str) -> None:
    originals = tokens_of_sqlite(tokenizer, text)
    assert len(token_pattern(text).findall(text)) == len(originals)
    assert tokens_of_sqlite(tokenizer, index_terms(text)) == index_terms(text).split()
    assert len(index_terms(text).split()) == len(originals)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bescheid", "Bescheide"),
        ("Fördermittelbescheid", "Fördermittelbescheiden"),
        ("Straße", "Straßen"),
        ("Förderung", "Foerderungen"),
        ("übergeben", "übergab"),
        ("Haus", "Häusern"),
        ("Kyffhäuserkreis", "Kyffhäuserkreises"),
        ("Landrätin", "Landrätinnen"),
        ("Solaranlage", "Solaranlagen"),
        ("Schulbau", "Schulbauten"),
    ],
)
def test_forms_of_a_word_have_one_term(one: str, other: str) -> None:
    assert lemmas.lemma(one) == lemmas.lemma(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Förderung", "Forderung"), ("Schüler", "Schule"), ("Stück", "Stuck"), ("Rat", "Rate")]
)
def test_different_words_keep_different_terms(one: str, other: str) -> None:
    assert lemmas.lemma(one) != lemmas.lemma(other)


@pytest.mark.parametrize(
    ("compound", "part"),
    [
        ("Fördermittelbescheide", "bescheid"),
        ("Zuwendungsbescheides", "zuwendung"),
        ("Feuerwehrgerätehaus", "haus"),
        ("Hochwasserschutz", "hochwasser"),
        ("Hochwasserschutz", "schutz"),
        ("Städtebauförderung", "foerderung"),
        ("Gesundheitsministerium", "ministerium"),
        ("Ramelows", "ramelow"),
    ],
)
def test_a_compound_is_found_by_its_parts(compound: str, part: str) -> None:
    assert part in compound_parts(compound).split()


@pytest.mark.parametrize(
    "word", ["Steinmeier", "Schönberg", "Magdeburg", "Förderung", "Wirtschaft", "haushaltsmittel"]
)
def test_names_endings_and_small_letters_are_not_cut(word: str) -> None:
    assert compound_parts(word) == ""


def test_every_name_of_the_reference_tables_that_looks_like_a_compound_is_kept_whole() -> None:
    assert [
        word for word in kept_whole(reference_names()) if lemmas.parts(word) and len(lemmas.parts(word)) > 1
    ] == []


@pytest.mark.parametrize(
    ("typed", "expression"),
    [
        ("", '""'),
        ('"', '""'),
        ("***", '""'),
        ("-Schule", '""'),
        ("Förderung", '"foerderung"'),
        ("der Landkreis", '"landkreis"'),
        ('"Heike Werner"', '{title text} : "heike werner"'),
        ("„Heike Werner“", '{title text} : "heike werner"'),
        ('"Landkreis"', '{title text} : "landkreis"'),
        ("titel:Landkreis", 'title : "landkreis"'),
        ("Landkreis ODER Erfurt", '("landkreis" OR "erfurt")'),
        ("Landkreis -Erfurt", '("landkreis") NOT ("erfurt")'),
        ("Landkreis NICHT Erfurt", '("landkreis") NOT ("erfurt")'),
        ("Förder*", '"foerder" *'),
        ("477.970", '{title text} : "477 970"'),
    ],
)
def test_a_query_becomes_an_expression(typed: str, expression: str) -> None:
    assert query_terms(typed) == expression


@settings(max_examples=400, deadline=None)
@given(typed=st.text(max_size=60) | st.text(alphabet='"*-:()^{}+ abANDORNICHTtitel:ö', max_size=60))
def test_whatever_is_typed_never_breaks_a_search(tokenizer: sqlite3.Connection, typed: str) -> None:
    tokenizer.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.r USING fts5(title, text, parts)")
    tokenizer.execute("SELECT count(*) FROM temp.r WHERE r MATCH ?", [query_terms(typed)]).fetchone()
