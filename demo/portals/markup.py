"""Pieces of HTML that the portals share."""

import re
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import sha256
from html import escape as escape_quotes
from zoneinfo import ZoneInfo

from demo.exchange import Request, Response
from demo.release import DemoRelease

BERLIN = ZoneInfo("Europe/Berlin")


def escape(text: str) -> str:
    return escape_quotes(text, quote=False)


def blocks(release: DemoRelease) -> str:
    """The body as paragraphs, subheadings and lists."""
    html = "".join(f"<{block.kind}>{escape(block.text)}</{block.kind}>" for block in release.body)
    return re.sub(r"(?:<li>.*?</li>)+", lambda found: f"<ul>{found[0]}</ul>", html)


def http_date(moment: datetime) -> str:
    """A moment in Berlin as RFC 822 wants it in feeds.

    >>> http_date(datetime(2024, 7, 1, 9, 30))
    'Mon, 01 Jul 2024 09:30:00 +0200'
    """
    return format_datetime(moment.replace(tzinfo=BERLIN))


def validated(request: Request, response: Response, changed: datetime) -> Response:
    """Add ETag and Last-Modified, and answer 304 where the client already holds this."""
    if not isinstance(response.body, bytes):
        raise TypeError("only bodies in bytes have an ETag")
    tag = f'"{sha256(response.body).hexdigest()[:20]}"'
    moment = changed if changed.tzinfo else changed.replace(tzinfo=BERLIN)
    stamp = format_datetime(moment.astimezone(UTC), usegmt=True)
    headers = {**response.headers, "ETag": tag, "Last-Modified": stamp}
    if_none_match = request.headers.get("if-none-match")
    if if_none_match is not None:
        known = tag in if_none_match
    else:
        known = request.headers.get("if-modified-since") == stamp
    if known:
        return Response(304, b"", "", headers)
    return Response(response.status, response.body, response.content_type, headers)
