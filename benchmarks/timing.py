"""Timing in turns: ours, theirs, ours, theirs … so that a slow minute of the machine hits both."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Pair:
    """Medians of seconds over some rounds, and of the ratio round by round."""

    ours: float
    theirs: float
    ratio: float  # theirs / ours: how many times faster ours is


Clock = Callable[[], float]


def seconds(work: Callable[[], object], clock: Clock = time.perf_counter) -> float:
    """Seconds of one call: elapsed, or of another clock."""
    start = clock()
    work()
    return clock() - start


def pair(
    ours: Callable[[], object],
    theirs: Callable[[], object],
    rounds: int = 5,
    clock: Clock = time.perf_counter,
) -> Pair:
    """Time two ways of doing the same, in turns, after one round that is not counted."""
    ours()
    theirs()
    times = [(seconds(ours, clock), seconds(theirs, clock)) for _ in range(rounds)]
    return Pair(
        statistics.median(a for a, _ in times),
        statistics.median(b for _, b in times),
        statistics.median(b / a for a, b in times),
    )
