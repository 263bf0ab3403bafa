"""Quantities: a number and its scale, read from the last token to the left."""

from typing import NamedTuple

from pipeline.extract.amounts.numbers import SCALES, literal, word_value
from pipeline.extract.amounts.tokens import Token, lower
from pipeline.extract.numerals import is_article

# "einige tausend Euro" has no value.
_VAGUE = frozenset(
    "paar einige einigen mehrere mehreren viele vielen etliche etlichen wenige wenigen".split()
)
_FRACTIONS = {"viertel": 0.25, "drittel": 1 / 3}
_MILLIONS = frozenset(("million", "millionen", "milliarde", "milliarden"))
_YEARS = (1900, 2100)
# After these a number stands by itself: "in Klasse 5 500 Euro" are 500 Euro.
NUMBERED = frozenset(
    "klasse los nummer platz kapitel titel phase stufe artikel absatz position gruppe teil § punkt".split()
)
_INHERITS_BELOW = 1000  # "2 bis 3 Mio." means 2 Mio., "500.000 bis 2 Mio." means 500.000


class Quantity(NamedTuple):
    value: float
    first: int  # index of its first token
    start: int  # offsets in the text
    end: int
    scale: float = 1.0  # 1.0 when the number has none of its own
    spelled: bool = False

    def may_inherit(self) -> bool:
        """Whether a scale that follows later may be meant for this number too."""
        return self.scale == 1.0 and self.value < _INHERITS_BELOW


def quantity_ending(tokens: list[Token], last: int) -> Quantity | None:
    """The longest quantity whose last token is tokens[last]."""
    found = _single(tokens, last)
    while found and (found.spelled or found.scale > 1) and lower(tokens, found.first - 1) in SCALES:
        above = _single(tokens, found.first - 1)
        if above is None or above.spelled != found.spelled or above.scale <= found.value:
            break
        found = above._replace(value=above.value + found.value, scale=found.scale, end=found.end)
    if found and _adds_to(tokens, found):
        above = _single(tokens, found.first - 1)
        if above and above.scale > found.value:
            found = above._replace(value=above.value + found.value, end=found.end)
    return _fraction_of(tokens, found) if found and found.spelled and found.scale > 1 else found


def _adds_to(tokens: list[Token], found: Quantity) -> bool:
    """ "2 Millionen 310.000": thousands written out right after their millions."""
    written = tokens[found.first][0]
    return "." in written and found.value >= 1000 and lower(tokens, found.first - 1) in _MILLIONS


def _fraction_of(tokens: list[Token], whole: Quantity) -> Quantity:
    """ "drei Viertel einer Million" """
    part = _FRACTIONS.get(lower(tokens, whole.first - 1))
    count = word_value(lower(tokens, whole.first - 2)) if part else None
    if part is None or not count or lower(tokens, whole.first) != "einer":
        return whole
    first = whole.first - 2
    return whole._replace(value=whole.value * count * part, first=first, start=tokens[first].start())


def year_like(written: str) -> bool:
    """Whether the digits could as well be a year."""
    return len(written) == 4 and written.isdecimal() and _YEARS[0] <= int(written) <= _YEARS[1]


def _single(tokens: list[Token], last: int) -> Quantity | None:
    if last < 0:
        return None
    token = tokens[last]
    scale = SCALES.get(token[0].lower())
    if scale is None:
        return _number(tokens, last, scaled=False)
    before = last - 1
    if before > 0 and tokens[before][0] == "-" and tokens[before].end() == token.start():
        before -= 1
    number = _number(tokens, before, scaled=True)
    if number and not _year_in_line_above(tokens, before, token):
        return number._replace(value=number.value * scale, scale=scale, end=token.end())
    if token[0].lower() == "tausend" and not _vague(tokens, last):
        return Quantity(1000.0, last, token.start(), token.end(), 1000.0, True)
    return None


def _year_in_line_above(tokens: list[Token], number: int, scale: Token) -> bool:
    return year_like(tokens[number][0]) and "\n" in scale.string[tokens[number].end() : scale.start()]


def _number(tokens: list[Token], last: int, scaled: bool) -> Quantity | None:
    if last < 0:
        return None
    kind = tokens[last].lastgroup
    if kind == "number":
        return _digits(tokens, last, scaled)
    return _words(tokens, last) if kind == "word" else None


def _digits(tokens: list[Token], last: int, scaled: bool) -> Quantity | None:
    written = tokens[last][0]
    end = tokens[last].end()
    if " " in written and (scaled or lower(tokens, last - 1) in NUMBERED):
        written = _last_group(written)  # "Los 12 350 Mio.", "Los 3 500 Euro"
    value = literal(written, scaled)
    if value is None:
        return None
    found = Quantity(value, last, end - len(written), end)
    is_fraction = written in "½¼¾"
    whole_token = written == tokens[last][0]  # not "2013/14 219 Mio."
    if (
        scaled
        and value
        and whole_token
        and lower(tokens, last - 1) == "/"
        and lower(tokens, last - 2).isdecimal()
    ):
        found, is_fraction = _widened(tokens, last - 2, found, int(lower(tokens, last - 2)) / value), True
    whole = lower(tokens, found.first - 1)
    if is_fraction and whole.isdecimal():  # "12 1/2", "1 ½"
        return _widened(tokens, found.first - 1, found, int(whole) + found.value)
    return found


def _widened(tokens: list[Token], first: int, found: Quantity, value: float) -> Quantity:
    return found._replace(value=value, first=first, start=tokens[first].start())


def _last_group(written: str) -> str:
    """What is the number if the groups are two numbers: "12 350" is 350, "2 000" is itself."""
    last = written.rpartition(" ")[2]
    return written if last.startswith("0") else last


def _words(tokens: list[Token], last: int) -> Quantity | None:
    word = tokens[last][0].lower()
    value = word_value(word)
    if value is None or _vague(tokens, last):
        return None
    start, end = tokens[last].span()
    before = lower(tokens, last - 1)
    if before == "komma":
        whole = word_value(lower(tokens, last - 2))
        if whole is not None and last >= 2:
            return Quantity(
                float(f"{whole:.0f}.{value:.0f}"), last - 2, tokens[last - 2].start(), end, spelled=True
            )
    if value.is_integer() and value < 1e5:
        return Quantity(value, last, start, end, spelled=True)
    if is_article(before):  # "eine halbe", "eine Dreiviertelmillion"
        return Quantity(value, last - 1, tokens[last - 1].start(), end, spelled=True)
    if value == 0.25 and before in ("drei", "zwei"):  # "drei viertel"
        return Quantity(
            value * (word_value(before) or 1), last - 1, tokens[last - 1].start(), end, spelled=True
        )
    return Quantity(value, last, start, end, spelled=True)


def _vague(tokens: list[Token], last: int) -> bool:
    return lower(tokens, last - 1) in _VAGUE
