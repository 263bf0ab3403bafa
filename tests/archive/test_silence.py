"""Working days of each Land, the habit of a source, and when its silence is too long."""

import random
from datetime import date, timedelta
from itertools import pairwise

import holidays as peer
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.silence import LEAST_GAPS, Habit, learn, return_level, silence, workdays_between
from archive.workdays import easter, holidays, is_workday, kind, school_holidays

LANDS = "BB BE BW BY HB HE HH MV NI NW RP SH SL SN ST TH".split()
DAY = timedelta(days=1)
START = date(2023, 1, 2)


def published(chance: float, seed: int, days: int = 1000, land: str = "DE-TH") -> tuple[date, ...]:
    """Days with releases of a press office that works on working days only."""
    dice = random.Random(seed)
    passed = (START + n * DAY for n in range(days))
    return tuple(day for day in passed if is_workday(day, land) and dice.random() < chance)


@pytest.mark.parametrize("land", LANDS)
def test_public_holidays_are_those_that_others_compute(land: str) -> None:
    for year in range(2017, 2036):
        theirs = {day for day in peer.country_holidays("DE", subdiv=land, years=year) if day.weekday() < 6}
        ours = {day for day in holidays(year, f"DE-{land}") if day.weekday() < 6}
        # Assumption Day is one in most of Bavaria, Munich included, though not in all of it.
        assert ours - {date(year, 8, 15)} == theirs - {date(year, 8, 15)}


def test_the_federal_government_rests_with_berlin() -> None:
    assert holidays(2026, "DE") == holidays(2026, "DE-BE")


@pytest.mark.parametrize("land", LANDS)
def test_every_land_has_six_weeks_of_summer_each_year_and_days_around_easter(land: str) -> None:
    closed = school_holidays(f"DE-{land}")
    for year in range(2020, 2031):
        summer = [day for day, season in closed.items() if season == "summer" and day.year == year]
        assert 39 <= len(summer) <= 47
        assert date(year, 6, 15) < min(summer) < date(year, 8, 6)
        assert date(year, 7, 20) < max(summer) < date(year, 9, 16)
        near_easter = {easter(year) + n * DAY for n in range(-45, 25)}
        assert near_easter & closed.keys() or (land, year) == ("HB", 2020)


def test_the_summers_of_the_laender_do_not_all_fall_on_the_same_weeks() -> None:
    assert kind(date(2026, 7, 1), "DE-HE") == (2, "summer")
    assert kind(date(2026, 7, 1), "DE-BY") == (2, "plain")
    assert kind(date(2026, 9, 10), "DE-BY") == (3, "summer")
    assert kind(date(2026, 10, 14), "DE-TH") == (2, "school")


def test_a_year_without_a_table_has_the_weeks_that_all_summers_share() -> None:
    assert kind(date(2015, 7, 15), "DE-TH") == kind(date(2035, 7, 18), "DE-TH") == (2, "summer")
    assert kind(date(2015, 7, 8), "DE-TH") == (2, "plain")


@pytest.mark.parametrize(("land", "first"), [("DE-NW", date(2026, 7, 20)), ("DE-TH", date(2026, 7, 6))])
def test_a_quiet_fortnight_in_the_summer_of_the_land_is_not_overdue(land: str, first: date) -> None:
    quiet = {day for day, season in school_holidays(land).items() if season == "summer"}
    dice = random.Random(7)
    passed = (START + n * DAY for n in range(first.toordinal() - START.toordinal()))
    days = tuple(d for d in passed if is_workday(d, land) and dice.random() < (0.15 if d in quiet else 0.9))
    last = days[-1]
    assert silence(days, last, last + 14 * DAY, None, land)[0] is False
    elsewhere = date(2026, 5, 4)  # the same silence in May
    before = tuple(day for day in days if day <= elsewhere)
    assert silence(before, before[-1], before[-1] + 14 * DAY, None, land)[0] is True


@pytest.mark.parametrize(
    ("last", "today", "passed"),
    [
        (date(2026, 5, 13), date(2026, 5, 14), 0),
        (date(2026, 5, 13), date(2026, 5, 18), 1),  # Ascension Day, Friday, a weekend
        (date(2026, 12, 23), date(2027, 1, 4), 3),
        (date(2026, 5, 13), date(2026, 5, 1), 0),
    ],
)
def test_working_days_are_those_over_in_full(last: date, today: date, passed: int) -> None:
    assert workdays_between(last, today, "DE-TH") == passed


def habit(days: tuple[date, ...]) -> Habit:
    found = learn(days, "DE-TH")
    assert found
    return found


@pytest.mark.parametrize(("often", "seldom"), [(0.95, 0.5), (0.5, 0.2), (0.2, 0.06)])
def test_who_publishes_more_often_is_overdue_sooner(often: float, seldom: float) -> None:
    last = date(2025, 9, 16)
    sooner, later = (habit(published(chance, 1)).overdue_on(last) for chance in (often, seldom))
    assert last < sooner < later


def test_christmas_and_weekends_stretch_what_is_allowed() -> None:
    found = habit(published(0.95, 2))
    waits = [(found.overdue_on(day) - day).days for day in (date(2025, 9, 15), date(2025, 12, 23))]
    assert waits[0] < 7 < waits[1]


@pytest.mark.parametrize("chance", [0.9, 0.4, 0.1])
def test_a_false_alarm_comes_less_than_once_a_year(chance: float) -> None:
    alarms, years = 0, 0.0
    for seed in range(5):
        days = published(chance, seed, days=1800)
        seen = [day for day in days if day < START + 1000 * DAY]
        found = habit(tuple(seen))
        later = days[len(seen) - 1 :]
        alarms += sum(b > found.overdue_on(a) for a, b in pairwise(later))
        years += 800 / 365
    assert alarms / years < 0.8


@pytest.mark.parametrize("days", [(), published(0.9, 1)[:LEAST_GAPS], published(0.9, 1)[:100]])
def test_too_short_a_history_is_no_habit(days: tuple[date, ...]) -> None:
    assert learn(days, "DE-TH") is None


def test_a_learned_habit_speaks_before_the_source_file_does() -> None:
    days = published(0.1, 3)
    assert silence(days, days[-1], days[-1] + 14 * DAY, 3, "DE-TH")[0] is False
    assert silence(days[-5:], days[-1], days[-1] + 14 * DAY, 3, "DE-TH")[0] is True


@given(st.integers(0, 60), st.sampled_from([0.9, 0.3]))
def test_the_day_that_is_named_is_the_day_that_is_overdue(wait: int, chance: float) -> None:
    days = published(chance, 4, days=500)
    found, today = habit(days), days[-1] + wait * DAY
    assert silence(days, days[-1], today, None, "DE-TH")[0] == (today >= found.overdue_on(days[-1]))


@given(st.lists(st.floats(0, 30), min_size=21, max_size=200), st.floats(10, 300))
def test_the_bound_lies_above_most_of_what_was_seen(weights: list[float], a_year: float) -> None:
    bound, slope = return_level(sorted(weights), a_year)
    assert slope > 0
    assert sum(weight > bound for weight in weights) <= 0.2 * len(weights)
