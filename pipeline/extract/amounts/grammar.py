"""What stands before a currency: one number, a range, or several numbers that share it."""

from typing import NamedTuple

from pipeline.extract.amounts.quantities import Quantity, quantity_ending, year_like
from pipeline.extract.amounts.tokens import Token

_DASHES = frozenset("-–—‑")
_AND = frozenset({"und", "oder", "sowie", "bzw.", "bzw", "beziehungsweise", ",", ";"})
_DASH_RATIO = 200  # "Los 1 - 500.000 Euro" is no range
# A list without its own currency is believed only after one of these: "von 10, 20 und 30 Euro", not "Klasse 5 und 20 Euro".
_OPENERS = frozenset(
    "von um über mit je jeweils auf bei zwischen für zu mal rund etwa knapp ca. fast mindestens maximal gibt kosten"
    " kostet zahlt zahlen beträgt betragen erhalten erhält".split()
)


class Reading(NamedTuple):
    """The quantities before a currency, the last one first in reach of it."""

    low: Quantity
    high: Quantity  # the same as low unless it is a range
    sharing: tuple[Quantity, ...]  # further amounts to the left that share the currency
    inherited: bool  # a scale was taken over from the right


def read(tokens: list[Token]) -> Reading | None:
    """Read the tokens before a currency from the right; None when no number touches it."""
    last = len(tokens) - 1
    if last > 0 and tokens[last].text == "-":
        last -= 1
    main = quantity_ending(tokens, last)
    if main is None:
        return None
    span = _range(tokens, main)
    if span:
        return span
    return Reading(main, main, _sharing(tokens, main), False)


def _range(tokens: list[Token], high: Quantity) -> Reading | None:
    joint = high.first - 1
    word = tokens[joint].text.lower() if joint > 0 else ""
    if word in ("zu", "maximal", "max.", "höchstens") and joint > 1 and tokens[joint - 1].text.lower() == "bis":
        joint, word = joint - 1, "bis"
    if word in ("rund", "etwa", "ca.") and joint > 1 and tokens[joint - 1].text.lower() in ("bis", "und"):
        joint, word = joint - 1, tokens[joint - 1].text.lower()
    dashed = word in _DASHES
    if not dashed and word not in ("bis", "und"):
        return None
    low, inherited = _left(tokens, joint, high)
    if low is None or low.value >= high.value:
        return None
    if dashed and (low.value * _DASH_RATIO < high.value or (year_like(tokens[low.first]) and high.scale > 1)):
        return None
    if word == "und" and not _opened_by(tokens, low.first, "zwischen"):
        return None
    return Reading(low, high, (), inherited)


def _left(tokens: list[Token], joint: int, right: Quantity) -> tuple[Quantity | None, bool]:
    """The quantity before a joint, with the scale it shares with the one behind."""
    last = joint - 1
    if last > 0 and tokens[last].text == "-":  # "zwei- bis dreihunderttausend"
        last -= 1
    left = quantity_ending(tokens, last)
    if left is None:
        return None, False
    shared = right.scale
    if right.spelled and right.scale == 1.0 and tokens[joint - 1].text == "-":
        shared = 1e5 if right.value % 1e5 == 0 else 1e3 if right.value % 1e3 == 0 else 1.0
    if shared == 1.0 or not left.may_inherit():
        return left, False
    scaled = left._replace(value=left.value * shared, scale=shared)
    falls = tokens[joint].text.lower() in ("auf", "und", "oder", ",")
    return (scaled, True) if falls or scaled.value <= right.value else (left, False)


def _sharing(tokens: list[Token], main: Quantity) -> tuple[Quantity, ...]:
    """Amounts further left without a currency: "von 1 auf 2 Mio. Euro", "10, 20 und 30 Euro"."""
    joint = main.first - 1
    if joint < 1:
        return ()
    word = tokens[joint].text.lower()
    if word == "auf":
        left, _ = _left(tokens, joint, main)
        return (left,) if left and _opened_by(tokens, left.first, "von") else ()
    found: list[Quantity] = []
    while joint > 0 and tokens[joint].text.lower() in _AND:
        left, _ = _left(tokens, joint, main)
        if left is None or (year_like(tokens[left.first]) and left.scale == 1.0):
            break
        found.append(left)
        joint = left.first - 1
    opened = found and (joint < 0 or tokens[joint].text.lower() in _OPENERS)
    return tuple(found) if opened else ()


def _opened_by(tokens: list[Token], first: int, word: str) -> bool:
    """Whether the word stands at most two tokens before tokens[first]."""
    return any(token.text.lower() == word for token in tokens[max(0, first - 3) : first])
