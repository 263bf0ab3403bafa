"""Work spread over processes: results in the order of the items, a bounded number of items under way."""

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import parent_process
from multiprocessing.connection import wait
from typing import Protocol, TypeAlias, TypeVar

A = TypeVar("A")
B = TypeVar("B")
AHEAD = 4  # batches under way per worker: enough to keep it busy, few enough to bound memory


class Crew(Protocol):
    """Workers elsewhere, who do the same in the same order."""

    def ordered(
        self, work: Callable[[list[A]], list[B]], items: Iterable[A], batch: int = 64
    ) -> Iterator[B]: ...


Workers: TypeAlias = int | Crew  # so many processes here, or those


def ordered(
    work: Callable[[list[A]], list[B]], items: Iterable[A], workers: Workers, batch: int = 64
) -> Iterator[B]:
    """work applied to batches of items, its results one by one and in order.

    With one worker everything happens in this process. `work` must be a function of a module.
    """
    if not isinstance(workers, int):
        yield from workers.ordered(work, items, batch)
        return
    stream = iter(items)
    batches = iter(lambda: list(islice(stream, batch)), [])
    if workers <= 1:
        for some in batches:
            yield from work(some)
        return
    with ProcessPoolExecutor(workers, initializer=_begin) as pool:
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


def _begin() -> None:
    """In each process: the parent alone decides about the end, and takes its processes along."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os._exit(1)
