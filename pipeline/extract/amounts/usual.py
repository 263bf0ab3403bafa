"""Amounts as most are written, "mit rund 1,2 Mio. Euro": read off the last words, without cutting them up.

What is read here is what the grammar would say; anything less plain is left to it.
"""

import re
from typing import NamedTuple

from archive.memory import Memory
from pipeline.extract.amounts.grammar import JOINTS
from pipeline.extract.amounts.numbers import SCALES, word_value
from pipeline.extract.amounts.qualifiers import NEUTRAL, ONE_WORD, SAYING, TWO_WORDS, is_paper

_WINDOW = 60  # characters; longer words are left to the grammar
_WORDS = 6  # three words before the number, number, scale, the blank behind; the rest is not looked at
_FEWEST = 5  # so that the farthest of them is whole
_NUMBER = re.compile(r"\d{1,3}(?:,\d{1,2})?|[1-9]\d{0,2}(?:\.\d{3})+(?:,\d{1,2})?")
_SCALES = {
    word: SCALES[word.lower()] for word in "Mio. Millionen Million Mrd. Milliarden Milliarde Tsd.".split()
}
_NEUTRAL = NEUTRAL - JOINTS
_SPEAKING = SAYING | NEUTRAL | JOINTS | SCALES.keys()


class Usual(NamedTuple):
    value: float
    start: int
    scaled: bool
    qualifier: str


def usual(text: str, end: int, reach: int) -> Usual | None:
    """The number that ends with a blank right before text[end]; nothing before `reach` is looked at."""
    words = text[end - _WINDOW if end - _WINDOW > reach else reach : end].rsplit(" ", _WORDS)
    if words.pop() or len(words) < _FEWEST:
        return None
    last = words.pop()
    scale = _SCALES.get(last)
    number = last if scale is None else words.pop()
    opened = number.startswith("(")
    number = number[opened:]
    said = "exact" if opened else _qualifier(*words[-3:])
    if said is None or not _NUMBER.fullmatch(number):
        return None
    value = float(number.replace(".", "").replace(",", "."))
    if scale is None:
        return Usual(value, end - len(number) - 1, False, said)
    return Usual(value * scale, end - len(last) - len(number) - 2, True, said)


def _qualifier(far: str, before: str, word: str) -> str | None:
    """What the words before a number say of it; None where that takes the grammar."""
    if _says_nothing[word]:
        return "exact"
    pair = TWO_WORDS.get((before, word))
    if pair:  # "5 bis zu 10", "nicht mehr als 10" are left
        return pair if _says_nothing[far] and far != "nicht" else None
    if not _says_nothing[before]:
        return None
    if word == "über":
        return "exact" if is_paper(before.lower()) else "at_least"
    return "exact" if word in _NEUTRAL else ONE_WORD.get(word)


def _is_empty(word: str) -> bool:
    """Whether a word neither qualifies, counts nor joins; behind a full stop or a colon nothing does."""
    lower = word.lower()
    return word.rstrip(".:!?").isalpha() and lower not in _SPEAKING and word_value(lower) is None


_says_nothing = Memory(_is_empty)
