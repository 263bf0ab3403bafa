"""Work spread over processes: results in the order of the items, a bounded number of items under way."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")
AHEAD = 4  # batches under way per worker: enough to keep it busy, few enough to bound memory


def ordered(
    work: Callable[[list[A]], list[B]], items: Iterable[A], workers: int, batch: int = 64
) -> Iterator[B]:
    """work applied to batches of items, its results one by one and in order.

    With one worker everything happens in this process. `work` must be a function of a module.
    """
    stream = iter(items)
    batches = iter(lambda: list(islice(stream, batch)), [])
    if workers <= 1:
        for some in batches:
            yield from work(some)
        return
    with ProcessPoolExecutor(workers) as pool:
        waiting: deque[Future[list[B]]] = deque()
        try:
            for some in batches:
                waiting.append(pool.submit(work, some))
                if len(waiting) >= workers * AHEAD:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
