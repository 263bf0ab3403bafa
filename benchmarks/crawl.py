"""A crawl of a generated portal, against Scrapy with default settings and an empty callback."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import site
from crawler.run import crawl

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


def run(pages: int = 600) -> dict[str, float]:
    """Pages per second of our crawl (fetch, WARC, entries, rows) and of bare Scrapy, and their ratio."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = site.write(folder / "site", pages)
        with site.served(folder / "site") as base:
            bare = _bare(folder, [base + path for path in paths])
            ours, captured = _ours(folder, base)
    return {
        "pages": pages,
        "captures": captured,
        "pages_per_second": round(pages / ours, 1),
        "pages_per_second_bare_scrapy": round(pages / bare, 1),
        "ratio_to_bare_scrapy": round(bare / ours, 2),
    }


def _bare(folder: Path, urls: list[str]) -> float:
    (folder / "urls.txt").write_text("\n".join(urls))
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", BARE, str(folder / "urls.txt")], check=True, capture_output=True)
    return time.perf_counter() - start


def _ours(folder: Path, base: str) -> tuple[float, int]:
    source = site.source(base)
    start = time.perf_counter()
    [result] = crawl(
        [source.key], folder / "archive.db", folder / "warc", full=True, sources={source.key: source}
    )
    return time.perf_counter() - start, result.captures
