"""Pages whose `base` element holds no address: parsel cannot read them, browsers pass over the element."""

import re
from typing import TypeVar

from scrapy.http import HtmlResponse, Response
from scrapy.utils.response import get_base_url

FLAG = "broken base"
BASE = re.compile(rb"<base\b[^>]*>", re.IGNORECASE)
FAR = 4 * 4096  # bytes; as many characters are looked at
R = TypeVar("R", bound=Response)


def readable(response: R) -> R:
    """The page, without its `base` and with the flag where that is broken. The evidence stays as it is."""
    if not isinstance(response, HtmlResponse) or not _may_have_base(response.body[:FAR]):
        return response
    try:
        get_base_url(response)
    except ValueError:
        return response.replace(body=BASE.sub(b"", response.body), flags=[*response.flags, FLAG])
    return response


def _may_have_base(start: bytes) -> bool:
    """Spares most pages the decoding; in UTF-16 every other byte is a zero."""
    return b"<base" in start.lower() or b"\0" in start[:64]
