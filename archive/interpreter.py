"""How Python is set for long work: some of what it does by itself costs more than it is good for."""

import atexit
import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
SELDOM = 20_000  # objects made more than let go of, before garbage is looked for: a page leaves none
ROOM = 20_000  # references: what a call may ask for as its own


def spare() -> None:
    """Look for garbage seldom, and at the end not at all: what is in memory goes with the process."""
    gc.set_threshold(SELDOM)
    atexit.register(gc.freeze)


def with_room(function: Callable[P, R]) -> Callable[P, R]:
    """The function, with one piece of memory for the frames of all that it calls.

    CPython gets memory for frames in pieces of 16 kB. A loop whose calls cross the end of a piece gets one
    from the system and gives it back each time, which took a tenth of the time of writing. A call that asks
    for much itself gets a piece with room for all below it (`push_chunk` in CPython's `Python/pystate.c`).
    """

    def roomy(*args: P.args, **named: P.kwargs) -> R:
        return function(*args, **named)

    roomy.__code__ = roomy.__code__.replace(co_stacksize=ROOM)
    return wraps(function)(roomy)
