"""Block pages: answers of a firewall in the place of a list, whatever their status says."""

import re

from scrapy.http import Response

REFUSALS = (401, 403, 418, 429, 451)
LARGEST = 60_000  # bytes; a page with the words below and more text speaks about something else
WORDS = re.compile(
    rb"g-recaptcha|hcaptcha|cf-challenge|shield-challenge|are you (?:a )?human|"
    rb"access denied|zugriff verweigert|kein Roboter|unusual traffic",
    re.IGNORECASE,
)


def block_reason(response: Response) -> str | None:
    """Why a list without rows counts as blocked; None where it does not.

    With rows it is none, whatever words it holds: forms on good pages use captchas too.
    """
    hit = WORDS.search(response.body) if len(response.body) <= LARGEST else None
    return f'{response.url} shows a block page ("{hit[0].decode("utf-8", "replace")}")' if hit else None
