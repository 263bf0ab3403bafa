"""Amounts whose currency stands first: "EUR 1.000", "€ 5,-", "TEUR 500", "Euro 50.000,-"."""

import re
from typing import NamedTuple

from pipeline.extract.amounts.currencies import Anchor
from pipeline.extract.amounts.numbers import SCALES, literal
from pipeline.extract.amounts.tokens import LITERAL, SPACES

_SCALE = rf"(?:[{SPACES}]?(?P<scale>Mio|Mrd|Tsd|Millionen|Million|Milliarden|Milliarde|Tausend)\b\.?)?"
_NOT_PERCENT = rf"(?![\d%]|[{SPACES}]?(?:%|Prozent))"
_AMOUNT = re.compile(rf"[{SPACES}]?(?P<number>{LITERAL}){_SCALE}{_NOT_PERCENT}", re.IGNORECASE)
_JOINT = re.compile(rf"[{SPACES}]?(?:bis(?: zu)?|[-–—])(?=[{SPACES}]?\d)")
# "Euro 6", "EURO 2024" are norms and football; money written so shows its thousands or its cents.
_MONEY_LOOKS = re.compile(r"\d{1,3}(?:[. '’]\d{3})+|\d+,(?:\d\d|-)|\d{5}|[1-9]00\Z")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")


class Leading(NamedTuple):
    low: float
    high: float
    end: int


def after(text: str, anchor: Anchor, scale: float) -> Leading | None:
    """The amount that follows the currency; `scale` is one written before it ("TEUR")."""
    if not anchor.name.leads:
        return None
    match = _AMOUNT.match(text, anchor.end)
    if match is None or not _believable(text, anchor, match):
        return None
    low = _value(match, scale)
    if low is None:
        return None
    joint = _JOINT.match(text, match.end())
    second = _AMOUNT.match(text, joint.end()) if joint else None
    high = _value(second, scale) if second else None
    if second is None or high is None or high <= low:
        return Leading(low, low, match.end())
    return Leading(low, high, second.end())


def _believable(text: str, anchor: Anchor, match: re.Match[str]) -> bool:
    written = match["number"]
    sign = not text[anchor.end - 1].isalpha()
    if sign or match["scale"]:
        return True
    if anchor.name.inflects or anchor.name.code != "EUR":  # SEK and DM are the police and a championship too
        return bool(_MONEY_LOOKS.match(written)) and not _YEAR.match(written)
    return not _YEAR.match(written)


def _value(match: re.Match[str], scale: float) -> float | None:
    written = match["scale"]
    own = SCALES[written.lower()] if written else 1.0
    number = literal(match["number"], bool(written))
    return None if number is None else number * own * scale
