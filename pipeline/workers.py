"""Work spread over processes: results in the order of the items, a bounded number of items under way."""

import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import parent_process
from multiprocessing.connection import wait
from typing import Protocol, Self, TypeAlias, TypeVar

from archive.errors import ArchiveError
from archive.interpreter import spare

A = TypeVar("A")
B = TypeVar("B")
KILLED = (
    "a process was killed at its work, as machines do that have no memory left; what was written stays; run "
    "it again, with fewer --workers"
)
# Batches under way per worker: few enough to bound memory, and enough to keep it busy while a thousand that
# came before are written and counted, for which four were too few.
AHEAD = 10


class Crew(Protocol):
    """Workers elsewhere, who do the same in the same order."""

    def ordered(
        self, work: Callable[[list[A]], list[B]], items: Iterable[A], batch: int = 64
    ) -> Iterator[B]: ...

    def rest(self) -> None:
        """Told when no work is near."""


Workers: TypeAlias = int | Crew  # so many processes here, or those


def ordered(
    work: Callable[[list[A]], list[B]], items: Iterable[A], workers: Workers, batch: int = 64
) -> Iterator[B]:
    """work applied to batches of items, its results one by one and in order.

    With one worker everything happens in this process. `work` must be a function of a module.
    """
    with staying(workers) as crew:
        yield from crew.ordered(work, items, batch)


@contextmanager
def staying(workers: Workers) -> Iterator[Crew]:
    """A crew that stays for one piece of work after the other; a number of processes is let go at the end."""
    if isinstance(workers, int):
        with Processes(workers) as here:
            yield here
    else:
        yield workers


class Processes:
    """A crew of so many processes on this machine, which stay until they are let go."""

    def __init__(self, count: int, nice: int = 0) -> None:
        """`nice` is by how much they stand back, as of `os.nice`, where others have work."""
        self._count, self._nice = count, nice
        self._pool: ProcessPoolExecutor | None = None
        self._going: threading.Thread | None = None  # lets the processes go

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
            gc.unfreeze()
        self._wait()

    def ordered(self, work: Callable[[list[A]], list[B]], items: Iterable[A], batch: int = 64) -> Iterator[B]:
        """The first batch is done here: what it loads, the processes made after it share, and little work
        needs none of them. Raises ArchiveError where a process is killed."""
        stream = iter(items)
        batches = iter(lambda: list(islice(stream, batch)), [])
        if self._pool is None:
            for some in islice(batches, 1 if self._count > 1 else None):
                yield from work(some)
        waiting: deque[Future[list[B]]] = deque()
        try:
            for some in batches:
                waiting.append(self._started().submit(work, some))
                if len(waiting) >= self._count * AHEAD:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenProcessPool as error:
            self._pool = None
            raise ArchiveError(KILLED) from error
        finally:
            for future in waiting:
                future.cancel()

    def rest(self) -> None:
        """The processes go while others work, which takes a tenth of a second; for more come new ones."""
        if self._pool:
            self._wait()
            self._going = threading.Thread(target=self._pool.shutdown, name="rest")
            self._going.start()
            self._pool = None
            gc.unfreeze()

    def _wait(self) -> None:
        if self._going:
            self._going.join()

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # Names and tables stay: to look through them for garbage took 8 per cent of this process's time,
            # and 3 per cent of that of those made from it.
            gc.freeze()
            self._pool = ProcessPoolExecutor(self._count, initializer=_begin, initargs=(self._nice,))
        return self._pool


def _begin(nice: int) -> None:
    """In each process: the parent alone decides about the end, and takes its processes along."""
    os.nice(nice)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    spare()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os._exit(1)
