"""Extraction of everything, kind by kind, against dateparser's search_dates alone; memory and start-up."""

import gc
import os
import resource
import subprocess
import sys
import time
import warnings
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date, datetime
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from benchmarks.site import releases, text_of
from pipeline.extract import amounts, dates, grants, persons, places
from pipeline.extract.mentions import Context
from pipeline.extract.release import extract, extract_all

PEER_TEXTS = 6  # dateparser needs a tenth of a second and more for each
LENGTH = 2_500  # characters of a usual release; those of the demo are shorter
HUGE = 5_000_000
ROUNDS = 12
LINE = "Ministerin Heike Werner übergab am 19. März 2018 in Gotha einen Bescheid über 5.000 Euro."
Text = tuple[str, Context]


class Taken(NamedTuple):
    """Microseconds of CPU time per 2,500 characters."""

    average: float  # of all rounds
    best: float  # the best round of each text: neighbours make a round longer, never shorter


def run(count: int = 360) -> dict[str, float]:
    """Microseconds of CPU time per 2,500 characters, megabytes, seconds; and a peer that finds dates only."""
    short = [(text_of(release), Context(release.published.date(), "DE-TH")) for _, release in releases(count)]
    long = of_usual_length(count)
    works: dict[str, Work] = {"everything": everything, "mentions": extract, **kinds(long)}
    gc.freeze()  # as every worker of a build does when it begins
    taken = per_length(long, each_by_itself(long, works) | in_batches(long))
    return {
        "texts": len(long),
        "mean_characters": round(sum(len(text) for text, _ in long) / len(long)),
        "releases_per_second": round(1e6 / taken["everything_in_batches"].average),
        "releases_per_second_without_grants": round(1e6 / taken["mentions_in_batches"].average),
        "releases_per_second_one_by_one": round(1e6 / taken["everything"].average),
        "releases_per_second_one_by_one_without_grants": round(1e6 / taken["mentions"].average),
        **{f"us_{name}": round(one.average) for name, one in taken.items()},
        **{f"us_{name}_at_best": round(one.best) for name, one in taken.items()},
        "us_everything_short_releases": only_everything(short).average,
        "us_everything_5_megabytes": only_everything([huge(long)], rounds=1).average,
        "megabytes_of_a_worker": round(memory(long)),
        "seconds_of_cpu_for_one_line": round(start_up(), 2),
        **against_dateparser(long),
    }


Work = Callable[[str, Context], object]
Steps = list[Callable[[], object]]  # one for each text, or for each batch of texts


def everything(text: str, context: Context) -> None:
    grants.find(text, extract(text, context))


def only_everything(texts: Sequence[Text], rounds: int = ROUNDS) -> Taken:
    taken = per_length(texts, each_by_itself(texts, {"everything": everything}), rounds)["everything"]
    return Taken(round(taken.average), round(taken.best))


def each_by_itself(texts: Sequence[Text], works: dict[str, Work]) -> dict[str, Steps]:
    return {name: [partial(work, *text) for text in texts] for name, work in works.items()}


def in_batches(texts: Sequence[Text], size: int = 64) -> dict[str, Steps]:
    """As the build reads releases: so many together, one kind of mention after the other."""
    batches = [texts[first : first + size] for first in range(0, len(texts), size)]
    return {
        "everything_in_batches": [partial(everything_of, batch) for batch in batches],
        "mentions_in_batches": [partial(extract_all, batch) for batch in batches],
    }


def everything_of(texts: Sequence[Text]) -> None:
    for (text, _), found in zip(texts, extract_all(texts), strict=True):
        grants.find(text, found)


def kinds(texts: Sequence[Text]) -> dict[str, Work]:
    """Each kind alone; what it needs of the others is found beforehand."""
    masks = {text: persons.find(text, context)[1] for text, context in texts}
    mentions = {text: extract(text, context) for text, context in texts}
    return {
        "persons": persons.find,
        "places": lambda text, context: places.find(text, context, masks[text]),
        "amounts": amounts.find,
        "dates": lambda text, context: dates.find(text, context, calendar_only=True),
        "grants": lambda text, context: grants.find(text, mentions[text]),
    }


def of_usual_length(count: int) -> list[Text]:
    """Releases on the same topic, joined until they have the length of a usual one."""
    topics: dict[str, list[str]] = defaultdict(list)
    texts = []
    for _, release in releases(count):
        parts = topics[release.skeleton]
        parts.append(text_of(release))
        if sum(map(len, parts)) >= LENGTH - 100:
            texts.append(("\n\n".join(parts), Context(release.published.date(), "DE-TH")))
            parts.clear()
    return texts


def huge(texts: Sequence[Text]) -> Text:
    once = "\n\n".join(text for text, _ in texts)
    return once * (HUGE // len(once) + 1), texts[0][1]


def per_length(texts: Sequence[Text], works: dict[str, Steps], rounds: int = ROUNDS) -> dict[str, Taken]:
    """What some works over the same texts take; they take turns, so that a slow minute hits all of them."""
    times: dict[str, list[list[float]]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, steps in works.items():
            times[name].append([cpu_seconds(step) for step in steps])
    factor = LENGTH * 1e6 / sum(len(text) for text, _ in texts)
    return {
        name: Taken(sum(map(sum, every)) / rounds * factor, sum(map(min, zip(*every, strict=True))) * factor)
        for name, every in times.items()
    }


def cpu_seconds(step: Callable[[], object]) -> float:
    start = time.process_time()
    step()
    return time.process_time() - start


def memory(texts: Sequence[Text]) -> float:
    """Megabytes that a worker process has needed at most, with all tables, after reading the texts."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_megabytes_after, list(texts)).result()


def _megabytes_after(texts: list[Text]) -> float:
    for text, context in texts:
        everything(text, context)
    status = Path("/proc/self/status").read_text(encoding="ascii")  # getrusage would count the parent's, too
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(peak.split()[1]) / 1024


def start_up(rounds: int = 5) -> float:
    """Seconds of CPU time in which `pressearchiv extract` reads one line, the interpreter's own included."""
    command = [sys.executable, "-c", "from cli.main import main; main()", "extract", "-"]
    # An installed package has its bytecode; without it Python would compile every module anew.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    times = []
    for _ in range(rounds):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, input=LINE.encode(), env=environment, stdout=subprocess.DEVNULL, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    return min(times)


def against_dateparser(texts: Sequence[Text]) -> dict[str, float]:
    """How many times faster everything is than dateparser's search for dates alone, and our dates alone are.

    search_dates is called as it comes, so that it finds the language first, and with the language given.
    """
    from dateparser.search import search_dates

    def search(text: str, context: Context, languages: list[str] | None = None) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            search_dates(text, languages=languages, settings={"RELATIVE_BASE": midday(context.published)})

    few = texts[:: max(1, len(texts) // PEER_TEXTS)][:PEER_TEXTS]
    works = {
        "everything": everything,
        "search": search,
        "german": lambda text, context: search(text, context, ["de"]),
        "dates": kinds(few)["dates"],
    }
    taken = per_length(few, each_by_itself(few, works), rounds=3)
    every, search_, german, days = (taken[name].average for name in works)
    return {
        "us_search_dates": round(search_),
        "us_search_dates_in_german": round(german),
        "times_faster_than_search_dates": round(search_ / every),
        "times_faster_than_search_dates_in_german": round(german / every),
        "dates_alone_times_faster_than_search_dates": round(search_ / days),
        "dates_alone_times_faster_in_german": round(german / days),
    }


def midday(day: date | None) -> datetime:
    assert day is not None
    return datetime(day.year, day.month, day.day, 12)
