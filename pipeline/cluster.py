"""Work spread over a Dask cluster: places of records go out, readings come back, in the order of the items.

Nothing but what is asked travels: the workers read pages and texts where they lie, in files that all of them
see under one path. A worker that dies costs the time of what it was doing; another does it again.
"""

import asyncio
import logging
import pickle
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import sha256
from itertools import count, islice
from pathlib import Path
from typing import TypeVar

import dask
from distributed import Client, Future, KilledWorker, LocalCluster, Worker, WorkerPlugin, get_worker
from distributed.core import rpc

from archive.errors import ArchiveError
from pipeline import edition

A = TypeVar("A")
B = TypeVar("B")
AHEAD = 4  # batches under way per thread of the cluster, read and not yet fetched among them
RECOUNT = 32  # batches after which it is asked anew how many threads there are
BEGIN_SECONDS, LOST_SECONDS, LOOK_SECONDS = 60, 10, 10  # a busy machine starts a worker in 40
CONFIG = {
    "distributed.comm.timeouts.connect": LOST_SECONDS,
    "distributed.worker.daemon": False,
    # On a busy machine, one that died is started again in more than 15 seconds, after which Dask lets it go.
    "distributed.deploy.lost-worker-timeout": "1 hour",
}
ALONE = threading.Lock()  # threads of one worker gain nothing under Python's lock, and our code knows none
AGAIN = "what was written stays; run the same command again and it goes on from there"


class Cluster:
    """The workers that a client reaches. As many batches are under way as keep them busy, and no more."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._known: set[str] = set()

    def ordered(self, work: Callable[[list[A]], list[B]], items: Iterable[A], batch: int = 64) -> Iterator[B]:
        """work applied to batches of items, its results one by one and in order.

        Raises ArchiveError where the scheduler is lost, where batches kill worker after worker, and where a
        worker is of another edition.
        """
        stream = iter(items)
        task = self._spread(work)
        waiting: deque[tuple[Future[list[B]], str]] = deque()
        try:
            with _explained():
                for number in count():
                    if number % RECOUNT == 0:
                        most = AHEAD * max(1, sum(self._client.nthreads().values()))
                    if not (some := list(islice(stream, batch))):
                        break
                    future: Future[list[B]] = self._client.submit(_do, task, edition.mark(), some, pure=False)
                    waiting.append((future, _named(some)))
                    if len(waiting) >= most:
                        yield from self._result(*waiting.popleft())
                while waiting:
                    yield from self._result(*waiting.popleft())
        finally:
            for future, _ in waiting:
                future.release()

    def rest(self) -> None:
        """Others may have work for them."""

    def _result(self, future: Future[list[B]], what: str) -> list[B]:
        """What came of a batch; Dask would wait for ever where no worker is left."""
        alone = 0
        while True:
            try:
                return future.result(timeout=LOOK_SECONDS)
            except KilledWorker as error:
                last = error.last_worker.address
                raise ArchiveError(
                    f"worker after worker died over {what}, the last at {last}; give more memory, or look at "
                    f"these. {AGAIN}"
                ) from error
            except TimeoutError:
                if future.status == "error":
                    raise
                alone = 0 if self._client.nthreads() else alone + LOOK_SECONDS
                if alone >= BEGIN_SECONDS:
                    raise ArchiveError(
                        f"every worker died, and none came back; start some. {AGAIN}"
                    ) from None

    def _spread(self, work: Callable[[list[A]], list[B]]) -> str:
        """Give the work itself to every worker, those that come later too; by which name it goes there."""
        pickled = pickle.dumps(work)
        name = f"pressearchiv-{sha256(pickled).hexdigest()[:16]}"
        if name not in self._known:
            with _explained():
                self._client.register_plugin(_Sent(name, pickled), name)
            self._known.add(name)
        return name


class _Sent(WorkerPlugin):
    """Brings work to a worker once, and not with every batch."""

    def __init__(self, name: str, pickled: bytes) -> None:
        self.name, self.pickled = name, pickled

    def setup(self, worker: Worker) -> None:
        PICKLED[self.name] = self.pickled


PICKLED: dict[str, bytes] = {}  # on a worker: what it was brought


@cache
def _work(name: str) -> Callable[[list[A]], list[B]]:
    found: Callable[[list[A]], list[B]] = pickle.loads(PICKLED[name])  # noqa: S301  # from our own client
    return found


def _do(name: str, wanted: str, some: list[A]) -> list[B]:
    """On a worker."""
    if edition.mark() != wanted:
        raise ArchiveError(f"the worker {get_worker().address} is of another edition; install the same on it")
    with ALONE:
        work: Callable[[list[A]], list[B]] = _work(name)
        return work(some)


@contextmanager
def cluster(address: str | None, workers: int, path: Path) -> Iterator[Cluster]:
    """The cluster whose scheduler answers at an address, or one on this machine with so many workers.

    Raises ArchiveError where nobody answers, no worker is there, one does not see what lies at `path`,
    or is of another edition than we are.
    """
    with dask.config.set(CONFIG), _reached(address, workers) as client:
        _agree(client, path)
        yield Cluster(client)


@contextmanager
def _reached(address: str | None, workers: int) -> Iterator[Client]:
    if address is None:
        with _here(workers) as local, Client(local) as client:
            yield client
        return
    try:
        # A client waits for ever for a server that takes its words and says nothing of Dask.
        who = asyncio.run(asyncio.wait_for(_identity(address), LOST_SECONDS + 2))
        if who != "Scheduler":
            raise ArchiveError(f"what answers at {address} is a {who} of Dask; name its scheduler")
        client = Client(address, timeout=BEGIN_SECONDS)
    except (OSError, ValueError, TypeError, MemoryError) as error:  # whatever a stranger's bytes lead to
        why = str(error)[:200] or type(error).__name__
        raise ArchiveError(
            f"no Dask scheduler answers at {address} ({why}); start one with `dask scheduler`, and name it "
            "like tcp://host:8786"
        ) from error
    with client:
        yield client


@contextmanager
def _here(workers: int) -> Iterator[LocalCluster]:
    """Workers on this machine, which end with us."""
    options = {"n_workers": workers, "threads_per_worker": 1, "memory_limit": 0}
    local = LocalCluster(dashboard_address="127.0.0.1:0", silence_logs=logging.CRITICAL, **options)
    try:
        yield local
    finally:
        # Distributed's own, where a worker that died is just being started again: why it died counts.
        with suppress(AssertionError):
            local.__exit__(None, None, None)


async def _identity(address: str) -> str:
    """What kind of server answers at an address."""
    if (scheme := address.rpartition("://")[0]) not in ("", "tcp", "tls"):
        raise ValueError(f"{scheme} is not spoken here")
    remote = rpc(address)
    try:
        told: Mapping[str, object] = await remote.identity()
        return str(told["type"])
    finally:
        await remote.close_rpc()


def _agree(client: Client, path: Path) -> None:
    """Every worker must be what we are and see what we see, before anything is written."""
    try:
        client.wait_for_workers(1, timeout=BEGIN_SECONDS)
    except TimeoutError as error:
        raise ArchiveError(
            "the scheduler has no worker; start some with `dask worker ADDRESS --nthreads 1`"
        ) from error
    with _explained():
        said: Mapping[str, tuple[Mapping[str, str], list[str] | None]] = client.run(_said, str(path))
    ours = _seen(path)
    for worker, (theirs, seen) in sorted(said.items()):
        if found := edition.differences(edition.edition(), theirs):
            raise ArchiveError(
                f"the worker {worker} is of another edition: {', '.join(found)}; install the same on it"
            )
        if seen is None or (ours and not set(ours).intersection(seen)):
            raise ArchiveError(
                f"the worker {worker} does not see what lies at {path}; mount it there under the same path"
            )


def _said(path: str) -> tuple[Mapping[str, str], list[str] | None]:
    """On a worker: its edition, and what it sees of what is to be read."""
    return edition.edition(), _seen(Path(path))


def _seen(path: Path) -> list[str] | None:
    """The name of a file, or those in a folder: that of a disk which is not mounted is there, and empty."""
    if path.is_dir():
        return [each.name for each in path.iterdir()]
    return [path.name] if path.exists() else None


def _named(some: Sequence[object]) -> str:
    """Which items a batch holds, for people who look for what kills."""
    first, last = (repr(each)[:300] for each in (some[0], some[-1]))
    return f"{len(some)} items from {first} to {last}"


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        raise ArchiveError(
            f"a worker lacks the program ({error}); install pressearchiv[cluster] on each"
        ) from error
    except (CancelledError, OSError) as error:
        raise ArchiveError(f"the Dask scheduler was lost ({error}); {AGAIN}") from error
