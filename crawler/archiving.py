"""Every response becomes evidence before anything looks at it: the middleware nearest to the wire.

It asks only for what changed, says where to cut off what is too large or never ends, writes each answer as it
came (still compressed) to the WARC file, and hands the capture and the decoded page on.
"""

import sqlite3
from functools import cached_property
from http.client import responses
from pathlib import Path
from time import monotonic
from typing import Self, TypeAlias

from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Headers, Request, Response
from scrapy.responsetypes import responsetypes

from archive.errors import ArchiveError, WarcError
from archive.evidence import decoded
from archive.records import Capture, Exchange, Issue
from archive.rights import SILENT, Rights, stated
from archive.store import unwritable
from crawler.ledger import Ledger, ledger_of
from crawler.moments import Moments
from crawler.withheld import FLAG

Pairs: TypeAlias = tuple[tuple[str, str], ...]
HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "de,en;q=0.5",
    "Accept-Encoding": "gzip, deflate",  # what every reader of WARC files can decode
}
PAGES = (
    "listing",
    "feed",
    "sitemap",
    "robots",
    "detail",
)  # their callback reads the page even where it is unchanged


class Archiving:
    """Knows the ledger through the spider."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._page_bytes = settings.getint("PRESSEARCHIV_PAGE_BYTES")
        self._attachment_bytes = settings.getint("PRESSEARCHIV_ATTACHMENT_BYTES")
        self._timeout = settings.getfloat("DOWNLOAD_TIMEOUT")
        self._seconds = settings.getfloat("PRESSEARCHIV_PAGE_SECONDS")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    @property
    def _ledger(self) -> Ledger:
        return ledger_of(self._crawler)

    @cached_property
    def _moments(self) -> Moments:
        archive = Path(self._crawler.settings["PRESSEARCHIV_ARCHIVE"])
        return Moments(archive, self._ledger.source.key, self._ledger.now)

    @cached_property
    def _headers(self) -> Headers:
        return Headers({**HEADERS, "User-Agent": self._ledger.user_agent})

    def process_request(self, request: Request) -> None:
        """Ask for a page only if it changed since it was last captured whole."""
        headers = request.headers
        dict.update(headers, self._headers)  # its own makes each of them ready once more
        posted = request.method == "POST"
        place = request.meta["asked"] if posted else address(request)
        before = None if request.meta.get("afresh") else self._ledger.latest(place, posted=posted)
        request.meta.update(
            before=before,
            began=monotonic(),
            download_timeout=self._timeout,
            most_bytes=self._limit(request),
            most_seconds=self._seconds,
        )
        for name, validator in (("If-None-Match", "etag"), ("If-Modified-Since", "last_modified")):
            headers.pop(name, None)
            if before and not posted and (value := getattr(before, validator)):
                headers[name] = value
        self._ledger.count_request()

    def process_response(self, request: Request, response: Response) -> Request | Response:
        page = self._page(response)
        try:
            request.meta["capture"] = capture = self._archive(request, response, page.body)
        except (ArchiveError, sqlite3.Error) as error:
            trouble = unwritable(error) if isinstance(error, sqlite3.Error) else error
            self._ledger.give_up(str(trouble))
            raise IgnoreRequest(str(trouble)) from error
        if response.status != 304 or request.meta["role"] not in PAGES:
            return page
        try:
            return self._unchanged(request, response, capture)
        except WarcError as error:  # what it was then cannot be read any more: ask for all of it
            self._ledger.note([_damaged(capture, str(error))])
            return request.replace(meta={**request.meta, "afresh": True})

    def _archive(self, request: Request, response: Response, page: bytes) -> Capture:
        limit = self._limit(request)
        truncated = request.meta.pop("truncated", None)
        sent, answered = (("Host", request.url.split("/")[2]), *_pairs(request)), _pairs(response)
        exchange = Exchange(
            source_key=self._ledger.source.key,
            role=request.meta["role"],
            url=address(request),
            requested_url=request.meta["asked"],
            captured_at=self._moments(),
            method=request.method,
            request_headers=sent,
            status=response.status,
            reason=_reason(response.status),
            response_headers=answered,
            body=response.body[:limit],
            truncated=truncated,
            ip_address=str(response.ip_address) if response.ip_address else None,
            request_body=request.body,
            rights=_rights(request, response.status, answered, page),
            said_elsewhere=request.meta.get("said_elsewhere", SILENT),
            redacted=FLAG in response.flags,
        )
        before = request.meta["before"] if response.status in (200, 304) and not truncated else None
        capture = self._ledger.keep(exchange, before)
        if truncated:
            self._ledger.note([_cut(capture)])
        return capture

    def _limit(self, request: Request) -> int:
        return self._attachment_bytes if request.meta["role"] == "attachment" else self._page_bytes

    def _unchanged(self, request: Request, response: Response, capture: Capture) -> Response:
        record = self._ledger.payload(capture)
        headers = {"Content-Type": record.http_headers.get("content-type", "text/html")}
        kind = responsetypes.from_args(headers=None, url=response.url, body=record.payload)
        return kind(response.url, status=200, headers=headers, body=record.payload, request=request)

    def _page(self, response: Response) -> Response:
        """What callbacks read: decoded, of the kind that it is; with the headers as they were sent."""
        said = {name: values[-1] for name, values in dict.items(response.headers) if values}
        body = response.body
        if encoding := said.pop(b"Content-Encoding", b"").decode("latin-1"):
            body, _ = decoded(body, encoding, self._page_bytes)
        kind = responsetypes.from_args(headers=said, url=response.url, body=body)
        page = response.replace(cls=kind, headers=None, body=body)
        page.headers = response.headers  # as an argument they would be copied
        return page


def address(request: Request) -> str:
    """The address of an exchange: as an entry names it, or where a redirect led."""
    plain = request.method == "GET" and not request.meta.get("hops")
    return str(request.meta["asked"] if plain else request.url)


def _pairs(message: Request | Response) -> Pairs:
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in dict.items(message.headers)  # its own makes each name ready once more
        for value in values
    )


def _rights(request: Request, status: int, answered: Pairs, page: bytes) -> Rights:
    """What the answer says, then what the unchanged page said before, then what its host says."""
    said = stated(answered, page) if request.meta["role"] != "robots" else SILENT
    if status == 304 and request.meta["before"]:
        said = said.over(request.meta["before"].rights.of_answer())
    return said.over(request.meta.get("said_elsewhere", SILENT))


def _reason(status: int) -> str:
    return responses.get(status, "")


def _damaged(capture: Capture, message: str) -> Issue:
    mend = "restore it from the backup and run `pressearchiv verify`"
    return Issue("lost_evidence", capture.place.file, message, mend, capture.source_key, capture.id)


def _cut(capture: Capture) -> Issue:
    kinds = {"length": "too_large", "time": "timeout", "disconnect": "broken_off"}
    message = f"{capture.url} was cut off after {capture.payload_bytes} bytes ({capture.truncated})"
    mend = "open it in a browser; what came is kept, marked as cut"
    return Issue(
        kinds[capture.truncated or "length"], capture.url, message, mend, capture.source_key, capture.id
    )
