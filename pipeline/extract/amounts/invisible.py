"""What to read over, soft hyphens and words broken at a line's end, and the way back to the text as given."""

import re

_MARKS = ("\u00ad", "\u200b", "\u2060", "\ufeff")
_UNREAD = re.compile("[\u00ad\u200b\u2060\ufeff]+|(?<=[a-zäöüß])-\n(?=[a-zäöüß])")
_BROKEN = "-\n"


def occurs_in(text: str) -> bool:
    """Whether the text has anything to read over."""
    return _BROKEN in text or (not text.isascii() and any(mark in text for mark in _MARKS))


def removed(text: str) -> tuple[str, list[int]]:
    """The text without it, and for each character that is left its place in the text as given."""
    pieces: list[str] = []
    places: list[int] = []
    last = 0
    for match in _UNREAD.finditer(text):
        pieces.append(text[last : match.start()])
        places.extend(range(last, match.start()))
        last = match.end()
    pieces.append(text[last:])
    places.extend(range(last, len(text)))
    return "".join(pieces), places
