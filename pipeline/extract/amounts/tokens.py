"""The words and numbers before a currency, cut up for the grammar.

A token is the match itself: its kind is `lastgroup` (number, word, sign, gap). Making records of them cost
more than all of the grammar.
"""

import re

Token = re.Match[str]

SPACES = " \u00a0\u202f\u2009"  # plain, no-break, narrow no-break, thin
# Digits with their separators, and the tail of "5,-"; what they are worth is decided by `numbers.literal`.
LITERAL = (
    rf"(?:(?:\d{{1,3}}(?:[{SPACES}]\d{{3}})+(?![.'’´]?\d)(?:,\d{{1,2}}(?!\d))?"
    r"|\d+(?:[.,'’´]\d+|(?<=\d\d)\.\n(?=\d{3}(?!\d)))*)"
    r"(?:,[-–—]{1,2}|\.[-–—]{1,2}(?!\w)|[½¼¾])?|[½¼¾])"
)
_TOKEN = re.compile(
    rf"(?P<gap>\n[^\S\n]*\n\s*)|(?P<number>{LITERAL})"
    r"|(?P<word>(?:(?:Mi[oa]|Mill|Mrd|Md|Bio|Tsd|ca|rd|max|min|mind|bzw)\.|[^\W\d_]+))"
    r"|(?P<sign>[^\s\w]|_)",
    re.IGNORECASE,
)


def cut(text: str, start: int, end: int) -> list[Token]:
    """The tokens of text[start:end], spaces left out."""
    return list(_TOKEN.finditer(text, start, end))


def lower(tokens: list[Token], at: int) -> str:
    """The token in lower case; "" before the first."""
    return tokens[at][0].lower() if at >= 0 else ""
