"""A simulated portal watched night by night, by our verdict and by three simpler rules on the same series."""

import random
from bisect import bisect_right, insort
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from math import ceil, log, sqrt
from statistics import fmean

from archive.history import Past, Usual
from archive.silence import CLOSED_DAYS
from archive.workdays import kind
from benchmarks.faults import FAULTS, TWO_LISTS, Sight, whole, with_feed
from benchmarks.portals import DAY, START, WARM_DAYS, WATCHED_DAYS, Portal, Released
from crawler.monitors import Observed, verdict

ALARMS = ("overdue", "layout_changed", "blocked", "unreachable", "partial", "failed")
OURS, ZERO, SEVEN, SIGMA, SIGMA_ROWS = METHODS = (
    "this model",
    "zero items",
    "seven days",
    "mean ± 2σ, entries a week",
    "mean ± 2σ, rows a run",
)
SLOW = ("stale cache",)  # nothing but the rhythm can tell it from silence; the others show in the first run
MISSED_NIGHT = 0.01
LONGEST = 130  # nights before the end in which no fault begins, so that it can be noticed
HELD = 31  # a day further back than that does not count as news


@dataclass(frozen=True, slots=True)
class Trial:
    """One fault on one portal: when each method spoke first (in runs from 1), and what ours said then."""

    fault: str
    habit: str
    bound: int  # runs, as the portal's rhythm allows
    spoke: dict[str, int]
    said: str = "nothing"
    reason: str = ""

    @property
    def named(self) -> bool:
        """Whether our first word was the right one, and came in time."""
        within = self.bound if self.fault in SLOW else 1
        return self.said == FAULTS[self.fault][0] and self.spoke[OURS] <= within


@dataclass
class Memory:
    """What the runs before know: a value of its own for each portal, copied for each trial."""

    days: list[date] = field(default_factory=list)
    last_on: date | None = None
    first_rows: list[int] = field(default_factory=list)
    first_bytes: list[int] = field(default_factory=list)
    feed_rows: list[int] = field(default_factory=list)  # where there is a feed
    entries: int = 0
    weeks: list[int] = field(default_factory=list)  # new entries, run by run

    def copy(self) -> "Memory":
        lists = self.first_rows.copy(), self.first_bytes.copy(), self.feed_rows.copy()
        return Memory(self.days.copy(), self.last_on, *lists, self.entries, self.weeks.copy())

    def past(self) -> Past:
        rows, sizes = tuple(self.first_rows[-400:]), tuple(self.first_bytes[-400:])
        feed = {"feed": Usual(tuple(self.feed_rows[-400:]))}
        return Past(tuple(self.days), self.last_on, Usual(rows, sizes), feed, self.entries, self.entries)

    def learn(self, new: list[Released], today: date) -> None:
        """Note entries as the archive would: a day that is past is believed, an old one counts when seen."""
        for release in new:
            day = release.listed_on
            if day <= today and (not self.days or day not in self.days[bisect_right(self.days, day) - 1 :]):
                insort(self.days, day)
            seen = day if 0 <= (today - day).days < 3 else today if (today - day).days <= HELD else day
            self.last_on = max(seen, self.last_on or seen)
        self.entries += len(new)

    def note(self, name: str, seen: Observed) -> None:
        self.weeks.append(seen.new_entries)
        if name not in ALARMS or name == "overdue":
            self.first_rows.append(seen.first_rows)
            self.first_bytes.append(seen.first_bytes)
            self.feed_rows += [page.rows for page in seen.lists if page.seed == "feed"]


class Watch:
    """Watches one portal over its years."""

    def __init__(
        self, portal: Portal, seed: int, faults_each: int, watched_nights: int = WATCHED_DAYS
    ) -> None:
        self.portal, self.chance = portal, random.Random(f"{seed}/{portal.number}/watch")
        self.days = [release.on for release in portal.releases]
        self.false: Counter[tuple[str, str]] = Counter()  # method and what it said: episodes
        self.nights = 0
        self.trials: list[Trial] = []
        self.end = WARM_DAYS + watched_nights
        last = self.end - LONGEST
        self.plan: dict[int, list[str]] = {}
        faults = TWO_LISTS * 2 if portal.fed else [fault for fault in FAULTS if fault not in TWO_LISTS]
        for fault in faults:
            for _ in range(faults_each):
                day = self.chance.randint(WARM_DAYS + 30, last)
                self.plan.setdefault(day, []).append(fault)

    def run(self) -> None:
        """Every night without a fault; on the nights of the plan, a copy of the world with one."""
        memory = Memory()
        first = bisect_right(self.days, self.portal.known_from - DAY)
        held = bisect_right(self.days, START + (WARM_DAYS - 1) * DAY)
        memory.learn(list(self.portal.releases[first:held]), START + WARM_DAYS * DAY)
        alarming: dict[str, str] = {}
        for n in range(WARM_DAYS, self.end):
            if OURS in alarming:  # somebody looks at the portal already: the faults wait
                self.plan.setdefault(n + 1, []).extend(self.plan.pop(n, []))
            for fault in self.plan.get(n, []):
                self.trials.append(self._trial(fault, n, memory.copy(), held, alarming))
            if self.chance.random() < MISSED_NIGHT:
                continue
            sight, until = self._sight(n, held)
            seen = with_feed(sight, self.chance) if self.portal.fed else whole(sight, self.chance)
            said = self._judge(seen, memory, START + n * DAY)
            for method in METHODS:
                if method in said and method not in alarming:
                    self.false[method, said[method]] += 1
            if said.get(OURS) == "partial" and alarming.get(OURS) == "partial":
                memory.first_rows.clear()  # somebody looked and declared the new length of the page
            alarming = said
            memory.learn(list(self.portal.releases[held:until]), START + n * DAY)
            memory.note(said.get(OURS, "ok"), seen)
            held = until
            self.nights += 1

    def _sight(self, n: int, held: int) -> tuple[Sight, int]:
        """The first page at night n: what was released until the evening before."""
        until = bisect_right(self.days, START + (n - 1) * DAY)
        length = next((rows for at, rows in self.portal.tweaks.items() if n >= at), self.portal.page_rows)
        rows = tuple(reversed(self.portal.releases[max(0, until - length) : until]))
        sizes = (self.portal.row_bytes, self.portal.frame_bytes)
        return Sight(START + n * DAY, rows, until - held, *sizes), until

    def _trial(self, fault: str, start: int, memory: Memory, held: int, before: dict[str, str]) -> Trial:
        """One fault from a night on; an alarm that was there the night before says nothing about it."""
        _, shows = FAULTS[fault]
        trial = Trial(fault, self.portal.habit, self._bound(start), {})
        frozen, _ = self._sight(start, held)
        for run in range(1, trial.bound + 1):
            n = start + run - 1
            sight, until = self._sight(n, held)
            seen = shows(frozen if fault == "stale cache" else sight, self.chance)
            if run > 1:
                seen = replace(seen, moved_rows=0)
            told = self._judge(seen, memory, START + n * DAY)
            said = {method: word for method, word in told.items() if before.get(method) != word}
            before = {method: word for method, word in before.items() if told.get(method) == word}
            if OURS in said and OURS not in trial.spoke:
                trial = replace(trial, said=said[OURS], reason=told["reason"])
            for method in said:
                trial.spoke.setdefault(method, run)
            if all(method in trial.spoke for method in METHODS):
                break
            if seen.new_entries:
                memory.learn(list(self.portal.releases[held : held + seen.new_entries]), START + n * DAY)
                held = until
            memory.note(told.get(OURS, "ok"), seen)
        return trial

    def _judge(self, seen: Observed, memory: Memory, today: date) -> dict[str, str]:
        """What each method says, where it raises an alarm; our reason beside it."""
        portal, past = self.portal, memory.past()
        name, reason = verdict(seen, today, portal.allowed_days, past, portal.jurisdiction)
        said = {OURS: name, "reason": reason or ""} if name in ALARMS else {}
        said |= dict(_simple(seen, memory, today))
        return said

    def _bound(self, start: int) -> int:
        """Runs in which somebody who knows the true rhythm could tell silence from habit.

        With the same budget of false alarms, and two weeks of the summer holidays in which nothing is missed;
        half as much again is granted to those who have to learn the rhythm.
        """
        year = self.portal.chances[max(0, start - 365) : start]
        enough, weight, days = log(4.0 * max(sum(year), 1.0)), 0.0, 0
        closed = 0
        for n, share in enumerate(self.portal.chances[start:], start):
            if weight >= enough:
                break
            days += 1
            if closed < CLOSED_DAYS and kind(START + n * DAY, self.portal.jurisdiction)[1] == "summer":
                closed += 1
            else:
                weight -= log(1.0 - min(share, 0.97))
        return ceil(1.5 * days) + 1


def _simple(seen: Observed, memory: Memory, today: date) -> Iterator[tuple[str, str]]:
    if not seen.rows:
        yield ZERO, "alarm"
    if not seen.new_entries and memory.last_on and (today - memory.last_on).days > 7:
        yield SEVEN, "alarm"
    runs = memory.weeks[-364:]
    sums = [sum(runs[i : i + 7]) for i in range(len(runs) % 7, len(runs), 7)]
    if len(sums) >= 8 and _outside(sum([*runs[-6:], seen.new_entries]), sums):
        yield SIGMA, "alarm"
    if len(memory.first_rows) >= 8 and _outside(seen.first_rows, memory.first_rows[-60:]):
        yield SIGMA_ROWS, "alarm"


def _outside(value: int, before: list[int]) -> bool:
    mean = fmean(before)
    return abs(value - mean) > 2 * sqrt(fmean((one - mean) ** 2 for one in before))
