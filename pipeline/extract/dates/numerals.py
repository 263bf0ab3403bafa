"""German numbers in words and digits, as they stand before units of time."""

import re

_ONES = ("", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun")
_TEENS = (
    "zehn", "elf", "zwölf", "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn",
    "neunzehn",
)  # fmt: skip
_TENS = ("", "", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig")


def _below_hundred(number: int) -> str:
    if number < 10:
        return _ONES[number]
    if number < 20:
        return _TEENS[number - 10]
    tens, ones = divmod(number, 10)
    return f"{_ONES[ones]}und{_TENS[tens]}" if ones else _TENS[tens]


def _cardinals() -> dict[str, float]:
    words = {_below_hundred(number): float(number) for number in range(2, 100)}
    for hundreds in range(1, 10):
        words[f"{_ONES[hundreds]}hundert"] = 100.0 * hundreds
    words |= {"hundert": 100, "tausend": 1000, "eintausend": 1000, "zweitausend": 2000, "dutzend": 12}
    words |= dict.fromkeys(("ein", "eine", "einem", "einen", "einer", "eines", "eins"), 1.0)
    words |= {"zweier": 2, "dreier": 3, "zwo": 2, "beide": 2, "beiden": 2, "beider": 2}
    words |= {"dreissig": 30, "fuenf": 5, "zwoelf": 12}
    words |= dict.fromkeys(("eineinhalb", "anderthalb"), 1.5)
    words |= {f"{_ONES[whole]}einhalb": whole + 0.5 for whole in range(2, 10)}
    return words


CARDINALS: dict[str, float] = _cardinals()

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
    if word in CARDINALS:
        return CARDINALS[word]
    digits = _DIGITS.match(word)
    if digits is None:
        return None
    return float(f"{digits[1]}.{digits[2] or 0}")


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
