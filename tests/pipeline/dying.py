"""Work for the workers of a cluster, some of which die over it; their processes import it from here."""

import os
import signal
from pathlib import Path


def doubled(numbers: list[int]) -> list[int]:
    return [2 * number for number in numbers]


def deadly_once(mark: Path, numbers: list[int]) -> list[int]:
    """The worker that meets 100 first is killed."""
    if 100 in numbers and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return doubled(numbers)


def deadly(numbers: list[int]) -> list[int]:
    os.kill(os.getpid(), signal.SIGKILL)
    return numbers
