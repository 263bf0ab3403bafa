"""The files that a release page links and that we keep: documents on the hosts of the source."""

import re
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from scrapy.http import Response, TextResponse

from archive.clock import moment
from archive.records import Capture
from archive.source import Family, Source
from archive.urls import canonical
from crawler.bases import readable
from crawler.spiders.anchors import joined

KINDS = r"\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|odp|csv|rtf)"
DOCUMENT = re.compile(KINDS + r"$", re.IGNORECASE)
MAYBE = re.compile(KINDS.encode() + rb"\b", re.IGNORECASE)  # spares most pages the parser
MOST = 20  # of one page
SOON, LATE = timedelta(hours=20), timedelta(days=30)
SMALL = 2 << 20  # bytes that may be sent again where the server cannot say that nothing changed


def links(response: Response, source: Source, family: Family) -> list[str]:
    """Addresses of a page's attachments; its layouts say where, otherwise any link to a document will do."""
    if not isinstance(response, TextResponse):
        return []
    places = tuple(s for layout in (*source.layouts, *family.layouts) for s in layout.attachments)
    if not places and not MAYBE.search(response.body):
        return []
    response, found = readable(response), dict[str, None]()
    for place in places or ("main a", "article a", "#content a", ".content a"):
        for href in response.css(place.partition("@")[0]).xpath("descendant-or-self::a/@href").getall():
            if url := _kept(response, href, source, told=bool(places)):
                found[url] = None
    return list(found)[:MOST]


def is_due(before: Capture | None, now: datetime) -> bool:
    """Whether a file is asked for when its page is looked at (again): it may have been replaced silently.

    What can only be had whole, and is large, or was cut off for its size, is asked for once a month.
    """
    if before is None:
        return True
    asks_little = bool(before.etag or before.last_modified) or before.payload_bytes <= SMALL
    wait = SOON if asks_little and not before.truncated else LATE
    return now - moment(before.captured_at) >= wait


def _kept(response: TextResponse, href: str, source: Source, told: bool) -> str | None:
    try:
        url = canonical(joined(response, href.strip()))
    except ValueError:
        return None
    wanted = source.speaks_at(url) and (told or DOCUMENT.search(urlsplit(url).path))
    return url if wanted else None
