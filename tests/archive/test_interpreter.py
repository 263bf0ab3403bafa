"""How Python is set for long work."""

import gc
import subprocess
import sys
from resource import RUSAGE_SELF, getrusage

import pytest

from archive.interpreter import with_room

CALLS = 2_000


def most_faults_at_any_depth() -> int:
    """How often memory was got anew while a leaf was called CALLS times, at the worst depth of the caller."""

    def deep(depth: int) -> int:
        if depth:
            return deep(depth - 1)
        before = getrusage(RUSAGE_SELF).ru_minflt
        for _ in range(CALLS):
            leaf()
        return getrusage(RUSAGE_SELF).ru_minflt - before

    def leaf() -> None:
        pass

    return max(map(deep, range(200)))


@pytest.mark.skipif(sys.implementation.name != "cpython", reason="frames of others lie elsewhere")
def test_calls_across_the_end_of_a_piece_of_memory_get_none_anew():
    assert most_faults_at_any_depth() >= CALLS
    assert with_room(most_faults_at_any_depth)() < CALLS / 4


def test_a_function_with_room_takes_and_gives_and_raises_what_it_did():
    @with_room
    def divided(one: float, by: float = 2) -> float:
        """A quotient."""
        return one / by

    assert (divided(3), divided(3, by=4), divided.__doc__) == (1.5, 0.75, "A quotient.")
    with pytest.raises(ZeroDivisionError):
        divided(1, 0)


def test_what_is_in_memory_at_the_end_is_not_looked_through():
    told = subprocess.run(
        [sys.executable, "-c", "import atexit, gc; from archive.interpreter import spare; "
         "atexit.register(lambda: print(gc.get_freeze_count() > 1000, gc.get_threshold()[0])); spare()"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert told.stdout.split() == ["True", "20000"]
    assert gc.get_threshold()[0] != 20000
