"""A crawl of a generated portal, against Scrapy as it comes, silent, and tuned, all with an empty callback.

Processor time and elapsed time; in turns, because a machine is not always equally fast. The portal has a
process of its own, which is not counted. No two of its releases are alike.
"""

import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from benchmarks import portal, site
from benchmarks.million import texts
from crawler.run import crawl
from demo.release import DemoRelease

DEFAULT = "{}"  # with its log, of which nobody reads a line
SILENT = '{"LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False}'
# No duplicates, statistics, middlewares or extensions, nothing decompressed: only fetched.
TUNED = """{
    "LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False, "CONCURRENT_ITEMS": 1,
    "WARN_ON_GENERATOR_RETURN_VALUE": False, "COOKIES_ENABLED": False, "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    "SCHEDULER_MEMORY_QUEUE": "scrapy.squeues.FifoMemoryQueue",
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

process = CrawlerProcess(%s)
process.crawl(Bare)
process.start()
"""
SIDES = ("default", "silent", "tuned", "crawl", "whole")


@dataclass(frozen=True)
class Spent:
    """What some work took, in seconds."""

    processor: float
    elapsed: float


Turn: TypeAlias = dict[str, Spent]  # one round, by side


def run(pages: int = 9000, rounds: int = 3) -> dict[str, float]:
    """Milliseconds of processor time per page and pages per second, start-up included.

    Of the three Scrapys, of our crawl (fetch, WARC, entries, rows), and of all of it: crawl, and the build
    that reads along and ends behind it. And the medians of the ratios of pages per second, by either clock.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = site.write(folder / "site", pages, different(pages))
        with site.served(folder / "site") as base:
            (folder / "urls.txt").write_text("\n".join(base + path for path in paths))
            turns = [_turn(folder / str(n), folder / "urls.txt", base, n) for n in range(rounds)]
    return {
        "pages": pages,
        "rounds": rounds,
        **_per_page(turns, pages),
        **_ratios(turns, "processor"),
        **_ratios(turns, "elapsed"),
    }


def different(count: int) -> list[tuple[str, DemoRelease]]:
    """Slug and release, each in words of its own."""
    found = (texts.release("bench", "DE-TH", n, count, f"bench {n}") for n in range(count))
    return [(release.slug, release) for release in found]


def _per_page(turns: list[Turn], pages: int) -> dict[str, float]:
    found: dict[str, float] = {}
    for name in SIDES:
        took = [turn[name] for turn in turns]
        found[f"cpu_ms_{name}"] = round(statistics.median(s.processor for s in took) / pages * 1000, 2)
        found[f"pages_per_second_{name}"] = round(pages / statistics.median(s.elapsed for s in took), 1)
    return found


def _ratios(turns: list[Turn], clock: str) -> dict[str, float]:
    """Pages per second of ours over those of Scrapy."""
    return {
        f"ratio_{clock}_{ours}_to_{peer}": round(
            statistics.median(getattr(t[peer], clock) / getattr(t[ours], clock) for t in turns), 2
        )
        for ours in ("crawl", "whole")
        for peer in ("default", "silent", "tuned")
    }


def _turn(folder: Path, urls: Path, base: str, number: int) -> Turn:
    """All sides, in an order that changes from turn to turn."""
    work: dict[str, Callable[[], object]] = {
        "default": lambda: _scrapy(DEFAULT, urls),
        "silent": lambda: _scrapy(SILENT, urls),
        "tuned": lambda: _scrapy(TUNED, urls),
        "crawl": lambda: collect(_made(folder / "crawl"), base),
        "whole": lambda: whole(_made(folder / "whole"), base),
    }
    at = number % len(SIDES)
    took = {name: spent(work[name]) for name in SIDES[at:] + SIDES[:at]}
    shutil.rmtree(folder)
    return took


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


def spent(work: Callable[[], object]) -> Spent:
    """What the processes take that some work starts and waits for."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    work()
    elapsed, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Spent(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, elapsed)


def _scrapy(settings: str, urls: Path) -> None:
    command = [sys.executable, "-c", BARE % settings, str(urls)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def collect(folder: Path, base: str) -> None:
    """Our crawl of the portal into an archive in the folder."""
    source = portal.source(base)
    archive, warc = folder / "archive.db", folder / "warc"
    crawl([source.key], archive, warc, full=True, sources={source.key: source})


def whole(folder: Path, base: str) -> None:
    """What `pressearchiv crawl` does, with as many workers as there are cores."""
    _alone("whole", folder, base)


def read(folder: Path, base: str) -> None:
    """Our build of what was collected, with as many workers as there are cores."""
    _alone("read", folder, base)


def _alone(part: str, folder: Path, base: str) -> None:
    """A part in an interpreter of its own, as from the command line; so its workers are made as there."""
    subprocess.run([sys.executable, "-m", "benchmarks.chain", part, str(folder), base], check=True)


if __name__ == "__main__":
    for name, value in run().items():
        print(f"{name:40} {value:10}")
