"""Dates and amounts in releases that are hard on purpose; nothing else is annotated in them."""

import pytest

from tests.gold.read import HERE, Release, releases
from tests.gold.score import Row, found_in, judged, score

HARD = HERE / "hard"
FLOORS = {"amount": 0.997, "date": 0.998}


@pytest.fixture(scope="module")
def rows() -> list[tuple[Release, list[Row]]]:
    return [(release, found_in(release)) for release in releases(HARD)]


@pytest.mark.parametrize("kind", FLOORS)
def test_values_in_hard_releases_are_found_as_well_as_ever(
    rows: list[tuple[Release, list[Row]]], kind: str
) -> None:
    assert score(judged(rows, kind)).f1 >= FLOORS[kind]


def test_the_hard_releases_are_many_and_each_has_a_name_of_its_own() -> None:
    every = list(releases(HARD))
    mentions = [row["kind"] for release in every for row in release.mentions if not row.get("ignore")]
    assert len({release.id for release in every}) == len(every) >= 390
    assert mentions.count("date") >= 2240
    assert mentions.count("amount") >= 1020
