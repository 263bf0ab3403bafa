"""A crawl of a generated portal, against Scrapy as it comes and tuned, both with an empty callback.

Counted in processor time, because the machine has other things to do; in turns, because it is not always
equally fast. Elapsed time is told beside it.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

from benchmarks import site
from crawler.run import crawl
from pipeline.run import build

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
DEFAULT = '{"ROBOTSTXT_OBEY": True}'
# No duplicates, statistics, middlewares or extensions, nothing decompressed: only fetched.
TUNED = """{
    "CONCURRENT_ITEMS": 1, "WARN_ON_GENERATOR_RETURN_VALUE": False, "COOKIES_ENABLED": False,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16, "SCHEDULER_MEMORY_QUEUE": "scrapy.squeues.FifoMemoryQueue",
    "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter", "DOWNLOADER_STATS": False,
    "STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector", "DOWNLOADER_MIDDLEWARES_BASE": {},
    "SPIDER_MIDDLEWARES_BASE": {}, "EXTENSIONS_BASE": {}, "DOWNLOAD_MAXSIZE": 0, "DOWNLOAD_WARNSIZE": 0,
}"""
BARE = """
import sys
import scrapy
from scrapy.crawler import CrawlerProcess

class Bare(scrapy.Spider):
    name = "bare"
    start_urls = open(sys.argv[1]).read().split()

    def parse(self, response):
        pass

process = CrawlerProcess({"LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False, **%s})
process.crawl(Bare)
process.start()
"""


@dataclass(frozen=True)
class Spent:
    """What some work took, in seconds."""

    processor: float
    elapsed: float


@dataclass(frozen=True)
class Turn:
    """One round of all."""

    default: Spent
    tuned: Spent
    crawl: Spent
    build: Spent


def run(pages: int = 2000, rounds: int = 3) -> dict[str, float]:
    """Milliseconds of processor time per page, start-up included, of both Scrapys, of our crawl (fetch, WARC,
    entries, rows) and of the build behind it; pages per second; and the median of the ratios, by rounds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = site.write(folder / "site", pages)
        with site.served(folder / "site") as base:
            (folder / "urls.txt").write_text("\n".join(base + path for path in paths))
            turns = [_turn(folder / str(n), folder / "urls.txt", base) for n in range(rounds)]
    return {
        "pages": pages,
        "rounds": rounds,
        **_per_page(turns, pages),
        **_ratios(turns, "processor"),
        **_ratios(turns, "elapsed"),
    }


def _per_page(turns: list[Turn], pages: int) -> dict[str, float]:
    found: dict[str, float] = {}
    for name in ("default", "tuned", "crawl", "build"):
        took: list[Spent] = [getattr(turn, name) for turn in turns]
        found[f"cpu_ms_{name}"] = round(statistics.median(s.processor for s in took) / pages * 1000, 2)
        found[f"pages_per_second_{name}"] = round(pages / statistics.median(s.elapsed for s in took), 1)
    return found


def _ratios(turns: list[Turn], clock: str) -> dict[str, float]:
    """Pages per second of ours, of crawl and of crawl and build, over those of Scrapy."""
    ratios: dict[str, list[float]] = {}
    for turn in turns:
        took = {name: getattr(getattr(turn, name), clock) for name in ("default", "tuned", "crawl", "build")}
        whole = took["crawl"] + took["build"]
        for peer in ("default", "tuned"):
            ratios.setdefault(f"ratio_{clock}_crawl_to_{peer}", []).append(took[peer] / took["crawl"])
            ratios.setdefault(f"ratio_{clock}_whole_to_{peer}", []).append(took[peer] / whole)
    return {name: round(statistics.median(values), 2) for name, values in ratios.items()}


def _turn(folder: Path, urls: Path, base: str) -> Turn:
    folder.mkdir()
    return Turn(
        default=spent(lambda: _scrapy(DEFAULT, urls)),
        tuned=spent(lambda: _scrapy(TUNED, urls)),
        crawl=spent(lambda: collect(folder, base)),
        build=spent(lambda: read(folder, base)),
    )


def spent(work: Callable[[], object]) -> Spent:
    """What the processes take that some work starts and waits for."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    work()
    elapsed, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Spent(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, elapsed)


def _scrapy(settings: str, urls: Path) -> None:
    command = [sys.executable, "-c", BARE % settings, str(urls)]
    subprocess.run(command, check=True, capture_output=True)


def collect(folder: Path, base: str) -> None:
    """Our crawl of the portal into an archive in the folder."""
    source = site.source(base)
    archive, warc = folder / "archive.db", folder / "warc"
    crawl([source.key], archive, warc, full=True, sources={source.key: source})


def read(folder: Path, base: str) -> None:
    """Our build of what was collected, with as many workers as there are cores."""
    process = get_context("spawn").Process(target=_built, args=(folder, base))
    process.start()
    process.join()


def _built(folder: Path, base: str) -> None:
    source = site.source(base)
    build(folder / "archive.db", folder / "warc", {source.key: source}, NOW, workers=os.cpu_count() or 1)
