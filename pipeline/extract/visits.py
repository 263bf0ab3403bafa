"""What follows "besuchte der Minister" where he has no such name: the place that is visited."""

import re

_VISIT = re.compile(r"\b(?:besuch|bereis)t(?:e|en)? (?:der|die) (?:[a-zäöüß-]+e )?[A-ZÄÖÜ][\w-]+ \Z")
_BEFORE = 80
_ENDS_OBJECT = re.compile(r"[.,;]|\s(?:und|sowie|im|am)\s|\s*\Z")


def is_visited(text: str, start: int, end: int) -> bool:
    """Whether text[start:end], after a title with its article, is the object of the verb.

    >>> is_visited("Dann besuchte der Minister Gotha.", 27, 32)
    True
    >>> is_visited("Dann besuchte der Minister Maier die Stadt.", 27, 32)
    False
    """
    return bool(_VISIT.search(text, max(0, start - _BEFORE), start) and _ENDS_OBJECT.match(text, end))
