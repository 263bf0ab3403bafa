"""Style sheet and icon, under addresses that change with their content, so that browsers may keep them."""

import hashlib
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from datasette.utils.asgi import NotFound, Request, Response

HERE = Path(__file__).parent
TYPES = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".js": "text/javascript; charset=utf-8"}


@cache
def content(name: str) -> bytes | None:
    """The bytes of a static file; None where there is none of that name."""
    path = HERE / "static" / name
    return path.read_bytes() if path.is_file() and path.suffix in TYPES else None


@cache
def address(name: str) -> str:
    """The address of a static file, with a hash of what it holds."""
    held = content(name)
    assert held is not None, name
    return f"/-/pressearchiv/{name}?{hashlib.sha256(held).hexdigest()[:10]}"


async def send(request: Request) -> Response:
    """Answer with a static file."""
    name = request.url_vars["name"]
    held = content(name)
    if held is None:
        raise NotFound(f"{name} gibt es nicht")
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(held, content_type=TYPES[Path(name).suffix], headers=headers)


def plain_link(url: str | None) -> str | None:
    """An address that may be linked: http and https only, whatever a crawled page said.

    >>> plain_link("https://example.org/a"), plain_link("javascript:alert(1)")
    ('https://example.org/a', None)
    """
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
