"""Invented sources that number their releases in the ways real ones do, with the noise of real ones."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from random import Random

from archive.workdays import kind as sort_of
from pipeline.coverage.series import Told

YEARS = range(2018, 2023)
NOISE = 0.01  # share of releases with a wrong day, and of those sent again under their number
Write = Callable[[int, int], str]  # year and number as printed


@dataclass(frozen=True)
class Corpus:
    """Releases of a scheme, whole; `countable` says whether completeness can be told from numbers."""

    name: str
    told: tuple[Told, ...]
    countable: bool = True


def days(dice: Random, year: int, a_year: int) -> list[date]:
    """The days of releases of one year: working days mostly, fewer in holidays."""
    passed, weights = _weighed(year)
    return sorted(dice.choices(passed, weights, k=a_year))


@cache
def _weighed(year: int) -> tuple[list[date], list[float]]:
    passed = [date(year, 1, 2) + timedelta(days=n) for n in range(363)]
    shares = {"plain": 1.0, "school": 0.9, "summer": 0.8, "bridge": 0.5, "christmas": 0.25, "holiday": 0.15}
    sorts = [sort_of(day, "DE-TH") for day in passed]
    return passed, [shares[season] * (1 if weekday < 5 else 0.05) for weekday, season in sorts]


def series(
    dice: Random,
    source: str,
    write: Write,
    a_year: int = 200,
    *,
    publisher: str | None = None,
    kind: str = "press_release",
    running: bool = False,
    step: Callable[[], int] = lambda: 1,
) -> Iterator[Told]:
    """The releases of one count."""
    number = 0
    for year in YEARS:
        number = number if running else 0
        for day in days(dice, year, a_year):
            number += step()
            text = write(year, number)
            yield Told(
                source, publisher or source, "DE-TH", text, day, kind, "", f"{source}-{kind}-{year}-{number}"
            )


def noisy(dice: Random, told: Sequence[Told], misprints: float) -> Iterator[Told]:
    """Numbers come out in another order than they were given, some are misprinted, some used twice."""
    for one in told:
        day = one.day + timedelta(days=dice.choice([0, 0, 0, 0, 1, 1, 2, 3]))
        if day.year != one.day.year:
            day = one.day
        if dice.random() < NOISE:
            day = date(one.day.year, dice.randint(1, 12), dice.randint(1, 28))
        yield one._replace(day=day)
        if dice.random() < misprints:
            twisted = one.text[::-1] if one.text.isdigit() else one.text.replace("1", "7", 1)
            yield one._replace(text=twisted, day=day, release=f"{one.release}-misprinted")
        if dice.random() < NOISE:
            later = min(day + timedelta(days=2), date(one.day.year, 12, 31))
            yield one._replace(day=later, kind="correction", release=f"{one.release}-corrected")


def corpora(seed: int, misprints: float = 0.0) -> list[Corpus]:
    """One of each scheme; `misprints` is the share of releases sent out once more with a wrong number."""
    return [replace(c, told=tuple(noisy(Random(seed), c.told, misprints))) for c in _whole(Random(seed))]


def _whole(dice: Random) -> Iterator[Corpus]:
    plain: Write = lambda year, n: f"{n:03}/{year}"  # noqa: E731
    yield Corpus("number and year", tuple(series(dice, "a", plain)))
    yield Corpus("short year", tuple(series(dice, "b", lambda y, n: f"{n}/{y % 100}")))
    yield Corpus("year first", tuple(series(dice, "c", lambda y, n: f"{y}-{n:03}")))
    yield Corpus("year glued", tuple(series(dice, "d", lambda y, n: f"{y % 100}{n:03}")))
    yield Corpus("number alone, yearly", tuple(series(dice, "e", lambda y, n: f"Pressemitteilung {n}")))
    yield Corpus(
        "number alone, running", tuple(series(dice, "f", lambda y, n: f"Nr. {n + 700}", running=True))
    )
    both = list(series(dice, "g", plain, publisher="g", a_year=300))
    yield Corpus("one count, two portals", tuple(t._replace(source=dice.choice(["g1", "g2"])) for t in both))
    moved = list(series(dice, "h", plain, publisher="h"))
    old = [t._replace(source="h-old") for t in moved if t.day < date(2020, 6, 15)]
    new = [t._replace(release=f"{t.release}-new") for t in moved if t.day >= date(2020, 6, 1)]
    yield Corpus("old and new portal", (*old, *new))
    invited = series(dice, "i", lambda y, n: f"M {n}/{y}", 80, kind="media_invitation")
    yield Corpus("series told apart by a letter", (*series(dice, "i", plain), *invited))
    invited = series(dice, "j", plain, 80, kind="media_invitation")
    yield Corpus("series told apart by kind", (*series(dice, "j", plain), *invited))
    apart = series(dice, "k2", plain, 120, publisher="k")
    yield Corpus("two counts of one publisher", (*series(dice, "k1", plain, publisher="k"), *apart))
    land = series(dice, "l", plain, 600)
    of_five = (t._replace(source=f"l{n}", publisher=f"l{n}") for t in land for n in [dice.randint(1, 5)])
    yield Corpus("one count of a Land", tuple(of_five))
    yield Corpus("few a year", tuple(series(dice, "m", plain, 25)))
    first = [t for t in series(dice, "n", plain) if t.day > date(2019, 9, 1)]
    yield Corpus("held from a day on", tuple(first))
    every = tuple(series(dice, "o", plain))
    yield Corpus("skipping", tuple(t for t in every if dice.random() < 0.6), countable=False)
    ids = series(dice, "p", lambda y, n: str(n), running=True, step=lambda: dice.randint(3, 60))
    yield Corpus("identifiers", tuple(ids), countable=False)
    chance = series(dice, "q", lambda y, n: f"{dice.randint(1, 400)}/{y}")
    yield Corpus("no order", tuple(chance), countable=False)
