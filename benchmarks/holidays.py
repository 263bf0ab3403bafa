"""What the table of school holidays is worth: the same silences judged with it and without it."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from statistics import median

from rich.table import Table

from archive import workdays
from archive.silence import learn
from benchmarks.portals import DAY, START, WARM_DAYS, WATCHED_DAYS, Portal, portals

FORTNIGHT = 14
FREQUENT = ("daily", "most days", "twice weekly")  # a fortnight is nothing to the others
YEARS = range(START.year + 2, START.year + (WARM_DAYS + WATCHED_DAYS) // 365)
TERM = ((5, 4), (11, 5))  # days far from most school holidays
Waits = dict[tuple[str, str, bool], list[int]]  # habit, when, with the table: days until overdue


@contextmanager
def without_table() -> Iterator[None]:
    """The calendar as if nothing were known of school holidays: the weeks that all summers share."""
    table = workdays.known_summers
    workdays.known_summers = lambda _: frozenset()  # type: ignore[assignment]
    workdays.kind.cache_clear()
    try:
        yield
    finally:
        workdays.known_summers = table
        workdays.kind.cache_clear()


def waits(count: int, seed: int) -> Waits:
    """How long silences may last that begin in the summer holidays of a Land, or far from any."""
    found: Waits = defaultdict(list)
    for one in portals(count, seed):
        if one.habit not in FREQUENT:
            continue
        chance = random.Random(f"{seed}/{one.number}/holidays")
        closed = workdays.school_holidays(one.jurisdiction)
        for year in YEARS:
            summer = [day for day, season in closed.items() if season == "summer" and day.year == year]
            days = [("summer", chance.choice(sorted(summer)[:-FORTNIGHT]))]
            days += [("term", date(year, *chance.choice(TERM)))]
            for when, day in days:
                found[one.habit, when, True].append(_wait(one, day))
                with without_table():
                    found[one.habit, when, False].append(_wait(one, day))
    return found


def holiday_table(found: Waits) -> Table:
    """Quiet fortnights of summer holidays that are called overdue, and days until silence is in term."""
    table = Table(title="School holidays")
    table.add_column("habit")
    heads = (
        "silences",
        "fortnights of the summer called overdue, without the table",
        "with the table",
        "days until overdue in term, without",
        "with",
    )
    for head in heads:
        table.add_column(head, justify="right")
    for habit in FREQUENT:
        summer = [found[habit, "summer", known] for known in (False, True)]
        term = [found[habit, "term", known] for known in (False, True)]
        table.add_row(
            habit,
            str(len(summer[0])),
            *(f"{_short(waited):.1%}" for waited in summer),
            *(f"{median(waited):.0f}" for waited in term),
        )
    return table


def _short(waited: Sequence[int]) -> float:
    return sum(days < FORTNIGHT for days in waited) / len(waited)


def _wait(one: Portal, day: date) -> int:
    """Days from a day on which nothing comes any more until that is overdue."""
    before = sorted({row.listed_on for row in one.releases if row.on < day and row.listed_on < day})
    habit = learn(before, one.jurisdiction)
    return (habit.overdue_on(before[-1]) - day) // DAY if habit else FORTNIGHT
