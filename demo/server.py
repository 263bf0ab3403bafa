"""Serve the invented portals on loopback, one port each, and keep a log of who asked for what.

Run it by hand with `python -m demo.server --port-base 8741`.
"""

import argparse
import gzip
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, unquote, urlsplit

from archive.errors import ArchiveError
from demo.exchange import Request, Response
from demo.portals import bund, feed, hostile, thueringen

Respond = Callable[[Request], Response]
PORTALS: dict[str, Respond] = {
    "demo-thueringen": thueringen.respond,
    "demo-bund": bund.respond,
    "demo-feed": feed.respond,
}
PORT_BASE = 8741
GZIPPED = {"demo-thueringen", "demo-feed"}


@dataclass(frozen=True)
class Logged:
    """One request as it was answered; `at` counts seconds of a clock that only rises."""

    portal: str
    method: str
    target: str
    headers: dict[str, str]
    status: int
    at: float


def standing_ports(base: int = PORT_BASE) -> list[int]:
    """The ports by which the portals are known from run to run, so that a second crawl finds nothing new."""
    return list(range(base, base + len(PORTALS)))


class DemoServer:
    """All portals in one process; use it with `with`. Ports are chosen freely unless given in order.

    Setting `epoch` to 1 while it runs moves all portals to the state that a second crawl finds.
    `portals` are other ones than those of the demo; `apart`, each has an address of its own (127.0.0.2 …).
    """

    def __init__(
        self,
        ports: list[int] | None = None,
        epoch: int = 0,
        portals: Mapping[str, Respond] = PORTALS,
        *,
        apart: bool = False,
    ) -> None:
        self.epoch = epoch
        self._portals = portals
        self.requests: list[Logged] = []
        self._modes: dict[str, frozenset[str]] = {}
        self._visits: Counter[tuple[str, str]] = Counter()
        self._lock = threading.Lock()
        wanted = ports or [0] * len(portals)
        self._servers: dict[str, _Listener] = {}
        for number, (portal, port) in enumerate(zip(portals, wanted, strict=True), 1):
            address = f"127.0.0.{number if apart else 1}"
            try:
                self._servers[portal] = _Listener((address, port), _handler(self, portal))
            except OSError as error:
                self.close()
                mend = "stop what listens there, perhaps another demo"
                raise ArchiveError(
                    f"port {port} of {portal} cannot be used ({error.strerror}); {mend}"
                ) from error

    def base(self, portal: str) -> str:
        """Scheme, host and port of a portal, without a slash at the end."""
        address, port = self._servers[portal].server_address[:2]
        return f"http://{address!s}:{port}"

    def turn(self, portal: str, *modes: str) -> None:
        """Let a portal misbehave from now on ("empty-listing", "blocked", "down", …); no mode mends it."""
        self._modes[portal] = frozenset(modes)

    def answer(self, portal: str, target: str, headers: dict[str, str], body: bytes = b"") -> Response:
        with self._lock:
            visits = self._visits[portal, target]
            self._visits[portal, target] += 1
        parts = urlsplit(target)
        request = Request(
            path=unquote(parts.path),
            base=self.base(portal),
            query=dict(parse_qsl(parts.query, keep_blank_values=True)),
            headers=headers,
            epoch=self.epoch,
            modes=self._modes.get(portal, frozenset()),
            visits=visits,
            body=body,
        )
        return hostile.respond(request) or self._portals[portal](request)

    def log(self, entry: Logged) -> None:
        with self._lock:
            self.requests.append(entry)

    def __enter__(self) -> Self:
        for server in self._servers.values():
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for server in self._servers.values():
            server.shutdown()
        self.close()

    def close(self) -> None:
        """Give the ports back."""
        for server in self._servers.values():
            server.server_close()


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    # A crawler may still hold idle connections when the server closes; nobody waits for their threads.
    block_on_close = False
    request_queue_size = 128


def _handler(server: DemoServer, portal: str) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version = "Demo/1"
        sys_version = ""

        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(int(headers.get("content-length", 0)))
            response = server.answer(portal, self.path, headers, body)
            server.log(Logged(portal, self.command, self.path, headers, response.status, time.monotonic()))
            try:
                _send(self, _encoded(portal, headers, response))
            except ConnectionError:
                # Hostile answers are meant to be cut off by the client.
                self.close_connection = True

        do_HEAD = do_POST = do_GET  # noqa: N815 - the names are fixed by http.server

        def log_message(self, format: str, *args: object) -> None:
            """Requests are kept in `DemoServer.requests`, not on standard error."""

    return Handler


def _encoded(portal: str, headers: dict[str, str], response: Response) -> Response:
    """Compress ordinary pages where portal and client both like it."""
    body = response.body
    accepts = "gzip" in headers.get("accept-encoding", "")
    plain = (
        isinstance(body, bytes) and response.announced is None and "Content-Encoding" not in response.headers
    )
    if not (portal in GZIPPED and accepts and plain and body) or not isinstance(body, bytes):
        return response
    more = {**response.headers, "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return Response(response.status, gzip.compress(body, mtime=0), response.content_type, more)


def _send(handler: BaseHTTPRequestHandler, response: Response) -> None:
    handler.send_response(response.status)
    if response.content_type:
        handler.send_header("Content-Type", response.content_type)
    for name, value in response.headers.items():
        handler.send_header(name, value)
    if isinstance(response.body, bytes):
        length = len(response.body) if response.announced is None else response.announced
        if response.status != 304:
            handler.send_header("Content-Length", str(length))
    else:
        handler.send_header("Connection", "close")
    handler.end_headers()
    if handler.command != "HEAD":
        for piece in _pieces(response):
            handler.wfile.write(piece)
    if response.announced is not None or not isinstance(response.body, bytes):
        handler.close_connection = True


def _pieces(response: Response) -> Iterator[bytes]:
    if isinstance(response.body, bytes):
        yield response.body
    else:
        yield from response.body


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description="Serve the invented ministry portals on loopback.")
    parser.add_argument(
        "--port-base", type=int, default=PORT_BASE, help="port of the first portal (default: %(default)s)"
    )
    parser.add_argument(
        "--epoch", type=int, choices=(0, 1), default=0, help="0 is the first crawl, 1 the second"
    )
    options = parser.parse_args()
    with DemoServer(standing_ports(options.port_base), options.epoch) as server:
        for portal in PORTALS:
            print(f"{portal}  {server.base(portal)}/")  # noqa: T201 - this is a command
        threading.Event().wait()


if __name__ == "__main__":
    main()
