"""Block pages: answers of a firewall in the place of a list or a release, whatever their status says."""

import re

from scrapy.http import Response

REFUSALS = (401, 403, 418, 429, 451)
LARGEST = 60_000  # bytes; a page with the words below and more text speaks about something else
WORDS = (  # in small letters; searching for each is a hundred times as fast as a pattern without case
    *(
        b"g-recaptcha",
        b"hcaptcha",
        b"cf-challenge",
        b"shield-challenge",
        b"are you human",
        b"are you a human",
    ),
    *(b"access denied", b"zugriff verweigert", b"kein roboter", b"unusual traffic"),
)


def withheld(response: Response, title: str | None) -> str | None:
    """Why a release's page counts as a block page: it speaks like one, and not of what its list promised.

    Forms on good pages use captchas too, so without a title from the list nothing is said.
    """
    if not title or title.encode() in response.body:  # spares nearly all pages the search for words
        return None
    reason = block_reason(response)
    if reason is None:
        return None
    text = response.body.decode("utf-8", "replace").casefold()
    words = re.findall(r"\w{4,}", title.casefold())
    return None if not words or 2 * sum(word in text for word in words) >= len(words) else reason


def block_reason(response: Response) -> str | None:
    """Why a list without rows counts as blocked; None where it does not.

    With rows it is none, whatever words it holds: forms on good pages use captchas too.
    """
    if len(response.body) > LARGEST:
        return None
    lowered = response.body.lower()
    hit = next((word for word in WORDS if word in lowered), None)
    return f'{response.url} shows a block page ("{hit.decode()}")' if hit else None
