"""A small portal on loopback for the crawler's tests: pages set by the test, every request in a log."""

import hashlib
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import unquote


@dataclass
class Answer:
    """What to send; an iterable body goes out piece by piece until somebody hangs up."""

    body: bytes | Iterable[bytes] = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    validator: bool = False  # send an ETag, and 304 to whoever has it


@dataclass(frozen=True)
class Asked:
    path: str
    headers: dict[str, str]
    status: int
    at: float  # seconds of a clock that only rises


Page = Answer | Callable[[], Answer]


class Portal:
    """Serves `pages`; whatever is not there is 404."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.pages: dict[str, Page] = {}
        self.log: list[Asked] = []
        self._server = _Listener(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]  # clients hang up by design
        self.scheme = "https" if context else "http"
        if context:
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def base(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self._server.server_address[1]}"

    def paths(self) -> list[str]:
        return [asked.path for asked in self.log]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Listener(ThreadingHTTPServer):
    request_queue_size = 128  # eight connections at once overflow the usual five, and wait for a second


def _handler(portal: Portal) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            page = portal.pages.get(unquote(self.path), Answer(b"<h1>404</h1>", 404))
            answer = page if isinstance(page, Answer) else page()
            body, headers, status = answer.body, dict(answer.headers), answer.status
            if isinstance(body, bytes) and answer.validator:
                headers["ETag"] = f'"{hashlib.sha1(body).hexdigest()}"'
                if self.headers.get("If-None-Match") == headers["ETag"]:
                    status, body = 304, b""
            portal.log.append(
                Asked(self.path, {k.lower(): v for k, v in self.headers.items()}, status, time.monotonic())
            )
            self.send_response(status)
            headers.setdefault("Content-Type", "text/html; charset=utf-8")
            if isinstance(body, bytes):
                headers.setdefault("Content-Length", str(len(body)))
            else:
                self.close_connection = True
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            for piece in [body] if isinstance(body, bytes) else body:
                self.wfile.write(piece)

        def log_message(self, *_: object) -> None:
            """The log is `Portal.log`."""

    return Handler


LIST = "/presse"
ROW = "<li><h3>{title}</h3><b>{day}</b><p>{lead}</p><a href='{href}'>zur Detailseite</a></li>"


def publish(portal: Portal, count: int = 25, per_page: int = 10, validator: bool = True) -> None:
    """A ministry with so many releases in a list with pages, newest first."""
    releases = [release(n) for n in range(count, 0, -1)]
    pages = [releases[at : at + per_page] for at in range(0, max(count, 1), per_page)]
    for number, rows in enumerate(pages, 1):
        onward = f'<a href="{LIST}/seite-{number + 1}">{number + 1}</a>' if number < len(pages) else ""
        listed = "".join(ROW.format(**row) for row in rows)
        filling = "<!-- as large as a page is -->" * 100
        html = f"<html><body><main><h1>Medien</h1><ul>{listed}</ul>{onward}</main>{filling}</body></html>"
        path = LIST if number == 1 else f"{LIST}/seite-{number}"
        portal.pages[path] = Answer(html.encode(), validator=validator)
    for row in releases:
        html = f"<html><body><main><h1>{row['title']}</h1><p>{row['lead']}</p></main></body></html>"
        portal.pages[row["href"]] = Answer(html.encode(), validator=validator)


def release(n: int) -> dict[str, str]:
    title = f"Fördermittel für Gemeinde Nummer {n}"
    day = f"{n % 28 + 1:02}.{n // 28 % 12 + 1:02}.2025"
    return {
        "title": title,
        "day": day,
        "lead": f"Das Land gibt {n}000 Euro.",
        "href": f"{LIST}/detailseite/{n}",
    }
