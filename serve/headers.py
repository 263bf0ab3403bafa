"""Security headers on every answer: nothing is loaded from another host, whatever a crawled text says.

Our own pages need no script and no inline style. Datasette's carry inline scripts of their own, so they get
the same rule with that one exception.
"""

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_COMMON = (
    "default-src 'none'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
STRICT = f"{_COMMON}; script-src 'self'; style-src 'self'"
DATASETTE = f"{_COMMON}; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'"
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
POLICY = b"content-security-policy"
DATA = (b"application/json", b"application/problem+json", b"text/xml", b"application/vnd.citationstyles")
OPEN = ((b"access-control-allow-origin", b"*"),)


def with_headers(app: App) -> App:
    """An ASGI application whose answers carry the headers; what a page set itself stays."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                sent = list(message.get("headers", ()))
                own = {name.lower() for name, _ in sent}
                ours = ((POLICY, DATASETTE.encode()), *HEADERS, *_for_others(scope["path"], sent))
                message = {**message, "headers": [*sent, *(h for h in ours if h[0] not in own)]}
            await send(message)

        await app(scope, receive, send_with_headers if scope["type"] == "http" else send)

    return wrapped


def _for_others(path: str, sent: Iterable[tuple[bytes, bytes]]) -> tuple[tuple[bytes, bytes], ...]:
    """What lets pages of other origins read JSON and XML; not Datasette's view of itself."""
    kind = next((value for name, value in sent if name.lower() == b"content-type"), b"")
    return OPEN if kind.startswith(DATA) and not path.startswith("/-/") else ()
