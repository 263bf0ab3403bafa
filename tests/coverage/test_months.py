"""What months tell: those that lack most of their releases are found, quiet seasons are no gaps."""

from collections.abc import Iterator, Mapping
from math import exp
from random import Random

import pytest

from pipeline.coverage.months import Few, Profile, at_most, exposure, profile, suspicious

SEEDS = (1, 2, 3)
YEARS = 8
FIRST = 12 * 2016
LANDS = ("DE-TH", "DE-SN", "DE")
LEVELS = (2, 5, 10, 20, 40, 80)  # releases in a usual month
SCATTER = 0.06  # dispersion beyond Poisson
ELECTIONS = {"DE-TH": (45, 46), "DE-SN": (44,), "DE": (20, 21, 68)}  # months in which all halve


def poisson(dice: Random, mean: float) -> int:
    """Knuth's way, in pieces so that no chance becomes too small."""
    count = 0
    while mean > 0:
        piece, product = min(mean, 30.0), dice.random()
        mean -= piece
        while product > exp(-piece):
            product *= dice.random()
            count += 1
    return count


def sources(seed: int) -> dict[str, Profile]:
    """Sources that scatter, rest in holidays, fall silent around elections, change their level for good."""
    dice, found = Random(seed), {}
    for land in LANDS:
        for level in LEVELS:
            turn, later = dice.randrange(20, 80), dice.choice([1.0, 0.5, 1.6])
            held = []
            for n in range(12 * YEARS):
                mean = level * exposure(land, FIRST + n) / 20 * (later if n >= turn else 1)
                mean *= 0.5 if n in ELECTIONS[land] else 1
                held.append(poisson(dice, mean * dice.gammavariate(1 / SCATTER, SCATTER)))
            found[f"{land}-{level}"] = Profile(land, FIRST, tuple(held))
    return found


def months(profiles: Mapping[str, Profile]) -> set[tuple[str, int]]:
    return {(few.source, few.month) for few in suspicious(profiles)}


def robbed(
    profiles: Mapping[str, Profile], dice: Random, left: float
) -> tuple[dict[str, Profile], set[tuple[str, int]]]:
    """Each source without most of the releases of two months, far from its ends."""
    told, gone = {}, set()
    for key, source in profiles.items():
        held = list(source.held)
        for n in dice.sample(range(10, len(held) - 10), 2):
            held[n] = sum(dice.random() < left for _ in range(held[n]))
            gone.add((key, source.first + n))
        told[key] = Profile(source.jurisdiction, source.first, tuple(held))
    return told, gone


def figures(seed: int, left: float) -> Iterator[tuple[int, int, int]]:
    """By level: months robbed, and of them found."""
    whole = sources(seed)
    told, gone = robbed(whole, Random(seed), left)
    found = months(told)
    for level in LEVELS:
        of = {(key, month) for key, month in gone if key.endswith(f"-{level}")}
        yield level, len(of), len(of & found)


@pytest.mark.parametrize("seed", SEEDS)
def test_seasons_elections_and_new_levels_are_no_gaps(seed: int) -> None:
    """At most one false month in 40 years of a source."""
    whole = sources(seed)
    assert len(months(whole)) <= len(whole) * YEARS / 40


def test_months_without_any_release_are_found_where_there_use_to_be_some() -> None:
    rows = [row for seed in SEEDS for row in figures(seed, 0.0) if row[0] >= 20]
    assert sum(row[2] for row in rows) >= 0.95 * sum(row[1] for row in rows)


def test_months_that_lack_four_of_five_are_found_where_there_use_to_be_many() -> None:
    rows = [row for seed in SEEDS for row in figures(seed, 0.2) if row[0] >= 20]
    assert sum(row[2] for row in rows) >= 0.4 * sum(row[1] for row in rows)


def test_a_long_outage_does_not_become_the_habit() -> None:
    held = tuple(0 if 40 <= n < 46 else 20 + n % 3 for n in range(96))
    found = months({"a": Profile("DE-TH", FIRST, held)})
    assert found == {("a", FIRST + n) for n in range(40, 46)}


def test_what_is_not_over_and_where_a_source_began_are_not_judged() -> None:
    held = {FIRST + n: 30 for n in range(40)} | {FIRST: 1, FIRST + 40: 2}
    assert profile("DE-TH", held, FIRST + 39) == Profile("DE-TH", FIRST + 1, (30,) * 39)
    assert not months({"a": profile("DE-TH", held, FIRST + 39)})


def test_few_months_give_no_level() -> None:
    assert not months({"a": Profile("DE-TH", FIRST, (30, 0, 30, 30))})


def test_chances_add_up() -> None:
    assert at_most(400, 20.0, 0.1) == pytest.approx(1.0)
    assert at_most(3, 4.0, 1e-6) == pytest.approx(0.4335, abs=1e-3)  # Poisson


def test_a_month_names_itself() -> None:
    assert Few("a", 12 * 2024 + 4, 2, 20.0, 1e-4).iso == "2024-05"
