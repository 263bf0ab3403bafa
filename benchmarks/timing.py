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


def seconds(work: Callable[[], object]) -> float:
    """Wall seconds of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def pair(ours: Callable[[], object], theirs: Callable[[], object], rounds: int = 5) -> Pair:
    """Time two ways of doing the same, in turns, after one round that is not counted."""
    ours()
    theirs()
    times = [(seconds(ours), seconds(theirs)) for _ in range(rounds)]
    return Pair(
        statistics.median(a for a, _ in times),
        statistics.median(b for _, b in times),
        statistics.median(b / a for a, b in times),
    )
