"""Is a portal quiet or broken? Our verdicts against three simpler rules, on simulated portals with faults."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from benchmarks import holidays, replica_faults
from benchmarks.faults import FAULTS
from benchmarks.portals import HABITS, WATCHED_DAYS, portal
from benchmarks.watch import METHODS, OURS, SLOW, Trial, Watch

PAGE = Path("docs/silence.md")


@dataclass(frozen=True)
class Watched:
    """What came of watching one portal."""

    habit: str
    years: float
    false: Counter[tuple[str, str]]
    trials: tuple[Trial, ...]


def watch(number: int, seed: int, faults_each: int, nights: int = WATCHED_DAYS) -> Watched:
    """One portal over its years."""
    habit = list(HABITS)[number % len(HABITS)]
    watching = Watch(portal(number, habit, seed), seed, faults_each, nights)
    watching.run()
    return Watched(habit, watching.nights / 365, watching.false, tuple(watching.trials))


def watch_all(
    count: int, seed: int, faults_each: int, workers: int, nights: int = WATCHED_DAYS
) -> list[Watched]:
    """So many portals, of each habit in turn."""
    one: Callable[[int], Watched] = partial(watch, seed=seed, faults_each=faults_each, nights=nights)
    if workers == 1:
        return list(map(one, range(count)))
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(one, range(count)))


def named_share(watched: Sequence[Watched]) -> float:
    """Of all faults those that got their right name in time."""
    trials = [trial for one in watched for trial in one.trials]
    return sum(trial.named for trial in trials) / len(trials)


def false_alarms(watched: Sequence[Watched], method: str = OURS) -> float:
    """Per source and year."""
    alarms = sum(n for one in watched for (who, _), n in one.false.items() if who == method)
    return alarms / sum(one.years for one in watched)


def method_table(watched: Sequence[Watched]) -> Table:
    """Each method on the same nights and the same faults."""
    trials = [trial for one in watched for trial in one.trials]
    table = _table("Methods", "method", "noticed in one run", "noticed in time", "right name in time")
    table.add_column("false alarms per source and year", justify="right")
    table.add_column("worst source", justify="right")
    for method in METHODS:
        first = sum(trial.spoke.get(method) == 1 for trial in trials)
        ever = sum(method in trial.spoke for trial in trials)
        named = _percent(sum(t.named for t in trials), len(trials)) if method == OURS else "gives none"
        worst = max(
            sum(n for (who, _), n in one.false.items() if who == method) / one.years for one in watched
        )
        shares = (_percent(first, len(trials)), _percent(ever, len(trials)), named)
        table.add_row(method, *shares, f"{false_alarms(watched, method):.2f}", f"{worst:.2f}")
    return table


def fault_table(watched: Sequence[Watched]) -> Table:
    """Each fault: how often it got its right name, and what else was said."""
    table = _table(
        "Faults", "fault", "right name", "faults", "named in time", "noticed", "runs until noticed"
    )
    table.add_column("else")
    for fault, (right, _) in FAULTS.items():
        trials = [trial for one in watched for trial in one.trials if trial.fault == fault]
        waits = sorted(trial.spoke[OURS] for trial in trials if OURS in trial.spoke)
        other = Counter(trial.said for trial in trials if not trial.named).most_common()
        table.add_row(
            fault,
            right,
            str(len(trials)),
            _percent(sum(trial.named for trial in trials), len(trials)),
            _percent(len(waits), len(trials)),
            _quantiles(waits),
            ", ".join(f"{name} {count}" for name, count in other),
        )
    return table


def habit_table(watched: Sequence[Watched]) -> Table:
    """What the rhythm of a source costs: days until silence is overdue, and false alarms."""
    table = _table(
        "Habits", "habit", "sources", "days until a stale list is overdue", "bound", "named in time"
    )
    table.add_column("false alarms per source and year", justify="right")
    table.add_column("of them")
    for habit in HABITS:
        group = [one for one in watched if one.habit == habit]
        trials = [trial for one in group for trial in one.trials if trial.fault in SLOW]
        waits = sorted(trial.spoke[OURS] for trial in trials if OURS in trial.spoke)
        kinds: Counter[str] = Counter()
        for one in group:
            kinds.update({said: n for (who, said), n in one.false.items() if who == OURS})
        table.add_row(
            habit,
            str(len(group)),
            _quantiles(waits),
            _quantiles(sorted(trial.bound for trial in trials)),
            _percent(sum(trial.named for trial in trials), len(trials)),
            f"{false_alarms(group):.2f}",
            ", ".join(f"{name} {count}" for name, count in kinds.most_common()),
        )
    return table


def _table(title: str, first: str, *others: str) -> Table:
    table = Table(title=title)
    table.add_column(first)
    for name in others:
        table.add_column(name, justify="right")
    return table


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else ""


def _quantiles(values: Sequence[int]) -> str:
    """Median and 95th percentile."""
    if not values:
        return ""
    return f"{values[len(values) // 2]} (95 %: {values[int(0.95 * (len(values) - 1))]})"


def markdown(table: Table) -> str:
    """A rich table as one of Markdown."""
    heads = [str(column.header) for column in table.columns]
    rules = ["---:" if column.justify == "right" else "---" for column in table.columns]
    rows = zip(*(column.cells for column in table.columns), strict=True)
    lines = [heads, rules, *([str(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


@click.command()
@click.option("--portals", "count", default=64, show_default=True)
@click.option("--faults", "faults_each", default=2, show_default=True, help="Of each kind, on each portal.")
@click.option("--seed", default=1, show_default=True)
@click.option("--workers", default=2, show_default=True)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=PAGE, show_default=True)
def main(count: int, faults_each: int, seed: int, workers: int, out: Path) -> None:
    """Watch simulated portals, print the tables and write them between the marks of the page."""
    watched = watch_all(count, seed, faults_each, workers)
    tables = [method_table(watched), fault_table(watched), habit_table(watched)]
    tables.append(holidays.holiday_table(holidays.waits(count, seed)))
    tables.append(replica_faults.replica_table(replica_faults.run()))
    for table in tables:
        Console(width=150).print(table)
    trials = sum(len(one.trials) for one in watched)
    years = sum(one.years for one in watched)
    said = f"{count} sources, {years:.0f} source-years without a fault, {trials} faults; seed {seed}.\n"
    begin, end = "<!-- measured -->\n", "<!-- end -->\n"
    text = out.read_text("utf-8")
    head, _, rest = text.partition(begin)
    parts = [f"**{table.title}**\n\n{markdown(table)}" for table in tables]
    body = "\n".join([said, *parts])
    out.write_text(f"{head}{begin}\n{body}\n{end}{rest.partition(end)[2]}", "utf-8")


if __name__ == "__main__":
    main()
