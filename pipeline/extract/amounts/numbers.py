"""What numbers and scales are worth: "1.234,50", "Mio.", "Dreiviertelmillion"."""

import re

from pipeline.extract.amounts.tokens import SPACES
from pipeline.extract.numerals import quantity

_THOUSAND, _MILLION, _MILLIARD, _BILLION = 1e3, 1e6, 1e9, 1e12
SCALES: dict[str, float] = (
    dict.fromkeys(("t", "k", "tsd", "tsd.", "tausend"), _THOUSAND)
    | dict.fromkeys(("m", "mio", "mio.", "mill", "mill.", "million", "millionen"), _MILLION)
    | dict.fromkeys(("mrd", "mrd.", "md", "md.", "mia", "mia.", "milliarde", "milliarden"), _MILLIARD)
    | dict.fromkeys(("bio", "bio.", "billion", "billionen"), _BILLION)
)
_PARTIAL: dict[str, float] = {"viertel": 0.25, "dreiviertel": 0.75, "drittel": 1 / 3}
_PARTIAL |= dict.fromkeys(("halbe", "halben", "halber", "halb"), 0.5)
_GLUED = re.compile(r"(?P<number>[a-zäöüß]*?)(?P<scale>million(?:en)?|milliarden?|billion(?:en)?)")
_SIGN_VALUES = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_GROUPING = re.compile(f"[{SPACES}'’´\n]")
_SEPARATOR = re.compile(r"[.,]")
_THREE_DECIMALS_ARE_A_PRICE = 10  # "1,599 Euro" a litre, but "25,000 Euro" is English writing


def word_value(word: str) -> float | None:
    """The value of a number word in lower case: "zwölf", "halbe", "dreiviertelmillion"."""
    if word in _PARTIAL:
        return _PARTIAL[word]
    glued = _GLUED.fullmatch(word) if "illi" in word else None
    if glued is None:
        return quantity(word)
    number = glued["number"]
    value = _PARTIAL.get(number) or quantity(number)
    return None if value is None else value * SCALES[glued["scale"]]


def literal(written: str, scaled: bool) -> float | None:
    """The value of digits as written; `scaled` when "Mio." or the like follows. None: a date, a version …

    >>> literal("1.234,50", False), literal("2.3", True), literal("1'000", False), literal("19.02.18", False)
    (1234.5, 2.3, 1000.0, None)
    """
    if written.isdecimal():
        return float(written)
    fraction = _SIGN_VALUES.get(written[-1], 0.0)
    digits = written.rstrip("½¼¾-–—")
    if digits != written:
        digits = digits.rstrip(".,")
    digits = _GROUPING.sub("", digits)
    if not digits:
        return fraction
    if digits.isdecimal():
        return float(digits) + fraction
    return _with_separators(digits, scaled)


def _with_separators(digits: str, scaled: bool) -> float | None:
    dots, commas = digits.count("."), digits.count(",")
    decimal = (
        max(".,", key=digits.rfind) if dots and commas else "." if dots == 1 else "," if commas == 1 else ""
    )
    if decimal and digits.count(decimal) > 1:
        return None
    whole, _, rest = digits.rpartition(decimal) if decimal else (digits, "", "")
    if dots + commas == 1 and _groups_thousands(whole, decimal, rest, scaled):
        return float(whole + rest)
    groups = _SEPARATOR.split(whole)
    if len(groups) > 1 and (len(groups[0]) > 3 or any(len(group) != 3 for group in groups[1:])):
        return None
    if decimal == "." and len(rest) > 2:
        return None
    return float("".join(groups) + "." + (rest or "0"))


def _groups_thousands(whole: str, separator: str, rest: str, scaled: bool) -> bool:
    if len(rest) != 3 or len(whole) > 3 or whole.startswith("0"):
        return False
    if separator == ".":
        return True
    return not scaled and (int(whole) >= _THREE_DECIMALS_ARE_A_PRICE or rest.endswith("00"))
