"""The words and numbers around a currency, cut up for the grammar."""

import re
from typing import NamedTuple

from pipeline.extract.numerals import quantity

SPACES = " \u00a0\u202f\u2009"  # plain, no-break, narrow no-break, thin
_SPACE = f"[{SPACES}]"

# Digits with their separators, and the tail of "5,-"; what they are worth is decided in `literal`.
LITERAL = (
    rf"(?:\d{{1,3}}(?:{_SPACE}\d{{3}})+(?![.'’]?\d)(?:,\d{{1,2}}(?!\d))?"
    r"|\d+(?:[.,'’]\d+|(?<=\d\d)\.\n(?=\d{3}(?!\d)))*(?:,[-–—]{1,2}|\.[-–—]{1,2}(?!\w))?[½¼¾]?|[½¼¾])"
)
SCALES: dict[str, float] = {
    "t": 1e3,
    "k": 1e3,
    "tsd": 1e3,
    "tausend": 1e3,
    "m": 1e6,
    "mio": 1e6,
    "mill": 1e6,
    "million": 1e6,
    "millionen": 1e6,
    "mrd": 1e9,
    "md": 1e9,
    "mia": 1e9,
    "milliarde": 1e9,
    "milliarden": 1e9,
    "bio": 1e12,
    "billion": 1e12,
    "billionen": 1e12,
}
_ABBREVIATIONS = r"(?:Mi[oa]|Mill|Mrd|Md|Bio|Tsd|ca|rd|max|min|mind|bzw)\."
_TOKEN = re.compile(
    rf"(?P<gap>\n[^\S\n]*\n\s*)|(?P<number>{LITERAL})|(?P<abbreviation>{_ABBREVIATIONS})"
    r"|(?P<word>[^\W\d_]+)|(?P<sign>[^\s\w]|_)",
    re.IGNORECASE,
)
_GLUED = re.compile(r"(?P<number>[a-zäöüß]*?)(?P<scale>million(?:en)?|milliarden?|billion(?:en)?)", re.IGNORECASE)
_PARTIAL: dict[str, float] = {"viertel": 0.25, "dreiviertel": 0.75, "drittel": 1 / 3}
_PARTIAL |= dict.fromkeys(("halbe", "halben", "halber", "halb"), 0.5)
_SIGN_VALUES = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_THREE_DECIMALS_ARE_A_PRICE = 10  # "1,599 Euro" a litre, but "25,000 Euro" is English writing


class Token(NamedTuple):
    kind: str  # number, scale, word, sign, gap
    text: str
    start: int
    end: int
    value: float  # of a number word or a scale; -1.0 for none


def cut(text: str, start: int, end: int) -> list[Token]:
    """The tokens of text[start:end], spaces left out."""
    return [_token(match) for match in _TOKEN.finditer(text, start, end)]


def _token(match: re.Match[str]) -> Token:
    kind = match.lastgroup or "sign"
    text = match.group()
    start, end = match.span()
    if kind == "abbreviation":
        scale = SCALES.get(text[:-1].lower())
        return Token("word", text, start, end, -1.0) if scale is None else Token("scale", text, start, end, scale)
    if kind != "word":
        return Token(kind, text, start, end, -1.0)
    lower = text.lower()
    if lower in SCALES:
        return Token("scale", text, start, end, SCALES[lower])
    value = word_value(lower)
    return Token("word", text, start, end, -1.0 if value is None else value)


def word_value(word: str) -> float | None:
    """The value of a number word with or without its scale: "zwölf", "Dreiviertelmillion", "halbe"."""
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

    >>> literal("1.234,50", False), literal("2.3", True), literal("1'000", False), literal("19.02.2018", False)
    (1234.5, 2.3, 1000.0, None)
    """
    fraction = _SIGN_VALUES.get(written[-1], 0.0)
    digits = written.rstrip("½¼¾-–—")
    if digits != written:
        digits = digits.rstrip(".,")
    digits = re.sub(rf"[{SPACES}'’\n]", "", digits)
    if not digits:
        return fraction
    if digits.isdecimal():
        return float(digits) + fraction
    return _with_separators(digits, scaled)


def _with_separators(digits: str, scaled: bool) -> float | None:
    separators = [letter for letter in digits if letter in ".,"]
    decimal = separators[-1] if len(set(separators)) == 2 or len(separators) == 1 else ""
    if decimal and separators.count(decimal) > 1:
        return None
    whole, _, rest = digits.rpartition(decimal) if decimal else (digits, "", "")
    if len(separators) == 1 and _groups_thousands(whole, decimal, rest, scaled):
        return float(whole + rest)
    groups = re.split(r"[.,]", whole)
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
