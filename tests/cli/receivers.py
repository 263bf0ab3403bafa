"""A mail server and a web server on loopback that keep what they are told, and can be made to refuse it."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

import pytest

Hook = Callable[[], None]


def nothing() -> None:
    """What a server does beside answering."""


class Receiver:
    """A server that runs while it is entered."""

    server: socketserver.TCPServer

    @property
    def port(self) -> int:
        return int(self.server.server_address[1])

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.server.shutdown()
        self.server.server_close()


class _Threading(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: object) -> None:
        """Clients are killed by design."""


class MailServer(Receiver):
    """Speaks as much SMTP as a client needs."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.answer = "250 taken"  # to the text of a mail
        self.farewell = "221 bye"
        self.on_greeting: Hook = nothing
        self.on_text: Hook = nothing  # after the mail was kept, before it is answered
        self.server = _Threading(("127.0.0.1", 0), _smtp(self))


def _smtp(mailserver: MailServer) -> type[socketserver.StreamRequestHandler]:
    class Handler(socketserver.StreamRequestHandler):
        def say(self, line: str) -> None:
            self.wfile.write(line.encode() + b"\r\n")

        def handle(self) -> None:
            mailserver.on_greeting()
            self.say("220 here")
            while line := self.rfile.readline():
                match line[:4].upper():
                    case b"DATA":
                        self.say("354 go on")
                        self.take()
                    case b"QUIT":
                        return self.say(mailserver.farewell)
                    case _:
                        self.say("250 ok")
            return None

        def take(self) -> None:
            text = b""
            while (line := self.rfile.readline()) not in (b".\r\n", b""):
                text += line.removeprefix(b".")  # a client doubles a dot at the beginning of a line
            if mailserver.answer.startswith("2"):
                mail = message_from_bytes(text, policy=policy.default)
                assert isinstance(mail, EmailMessage)
                mailserver.mails.append(mail)
            mailserver.on_text()
            self.say(mailserver.answer)

    return Handler


@dataclass
class Posted:
    path: str
    headers: dict[str, str]
    body: str


@dataclass
class WebServer(Receiver):
    """Keeps what was posted to it and answers with `status`."""

    posts: list[Posted] = field(default_factory=list)
    status: int = 200

    def __post_init__(self) -> None:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _http(self))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/topic"


def _http(webserver: WebServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.send_response(webserver.status)
            if 300 <= webserver.status < 400:
                self.send_header("Location", f"{webserver.url}/elsewhere")
            self.send_header("Content-Length", "0")
            if webserver.status < 300:  # kept before it is answered, so that who asked finds it
                headers = {name.lower(): value for name, value in self.headers.items()}
                webserver.posts.append(Posted(self.path, headers, body))
            self.end_headers()

        def do_GET(self) -> None:
            raise AssertionError("a message was turned into a question")

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    return Handler


@pytest.fixture
def post() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server
