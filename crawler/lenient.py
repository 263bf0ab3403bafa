"""Fetching from hosts whose answers break the rules of HTTP: with Twisted's client, slower and less strict.

Header lines without a colon, a length told twice or beside chunks: browsers read such answers, and so do we.
"""

from time import monotonic

from scrapy import signals
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http import Request, Response


class Lenient(HTTP11DownloadHandler):
    """Bounded by the same fields of `meta` as `crawler.fetching`, and says as much in them."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        crawler.signals.connect(self._received, signals.bytes_received)

    async def download_request(self, request: Request) -> Response:
        request.meta.update(received=0, until=monotonic() + request.meta["most_seconds"])
        response = await super().download_request(request)
        if "dataloss" in response.flags:
            request.meta["truncated"] = "disconnect"
        return response

    def _received(self, data: bytes, request: Request) -> None:
        """Stop an answer that is too large or never ends; what came so far is kept."""
        meta = request.meta
        meta["received"] += len(data)
        if meta["received"] > meta["most_bytes"]:
            meta["truncated"] = "length"
            raise StopDownload(fail=False)
        if monotonic() > meta["until"]:
            meta["truncated"] = "time"
            raise StopDownload(fail=False)
