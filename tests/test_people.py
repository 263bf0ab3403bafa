"""The tables of ministers and terms hold together."""

import doctest
import re
from collections import Counter
from datetime import date

import pytest

from archive.people import Person, Term, people
from reference import build_ministers

LANDS = "BB BE BW BY HB HE HH MV NI NW RP SH SL SN ST TH".split()
JURISDICTIONS = {"DE", *(f"DE-{land}" for land in LANDS)}
TERMS = [term for person in people() for term in person.terms]
BY_ID = {person.person_id: person for person in people()}
DAYS = [date(year, 6, 1) for year in range(1992, 2027, 2)]
INTERIM = {("DE-SN", date(2008, 6, 1))}  # one head of government had left, the next one's term begins later


def test_every_person_has_one_id_that_reads_like_the_name() -> None:
    assert len(BY_ID) == len(people())
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)+", person_id) for person_id in BY_ID)
    assert BY_ID["heike-werner"].name == "Heike Werner"


def test_names_are_given_name_and_family_name() -> None:
    for person in people():
        assert person.given.split()[0] in person.name
        assert person.name.endswith(person.family)
        assert person.gender in ("female", "male"), person.name


def test_wikidata_ids_belong_to_one_person_each() -> None:
    ids = [person.wikidata for person in people() if person.wikidata]
    assert all(re.fullmatch(r"Q[1-9]\d*", wikidata) for wikidata in ids)
    assert [wikidata for wikidata, count in Counter(ids).items() if count > 1] == []


def test_nobody_is_without_a_term_and_every_term_ends_after_it_begins() -> None:
    assert all(person.terms for person in people())
    assert [term for term in TERMS if term.to_on and term.to_on < term.from_on] == []


def test_terms_speak_of_known_jurisdictions_ranks_and_qualities() -> None:
    assert {term.jurisdiction for term in TERMS} == JURISDICTIONS
    assert {term.rank for term in TERMS} == {
        *("head", "deputy head", "minister", "head of chancellery", "state secretary")
    }
    assert {term.date_quality for term in TERMS} == {"day", "month", "cabinet", "uncertain"}
    assert all(term.office and term.origin for term in TERMS)


def test_offices_are_in_the_form_of_the_person() -> None:
    wrong = [
        (person.name, term.office)
        for person in people()
        for term in person.terms
        if re.match(r"(Staatsm|M)inister(in)?\b|Senator(in)?\b", term.office)
        if term.office.split()[0].strip(",").endswith("in") != (person.gender == "female")
    ]
    assert wrong == []


def test_the_tables_have_their_known_size() -> None:
    assert (len(people()), len(TERMS)) == (1187, 2722)


@pytest.mark.parametrize("jurisdiction", sorted(JURISDICTIONS))
def test_a_land_has_a_head_of_government_and_a_cabinet_on_any_day(jurisdiction: str) -> None:
    for day in DAYS:
        serving = {term.person_id for term in TERMS if term.jurisdiction == jurisdiction and term.covers(day)}
        heads = [t for t in TERMS if t.jurisdiction == jurisdiction and t.rank == "head" and t.covers(day)]
        assert 5 <= len(serving) <= 24, (day, len(serving))
        assert len({term.person_id for term in heads}) == ((jurisdiction, day) not in INTERIM), (day, heads)


@pytest.mark.parametrize(
    ("person_id", "day", "offices"),
    [
        (
            "heike-werner",
            date(2018, 3, 28),
            ["Ministerin für Arbeit, Soziales, Gesundheit, Frauen und Familie"],
        ),
        ("heike-werner", date(2020, 2, 15), []),
        ("bodo-ramelow", date(2021, 7, 14), ["Ministerpräsident"]),
        ("reiner-haseloff", date(2018, 1, 1), ["Ministerpräsident"]),
        ("klaudia-martini", date(1992, 1, 1), ["Ministerin für Umwelt"]),
        (
            "angela-merkel",
            date(1995, 1, 1),
            ["Bundesministerin für Umwelt, Naturschutz und Reaktorsicherheit"],
        ),
    ],
)
def test_known_persons_hold_known_offices(person_id: str, day: date, offices: list[str]) -> None:
    assert [term.office for term in BY_ID[person_id].terms if term.covers(day)] == offices


def test_a_term_covers_the_day_before_and_after_because_cabinets_overlap() -> None:
    term = BY_ID["heike-werner"].terms[0]
    assert term.from_on == date(2014, 12, 5)
    assert term.covers(date(2014, 12, 4))
    assert not term.covers(date(2014, 12, 3))


def test_a_person_who_changed_land_is_one_person() -> None:
    lands = {term.jurisdiction for term in BY_ID["helmut-holter"].terms}
    assert lands == {"DE-MV", "DE-TH"}


def test_records_are_read_once() -> None:
    assert people() is people()
    assert isinstance(people()[0], Person)
    assert isinstance(TERMS[0], Term)


def test_the_examples_of_the_build_hold() -> None:
    assert doctest.testmod(build_ministers).failed == 0
