"""The process that crawls: a job on standard input, reports on standard output (`python -m crawler.worker`).

A process of its own, because a Twisted reactor cannot be started twice, and because it can be killed.
"""

import asyncio
import gc
import logging
import os
import signal
import sys
import threading
from contextlib import suppress
from dataclasses import replace
from types import FrameType

import msgspec
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings
from scrapy.utils.defer import deferred_from_coro
from scrapy.utils.reactor import install_reactor
from twisted.internet.defer import Deferred

from archive.errors import ArchiveError, BusyError
from archive.interpreter import spare
from archive.source import Source
from crawler.job import Job, Report, by_host
from crawler.ledger import ledger_of
from crawler.loader import spider_class
from crawler.result import RunResult
from crawler.silent import Signals

SOURCES_AT_A_TIME = 16  # each with its own connections, database handle and WARC file
REPORT_SECONDS = 0.2


class Worker:
    """Crawls the sources of a job, several at a time, until all are done or somebody stops it."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._runner = AsyncCrawlerRunner(_settings(job))
        self._stopping = False
        self._free = asyncio.Semaphore(SOURCES_AT_A_TIME)

    async def crawl(self) -> None:
        """Reports go out while it runs."""
        self._listen_for_stop(asyncio.get_running_loop())
        reporting = asyncio.ensure_future(self._report())
        groups = (self._group(group) for group in by_host(self._job.sources))
        outcomes = await asyncio.gather(*groups, return_exceptions=True)
        reporting.cancel()
        with suppress(asyncio.CancelledError):
            await reporting
        for error in filter(None, outcomes):
            raise error  # after the others: an error in our code with one source must not cost the rest

    async def _group(self, sources: tuple[Source, ...]) -> None:
        async with self._free:
            for source in sources:
                if not self._stopping:
                    tell(Report(await self._one(source), ended=True))

    async def _one(self, source: Source) -> RunResult:
        job = self._job
        crawler = self._runner.create_crawler(spider_class(source))
        crawler.signals = Signals(crawler)  # before anybody listens
        extent = {"full": "1" if job.full else "", "since": job.since.isoformat() if job.since else ""}
        try:
            await self._runner.crawl(crawler, **extent, limit="" if job.limit is None else str(job.limit))
        except BusyError as error:
            return RunResult(source.key, "busy", str(error))
        except ArchiveError as error:
            return RunResult(source.key, "failed", str(error))
        result = ledger_of(crawler).result
        if result.verdict == "running":
            return replace(result, verdict="failed", reason="the end of the run could not be written down")
        return result

    async def _report(self) -> None:
        told: dict[str, RunResult] = {}
        while True:
            await asyncio.sleep(REPORT_SECONDS)
            for crawler in list(self._runner.crawlers):
                if crawler.spider and (result := ledger_of(crawler).result) != told.get(result.source_key):
                    told[result.source_key] = result
                    tell(Report(result))

    def _listen_for_stop(self, loop: asyncio.AbstractEventLoop) -> None:
        """A signal, or the end of standard input because whoever started us is gone."""

        def stop(_number: int = 0, _frame: FrameType | None = None) -> None:
            loop.call_soon_threadsafe(self._stop)

        def wait_for_end() -> None:
            while os.read(0, 1024):
                pass
            stop()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        threading.Thread(target=wait_for_end, daemon=True).start()

    def _stop(self) -> None:
        if not self._stopping:
            self._stopping = True
            self._ending = asyncio.ensure_future(self._runner.stop())


def tell(report: Report) -> None:
    """One line on standard output, for as long as somebody reads it."""
    with suppress(BrokenPipeError):
        sys.stdout.buffer.write(msgspec.json.encode(report) + b"\n")
        sys.stdout.buffer.flush()


def is_defect(record: logging.LogRecord) -> bool:
    """Whether a log record is about our own code: trouble outside ends a run with a reason, not a trace."""
    return not (record.exc_info and isinstance(record.exc_info[1], ArchiveError))


def _settings(job: Job) -> Settings:
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    ours = {"ARCHIVE": job.archive, "WARC": job.warc, "CONTACT": job.contact, "START": job.start}
    settings.setdict({f"PRESSEARCHIV_{name}": value for name, value in ours.items()}, priority="cmdline")
    settings.setdict(dict(job.settings), priority="cmdline")
    settings.set("SPIDER_LOADER_CLASS", "scrapy.spiderloader.DummySpiderLoader", priority="cmdline")
    return settings


def main() -> None:
    """Read the job, crawl, end."""
    logging.getLogger("scrapy.core.scraper").addFilter(is_defect)
    job = msgspec.json.decode(sys.stdin.buffer.readline(), type=Job)
    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    from twisted.internet.task import react

    gc.freeze()  # what is loaded stays; to look through it, and often, took a tenth of the time
    spare()

    def begin(_reactor: object) -> "Deferred[None]":
        return deferred_from_coro(Worker(job).crawl())

    react(begin)


if __name__ == "__main__":
    main()
