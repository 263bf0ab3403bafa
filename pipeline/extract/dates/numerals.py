"""Numbers as they stand before units of time: counted, ordered, in words and in digits."""

import re

from pipeline.extract.numerals import quantity

# Counting words that name no plain number.
_COUNTING: dict[str, float] = dict.fromkeys(("beide", "beiden", "beider", "zweier"), 2.0) | {
    "dreier": 3.0,
    "dutzend": 12.0,
}

_ORDINAL_STEMS = (
    "erst", "zweit", "dritt", "viert", "fünft", "sechst", "siebt", "acht", "neunt", "zehnt", "elft", "zwölft",
)  # fmt: skip
ORDINALS: dict[str, int] = {
    stem + ending: value
    for value, stem in enumerate(_ORDINAL_STEMS, 1)
    for ending in ("e", "en", "er", "es", "em")
}
_ROMAN = {"i.": 1, "ii.": 2, "iii.": 3, "iv.": 4}

# "Jahre" alone says that it was more than one; TIMEX3 writes X for the number.
VAGUE = frozenset(
    "einige einigen einiger mehrere mehreren mehrerer viele vielen vieler wenige wenigen weniger"
    " etliche etlichen paar zahlreiche zahlreichen ungezählten unzähligen mehr".split()
)

_DIGITS = re.compile(r"(\d{1,6})(?:,(\d{1,2}))?\Z")
_ORDINAL_DIGITS = re.compile(r"(\d{1,2})\.\Z")


def cardinal(word: str) -> float | None:
    """The number a word or a run of digits stands for.

    >>> cardinal("fünfundzwanzig"), cardinal("1,5"), cardinal("haus")
    (25.0, 1.5, None)
    """
    if word[:1].isdigit():
        digits = _DIGITS.match(word)
        return float(f"{digits[1]}.{digits[2] or 0}") if digits else None
    return _COUNTING.get(word) or quantity(word)


def ordinal(word: str) -> int | None:
    """The place a word gives in a row: "zweiten", "2." and "II." are 2."""
    if word in ORDINALS:
        return ORDINALS[word]
    if word in _ROMAN:
        return _ROMAN[word]
    digits = _ORDINAL_DIGITS.match(word)
    return int(digits[1]) if digits else None


def written(number: float) -> str:
    """A number as TIMEX3 writes it: whole where it is whole."""
    return str(int(number)) if number == int(number) else f"{number:g}"
