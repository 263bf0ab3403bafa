"""Districts and municipalities in text: traps, floors of quality, and what holds for every name."""

import csv
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import territory
from pipeline.extract.mentions import Context, District, Mention, Municipality, Rejection
from pipeline.extract.places import find
from pipeline.extract.places.names import gazetteer

HERE = Path(__file__).parent
SENTENCES = [json.loads(line) for line in (HERE / "places.jsonl").read_text(encoding="utf-8").splitlines()]
CASES = list(csv.DictReader((HERE / "places_cases.csv").read_text(encoding="utf-8").splitlines()))


def context(published: str | None, jurisdiction: str | None) -> Context:
    return Context(date.fromisoformat(published) if published else None, jurisdiction or None)


def keys(mentions: list[Mention]) -> set[str]:
    """Districts named, directly or by a municipality in them."""
    found = set()
    for mention in mentions:
        value = mention.value
        found.add(value.ags if isinstance(value, District) else value.district)  # type: ignore[union-attr]
    return {key for key in found if key}


def names(mentions: list[Mention], kind: str) -> Counter[str]:
    wanted = [mention.value for mention in mentions if mention.kind == kind]
    return Counter(value.ags or "?" if isinstance(value, District) else value.name for value in wanted)  # type: ignore[union-attr]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_known_trap_gives_the_expected_districts_and_none_of_the_forbidden(case: dict[str, str]) -> None:
    found = keys(find(case["text"], context(case["published"], case["jurisdiction"])))
    assert set(case["expected"].split()) <= found
    assert not set(case["forbidden"].split()) & found


def score(kind: str, field: str) -> tuple[float, float]:
    """Precision and recall over the sentences."""
    right = given_ = wanted = 0
    for row in SENTENCES:
        found = names(find(row["text"], context(row["published"], row["jurisdiction"])), kind)
        gold = Counter(row[field])
        right += (found & gold).total()
        given_ += found.total()
        wanted += gold.total()
    return right / given_, right / wanted


def test_there_are_sentences_of_all_laender_and_the_federation() -> None:
    assert len(SENTENCES) >= 250
    assert len({row["jurisdiction"] for row in SENTENCES}) == 17


def test_districts_do_not_fall_below_their_floor() -> None:
    precision, recall = score("district", "districts")
    assert precision >= 0.995
    assert recall >= 0.995


def test_municipalities_do_not_fall_below_their_floor() -> None:
    precision, recall = score("municipality", "municipalities")
    assert precision >= 0.995
    assert recall >= 0.99


HEADS = (
    "Landkreis",
    "Landkreises",
    "Kreis",
    "Kreises",
    "LK",
    "Lkr.",
    "LKR.",
    "Landratsamt",
    "Kreisverwaltung",
)


def test_every_district_of_today_is_found_after_every_head() -> None:
    for district in territory.districts():
        if district.is_city or not district.in_force(None) or district.short.startswith(("Region", "Städte")):
            continue
        for head in HEADS:
            text = f"Die Mittel gehen an den {head} {district.short} und weitere."
            found = find(text, Context(None, district.state))
            assert [mention.value.ags for mention in found] == [district.ags], text  # type: ignore[union-attr]


def test_every_district_of_the_past_is_found_on_its_last_day_and_refused_today() -> None:
    today = {district.name for district in territory.districts() if district.in_force(None)}
    for district in territory.districts():
        if not district.valid_to or district.is_city or district.name in today:
            continue
        text = f"im Gebiet {district.name} wird gebaut"
        then = find(text, Context(date.fromisoformat(district.valid_to), district.state))
        assert [mention.value.ags for mention in then] == [district.ags], text  # type: ignore[union-attr]
        assert district.ags not in keys(find(text, Context(None, district.state)))


def test_every_city_of_today_is_found_by_its_official_name() -> None:
    for district in territory.districts():
        if district.is_city and district.in_force(None):
            found = find(f"Das Projekt in {district.short} läuft.", Context(None, district.state))
            assert [mention.value.ags for mention in found] == [district.ags], district.short  # type: ignore[union-attr]


def plain_and_unique() -> list[territory.Municipality]:
    """Municipalities of today whose name no other place bears and which is no other word."""
    entries = gazetteer().towns.entries
    return [
        one
        for one in territory.municipalities()
        if one.last_year == 9999 and one.common == 0 and len(entries.get(one.name, ())) == 1
    ]


def test_every_unique_municipality_is_found_by_a_publisher_of_its_land() -> None:
    cities = {district.ags for district in territory.districts() if district.is_city}
    missed = []
    for one in plain_and_unique():
        if one.district in cities:
            continue
        state = territory.districts_by_key()[one.district].state
        found = find(f"Das Projekt in {one.name} läuft weiter.", Context(None, state))
        if [mention.value.ags for mention in found] != [one.ags]:  # type: ignore[union-attr]
            missed.append(one.name)
    assert missed == []


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6), st.text(max_size=30))
@settings(max_examples=150, deadline=None)
def test_offsets_cut_the_surface_out_of_the_text(rows: list[dict[str, Any]], noise: str) -> None:
    text = noise.join(row["text"] for row in rows)
    rejected: list[Rejection] = []
    for mention in find(text, Context(date(2020, 5, 5), "DE-TH"), rejected=rejected):
        assert text[mention.start : mention.end] == mention.surface
        assert mention.kind in ("district", "municipality")
        assert isinstance(mention.value, (District, Municipality))
        assert 0 < mention.confidence <= 1
    assert all(text[one.start : one.end] == one.surface for one in rejected)


@given(st.text(alphabet="ABEHLGothaeinrksdu -,/().\n", max_size=300))
@settings(max_examples=150, deadline=None)
def test_no_text_makes_mentions_of_one_kind_overlap(text: str) -> None:
    last = 0
    for mention in find(text, Context(None, "DE-TH")):
        assert mention.start >= last
        last = mention.end


def test_nothing_is_found_in_a_person_s_name() -> None:
    text = "Für Frauke Heiligenstadt und für Gotha gilt das."
    span = (text.index("Frauke"), text.index(" und"))
    assert names(find(text, Context(None, "DE-NI"), masks=[span]), "municipality") == Counter(["Gotha"])
    whole = (0, len(text))
    assert find(text, Context(None, "DE-TH"), masks=[whole]) == []


def test_namesakes_that_nothing_tells_apart_are_candidates_without_a_choice() -> None:
    (mention,) = find("Besuch an der Regelschule Elxleben", Context(date(2018, 2, 19), "DE-TH"))
    assert isinstance(mention.value, Municipality)
    assert mention.value.ags is None
    assert {key[:5] for key in mention.value.candidates} == {"16068", "16070"}
    assert mention.confidence < 0.5


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("In Elxleben (Ilm-Kreis) wird gebaut.", "16070"),
        ("In Elxleben im Landkreis Sömmerda wird gebaut.", "16068"),
        ("In Arnstadt, Ilmenau und Elxleben wird gebaut.", "16070"),
        ("In Sömmerda, Kölleda und Elxleben wird gebaut.", "16068"),
    ],
)
def test_the_district_or_the_neighbours_tell_namesakes_apart(text: str, key: str) -> None:
    found = [mention.value for mention in find(text, Context(None, "DE-TH")) if mention.surface == "Elxleben"]
    assert [value.district for value in found if isinstance(value, Municipality)] == [key]


@pytest.mark.parametrize(
    ("published", "key"),
    [("1994-05-01", "16020"), ("1994-07-01", "16067"), (None, "16067")],
)
def test_a_district_has_the_key_of_the_day(published: str | None, key: str) -> None:
    (mention,) = find("der Landkreis Gotha", context(published, "DE-TH"))
    assert isinstance(mention.value, District)
    assert mention.value.ags == key


def test_a_district_that_did_not_exist_is_refused_and_its_town_is_not_put_in_its_place() -> None:
    rejected: list[Rejection] = []
    found = find("aus dem Landkreis Gera", Context(date(2019, 9, 25), "DE-TH"), rejected=rejected)
    assert found == []
    assert [one.surface for one in rejected] == ["Landkreis Gera"]
