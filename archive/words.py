"""One line of text as a reader sees it: no soft hyphens, no odd spaces."""

import re

INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f]")

NO_WORD = re.compile(r"\W+")  # invisible characters among it
NO_WORD_ASCII = bytes(code for code in range(128) if NO_WORD.match(chr(code)))


def squeezed(text: str) -> str:
    """The text on one line, with single spaces and without invisible characters.

    >>> squeezed(" Genesenen\u00ad\u00adnachweise\\u00a0 und  mehr ")
    'Genesenennachweise und mehr'
    """
    if text.isprintable():  # no space among it but the usual one
        return " ".join(text.split()) if "  " in text else text.strip(" ")
    plain = " ".join(text.split())
    return plain if plain.isprintable() else " ".join(INVISIBLE.sub("", text).split())


def alike(text: str) -> str:
    """What remains for a comparison that overlooks case, punctuation and spaces."""
    # Nearly all of it is ASCII, which bytes lose several times as fast as a pattern finds it.
    plain = text.encode("utf-8", "surrogatepass").translate(None, NO_WORD_ASCII)
    rest = plain.decode("utf-8", "surrogatepass")
    return (rest if rest.isalnum() else NO_WORD.sub("", rest)).casefold()
