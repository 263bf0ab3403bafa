"""What a function says of a word, remembered: the same few thousand words make up most texts."""

from collections.abc import Callable
from typing import TypeVar

V = TypeVar("V")


class Memory(dict[str, V]):
    """A dictionary that asks the function for what it lacks.

    Looking up takes a third of the time of calling a cached function, and `map` needs no Python code for it.
    When it is full, it begins anew, and takes over from before what is still asked for.

    >>> small = Memory(str.islower)
    >>> list(map(small.__getitem__, ("der", "Landkreis")))
    [True, False]
    """

    def __init__(self, of: Callable[[str], V], most: int = 20_000) -> None:
        """`most` words are remembered, and as many from before; 20,000 are some 3 MB."""
        super().__init__()
        self._of, self._most = of, most
        self._before: dict[str, V] = {}

    def __missing__(self, word: str) -> V:
        if len(self) >= self._most:
            self._before = self.copy()
            self.clear()
        before = self._before
        self[word] = value = before[word] if word in before else self._of(word)
        return value
