"""What was redacted stays out: words are taken from an answer before it is kept, addresses are not asked for.

Where nothing is withheld for a source, this middleware is not there at all.
"""

import asyncio
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Request, Response

from crawler.failures import Refused
from crawler.ledger import ledger_of
from crawler.withheld import FLAG, cleaned, is_withheld

LARGE = 256 << 10  # bytes; hashing the words of more would hold up other sources


class Redacted:
    """Nearer to the wire than whatever writes or reads."""

    def __init__(self, crawler: Crawler) -> None:
        ledger = ledger_of(crawler)
        if not ledger.withheld:
            raise NotConfigured
        self._withheld, self._source = ledger.withheld, ledger.source
        self._page_bytes = crawler.settings.getint("PRESSEARCHIV_PAGE_BYTES")
        self._attachment_bytes = crawler.settings.getint("PRESSEARCHIV_ATTACHMENT_BYTES")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Where a redirect leads is known only now."""
        if is_withheld(request.url, self._withheld, self._source):
            raise Refused(FLAG, "its address was redacted", "name another in the source file", FLAG)

    async def process_response(self, request: Request, response: Response) -> Response:
        attached = request.meta["role"] == "attachment"
        limit = self._attachment_bytes if attached else self._page_bytes
        if len(response.body) < LARGE:
            answer = cleaned(response, self._withheld.sought, limit)
        else:
            answer = await asyncio.to_thread(cleaned, response, self._withheld.sought, limit)
        if FLAG in answer.flags and len(answer.body) >= limit:
            request.meta.setdefault("truncated", "length")
        return answer
