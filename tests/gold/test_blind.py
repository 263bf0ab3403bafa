"""Every kind of mention in releases annotated by someone who had not seen how extraction works.

The figures of the first runs stand in `blind/README.md`.
"""

import pytest

from tests.gold.read import HERE, Release, releases
from tests.gold.score import Row, found_in, judged, score

BLIND = HERE / "blind"
FLOORS = {"minister": 0.999, "district": 0.994, "municipality": 0.99, "amount": 0.999, "date": 0.993}


@pytest.fixture(scope="module")
def rows() -> list[tuple[Release, list[Row]]]:
    return [(release, found_in(release)) for release in releases(BLIND)]


@pytest.mark.parametrize("kind", FLOORS)
def test_values_in_releases_annotated_blind_are_found_as_well_as_ever(
    rows: list[tuple[Release, list[Row]]], kind: str
) -> None:
    assert score(judged(rows, kind)).f1 >= FLOORS[kind]


def test_the_releases_annotated_blind_are_spread_over_publishers_and_decades() -> None:
    every = list(releases(BLIND))
    assert len({release.id for release in every}) == len(every) >= 30
    assert len({release.jurisdiction for release in every}) == 17
    assert {release.published[:3] for release in every} == {"199", "200", "201", "202"}
