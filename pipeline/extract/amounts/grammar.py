"""What stands before a currency: one number, a range, or several numbers that share it."""

from typing import NamedTuple

from pipeline.extract.amounts.quantities import Quantity, quantity_ending, year_like
from pipeline.extract.amounts.tokens import Token, lower

_DASHES = frozenset("-–—‑")
_AND = frozenset({"und", "oder", "sowie", "bzw.", "bzw", "beziehungsweise", ",", ";"})
_SOFTENERS = frozenset({"zu", "maximal", "max.", "höchstens", "rund", "etwa", "ca."})
_FALLS = frozenset({"auf", "und", "oder", ","})  # after these the second number may be the smaller one
_DASH_RATIO = 200  # "Los 1 - 500.000 Euro" is no range
# Numbers without a currency are believed only after one of these: "von 10, 20 und 30 Euro", not
# "Klasse 5 und 20 Euro" nor "2.000 Euro für 3 und 3.000 Euro für 5 Gruppen".
_OPENERS = frozenset(
    "von um bei je jeweils zwischen rund etwa knapp ca. kosten kostet beträgt betragen".split()
)


class Reading(NamedTuple):
    """The quantities before a currency."""

    low: Quantity
    high: Quantity  # the same as low unless it is a range
    sharing: tuple[Quantity, ...]  # further amounts that share the currency, from right to left
    inherited: bool  # a scale was taken over from the right


def read(tokens: list[Token]) -> Reading | None:
    """Read the tokens before a currency from the right; None when no number touches it."""
    last = len(tokens) - 1
    if lower(tokens, last) == "-":
        last -= 1
    main = quantity_ending(tokens, last)
    if main is None:
        return None
    return _range(tokens, main) or Reading(main, main, _sharing(tokens, main), False)


def _range(tokens: list[Token], high: Quantity) -> Reading | None:
    joint = high.first - 1
    if lower(tokens, joint) in _SOFTENERS and lower(tokens, joint - 1) in ("bis", "und"):
        joint -= 1
    word = lower(tokens, joint)
    dashed = word in _DASHES
    if joint < 1 or (not dashed and word not in ("bis", "und")):
        return None
    low, inherited = _left(tokens, joint, high)
    if low is None or low.value >= high.value:
        return None
    if dashed and (
        low.value * _DASH_RATIO < high.value or (high.scale > 1 and year_like(tokens[low.first][0]))
    ):
        return None
    if word == "und" and not _opened_by(tokens, low.first, "zwischen"):
        return None
    return Reading(low, high, (), inherited)


def _left(tokens: list[Token], joint: int, right: Quantity) -> tuple[Quantity | None, bool]:
    """The quantity before a joint, and whether it took over the scale of the one behind."""
    hyphened = lower(tokens, joint - 1) == "-"  # "zwei- bis dreihunderttausend"
    left = quantity_ending(tokens, joint - 2 if hyphened else joint - 1)
    if left is None:
        return None, False
    shared = _glued_scale(right) if left.spelled and right.spelled else right.scale
    if shared == 1.0 or not left.may_inherit():
        return left, False
    scaled = left._replace(value=left.value * shared, scale=shared)
    if scaled.value <= right.value or lower(tokens, joint) in _FALLS:
        return scaled, True
    return left, False


def _glued_scale(right: Quantity) -> float:
    if right.scale > 1:
        return right.scale
    return next((scale for scale in (1e5, 1e3, 1e2) if right.value % scale == 0), 1.0)


def _sharing(tokens: list[Token], main: Quantity) -> tuple[Quantity, ...]:
    """Amounts further left without a currency: "von 1 auf 2 Mio. Euro", "10, 20 und 30 Euro"."""
    joint = main.first - 1
    if joint < 1:
        return ()
    if lower(tokens, joint) == "auf":
        left, _ = _left(tokens, joint, main)
        opened = left and (_opened_by(tokens, left.first, "von") or _opened_by(tokens, left.first, "um"))
        return (left,) if left and opened else ()
    found: list[Quantity] = []
    while joint > 0 and lower(tokens, joint) in _AND:
        left, _ = _left(tokens, joint, main)
        if left is None or (left.scale == 1.0 and year_like(tokens[left.first][0])):
            break
        found.append(left)
        joint = left.first - 1
    return tuple(found) if found and (joint < 0 or lower(tokens, joint) in _OPENERS) else ()


def _opened_by(tokens: list[Token], first: int, word: str) -> bool:
    """Whether the word stands at most three tokens before tokens[first]."""
    return any(token[0].lower() == word for token in tokens[max(0, first - 3) : first])
