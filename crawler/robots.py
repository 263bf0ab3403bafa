"""robots.txt: archived, kept for a day, obeyed with its pauses and hours (RFC 9309 and older habits)."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, time
from typing import Self
from urllib.parse import urlsplit

from protego import Protego
from scrapy.crawler import Crawler
from scrapy.http import Request
from scrapy.http.request import NO_CALLBACK

from archive.clock import BERLIN
from archive.rights import AGENT, SILENT, Rights
from crawler.failures import Refused
from crawler.ledger import ledger_of

LONGEST_DELAY = 30.0  # seconds; beyond it a portal could not be crawled in a night
MOST_BYTES = 512 << 10  # RFC 9309 asks for at least 500 kB
ALL, NOTHING = "", "User-agent: *\nDisallow: /"


@dataclass(frozen=True, slots=True)
class Rules:
    """What a host's robots.txt says to us."""

    paths: Protego
    delay: float | None  # seconds between two requests, from Crawl-delay or Request-rate
    hours: tuple[time, time] | None  # in UTC

    @property
    def said(self) -> Rights:
        if self.delay is None and self.hours is None:
            return SILENT
        hours = "-".join(f"{hour:%H%M}" for hour in self.hours) if self.hours else None
        return Rights(crawl_delay=self.delay, visit_time=hours)

    def open_at(self, now: datetime) -> bool:
        """Whether it allows a visit now; hours may reach past midnight."""
        if self.hours is None:
            return True
        first, last = self.hours
        clock = now.time().replace(second=0, microsecond=0)
        return first <= clock <= last if first <= last else clock >= first or clock <= last


class Robots:
    """The rules of each host of a run, fetched once."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._rules: dict[str, asyncio.Future[Rules]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if request.meta["role"] == "robots":
            return
        place = origin(request.url)
        if place not in self._rules:
            self._rules[place] = asyncio.ensure_future(self._read(place))
        rules = await asyncio.shield(self._rules[place])
        if not rules.paths.can_fetch(request.url, AGENT):
            message = f"robots.txt of {place} does not allow {request.url}"
            mend = "ask the ministry, or name another list in the source file"
            raise Refused("robots", message, mend, request.url)
        now = ledger_of(self._crawler).now()
        if not rules.open_at(now):
            raise _closed(place, rules, now)
        request.meta["said_elsewhere"] = rules.said

    async def _read(self, place: str) -> Rules:
        rules = parsed(*await fetched(self._crawler, f"{place}/robots.txt"))
        if rules.delay:
            self._slow_down(urlsplit(place).hostname or "", min(rules.delay, LONGEST_DELAY))
        return rules

    def _slow_down(self, host: str, delay: float) -> None:
        downloader = self._crawler.engine.downloader
        slot = downloader.slots.get(host)
        delay = max(delay, self._crawler.settings.getfloat("DOWNLOAD_DELAY"))
        # For the slot that exists, and for the one that takes its place after a minute of silence.
        downloader.per_slot_settings[host] = {"delay": delay, "concurrency": 1}
        if slot is not None:
            slot.delay, slot.concurrency = delay, 1


def origin(url: str) -> str:
    """Scheme and host of an address."""
    return "{0.scheme}://{0.netloc}".format(urlsplit(url))


async def fetched(crawler: Crawler, url: str) -> tuple[int, bytes]:
    """Status and text of a host's file for robots: from the last day's captures, or asked for now."""
    if known := ledger_of(crawler).robots(url):
        return known
    meta = {"role": "robots", "asked": url}
    request = Request(url, callback=NO_CALLBACK, meta=meta, priority=1000, dont_filter=True)
    response = await crawler.engine.download_async(request)
    return response.status, response.body


def parsed(status: int, text: bytes) -> Rules:
    """A missing file allows everything, an outage nothing."""
    if status == 200:
        paths = Protego.parse(text[:MOST_BYTES].decode("utf-8", "replace"))
    else:
        paths = Protego.parse(NOTHING if status >= 500 or status == 429 else ALL)
    rate, hours = paths.request_rate(AGENT), paths.visit_time(AGENT)
    delays = [paths.crawl_delay(AGENT) or 0.0, rate.seconds / max(1, rate.requests) if rate else 0.0]
    return Rules(paths, max(delays) or None, (hours.start_time, hours.end_time) if hours else None)


def _closed(place: str, rules: Rules, now: datetime) -> Refused:
    first, last = rules.hours or (time(), time())
    here = " to ".join(
        f"{datetime.combine(now.date(), hour, now.tzinfo).astimezone(BERLIN):%H:%M}" for hour in (first, last)
    )
    message = f"{place} is to be visited from {first:%H:%M} to {last:%H:%M} UTC only"
    return Refused("closed", message, f"plan its crawls for {here} German time", place)
