"""Several works side by side: a step of each before the next step of any.

What a step asks for, code and tables, then is in the processor's caches: pages take a fifth less time than
one after the other.
"""

from collections.abc import Generator, Iterable
from typing import TypeAlias, TypeVar

T = TypeVar("T")
Steps: TypeAlias = Generator[int, None, T]  # yields between two steps how many bytes it holds since the last


def ended(work: Steps[T]) -> T:
    """What a work comes to, all its steps made at once."""
    return in_step([work], room=0)[0]


def in_step(works: Iterable[Steps[T]], room: int) -> list[T]:
    """What works come to, in order. They hold `room` bytes together, and what one more of them takes.

    >>> def spelled(word):
    ...     for letter in word:
    ...         print(letter, end=" ")
    ...         yield 1
    ...     return len(word)
    >>> in_step(map(spelled, ["ab", "cde"]), room=10)
    a c b d e [2, 3]
    """
    found: dict[int, T] = {}
    begun: dict[int, Steps[T]] = {}
    held = 0
    for number, work in enumerate(works):
        begun[number] = work
        held += _step(number, begun, found)
        if held > room:
            _finish(begun, found)
            held = 0
    _finish(begun, found)
    return [found[number] for number in range(len(found))]


def _finish(begun: dict[int, Steps[T]], found: dict[int, T]) -> None:
    while begun:
        for number in list(begun):
            _step(number, begun, found)


def _step(number: int, begun: dict[int, Steps[T]], found: dict[int, T]) -> int:
    try:
        return next(begun[number])
    except StopIteration as end:
        found[number] = end.value
        del begun[number]
        return 0
