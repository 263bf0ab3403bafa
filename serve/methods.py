"""Which HTTP methods are answered: data is read, forms of pages are sent, and nothing else is understood.

Datasette answers other methods with a fault of its own.
"""

import json

from serve.api.problems import MEDIA_TYPE, stated
from serve.headers import App, Receive, Scope, Send

READING = ("GET", "HEAD", "OPTIONS")
INNER = "/-/"  # plugins of Datasette have their own ideas there


def with_methods(app: App) -> App:
    """The application, asked by no other methods than it knows."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] != "http"
            or scope["path"].startswith(INNER)
            or scope["method"] in _known(scope["path"])
        ):
            await app(scope, receive, send)
            return
        allowed = ", ".join(_known(scope["path"]))
        said = json.dumps(stated(405, f"This is answered to {allowed}.")).encode()
        headers = [(b"content-type", MEDIA_TYPE.encode()), (b"allow", allowed.encode())]
        headers.append((b"content-length", str(len(said)).encode()))
        await send({"type": "http.response.start", "status": 405, "headers": headers})
        await send({"type": "http.response.body", "body": said})

    return wrapped


def _known(path: str) -> tuple[str, ...]:
    """
    >>> _known("/api/v1/releases"), _known("/oai")
    (('GET', 'HEAD', 'OPTIONS'), ('GET', 'HEAD', 'OPTIONS', 'POST'))
    """
    return READING if path.startswith("/api") or path.endswith((".json", ".atom")) else (*READING, "POST")
