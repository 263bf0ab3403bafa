"""Question and answer between the demo server and a portal."""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Request:
    """`path` is percent-decoded and has no query; `visits` counts earlier requests for the same target."""

    path: str
    base: str
    query: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    epoch: int = 0
    modes: frozenset[str] = frozenset()
    visits: int = 0
    body: bytes = b""


@dataclass(frozen=True)
class Response:
    """`body` is bytes, or an iterator for answers that are slow or never end.

    `announced` overrides Content-Length, for answers that break off.
    """

    status: int = 200
    body: bytes | Iterator[bytes] = b""
    content_type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    announced: int | None = None


def redirect(location: str, status: int = 301) -> Response:
    return Response(status, b"", headers={"Location": location})
