"""Waiting and giving up: backoff on 429 and 5xx, Retry-After honoured, no storm on a host in trouble.

A host that asks for a pause is left alone by all requests of the run. When several addresses in a row failed
in all their tries, it is given up until the next run.
"""

import asyncio
import random
import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import Self
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response

from crawler.blocked import withheld
from crawler.failures import Refused
from crawler.ledger import ledger_of
from crawler.loopback import is_loopback

BUSY = (408, 429, 500, 502, 503, 504)
MOST_TRIES = 3
MOST_FAILURES = 4  # addresses in a row on one host, each after all its tries
MOST_TROUBLE = MOST_TRIES * MOST_FAILURES  # bad answers more than good ones, where tries of many mix
LONGEST_PAUSE = 120.0  # seconds; a host that asks for more is left until the next run
FIRST_PAUSE, FIRST_PAUSE_LOOPBACK = 5.0, 0.05  # doubled with each try


class Patience:
    """State of a run: until when each host is left alone, and how many addresses failed in a row."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._free_at: dict[str, float] = {}
        self._failures: dict[str, int] = {}
        self._trouble: dict[str, int] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        place = urlsplit(request.url).netloc
        self._refuse_if_given_up(place)
        while (wait := self._free_at.get(place, 0.0) - monotonic()) > 0:
            await asyncio.sleep(wait)
            self._refuse_if_given_up(place)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        place = urlsplit(request.url).netloc
        if request.meta["role"] == "detail" and (why := withheld(response, request.meta.get("title"))):
            request.meta["blocked"] = True
            self._failures[place] = self._failures.get(place, 0) + 1
            if self._failures[place] >= MOST_FAILURES:  # a single page is an issue of its own
                ledger_of(self._crawler).observe(blocked=why)
            return response
        if response.status not in BUSY:
            if self._failures.get(place, 0) < MOST_FAILURES:  # what was under way revives no host given up
                self._failures[place] = 0
            self._trouble[place] = max(0, self._trouble.get(place, 0) - 1)
            return response
        ledger = ledger_of(self._crawler)
        pause = self._pause(request, response, ledger.now())
        if pause > LONGEST_PAUSE:
            self._failures[place] = MOST_FAILURES
            ledger.observe(blocked=f"{place} asks to be left alone for {pause:.0f} seconds")
        return self._again(request, place, pause) or response

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        if isinstance(exception, IgnoreRequest) or "began" not in request.meta:
            return None  # our own refusal, or robots.txt failed after tries of its own
        place = urlsplit(request.url).netloc
        return self._again(request, place, self._pause(request, None, None))

    def _again(self, request: Request, place: str, pause: float) -> Request | None:
        """The request once more after a pause; None where it is time to give up."""
        self._trouble[place] = self._trouble.get(place, 0) + 1
        if self._trouble[place] >= MOST_TROUBLE:
            self._failures[place] = MOST_FAILURES
        tries = request.meta.get("tries", 1)
        if tries >= MOST_TRIES or self._failures.get(place, 0) >= MOST_FAILURES:
            self._failures[place] = self._failures.get(place, 0) + 1
            return None
        self._free_at[place] = max(self._free_at.get(place, 0.0), monotonic() + pause)
        meta = {name: value for name, value in request.meta.items() if name != "began"}
        return request.replace(meta={**meta, "tries": tries + 1}, priority=request.priority + 1)

    def _pause(self, request: Request, response: Response | None, now: datetime | None) -> float:
        header = response.headers.get("Retry-After") if response else None
        asked = retry_after(header.decode("latin-1"), now) if header and now else None
        first = FIRST_PAUSE_LOOPBACK if is_loopback(request.url) else FIRST_PAUSE
        doubled: float = first * 2.0 ** (request.meta.get("tries", 1) - 1)
        ours = doubled * random.uniform(1.0, 1.3)  # noqa: S311 - spreads requests, hides nothing
        return max(ours, asked or 0.0)  # a busy host that asks for no pause at all gets one

    def _refuse_if_given_up(self, place: str) -> None:
        if self._failures.get(place, 0) >= MOST_FAILURES:
            message = f"{place} failed again and again and is left alone until the next run"
            raise Refused("given_up", message, "nothing to do, unless it comes again and again", place)


def retry_after(header: str, now: datetime) -> float | None:
    """The seconds that Retry-After asks for, by their number or a moment; None where it is neither.

    >>> from datetime import UTC
    >>> retry_after("Sun, 01 Mar 2026 08:00:30 GMT", datetime(2026, 3, 1, 8, tzinfo=UTC))
    30.0
    """
    if re.fullmatch(r"[0-9]+", header.strip()):
        return float(header)
    try:
        return max(0.0, (parsedate_to_datetime(header) - now).total_seconds())
    except (ValueError, TypeError):  # no date, or one without its zone
        return None
