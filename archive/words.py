"""One line of text as a reader sees it: no soft hyphens, no odd spaces."""

import re

INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f]")

NO_WORD = re.compile(r"\W+")  # invisible characters among it


def squeezed(text: str) -> str:
    """The text on one line, with single spaces and without invisible characters.

    >>> squeezed(" Genesenen\u00ad\u00adnachweise\\u00a0 und  mehr ")
    'Genesenennachweise und mehr'
    """
    return " ".join((text if text.isascii() else INVISIBLE.sub("", text)).split())


def alike(text: str) -> str:
    """What remains for a comparison that overlooks case, punctuation and spaces."""
    return NO_WORD.sub("", text).casefold()
