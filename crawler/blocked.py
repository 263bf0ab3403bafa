"""Block pages: answers of a firewall in the place of a list or a release, whatever their status says."""

import re

from scrapy.http import Response

REFUSALS = (401, 403, 418, 429, 451)
LARGEST = 60_000  # bytes; a page with the words below and more text speaks about something else
WORDS = re.compile(
    rb"g-recaptcha|hcaptcha|cf-challenge|shield-challenge|are you (?:a )?human|"
    rb"access denied|zugriff verweigert|kein Roboter|unusual traffic",
    re.IGNORECASE,
)


def withheld(response: Response, title: str | None) -> str | None:
    """Why a release's page counts as a block page: it speaks like one, and not of what its list promised.

    Forms on good pages use captchas too, so without a title from the list nothing is said.
    """
    reason = block_reason(response) if title else None
    if reason is None or title is None:
        return None
    text = response.body.decode("utf-8", "replace").casefold()
    words = re.findall(r"\w{4,}", title.casefold())
    return None if not words or 2 * sum(word in text for word in words) >= len(words) else reason


def block_reason(response: Response) -> str | None:
    """Why a list without rows counts as blocked; None where it does not.

    With rows it is none, whatever words it holds: forms on good pages use captchas too.
    """
    hit = WORDS.search(response.body) if len(response.body) <= LARGEST else None
    return f'{response.url} shows a block page ("{hit[0].decode("utf-8", "replace")}")' if hit else None
