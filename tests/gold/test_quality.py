"""How well extraction does on the annotated releases, and that the scorer counts as it says."""

import pytest

from tests.gold.read import Release, blocks, releases
from tests.gold.score import KINDS, Outcome, Row, found_in, judged, score

FLOORS = {"minister": 0.997, "district": 0.997, "municipality": 0.995, "amount": 0.998, "date": 0.999}


@pytest.fixture(scope="module")
def rows() -> list[tuple[Release, list[Row]]]:
    return [(release, found_in(release)) for release in releases()]


@pytest.mark.parametrize("kind", KINDS)
def test_values_are_found_as_well_as_ever(rows: list[tuple[Release, list[Row]]], kind: str) -> None:
    assert score(judged(rows, kind)).f1 >= FLOORS[kind]


def test_the_releases_cover_the_federation_and_three_decades() -> None:
    every = list(releases())
    assert len(every) >= 100
    assert len({release.jurisdiction for release in every}) == 17
    assert {release.published[:3] for release in every} == {"199", "200", "201", "202"}
    assert len({release.id for release in every}) == len(every)


def test_every_mention_stands_where_it_is_said_to_stand() -> None:
    for release in releases():
        for row in release.mentions:
            assert release.text[row["start"] : row["end"]] == row["surface"]


def verdicts(source: str, kind: str, found: list[Row]) -> list[str]:
    (release,) = blocks("== one | 2020-01-15 | DE-TH\n" + source)
    outcomes: list[Outcome] = judged([(release, found)], kind)
    return sorted(outcome.verdict for outcome in outcomes)


def dated(start: int, end: int, timex: str) -> Row:
    ends = (timex.split("/") * 2)[:2]
    return {
        "kind": "date",
        "start": start,
        "end": end,
        "timex": timex,
        "first_on": ends[0],
        "last_on": ends[1],
    }


@pytest.mark.parametrize(
    ("source", "found", "expected"),
    [
        ("{{date:2020-01-15|heute}}", [dated(0, 5, "2020-01-15")], ["right"]),
        ("{{date:2020-01-15|heute}}", [dated(0, 5, "2020-01-14")], ["wrong"]),
        ("{{date:2020-01-15|heute}}", [], ["missed"]),
        ("{{-date:2020-01-15|heute}}", [], []),
        ("{{-date:2020-01-15|heute}}", [dated(0, 5, "2019")], []),
        ("heute", [dated(0, 5, "2020-01-15")], ["extra"]),
        ("{{date:2020-01-16T10:00|morgen, 10 Uhr}}", [dated(0, 6, "2020-01-16")], ["right"]),
        ("{{date:2020-01-30/2020-02-02|30.1. bis 2.2.}}", [dated(0, 5, "2020-01-30")], ["right"]),
        (
            "{{date:2020-01-30/2020-02-02|30.1. bis 2.2.}}",
            [dated(0, 5, "2020-01-30"), dated(10, 14, "2020-02-02")],
            ["right"],
        ),
        (
            "{{date:2020-01-30/2020-02-02|30.1. bis 2.2.}}",
            [dated(0, 5, "2020-01-30"), dated(10, 14, "2021-02-02")],
            ["extra", "right"],
        ),
    ],
)
def test_a_date_is_right_if_it_means_the_same_day(source: str, found: list[Row], expected: list[str]) -> None:
    assert verdicts(source, "date", found) == expected


@pytest.mark.parametrize(
    ("kind", "source", "found", "expected"),
    [
        ("minister", "{{minister:Ada Muster|Muster}}", {"name": "Dr. Ada Muster"}, ["right"]),
        ("minister", "{{minister:Ada Muster|Muster}}", {"name": None}, ["wrong"]),
        ("municipality", "{{municipality:Zell (Mosel)|Zell}}", {"name": "Zell"}, ["right"]),
        ("district", "{{district:09262|Passau}}", {"ags": "09275"}, ["wrong"]),
        (
            "amount",
            "{{amount:2..3 DEM|2 bis 3 DM}}",
            {"value_min": 2, "value_max": 3, "currency": "DEM"},
            ["right"],
        ),
        ("amount", "{{amount:2|2 Euro}}", {"value_min": 2, "value_max": None, "currency": "EUR"}, ["wrong"]),
        ("amount", "{{amount:2|2 Euro}}", {"value_min": 2, "value_max": 2, "currency": "DEM"}, ["wrong"]),
    ],
)
def test_a_value_is_right_if_it_means_the_same(
    kind: str, source: str, found: Row, expected: list[str]
) -> None:
    assert verdicts(source, kind, [{"kind": kind, "start": 0, "end": 6, **found}]) == expected


@pytest.mark.parametrize("source", ["{{town|Gotha}}", "{{date:2020|2020}", "{{|Gotha}}"])
def test_markup_that_is_not_understood_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match="markup"):
        list(blocks("== one | 2020-01-15 | DE-TH\n" + source))
