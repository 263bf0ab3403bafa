"""The tables of districts, municipalities and places hold together."""

from datetime import date, timedelta

import pytest

from archive import territory

IN_FORCE = {
    "2005-06-30": 439,
    "2008-01-15": 429,
    "2009-01-01": 413,
    "2010-01-01": 412,
    "2012-01-01": 402,
    "2018-01-01": 401,
    "2021-06-30": 401,
    "2021-07-01": 400,
    "2022-01-01": 400,
}


@pytest.mark.parametrize(("day", "number"), IN_FORCE.items())
def test_as_many_districts_are_in_force_as_the_official_count_of_the_day_says(day: str, number: int) -> None:
    assert sum(district.in_force(day) for district in territory.districts()) == number


def test_today_there_are_400_districts_of_which_106_are_cities() -> None:
    today = [district for district in territory.districts() if district.in_force(None)]
    assert (len(today), sum(district.is_city for district in today)) == (400, 106)


def test_the_population_of_the_districts_is_the_official_sum() -> None:
    assert sum(district.population for district in territory.districts()) == 84_358_845


def test_there_are_10775_municipalities_and_each_lies_in_a_district_in_force() -> None:
    today = {district.ags for district in territory.districts() if district.in_force(None)}
    current = [one for one in territory.municipalities() if one.last_year == 9999]
    assert len(current) == 10_775
    assert {one.district for one in current} == today
    assert sum(one.population for one in current) == 84_358_845


def test_keys_are_unique_and_have_their_length() -> None:
    for rows, length in ((territory.districts(), 5), (territory.municipalities(), 8)):
        keys = [row.ags for row in rows]
        assert len(keys) == len(set(keys))
        assert all(len(key) == length and key.isdigit() for key in keys)


def test_every_district_that_ended_has_a_successor_in_force() -> None:
    known = territory.districts_by_key()
    for district in territory.districts():
        assert bool(district.valid_to) == bool(district.successors), district
        assert all(known[key].in_force(None) for key in district.successors), district


def test_no_two_districts_of_one_name_and_kind_overlap_in_time() -> None:
    spans: dict[tuple[str, str, bool], list[tuple[str, str]]] = {}
    for one in territory.districts():
        spans.setdefault((one.name, one.state, one.is_city), []).append(
            (one.valid_from, one.valid_to or "9999")
        )
    for name, times in spans.items():
        for (_, last), (first, _) in zip(sorted(times), sorted(times)[1:], strict=False):
            assert last < first, name


def test_validity_runs_forward() -> None:
    for district in territory.districts():
        if district.valid_from and district.valid_to:
            assert district.valid_from <= district.valid_to


def test_successors_of_municipalities_are_known() -> None:
    known = territory.municipalities_by_key()
    ended = [one for one in territory.municipalities() if one.successor]
    assert len(ended) > 1_400
    assert all(one.successor in known for one in ended)


def test_every_point_lies_in_germany() -> None:
    for row in (*territory.districts(), *territory.municipalities()):
        if row.lat is not None and row.lon is not None:
            assert 47.2 < row.lat < 55.1, row
            assert 5.8 < row.lon < 15.1, row


def test_every_place_lies_in_a_district_in_force() -> None:
    today = {district.ags for district in territory.districts() if district.in_force(None)}
    assert len(territory.places()) > 13_000
    assert all(place.district in today for place in territory.places())


def test_eisenach_is_a_district_to_the_end_of_june_2021_and_a_municipality_after_it() -> None:
    eisenach = territory.districts_by_key()["16056"]
    assert eisenach.in_force("2021-06-30")
    assert not eisenach.in_force((date(2021, 6, 30) + timedelta(days=1)).isoformat())
    assert eisenach.successors == ("16063",)
    assert territory.municipalities_by_key()["16063105"].name == "Eisenach"


def test_everyday_words_are_marked_and_towns_are_not() -> None:
    common = {one.name: one.common for one in territory.municipalities()}
    assert [common[name] for name in ("Wissen", "Kommen", "Bad Berka", "Gotha", "Hof")] == [2, 2, 0, 0, 1]


def test_given_names_hold_no_blank_and_no_town_of_size() -> None:
    assert all(" " not in name for name in territory.given_names())
    large = {one.name for one in territory.municipalities() if one.population > 10_000}
    assert territory.given_names() & large <= {"Achim", "Heide"}


def test_a_double_name_is_half_of_the_name_of_its_municipality() -> None:
    known = territory.municipalities_by_key()
    for town in territory.double_names():
        assert known[town.ags].last_year == 9999
        assert town.name in known[town.ags].name.replace(" (", "-").split("-"), town
