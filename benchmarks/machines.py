"""What a page costs on several machines: reading, Dask's part in it, merging. Processor time, not seconds.

`python -m benchmarks.machines FOLDER`, where `python -m benchmarks.million.evidence FOLDER 10000` made an
archive that was not built yet. The figures go into benchmarks/plan.py by hand.
"""

import pickle
import resource
import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path

from archive.store import open_archive
from benchmarks.million import evidence
from cli.merge import Reading
from pipeline import prepared, unread
from pipeline.cluster import cluster
from pipeline.merging.home import Home
from pipeline.merging.run import merge
from pipeline.prepared import Prepared
from pipeline.read import Job
from pipeline.workers import Workers, ordered

NOW = datetime(2026, 6, 1, tzinfo=UTC)
PAGES = 6400  # a hundred batches
KEPT: list[Prepared] = []  # in a worker: readings made once, sent again and again


def run(folder: Path) -> dict[str, float]:
    """The figures by name."""
    home, sources = Home(folder), evidence.sources()
    db = open_archive(home.archive)
    jobs = list(islice(unread.jobs(db, unread.ids(db, sources)), PAGES))
    [(captures, size)] = db.execute("SELECT count(*), sum(warc_length) FROM captures").fetchall()
    db.close()
    work = partial(prepared.read_all, home.warc.resolve(), sources, True)
    work(jobs[:64])
    figures = {"pages": len(jobs), "WARC bytes of an answer": size / captures}
    figures["reading, ms a page"] = 1000 * _own(lambda: _consumed(work, jobs, 1)) / len(jobs)
    figures["order, bytes a page"] = len(pickle.dumps(jobs[:64])) / 64
    figures["answer, bytes a page"] = len(pickle.dumps(work(jobs[:64]))) / 64
    for name, workers in (("processes", 2), ("Dask", None)):
        figures |= _handing_over(name, workers, home, work, jobs)
    figures |= _merging(home, captures)
    return figures


def _handing_over(
    name: str,
    workers: Workers | None,
    home: Home,
    work: Callable[[list[Job]], list[Prepared]],
    jobs: list[Job],
) -> dict[str, float]:
    """What it costs the one who writes to send orders and take answers: reading itself costs nothing here.

    With Dask, the scheduler is part of it; on a cluster it has a processor of its own.
    """
    again = partial(_again, work)
    if workers is not None:
        seconds = _own(lambda: _consumed(again, jobs, workers))
    else:
        with cluster(None, 2, home.warc) as crew:
            seconds = _own(lambda: _consumed(again, jobs, crew))
    return {f"{name}, ms of the writer's machine a 1,000 pages": 1e6 * seconds / len(jobs)}


def _again(work: Callable[[list[Job]], list[Prepared]], jobs: list[Job]) -> list[Prepared]:
    if not KEPT:
        KEPT.extend(work(jobs))
    return KEPT[: len(jobs)]


def _merging(home: Home, captures: int) -> dict[str, float]:
    """Into an archive that holds nothing, and into one that holds all of it."""
    folder = Path(tempfile.mkdtemp())
    reading, into = Reading(evidence.sources(), NOW), Home(folder / "into")
    first = _own(lambda: merge([home], into, reading, clock=lambda: NOW))
    second = _own(lambda: merge([home], into, reading, clock=lambda: NOW))
    shutil.rmtree(folder)
    return {
        "merging, ms a capture": 1000 * first / captures,
        "merging what is held, ms a capture": 1000 * second / captures,
    }


def _consumed(work: Callable[[list[Job]], list[Prepared]], jobs: list[Job], workers: Workers) -> None:
    for _ in ordered(work, jobs, workers):
        pass


def _own(work: Callable[[], object]) -> float:
    """Seconds of processor time of this process alone."""
    before = resource.getrusage(resource.RUSAGE_SELF)
    work()
    after = resource.getrusage(resource.RUSAGE_SELF)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    for name, value in run(Path(sys.argv[1])).items():
        print(f"{name:50} {value:12,.3f}")
