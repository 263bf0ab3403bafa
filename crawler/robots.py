"""robots.txt: archived, kept for a day, obeyed with its Crawl-delay, as RFC 9309 has it."""

import asyncio
from typing import Self
from urllib.parse import urlsplit

from protego import Protego
from scrapy.crawler import Crawler
from scrapy.http import Request
from scrapy.http.request import NO_CALLBACK

from crawler.failures import Refused
from crawler.ledger import ledger_of

AGENT = "pressearchiv"
LONGEST_DELAY = 30.0  # seconds; beyond it a portal could not be crawled in a night
MOST_BYTES = 512 << 10  # RFC 9309 asks for at least 500 kB
ALL, NOTHING = "", "User-agent: *\nDisallow: /"


class Robots:
    """The rules of each host of a run, fetched once."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._rules: dict[str, asyncio.Future[Protego]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if request.meta["role"] == "robots":
            return
        place = "{0.scheme}://{0.netloc}".format(urlsplit(request.url))
        if place not in self._rules:
            self._rules[place] = asyncio.ensure_future(self._read(place))
        rules = await asyncio.shield(self._rules[place])
        if not rules.can_fetch(request.url, AGENT):
            message = f"robots.txt of {place} does not allow {request.url}"
            mend = "ask the ministry, or name another list in the source file"
            raise Refused("robots", message, mend, request.url)

    async def _read(self, place: str) -> Protego:
        url = f"{place}/robots.txt"
        ledger = ledger_of(self._crawler)
        status, text = ledger.robots(url) or await self._fetch(url)
        rules = Protego.parse(_rules(status, text))
        if delay := rules.crawl_delay(AGENT):
            self._slow_down(urlsplit(place).hostname or "", min(float(delay), LONGEST_DELAY))
        return rules

    async def _fetch(self, url: str) -> tuple[int, bytes]:
        meta = {"role": "robots", "asked": url}
        request = Request(url, callback=NO_CALLBACK, meta=meta, priority=1000, dont_filter=True)
        response = await self._crawler.engine.download_async(request)
        return response.status, response.body

    def _slow_down(self, host: str, delay: float) -> None:
        downloader = self._crawler.engine.downloader
        slot = downloader.slots.get(host)
        delay = max(delay, self._crawler.settings.getfloat("DOWNLOAD_DELAY"))
        # For the slot that exists, and for the one that takes its place after a minute of silence.
        downloader.per_slot_settings[host] = {"delay": delay, "concurrency": 1}
        if slot is not None:
            slot.delay, slot.concurrency = delay, 1


def _rules(status: int, text: bytes) -> str:
    """A missing file allows everything, an outage nothing."""
    if status == 200:
        return text[:MOST_BYTES].decode("utf-8", "replace")
    return NOTHING if status >= 500 or status == 429 else ALL
