"""Crawling sources: what the command line, the demo and tests call."""

import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date, datetime
from pathlib import Path
from typing import IO

import msgspec

from archive.errors import ArchiveError
from archive.source import Source, registry
from archive.sources_table import sync
from archive.store import open_archive, writing
from crawler.agent import user_agent
from crawler.job import Job, Report
from crawler.result import RunResult

Progress = Callable[[RunResult], None]
GoesOn = Callable[[float], bool]  # waits so many seconds; whether the crawl still goes on


def crawl(
    source_keys: Iterable[str],
    archive: Path,
    warc: Path,
    *,
    full: bool = False,
    since: date | None = None,
    limit: int | None = None,
    contact: str | None = None,
    sources: Mapping[str, Source] | None = None,
    progress: Progress | None = None,
    now: datetime | None = None,
    settings: Mapping[str, int | float | str | bool] | None = None,
    meanwhile: Callable[[GoesOn], None] | None = None,
) -> list[RunResult]:
    """Crawl sources and archive what they answer; one result per source, in the order asked for.

    A source that another process crawls at the moment has the verdict "busy". Safe to kill and to run again.
    `now` starts the crawl's clock at another moment, `settings` are Scrapy's. `progress` is called a few
    times a second with the counts so far, from a thread of its own. `meanwhile` is called once, and does what
    there is to do while the crawl goes on. Raises ArchiveError for an unknown key, a missing contact, a
    database or folder that cannot be written.
    """
    chosen = _chosen(source_keys, registry() if sources is None else sources)
    _check_contact(chosen, contact)
    db = open_archive(archive)
    with writing(db):
        sync(db, chosen)
    db.close()
    job = Job(
        archive=str(archive.resolve()),
        warc=str(warc.resolve()),
        sources=tuple(chosen),
        full=full,
        since=since,
        limit=limit,
        contact=contact or "",
        start=now.isoformat() if now else "",
        settings=dict(settings or {}),
    )
    results = _work(job, progress or _silent, meanwhile or _nothing)
    return [results.get(source.key) or RunResult(source.key, "failed", GONE) for source in chosen]


GONE = "the crawl process ended before its time; run it again"


def _work(job: Job, progress: Progress, meanwhile: Callable[[GoesOn], None]) -> dict[str, RunResult]:
    """Run the crawl process; it ends by itself when we are gone, because its input ends."""
    command = [sys.executable, "-P", "-m", "crawler.worker"]  # -P: nothing of the working folder is run
    with (
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process,  # noqa: S603
        ThreadPoolExecutor(1) as thread,
    ):
        _send(process.stdin, job)
        results = thread.submit(_heard, process.stdout, progress)
        try:
            meanwhile(lambda seconds: bool(wait([results], seconds).not_done))
            return results.result()
        finally:
            if not results.done():  # we were interrupted
                process.terminate()


def _heard(reports: IO[bytes] | None, progress: Progress) -> dict[str, RunResult]:
    results: dict[str, RunResult] = {}
    for line in reports or ():
        report = msgspec.json.decode(line, type=Report)
        progress(report.result)
        if report.ended:
            results[report.result.source_key] = report.result
    return results


def _send(pipe: IO[bytes] | None, job: Job) -> None:
    assert pipe is not None
    pipe.write(msgspec.json.encode(job) + b"\n")
    pipe.flush()


def _chosen(keys: Iterable[str], known: Mapping[str, Source]) -> list[Source]:
    wanted = list(dict.fromkeys(keys))
    if unknown := [key for key in wanted if key not in known]:
        raise ArchiveError(
            f"no source has the key {', '.join(unknown)}; `pressearchiv sources list` shows all keys"
        )
    return [known[key] for key in wanted]


def _check_contact(chosen: Iterable[Source], contact: str | None) -> None:
    for source in chosen:
        user_agent(source, contact or "")


def _silent(result: RunResult) -> None:
    """For callers that want no progress."""


def _nothing(goes_on: GoesOn) -> None:
    """For callers that only wait."""
