"""Fetching: a request over the wire, and the answer as it came.

aiohttp stands in the place of Twisted's client, because its parser is written in C. It is also stricter: a
host whose answers it refuses is asked with `crawler.lenient` from the next try on.
"""

import asyncio
import ssl
from functools import cache, lru_cache
from ipaddress import ip_address
from socket import AF_INET, AddressFamily
from time import monotonic
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import ResolveResult
from aiohttp.http_exceptions import HttpProcessingError
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)
from scrapy.http import Request, Response
from yarl import URL

from crawler.failures import UntrustedError

HEAD_BYTES = 64 << 10  # of one line of an answer's head; policies on content fill a page and more
HEAD_LINES = 1_000
IDLE_SECONDS = 60.0  # a connection outlives the longest pause between two pages of a portal
# They speak of the connection, and of a body in chunks that nobody sees any more.
OF_THE_CONNECTION = frozenset(
    (b"connection", b"keep-alive", b"te", b"trailers", b"transfer-encoding", b"upgrade", b"proxy-connection")
)
_address = lru_cache(ip_address)


class Fetching(BaseDownloadHandler):
    """Scrapy's download handler for http and https.

    Reads as much as `meta["most_bytes"]` and `meta["most_seconds"]` allow; what was left out stands in
    `meta["truncated"]`, in the words of the WARC standard.
    """

    lazy = True  # the loop must run

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        settings = crawler.settings
        self._breaking_rules: set[str] = set()  # hosts
        self._lenient: BaseDownloadHandler | None = None
        self._verify = settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES")
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=settings.getint("CONCURRENT_REQUESTS"),
                keepalive_timeout=IDLE_SECONDS,
                resolver=_Names(settings.getfloat("DNS_TIMEOUT")),
            ),
            timeout=aiohttp.ClientTimeout(total=settings.getfloat("DOWNLOAD_TIMEOUT")),
            cookie_jar=aiohttp.DummyCookieJar(),
            response_class=_Answer,
            auto_decompress=False,
            max_line_size=HEAD_BYTES,
            max_field_size=HEAD_BYTES,
            max_headers=HEAD_LINES,
        )

    async def download_request(self, request: Request) -> Response:
        place = urlsplit(request.url).netloc
        if place in self._breaking_rules:
            return await self._leniently(request)
        try:
            return await self._fetched(request)
        except (TimeoutError, aiohttp.ClientError) as error:
            if isinstance(error, aiohttp.ClientResponseError):
                self._breaking_rules.add(place)
            raise _told(error, request.url) from error

    async def _fetched(self, request: Request) -> Response:
        async with self._session.request(
            request.method,
            URL(request.url, encoded=True),  # as it stands: evidence names the address that was asked for
            data=request.body or None,
            headers=[(k.decode(), v.decode()) for k, vs in dict.items(request.headers) for v in vs],
            ssl=_trust(self._verify) if request.url.startswith("https:") else True,
            allow_redirects=False,
        ) as answer:
            body = await _read(answer, request)
        pairs = [pair for pair in answer.raw_headers if pair[0].lower() not in OF_THE_CONNECTION]
        peer = _address(answer.peer) if isinstance(answer, _Answer) and answer.peer else None
        return Response(
            request.url, answer.status, headers=pairs, body=body, request=request, ip_address=peer
        )

    async def _leniently(self, request: Request) -> Response:
        from crawler.lenient import Lenient  # hardly ever needed, and Twisted's client is long to load

        self._lenient = self._lenient or Lenient(self.crawler)
        return await self._lenient.download_request(request)

    async def close(self) -> None:
        await self._session.close()
        if self._lenient:
            await self._lenient.close()


async def _read(answer: aiohttp.ClientResponse, request: Request) -> bytes:
    """The body, or what came of it; why it is not all goes into the request's meta."""
    meta, pieces, size = request.meta, list[bytes](), 0
    until = monotonic() + meta["most_seconds"]
    try:
        async for piece in answer.content.iter_any():
            pieces.append(piece)
            size += len(piece)
            if size > meta["most_bytes"]:
                meta["truncated"] = "length"
                break
            if monotonic() > until:
                meta["truncated"] = "time"
                break
    except (aiohttp.ClientPayloadError, HttpProcessingError):
        meta["truncated"] = "disconnect"
    except TimeoutError:
        if answer.connection and answer.connection.transport is None:
            # A broken chunk: aiohttp lets go of the connection, and whoever waits for the body is not told.
            raise aiohttp.ClientResponseError(answer.request_info, answer.history) from None
        raise
    return b"".join(pieces)


class _Answer(aiohttp.ClientResponse):
    """Remembers who answered: a short answer has let go of its connection before anybody can look."""

    peer: str | None = None

    async def start(self, connection: aiohttp.connector.Connection) -> aiohttp.ClientResponse:
        if transport := connection.transport:
            self.peer = transport.get_extra_info("peername")[0]
        return await super().start(connection)


class _Names(aiohttp.ThreadedResolver):
    """The machine's resolver, with less patience."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._seconds = seconds

    async def resolve(self, host: str, port: int = 0, family: AddressFamily = AF_INET) -> list[ResolveResult]:
        try:
            return await asyncio.wait_for(super().resolve(host, port, family), self._seconds)
        except TimeoutError as error:
            raise OSError(f"no answer within {self._seconds} seconds") from error


@cache
def _trust(verify: bool) -> ssl.SSLContext:
    """Whose certificates count. Made once: reading the list of authorities takes longer than a page."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.set_ciphers("DEFAULT")  # those of OpenSSL; Python's leave out what old portals speak alone
    context.load_default_certs()
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _told(error: Exception, url: str) -> Exception:
    """What went wrong, in Scrapy's words."""
    match error:
        case TimeoutError():
            return DownloadTimeoutError(f"{url} took too long")
        case aiohttp.ClientConnectorDNSError():
            return CannotResolveHostError(str(error))
        case aiohttp.ClientSSLError():
            return UntrustedError(_objection(error.__cause__))
        case aiohttp.ClientConnectorError(os_error=ConnectionRefusedError()):
            return DownloadConnectionRefusedError(str(error))
        case aiohttp.ClientConnectorError(os_error=cause):
            return DownloadFailedError(str(cause))
        case _:
            return DownloadFailedError(str(error))


def _objection(error: BaseException | None) -> str:
    """What TLS says is wrong with a host."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    reason = error.reason if isinstance(error, ssl.SSLError) else None
    return reason.lower().replace("_", " ") if reason else "TLS error"
