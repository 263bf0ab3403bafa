"""`serve --public`: what strangers may ask of a server, and how much of it at once.

Nobody writes SQL, nobody looks into the server, and every request has bounds. How often one reader may ask is
for the proxy in front, which knows who asks.
"""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from archive.errors import ArchiveError
from serve.headers import App, Message, Receive, Scope, Send
from serve.sitemap import INDEX

SETTINGS = {
    "default_allow_sql": False,
    "allow_download": False,  # of the whole file; snapshots are what is taken along
    "allow_csv_stream": False,
    "max_csv_mb": 20,
    "max_returned_rows": 1000,
    "sql_time_limit_ms": 2000,
    "facet_time_limit_ms": 150,
}
CLOSED_TABLES = ("notices",)  # what was told to whom watches over the crawls
AT_ONCE = 100  # connections; more are told to come back
LONGEST_QUERY = 4096  # bytes
LARGEST_BODY = 64 << 10  # bytes
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
INNER = "/-/"  # Datasette's view of itself: paths, versions, settings, threads
SHOWN = (f"{INNER}static/", f"{INNER}static-plugins/", f"{INNER}pressearchiv/")
NOWHERE = f"{INNER}nirgends"
ROBOTS = b"""User-agent: *
Disallow: /suche
Disallow: /*?
Allow: /
"""


def limited(app: App, address: str | None = None) -> App:
    """The application with bounds on what a request may be.

    With an address, all pages name it as theirs, whatever the request calls the server.
    """
    known_as = _known_as(address) if address else None

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
        elif refused := _refused(scope):
            await _say(send, *refused)
        else:
            if known_as:
                scope, send = _named(scope, *known_as), _over_tls(send) if known_as[0] == "https" else send
            if scope["path"] == "/robots.txt":
                await _say(send, 200, _robots(scope))
                return
            if scope["path"].startswith(INNER) and not scope["path"].startswith(SHOWN):
                scope = {**scope, "path": NOWHERE, "raw_path": NOWHERE.encode()}
            await app(scope, _bounded(receive), send)

    return wrapped


def closed(said: dict[str, Any]) -> dict[str, Any]:
    """The metadata of the archive with the tables closed that are not for readers."""
    tables = dict(said.get("tables", {}))
    for name in CLOSED_TABLES:
        tables[name] = {**tables.get(name, {}), "allow": False}
    return {**said, "tables": tables}


def _robots(scope: Scope) -> bytes:
    host = next((value for name, value in scope["headers"] if name == b"host"), b"")
    return ROBOTS + b"Sitemap: %b://%b%b\n" % (scope["scheme"].encode(), host, INDEX.encode())


def _refused(scope: Scope) -> tuple[int, bytes] | None:
    if scope["method"] not in METHODS:
        return 405, b"Method Not Allowed\n"
    if len(scope.get("query_string", b"")) > LONGEST_QUERY:
        return 414, b"URI Too Long\n"
    if not all(_is_text(value) for name, value in scope["headers"] if name == b"cookie"):
        return 400, b"Bad Request\n"
    length = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    return (413, b"Content Too Large\n") if int(length) > LARGEST_BODY else None


def _is_text(value: bytes) -> bool:
    try:
        value.decode()
    except UnicodeDecodeError:
        return False
    return True


def _bounded(receive: Receive) -> Callable[[], Awaitable[Message]]:
    """A body that ends at the bound, for those that do not say their length."""
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        return {"type": "http.disconnect"} if taken > LARGEST_BODY else message

    return counted


async def _say(send: Send, status: int, text: bytes) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(text)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text})


def _known_as(address: str) -> tuple[str, bytes]:
    """Scheme and host of an address. Raises ArchiveError where it is none."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path not in ("", "/"):
        raise ArchiveError(f"{address!r} is no address of a site; write it as https://presse.example.org")
    return parts.scheme, parts.netloc.encode("idna")


def _named(scope: Scope, scheme: str, host: bytes) -> Scope:
    headers = [(name, value) for name, value in scope["headers"] if name != b"host"]
    return {**scope, "scheme": scheme, "headers": [(b"host", host), *headers]}


def _over_tls(send: Send) -> Send:
    """Cookies that a browser keeps to itself on a connection that others can read."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [_secure(*header) for header in message.get("headers", ())]}
        await send(message)

    return sent


def _secure(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    bare = name.lower() == b"set-cookie" and not value.lower().endswith(b"; secure")
    return name, value + b"; Secure" * bare
