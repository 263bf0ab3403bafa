"""What a function says of a word, remembered: the same few thousand words make up most texts."""

from collections.abc import Callable
from typing import TypeVar

V = TypeVar("V")


class Memory(dict[str, V]):
    """A dictionary that asks the function for what it lacks.

    Looking up takes a third of the time of calling a cached function, and `map` needs no Python code for it.

    >>> small = Memory(str.islower)
    >>> list(map(small.__getitem__, ("der", "Landkreis")))
    [True, False]
    """

    MOST = 20_000  # words; some 3 MB

    def __init__(self, of: Callable[[str], V]) -> None:
        super().__init__()
        self._of = of

    def __missing__(self, word: str) -> V:
        if len(self) >= self.MOST:
            self.clear()
        self[word] = value = self._of(word)
        return value
