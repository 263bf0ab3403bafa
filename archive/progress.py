"""How far something is that takes long, for those who watch."""

from collections.abc import Callable
from dataclasses import dataclass

Progress = Callable[[int, int], None]  # takes what is done, and how much there is to do
Begin = Callable[[str], Progress]  # takes what begins


def unseen(done: int, total: int) -> None:
    """Nobody is told how far it is."""


def unwatched(what: str) -> Progress:
    """Nobody is told what begins."""
    return unseen


@dataclass
class Advance:
    """Adds up what is done."""

    progress: Progress
    total: int
    done: int = 0

    def __call__(self, count: int) -> None:
        self.done += count
        self.progress(self.done, self.total)
