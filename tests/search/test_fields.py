"""Fields of a query and filters of an address: what they ask for, and that nothing typed is an error."""

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import search_terms
from archive.search_query import parse
from archive.selection import asked, conditions
from archive.store import open_archive

TYPED = st.text(alphabet='abzäß =:"~()*-+<>|.,0159kreisbetragvonoderODER\n', max_size=60)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    connection: sqlite3.Connection = open_archive(tmp_path_factory.mktemp("fields") / "archive.db").conn
    search_terms.register(connection)
    return connection


@settings(max_examples=300, deadline=None)
@given(typed=TYPED)
def test_whatever_is_typed_is_a_question_that_the_archive_takes(
    archive: sqlite3.Connection, typed: str
) -> None:
    where, values = conditions(asked({"q": typed}))
    archive.execute(f"SELECT count(*) FROM releases WHERE {where}", values).fetchone()


@pytest.mark.parametrize(
    ("args", "field", "value"),
    [
        ({"von": "2018"}, "von", "2018-01-01"),
        ({"bis": "2.2018"}, "bis", "2018-02-28"),
        ({"bis": "32.1.2018"}, "bis", ""),
        ({"betrag_von": "1,5 Mio"}, "betrag_von", "1500000"),
        ({"betrag_bis": "50.000 €"}, "betrag_bis", "50000"),
        ({"betrag_von": "viel"}, "betrag_von", ""),
        ({"anhang": "ja"}, "anhang", "1"),
        ({"anhang": "0"}, "anhang", ""),
        ({"seite": "-1"}, "seite", 1),
    ],
)
def test_values_of_an_address_are_read_as_people_write_them(
    args: dict[str, str], field: str, value: object
) -> None:
    assert getattr(asked(args), field) == value


@pytest.mark.parametrize("typed", ["betrag:viel", "jahr:bald", "art:quatsch", "land:nirgendwo", "ist:schön"])
def test_a_field_that_nobody_understands_is_told_and_left_out(typed: str) -> None:
    query = parse(f"Schule {typed}")
    assert query.unclear == (typed,)
    assert query.expression() == parse("Schule").expression()


@pytest.mark.parametrize(
    ("text", "words", "held"),
    [
        ("Die Bescheide kamen.", "bescheide", True),
        ("Der Bescheid kam.", "Bescheide", False),
        ("im ländlichen Raum", "ländlichen Raum", True),
        ("Zuwendungsbescheide", "Bescheide", False),
    ],
)
def test_an_exact_word_is_a_word_in_just_this_form(text: str, words: str, held: bool) -> None:
    assert search_terms.holds_words(text, words) is held
