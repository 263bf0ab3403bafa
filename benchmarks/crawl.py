"""A crawl of a generated portal, against Scrapy with default settings and an empty callback.

Counted in processor time, because the machine has other things to do; in turns, because it is not always
equally fast.
"""

import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

from benchmarks import site
from crawler.run import crawl
from pipeline.run import build

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
BARE = """
import sys
import scrapy
from scrapy.crawler import CrawlerProcess

class Bare(scrapy.Spider):
    name = "bare"
    start_urls = open(sys.argv[1]).read().split()

    def parse(self, response):
        pass

process = CrawlerProcess({"LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False, "ROBOTSTXT_OBEY": True})
process.crawl(Bare)
process.start()
"""


def run(pages: int = 2000, rounds: int = 3) -> dict[str, float]:
    """Pages per second of processor time, start-up included, of our crawl (fetch, WARC, entries, rows), of
    crawl and build together, and of bare Scrapy; and the median of the ratios, round by round."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = site.write(folder / "site", pages)
        with site.served(folder / "site") as base:
            (folder / "urls.txt").write_text("\n".join(base + path for path in paths))
            turns = [_turn(folder / str(n), folder / "urls.txt", base) for n in range(rounds)]
    bare, ours, built = (statistics.median(turn[n] for turn in turns) for n in range(3))
    return {
        "pages": pages,
        "rounds": rounds,
        "pages_per_cpu_second": round(pages / ours, 1),
        "pages_per_cpu_second_with_build": round(pages / (ours + built), 1),
        "pages_per_cpu_second_bare_scrapy": round(pages / bare, 1),
        "ratio_to_bare_scrapy": round(statistics.median(b / o for b, o, _ in turns), 2),
        "ratio_to_bare_scrapy_with_build": round(statistics.median(b / (o + w) for b, o, w in turns), 2),
    }


def _turn(folder: Path, urls: Path, base: str) -> tuple[float, float, float]:
    folder.mkdir()
    command = [sys.executable, "-c", BARE, str(urls)]
    bare = _seconds(lambda: subprocess.run(command, check=True, capture_output=True))
    return bare, _seconds(lambda: _crawl(folder, base)), _seconds(lambda: _build(folder, base))


def _seconds(work: Callable[[], object]) -> float:
    """Processor seconds of the processes that some work starts and waits for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _crawl(folder: Path, base: str) -> None:
    source = site.source(base)
    archive, warc = folder / "archive.db", folder / "warc"
    crawl([source.key], archive, warc, full=True, sources={source.key: source})


def _build(folder: Path, base: str) -> None:
    process = get_context("spawn").Process(target=_built, args=(folder, base))
    process.start()
    process.join()


def _built(folder: Path, base: str) -> None:
    source = site.source(base)
    build(folder / "archive.db", folder / "warc", {source.key: source}, NOW)
