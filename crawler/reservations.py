"""The host's file on text and data mining (TDMRep): what it reserves, and we honour, is not asked for at all.

It is fetched when the first release of a run is, not with every look at a list, and kept for a day.
"""

import asyncio
from typing import Self

from scrapy.crawler import Crawler
from scrapy.http import Request

from archive.records import Issue
from archive.rights import SILENT, Rights, declared
from crawler.failures import Refused
from crawler.ledger import ledger_of
from crawler.robots import fetched, origin

PLACE = "/.well-known/tdmrep.json"
MINED = ("detail", "attachment")  # lists are read for the addresses in them, as a person would


class Reservations:
    """The file of each host of a run, fetched once; stands behind `crawler.robots`."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._files: dict[str, asyncio.Future[bytes]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if request.meta["role"] not in MINED:
            return
        place = origin(request.url)
        if place not in self._files:
            self._files[place] = asyncio.ensure_future(self._read(place))
        text = await asyncio.shield(self._files[place])
        said = declared(text, request.url) if text else SILENT
        if ledger_of(self._crawler).honours(said):
            raise _reserved(place, said)
        request.meta["said_elsewhere"] = request.meta["said_elsewhere"].over(said)

    async def _read(self, place: str) -> bytes:
        """The file; empty where there is none, or a page of HTML with status 200 in its place."""
        status, text = await fetched(self._crawler, place + PLACE)
        if status != 200:
            return b""
        try:
            declared(text, place)
        except ValueError as error:
            if text.lstrip()[:1] in (b"[", b"{"):
                ledger_of(self._crawler).note([_broken(place, error, ledger_of(self._crawler).source.key)])
            return b""
        return text


def _reserved(place: str, said: Rights) -> Refused:
    terms = f"; its terms: {said.tdm_policy}" if said.tdm_policy else ""
    message = f"{place} reserves text and data mining{terms}"
    mend = "ask the ministry, or say in [rights] of the source file why mining is permitted"
    return Refused("reserved", message, mend, place + PLACE)


def _broken(place: str, error: ValueError, source_key: str) -> Issue:
    message = f"{place}{PLACE} cannot be read ({error}); nothing counts as reserved by it"
    return Issue("tdmrep", place + PLACE, message, "what pages say themselves still counts", source_key)
