"""Ministers, other persons in office, and the masks over every name."""

import doctest
import json
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract import visits
from pipeline.extract.mentions import Context, Mention, Minister, PersonInOffice, Rejection, Span
from pipeline.extract.persons import find, portfolios, register

CASES = [
    json.loads(line)
    for line in Path(__file__).with_name("persons.jsonl").read_text(encoding="utf-8").splitlines()
]
FLOOR = (
    1.0  # share of the cases' mentions of ministers that are found with the right name; raise, never lower
)
THURINGIA = Context(date(2018, 3, 28), "DE-TH")


def read(case: dict[str, str]) -> tuple[list[Mention], list[Span]]:
    published = case["published"] and date.fromisoformat(case["published"])
    return find(case["text"], Context(published or None, case["jurisdiction"]))


def ministers(mentions: list[Mention]) -> list[list[str | None]]:
    return [[m.surface, m.value.name, m.value.role] for m in mentions if isinstance(m.value, Minister)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_case_gives_its_ministers_and_officers_and_no_others(case: dict[str, str]) -> None:
    mentions, _ = read(case)
    assert ministers(mentions) == case["ministers"]
    assert [[m.surface, m.value.name] for m in mentions if isinstance(m.value, PersonInOffice)] == case[
        "officers"
    ]


def test_there_are_enough_cases_and_the_floor_holds() -> None:
    right = wanted = given_ = 0
    for case in CASES:
        found = [(surface, name) for surface, name, _ in ministers(read(case)[0])]
        expected = [(surface, name) for surface, name, _ in case["ministers"]]
        right += sum(pair in found for pair in expected)
        wanted += len(expected)
        given_ += len(found)
    assert len(CASES) >= 290
    assert 2 * right / (wanted + given_) >= FLOOR


def test_the_office_is_that_of_the_day_of_the_release() -> None:
    text = "Heike Taubert äußerte sich."
    offices = {
        day: find(text, Context(day, "DE-TH"))[0][0].value for day in (date(2012, 5, 1), date(2018, 5, 1))
    }
    social, finance = offices[date(2012, 5, 1)], offices[date(2018, 5, 1)]
    assert isinstance(social, Minister)
    assert isinstance(finance, Minister)
    assert (social.person_id, finance.person_id) == ("heike-taubert", "heike-taubert")
    assert social.office == "Ministerin für Soziales, Familie und Gesundheit"
    assert (finance.office, finance.party, finance.jurisdiction) == ("Finanzministerin", "SPD", "DE-TH")


def test_without_a_day_the_office_stays_open_unless_title_or_terms_decide() -> None:
    value = find("Wolfgang Tiefensee kam.", Context(None, None))[0][0].value
    assert isinstance(value, Minister)
    assert (value.name, value.office) == ("Wolfgang Tiefensee", None)


def test_a_title_that_contradicts_the_office_lowers_the_confidence() -> None:
    fitting = find("Sozialministerin Heike Werner kam.", THURINGIA)[0][0]
    contradicting = find("Verkehrsministerin Heike Werner kam.", THURINGIA)[0][0]
    assert contradicting.value == fitting.value
    assert contradicting.confidence < fitting.confidence


def test_two_ministers_of_one_surname_are_candidates_and_no_guess() -> None:
    value = find("Staatsminister Herrmann kam.", Context(date(2022, 5, 1), "DE-BY"))[0][0].value
    assert isinstance(value, Minister)
    assert value.name is None
    assert value.candidates == ("florian-herrmann", "joachim-herrmann")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Frau Weimar und Herr Dr. Roth kamen nach Gotha.", ["Weimar", "Dr. Roth"]),
        ("Der Künstler Otto Weimar lebt in Weimar.", ["Otto Weimar"]),
        ("Prof. Dr. Tjorven Apolda lehrt in Jena.", ["Prof. Dr. Tjorven Apolda"]),
        ("Landrätin Martina Schweinsburg begrüßte die Gäste in Greiz.", ["Landrätin Martina Schweinsburg"]),
        ("Im August Gotha besuchen; die Mark Brandenburg auch.", []),
    ],
)
def test_names_are_masked_and_places_are_not(text: str, masked: list[str]) -> None:
    assert [text[start:end] for start, end in find(text, THURINGIA)[1]] == masked


def test_what_is_not_accepted_is_explained() -> None:
    rejected: list[Rejection] = []
    find("Ministerin Heike Werner sprach. Die Firma Werner hörte zu.", THURINGIA, rejected)
    assert [(r.surface, r.reason) for r in rejected] == [("Werner", "after Firma")]


PIECES = st.sampled_from(
    [
        *(
            "Ministerin ",
            "Umweltministerin ",
            "die Minister ",
            "Innen- und Bauminister ",
            "Landrat ",
            "Frau ",
        ),
        *(
            "Heike Werner",
            "Werner",
            "Anja Siegesmund",
            "SIEGESMUND",
            "Siegesmunds",
            "von der Leyen",
            "Klaus Werner",
        ),
        *(
            "Prof. Dr. ",
            "Dr. ",
            " (DIE LINKE)",
            ", ",
            ". ",
            " und ",
            "\n\n",
            " sagte ",
            ": „",
            "“",
            "-",
            "Weil",
            "Roth",
        ),
        *("für Arbeit und Soziales", "a. D. ", "in ", "Gotha", "ß", "İ", "\u00a0", "🙂", "e\u0308"),
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=80)


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_offsets_give_the_surface_and_spans_lie_in_order(text: str) -> None:
    mentions, spans = find(text, THURINGIA)
    assert all(text[m.start : m.end] == m.surface for m in mentions)
    assert all(0 < m.confidence <= 1 and m.rule for m in mentions)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert {(m.start, m.end) for m in mentions} <= set(spans)


@given(TEXTS, TEXTS)
@settings(max_examples=150, deadline=None)
def test_a_further_paragraph_takes_no_full_name_away(text: str, more: str) -> None:
    def full(found: list[Mention]) -> list[Mention]:
        return [m for m in found if m.end <= len(text) and m.rule.startswith(("full_name", "office"))]

    assert full(find(text, THURINGIA)[0]) == full(find(f"{text}.\n\n{more}", THURINGIA)[0])


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_a_paragraph_before_shifts_the_mentions(text: str) -> None:
    prefix = "Es regnet.\n\n"
    alone, shifted = find(text, THURINGIA), find(prefix + text, THURINGIA)
    moved = [m._replace(start=m.start + len(prefix), end=m.end + len(prefix)) for m in alone[0]]
    assert moved == shifted[0]


@pytest.mark.parametrize(
    "piece", ["Dr. ", "Minister, ", "Heike ", "Umwelt- und ", "minister-", "Herr Herr ", "Zeh\n"]
)
def test_long_repetitions_come_to_an_end(piece: str) -> None:
    mentions, spans = find(piece * (40_000 // len(piece)), THURINGIA)
    assert len(mentions) <= len(spans) <= 40_000


@pytest.mark.parametrize("module", [portfolios, register, visits])
def test_examples_in_the_modules_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]
