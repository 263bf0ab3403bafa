"""When silence is too long: the habit of a source, learned from the days on which it published.

Each kind of day (weekday, holiday, bridge day, Christmas, school holidays) has a chance of bringing a
release. The hazards -ln(1 - chance) of the silent days in a row add up to the *weight* of a silence. On this
scale gaps are comparable whatever days they cover; if the chances were all there is, weights would follow the
unit exponential distribution (time rescaling: Brown et al., Neural Computation 14, 2002). Press offices also
pause and burst, so the scale is calibrated on the source's own gaps: above a high quantile the excess is
exponential (peaks over threshold: Davison and Smith, J. R. Statist. Soc. B 52, 1990, with shape 0), and the
bound is the return level, the weight reached once in `RETURN_YEARS`. That is the budget of false alarms.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, log

from archive.workdays import DayKind, Season, is_workday, kind

RETURN_YEARS = 4.0  # a silence as long as the bound comes once in so many years
WINDOW = timedelta(days=3 * 365)  # what is older says little about today
LEAST_GAPS, LEAST_DAYS = 20, 180  # below it the declared rhythm speaks
FADING = 0.5 ** (1 / 365)  # an observation counts half after a year
QUANTILE = 0.85  # of the weights of gaps; the tail above it is fitted
PRIOR_DAYS = 4.0  # days' worth of evidence for a weekday before its own are counted
PRIOR_EXPECTED = 5.0  # releasing days' worth of evidence for the effect of a season
PRIOR_EXCESSES = 5.0  # gaps' worth of evidence for the slope of the tail
SEASONS: dict[Season, float] = {  # share of plain days, a priori
    "holiday": 0.15,
    "bridge": 0.5,
    "christmas": 0.25,
    "summer": 0.8,
    "school": 0.9,
}
CLOSED_DAYS = 16  # of the summer holidays: two weeks with their weekends, for which a press office may close
CLOSED_WEIGHT = log(4)  # all they weigh, as if one office in four did so each summer
LATELY, PRIOR_LATELY = 60, 12.0  # days; a pause before or after an election shows in the last weeks
CHANCE = (0.002, 0.97)
ONE_DAY = timedelta(days=1)
MOST_DAYS = 400  # silence is not followed further ahead

Course = list[tuple[DayKind, bool]]  # day by day: what sort of day it was, whether it brought a release


@dataclass(frozen=True, slots=True)
class Habit:
    """How a source publishes."""

    jurisdiction: str
    chances: dict[DayKind, float]
    bound: float  # weight of a silence that is too long
    slope: float  # of the tail: each further unit of weight is exp(1 / slope) times rarer
    days_a_year: float  # on which something is released

    def weight(self, last: date, today: date) -> float:
        """The weight of the whole days between the last release and today."""
        days = ((today - last).days - 1) if today > last else 0
        return max(_summed(self._hazard(last + n * ONE_DAY) for n in range(1, days + 1)), default=0.0)

    def overdue_on(self, last: date) -> date:
        """The first day on which silence since `last` is too long."""
        days = (self._hazard(last + n * ONE_DAY) for n in range(1, MOST_DAYS))
        passed = next((n for n, weight in enumerate(_summed(days), 1) if weight >= self.bound), MOST_DAYS)
        return last + (passed + 1) * ONE_DAY

    def years_between(self, weight: float) -> float:
        """Once in how many years a silence of this weight comes."""
        return RETURN_YEARS * exp(min((weight - self.bound) / self.slope, 10.0))

    def _hazard(self, day: date) -> tuple[Season, float]:
        sort = kind(day, self.jurisdiction)
        return sort[1], -log(1.0 - self.chances[sort])


def learn(days: Sequence[date], jurisdiction: str) -> Habit | None:
    """The habit behind days with releases (sorted, each once); None where they are too few.

    What follows the last of them is left out: whether that is habit or trouble is the question.
    """
    if not days:
        return None
    recent = [day for day in days if day > days[-1] - WINDOW]
    span = (recent[-1] - recent[0]).days
    if len(recent) <= LEAST_GAPS or span < LEAST_DAYS:
        return None
    published = set(recent)
    passed = [recent[0] + n * ONE_DAY for n in range(span + 1)]
    course = [(kind(day, jurisdiction), day in published) for day in passed]
    chances = _chances(course)
    a_year = len(recent) / span * 365.25
    bound, slope = return_level(sorted(_weights(course, chances)), a_year)
    return Habit(jurisdiction, _lately(course, chances), bound, slope, a_year)


def return_level(weights: Sequence[float], a_year: float) -> tuple[float, float]:
    """The weight that is reached once in RETURN_YEARS, and the slope of the tail; `weights` are sorted."""
    threshold = weights[int(QUANTILE * (len(weights) - 1))]
    excesses = [weight - threshold for weight in weights if weight > threshold]
    slope = (sum(excesses) + PRIOR_EXCESSES) / (len(excesses) + PRIOR_EXCESSES)
    share = max(len(excesses), 1) / len(weights)
    return threshold + slope * max(log(RETURN_YEARS * a_year * share), 0.0), slope


def workdays_between(last: date, today: date, jurisdiction: str) -> int:
    """Working days that passed in full between two days."""
    return sum(is_workday(last + n * ONE_DAY, jurisdiction) for n in range(1, (today - last).days))


def silence(
    days: Sequence[date], last: date | None, today: date, allowed_days: int | None, jurisdiction: str
) -> tuple[bool, str | None]:
    """Whether nothing new came for too long, and for how long nothing came.

    `days` are those with releases, `last` the last that brought anything new, `allowed_days` the calendar
    days that the source file grants, for a source whose habit is not known yet.
    """
    if last is None:
        return False, None
    passed = workdays_between(last, today, jurisdiction)
    since = f"nothing new in {passed} working days since {last}"
    if habit := learn(days, jurisdiction):
        return _by_habit(habit, last, today, since)
    if allowed_days is None:
        return False, since
    limit = round(allowed_days * 5 / 7)
    return passed > limit, f"{since}, {limit} are allowed"


def _by_habit(habit: Habit, last: date, today: date, since: str) -> tuple[bool, str]:
    weight = habit.weight(last, today)
    if weight < habit.bound:
        return False, f"{since}, overdue from {habit.overdue_on(last)}"
    rarity = f"with {habit.days_a_year:.0f} releasing days a year this comes once in"
    return True, f"{since}; {rarity} {habit.years_between(weight):.0f} years"


def _weights(course: Course, chances: dict[DayKind, float]) -> Iterator[float]:
    """The weights of the gaps between days with releases."""
    hazards = {sort: (sort[1], -log(1.0 - chance)) for sort, chance in chances.items()}
    silent: list[tuple[Season, float]] = []
    for sort, published in course[1:]:
        if published:
            yield max(_summed(silent), default=0.0)
            silent.clear()
        else:
            silent.append(hazards[sort])


def _summed(hazards: Iterable[tuple[Season, float]]) -> Iterator[float]:
    """The weight of a silence after each of its days; an office that is closed for the summer is not ill."""
    weight = closed = 0.0
    closed_days = 0
    for season, hazard in hazards:
        if season == "summer" and closed_days < CLOSED_DAYS:
            closed_days += 1
            closed = min(closed + hazard, CLOSED_WEIGHT)
        else:
            weight += hazard
        yield weight + closed


def _chances(course: Course) -> dict[DayKind, float]:
    """The chance of each kind of day: its weekday's, times the effect of its season."""
    passed: dict[DayKind, float] = defaultdict(float)
    active: dict[DayKind, float] = defaultdict(float)
    counts = 1.0
    for sort, published in reversed(course):
        passed[sort] += counts
        if published:
            active[sort] += counts
        counts *= FADING
    weekday = [_weekday(n, passed, active) for n in range(7)]
    chances: dict[DayKind, float] = {(n, "plain"): chance for n, chance in enumerate(weekday)}
    for season, prior in SEASONS.items():
        kinds = [sort for sort in passed if sort[1] == season]
        expected = sum(passed[sort] * weekday[sort[0]] for sort in kinds) + PRIOR_EXPECTED
        effect = (sum(active[sort] for sort in kinds) + PRIOR_EXPECTED * prior) / expected
        chances |= {(n, season): chance * effect for n, chance in enumerate(weekday)}
    return {sort: _bounded(chance) for sort, chance in chances.items()}


def _weekday(number: int, passed: dict[DayKind, float], active: dict[DayKind, float]) -> float:
    """The chance of a plain weekday; drawn towards that of all like it as long as few were seen."""
    alike: list[DayKind] = [(n, "plain") for n in (range(5) if number < 5 else range(5, 7))]
    usual = (sum(active[s] for s in alike) + 0.1) / (sum(passed[s] for s in alike) + 1.0)
    own: DayKind = (number, "plain")
    return (active[own] + PRIOR_DAYS * usual) / (passed[own] + PRIOR_DAYS)


def _lately(course: Course, chances: dict[DayKind, float]) -> dict[DayKind, float]:
    """The chances lowered to what the last weeks brought, where that was less."""
    lately = course[-LATELY:]
    found = sum(published for _, published in lately) + PRIOR_LATELY
    effect = min(found / (sum(chances[sort] for sort, _ in lately) + PRIOR_LATELY), 1.0)
    return {sort: _bounded(chance * effect) for sort, chance in chances.items()}


def _bounded(chance: float) -> float:
    return min(max(chance, CHANCE[0]), CHANCE[1])
