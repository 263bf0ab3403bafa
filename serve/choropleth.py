"""Classes of a map: values in groups of about the same size, each a shade."""

from bisect import bisect_left
from collections.abc import Iterable
from math import ceil, floor, log10

CLASSES = 6


def bounds(values: Iterable[float]) -> list[float]:
    """The highest value of each class, rounded so that people can read them; classes hold about as many each.

    >>> bounds(range(1, 13)), bounds([5, 5, 5]), bounds([])
    ([2, 4, 6, 8, 10, 12], [5], [])
    """
    ordered = sorted(value for value in values if value > 0)
    if not ordered:
        return []
    cuts = [ordered[ceil(len(ordered) * part / CLASSES) - 1] for part in range(1, CLASSES)]
    tops = sorted({rounded(cut) for cut in cuts if cut < ordered[-1]} - {ordered[-1]})
    return [top for top in tops if top < ordered[-1]] + [ordered[-1]]


def shade(value: float, tops: list[float]) -> int:
    """The shade of a value from 1, 0 where there is nothing; few classes lie as far apart as many.

    >>> [shade(value, [2, 4]) for value in (0, 1, 2, 3, 4)]
    [0, 3, 3, 6, 6]
    """
    if value <= 0:
        return 0
    return ceil((min(bisect_left(tops, value), len(tops) - 1) + 1) * CLASSES / len(tops))


def rounded(value: float) -> float:
    """A value cut down to two digits.

    >>> rounded(12), rounded(1290), rounded(129_000_000)
    (12, 1200, 120000000)
    """
    if value < 100:
        return value
    step: int = 10 ** (floor(log10(value)) - 1)
    return floor(value / step) * step
