"""What was redacted, as it comes again: answers without the words, lists without the rows."""

from dataclasses import replace

from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from archive.evidence import decoded
from archive.redaction.decisions import Withheld
from archive.redaction.scrub import MARK, scrubbed, scrubbed_bytes
from archive.redaction.words import Sought, spans
from archive.source import Source
from crawler.spiders.page import Page

FLAG = "redacted"  # of a response that is no longer as it was sent


def cleaned(response: Response, what: Sought, limit: int) -> Response:
    """An answer without the words; without its encoding, where words had to go or it does not end."""
    headers = Headers(
        {name: [_scrubbed(value, what) for value in values] for name, values in response.headers.items()}
    )
    encoding = (response.headers.get("Content-Encoding") or b"").decode("latin-1")
    plain, whole = decoded(response.body, encoding, limit)
    clean = scrubbed_bytes(plain, what)
    if clean == plain and (whole or not encoding):
        return response if headers == response.headers else response.replace(headers=headers)
    headers.pop("Content-Encoding", None)
    if "Content-Length" in headers:
        headers["Content-Length"] = str(len(clean))
    kind = responsetypes.from_args(headers=headers, url=response.url, body=clean)
    return response.replace(cls=kind, headers=headers, body=clean, flags=[*response.flags, FLAG])


def kept(page: Page, withheld: Withheld, source: Source) -> Page:
    """A page of a list without the rows and further pages that must not come in; it remembers the rows."""
    if not withheld:
        return page
    gone = {url for url in [e.url for e in page.entries] + [*page.more] if is_withheld(url, withheld, source)}
    return replace(
        page,
        entries=tuple(e for e in page.entries if e.url not in gone),
        more=tuple(url for url in page.more if url not in gone),
        withheld=tuple(e.url for e in page.entries if e.url in gone),
    )


def is_withheld(url: str, withheld: Withheld, source: Source) -> bool:
    """Whether an address was redacted, spells words that were, or is what is left of one that did."""
    if not withheld:
        return False
    known = withheld.address(url) or withheld.address(source.standing(url))
    return known or is_marked(url) or bool(spans(url, withheld.sought))


def is_marked(url: str) -> bool:
    """Whether words were taken out of an address.

    >>> is_marked("https://example.org/1-%5Bentfernt%5D-geht"), is_marked("https://example.org/entfernt")
    (True, False)
    """
    return MARK in url.replace("%5B", "[").replace("%5D", "]")


def _scrubbed(value: bytes, what: Sought) -> bytes:
    return scrubbed(value.decode("latin-1"), what).encode("latin-1")
