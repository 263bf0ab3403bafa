"""The files that a release page links and that we keep: documents on the hosts of the source."""

import re
from urllib.parse import urlsplit

from scrapy.http import Response, TextResponse

from archive.source import Family, Source
from archive.urls import canonical

KINDS = r"\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|odp|csv|rtf)"
DOCUMENT = re.compile(KINDS + r"$", re.IGNORECASE)
MAYBE = re.compile(KINDS.encode() + rb"\b", re.IGNORECASE)  # spares most pages the parser
MOST = 20  # of one page


def links(response: Response, source: Source, family: Family) -> list[str]:
    """Addresses of a page's attachments; its layouts say where, otherwise any link to a document will do."""
    if not isinstance(response, TextResponse):
        return []
    places = tuple(s for layout in (*source.layouts, *family.layouts) for s in layout.attachments)
    if not places and not MAYBE.search(response.body):
        return []
    found: dict[str, None] = {}
    for place in places or ("main a", "article a", "#content a", ".content a"):
        for href in response.css(place.partition("@")[0]).xpath("descendant-or-self::a/@href").getall():
            if url := _kept(response, href, source, told=bool(places)):
                found[url] = None
    return list(found)[:MOST]


def _kept(response: TextResponse, href: str, source: Source, told: bool) -> str | None:
    try:
        url = canonical(response.urljoin(href.strip()))
    except ValueError:
        return None
    wanted = source.speaks_at(url) and (told or DOCUMENT.search(urlsplit(url).path))
    return url if wanted else None
