"""What stands before a currency: one number, a range, or several numbers that share it."""

from typing import NamedTuple

from pipeline.extract.amounts.quantities import NUMBERED, Quantity, quantity_ending, year_like
from pipeline.extract.amounts.tokens import Token, lower

_DASHES = frozenset("-–—‑")
_AND = frozenset({"und", "oder", "sowie", "bzw.", "bzw", "beziehungsweise", ",", ";"})
_SOFTENERS = frozenset({"zu", "maximal", "max.", "höchstens", "rund", "etwa", "ca."})
# After these the second number may be the smaller one.
_FALLS = frozenset({"auf", "und", "oder", ",", "statt", "anstatt", "anstelle", "bzw.", "bzw"})
_DASH_RATIO = 200  # "Los 1 - 500.000 Euro" is no range
# Numbers without a currency are believed only after one of these: "von 10, 20 und 30 Euro", not
# "Klasse 5 und 20 Euro" nor "2.000 Euro für 3 und 3.000 Euro für 5 Gruppen".
_OPENERS = frozenset(
    "von um bei je jeweils zwischen rund etwa knapp ca. mit auf über nach er sie es man mindestens"
    " höchstens maximal :".split()
)
# "für 3 und 3.000 Euro", "in 5 und 20 Euro" count something else.
_NO_OPENERS = frozenset(
    "für in im am an den dem der die das des vom zum zur aus seit bis alle allen unter ab vor neben gegen"
    " nicht".split()
)
# "30 und 33 Mio. Euro", "15 statt bisher 12 Millionen Euro"
_PAIRS = _AND - {",", ";"} | {"statt", "anstatt", "anstelle"}
_EITHER = frozenset("bzw. bzw beziehungsweise statt anstatt anstelle".split())
_MEANWHILE = frozenset(
    "bisher bislang zuvor vorher zuletzt derzeit nun jetzt künftig dann mindestens höchstens maximal rund"
    " etwa knapp".split()
)
_NOW = frozenset(("nun", "jetzt", "künftig"))
_LISTS = _PAIRS | _AND
# Before a number any of these may join another one to it.
JOINTS = _LISTS | _DASHES | _SOFTENERS | _MEANWHILE | _NOW | {"bis", "auf"}
_BEFORE_YEARS = frozenset("ab seit für im jahr jahre ende anfang mitte januar juli".split())
_CLOSE_RATIO = 3  # "20 bis 25.000 Euro" are thousands, "5 bis 25.000 Euro" is a fine


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
    if lower(tokens, low.first - 1) == ":" and lower(tokens, low.first - 2).isdecimal():
        return None  # "1:1 bis 4.000 Mark"
    if high.scale > 1 and low.scale == 1 and year_like(tokens[low.first][0]):
        return None  # "bis zum 30. Juni 2024 bis zu 200 Mrd."
    if low.scale == 1 and year_like(tokens[low.first][0]) and lower(tokens, low.first - 1) in _BEFORE_YEARS:
        return None  # "ab 2017 bis zu 25.000 Euro"
    if dashed and low.value * _DASH_RATIO < high.value:
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
    if _are_thousands(tokens, joint, left, right):
        return left._replace(value=left.value * 1e3, scale=1e3), True
    if shared == 1.0 or not left.may_inherit():
        return left, False
    scaled = left._replace(value=left.value * shared, scale=shared)
    if scaled.value <= right.value or lower(tokens, joint) in _FALLS:
        return scaled, True
    return left, False


def _are_thousands(tokens: list[Token], joint: int, left: Quantity, right: Quantity) -> bool:
    """ "20 bis 25.000 Euro" """
    if lower(tokens, joint) != "bis" or not tokens[right.first][0].endswith(".000"):
        return False
    thousands = left.value * 1e3
    return left.may_inherit() and thousands < right.value <= thousands * _CLOSE_RATIO


def _glued_scale(right: Quantity) -> float:
    if right.scale > 1:
        return right.scale
    return next((scale for scale in (1e5, 1e3, 1e2) if right.value % scale == 0), 1.0)


def _sharing(tokens: list[Token], main: Quantity) -> tuple[Quantity, ...]:
    """Amounts further left without a currency: "von 1 auf 2 Mio. Euro", "10, 20 und 30 Euro"."""
    joint = _joint_before(tokens, main.first)
    if joint < 1:
        return ()
    word = lower(tokens, joint)
    if word == "auf":
        return _risen_from(tokens, joint, main)
    if joint + 1 < main.first and lower(tokens, joint + 1) in _NOW:  # "statt bisher 250 nun 300 Euro"
        left, _ = _left(tokens, joint + 1, main)
        return (left,) if left and _opened_by(tokens, left.first, "statt") else ()
    found: list[Quantity] = []
    while joint > 0 and lower(tokens, joint) in _LISTS:
        left, _ = _left(tokens, joint, main)
        if left is None or (left.scale == 1.0 and year_like(tokens[left.first][0])):
            break
        if tokens[left.first][0] == "ein" and not main.spelled:
            break  # "nimmt 2 Mio. Euro ein, 3 Mio. Euro weniger"
        found.append(left)
        joint = _joint_before(tokens, left.first)
    if found and _introduces(tokens, found[-1].first - 1, word in _PAIRS, word in _EITHER):
        return tuple(found)
    return ()


def _risen_from(tokens: list[Token], joint: int, main: Quantity) -> tuple[Quantity, ...]:
    """ "von 7,75 über 8,00 auf 8,60 Euro" """
    left, _ = _left(tokens, joint, main)
    if left is None:
        return ()
    through = left.first - 1
    first, _ = _left(tokens, through, main) if lower(tokens, through) == "über" else (None, False)
    opened = _opened_by(tokens, (first or left).first, "von") or _opened_by(tokens, left.first, "um")
    return () if not opened else (left, first) if first else (left,)


def _joint_before(tokens: list[Token], first: int) -> int:
    """Where the word stands that joins a number to the one before: "statt" in "15 statt bisher 12"."""
    joint = first - 1
    for _ in range(2):
        joint -= lower(tokens, joint) in _MEANWHILE
    return joint


def _introduces(tokens: list[Token], at: int, paired: bool, either: bool) -> bool:
    """Whether the word before the first of several numbers says that they are sums."""
    word = lower(tokens, at)
    if at < 0 or word in _OPENERS or word in _MEANWHILE:
        return True
    if either:
        return word not in NUMBERED
    lowercase = word == tokens[at][0] and word.isalpha()
    written = (
        at + 1 < len(tokens) and len(tokens[at + 1][0].strip(".,")) > 3 and not tokens[at + 1][0].isalnum()
    )
    return lowercase and paired and (written or word not in _NO_OPENERS)


def _opened_by(tokens: list[Token], first: int, word: str) -> bool:
    """Whether the word stands at most three tokens before tokens[first]."""
    return any(token[0].lower() == word for token in tokens[max(0, first - 3) : first])
