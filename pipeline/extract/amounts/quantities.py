"""Quantities: a number and its scale, read from the last token to the left."""

from typing import NamedTuple

from pipeline.extract.amounts.tokens import Token, literal
from pipeline.extract.numerals import is_article

# "einige tausend Euro" has no value.
_VAGUE = frozenset({"paar", "einige", "einigen", "mehrere", "mehreren", "viele", "vielen", "etliche", "wenige", "wenigen"})
_YEARS = (1900, 2100)
_INHERITS_BELOW = 1000  # "2 bis 3 Mio." means 2 Mio., "500.000 bis 2 Mio." means 500.000


class Quantity(NamedTuple):
    value: float
    first: int  # index of its first token
    start: int  # offsets in the text
    end: int
    scale: float  # 1.0 when the number has none of its own
    spelled: bool

    def may_inherit(self) -> bool:
        """Whether a scale that follows later may be meant for this number too."""
        return self.scale == 1.0 and self.value < _INHERITS_BELOW


def quantity_ending(tokens: list[Token], last: int) -> Quantity | None:
    """The longest quantity whose last token is tokens[last]."""
    found = _single(tokens, last)
    while found and found.spelled and found.first > 0 and tokens[found.first - 1].kind == "scale":
        above = _single(tokens, found.first - 1)
        if above is None or not above.spelled or above.scale <= found.value:
            break
        found = above._replace(value=above.value + found.value, scale=found.scale, end=found.end)
    return found


def year_like(token: Token) -> bool:
    """Whether the digits could as well be a year."""
    return len(token.text) == 4 and token.text.isdecimal() and _YEARS[0] <= int(token.text) <= _YEARS[1]


def _single(tokens: list[Token], last: int) -> Quantity | None:
    if last < 0:
        return None
    token = tokens[last]
    if token.kind != "scale":
        return _number(tokens, last, scaled=False)
    before = last - 1
    if before > 0 and tokens[before].text == "-" and tokens[before].end == token.start:
        before -= 1
    number = _number(tokens, before, scaled=True)
    if number and not (year_like(tokens[before]) and tokens[before].end < token.start - 1):
        return number._replace(value=number.value * token.value, scale=token.value, end=token.end)
    if token.text.lower() == "tausend" and not _vague(tokens, last):
        return Quantity(1000.0, last, token.start, token.end, 1000.0, True)
    return None


def _number(tokens: list[Token], last: int, scaled: bool) -> Quantity | None:
    if last < 0:
        return None
    token = tokens[last]
    if token.kind == "number":
        return _digits(tokens, last, scaled)
    if token.kind == "word" and token.value >= 0:
        return _words(tokens, last)
    return None


def _digits(tokens: list[Token], last: int, scaled: bool) -> Quantity | None:
    token = tokens[last]
    start, written = token.start, token.text
    if scaled and " " in written:  # "Los 12 350 Mio.": nobody groups thousands before a scale
        written = written.rpartition(" ")[2]
        start = token.end - len(written)
    value = literal(written, scaled)
    if value is None:
        return None
    if scaled and last >= 2 and tokens[last - 1].text == "/" and tokens[last - 2].text.isdecimal() and value:
        return Quantity(int(tokens[last - 2].text) / value, last - 2, tokens[last - 2].start, token.end, 1.0, False)
    if token.text in "½¼¾" and last and tokens[last - 1].text.isdecimal():
        return Quantity(int(tokens[last - 1].text) + value, last - 1, tokens[last - 1].start, token.end, 1.0, False)
    return Quantity(value, last, start, token.end, 1.0, False)


def _words(tokens: list[Token], last: int) -> Quantity | None:
    token = tokens[last]
    if _vague(tokens, last):
        return None
    before = tokens[last - 1] if last else None
    if before and before.text.lower() == "komma" and last >= 2 and tokens[last - 2].value >= 0:
        whole = tokens[last - 2]
        return Quantity(float(f"{whole.value:.0f}.{token.value:.0f}"), last - 2, whole.start, token.end, 1.0, True)
    if before and before.value > 0 and (token.value < 1 or not token.value.is_integer() or token.value >= 1e5):
        if is_article(before.text):  # "eine halbe", "eine Dreiviertelmillion"
            return Quantity(token.value, last - 1, before.start, token.end, 1.0, True)
        if token.value < 0.5 and before.value < 10:  # "drei viertel"
            return Quantity(before.value * token.value, last - 1, before.start, token.end, 1.0, True)
    return Quantity(token.value, last, token.start, token.end, 1.0, True)


def _vague(tokens: list[Token], last: int) -> bool:
    return last > 0 and tokens[last - 1].text.lower() in _VAGUE
