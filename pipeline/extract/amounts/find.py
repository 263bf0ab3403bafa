"""Find the amounts of money of a text."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.extract.amounts import invisible
from pipeline.extract.amounts.currencies import Anchor, anchors, counts_things
from pipeline.extract.amounts.denomination import Denomination, denomination
from pipeline.extract.amounts.ellipsis import elliptic
from pipeline.extract.amounts.grammar import Reading, read
from pipeline.extract.amounts.headed import headed, unit_ahead
from pipeline.extract.amounts.money import Money
from pipeline.extract.amounts.numbers import SCALES
from pipeline.extract.amounts.parallel import parallel
from pipeline.extract.amounts.prefix import after
from pipeline.extract.amounts.qualifiers import qualifier
from pipeline.extract.amounts.quantities import Quantity
from pipeline.extract.amounts.tokens import Token, cut, lower
from pipeline.extract.amounts.usual import Usual, usual
from pipeline.extract.mentions import Amount, Context, Mention, Rejection, as_mention
from pipeline.extract.numerals import is_article

_NEAR, _FAR = 44, 256  # how far left a number may reach; far only when near was used up
_USED_UP = 3  # tokens left over that a qualifier may need
_GAP = 6  # spaces at most between a number and its currency
_TOUCHES = re.compile(r"[\w.½¼¾—–-]\s*\Z")
_SPACE = re.compile(r"\s")
_RANGE_JOINT = re.compile(r"\s*(?:bis(?: zu)?|[-–—])\s*")
_AND_JOINT = re.compile(r"\s+und\s+(?:\w+\s)?")
_EURO_AND_CENT = re.compile(r"\s(?:und\s)?")
# "19 Euro 50": the cents stand alone, nothing is counted with them.
_COINS = re.compile(
    r"[ \u00a0](\d\d)(?=[,;:!?)]|\.?\s*\Z|\.?\n|\.\s[A-ZÄÖÜ](?!\w+\s\d{4})"
    r"|\s(?!(?:kg|km|m|cm|g|t|ha|uhr|prozent|bis)\b)[a-zäöü]{2})"
)
_COINS_BELOW = 1000
_OR_MORE = re.compile(r"\s(?:und|oder)\smehr\b")
_BETWEEN = re.compile(r"zwischen\s+(?:\w+\.?\s+)?\Z")
_PRODUCT = re.compile(r"[- ](?:Ticket|Job|Kraft)")  # "49-Euro-Ticket", "Ein-Euro-Job" are names
_COMPOUND = re.compile(r"-\w")

PLACES = 4  # of a value: enough for tenths of a cent, too few for the noise of 8.3 × 10⁹


def find(text: str, context: Context, rejected: list[Rejection] | None = None) -> list[Mention]:
    """All amounts of money, in the order of the text.

    >>> [mention.value for mention in find("Gotha erhält rund 1,2 Mio. Euro.", Context())]
    [Amount(value_min=1200000.0, value_max=1200000.0, currency='EUR', qualifier='about')]
    """
    if not invisible.occurs_in(text):
        return [_mention(text, money, money.start, money.end) for money in _find(text, rejected)]
    plain, places = invisible.removed(text)
    return [
        _mention(text, money, places[money.start], places[money.end - 1] + 1)
        for money in _find(plain, rejected)
    ]


def _mention(text: str, money: Money, start: int, end: int) -> Mention:
    return as_mention(("amount", start, end, text[start:end], money.confidence, money.rule, money.amount))


def _find(text: str, rejected: list[Rejection] | None) -> list[Money]:
    money_anchors, scales = anchors(text)
    found: list[Money] = []
    units: list[tuple[Anchor, float, str]] = []
    for anchor in money_anchors:
        reach = found[-1].end if found else 0
        if anchor.start < reach:
            continue
        scale = unit_ahead(text, anchor)
        if scale and anchor.name.code:
            units.append((anchor, scale, anchor.name.code))
            continue
        reason = _add(text, anchor, reach, found)
        if reason and rejected is not None:
            surface = text[anchor.start : anchor.end]
            rejected.append(Rejection("amount", anchor.start, anchor.end, surface, reason))
    if found:
        more = [*parallel(text, found), *(elliptic(text, scales, found) if scales else ())]
        found = _with(found, more) if more else found
    return _with(found, headed(text, units)) if units else found


def _with(found: list[Money], more: Iterable[Money]) -> list[Money]:
    """The amounts found and those read from their context, in order; one found by itself keeps its place."""
    starts = [money.start for money in found]
    added: list[Money] = []
    for money in sorted(more):
        at = bisect_left(starts, money.end)
        clear = at == 0 or found[at - 1].end <= money.start
        if clear and (not added or added[-1].end <= money.start):
            added.append(money)
    return sorted([*found, *added])


class _Left(NamedTuple):
    """What stands to the left of a currency."""

    tokens: list[Token]  # without the adjective of the currency
    kind: Denomination
    reading: Reading | None


def _add(text: str, anchor: Anchor, reach: int, found: list[Money]) -> str | None:
    """Add what stands at the anchor to what was found; otherwise say why there is nothing."""
    if counts_things(text, anchor):
        return "counts things"
    plain = usual(text, anchor.start, reach) if anchor.name.code and anchor.name.parts == 1 else None
    if plain:
        return _add_usual(text, anchor, plain, found)
    tokens, kind, reading = _look_left(text, anchor, reach)
    if reading is None:
        return _add_leading(text, anchor, tokens, kind.code, found)
    if kind.code is None:
        return "no money, or not clear which"
    refused = _refused(text, anchor, tokens, reading)
    if refused:
        return refused
    found.extend(_amounts(text, tokens, reading, anchor.name.parts, kind))
    _join(text, found)
    return None


def _add_usual(text: str, anchor: Anchor, plain: Usual, found: list[Money]) -> str | None:
    if _PRODUCT.match(text, anchor.end):
        return "name of a product"
    value, end = round(plain.value, PLACES), anchor.end
    cents = None if plain.scaled else _cents(text, end, value)
    if cents:
        value, end = value + int(cents[1]) / 100, cents.end(1)
    said = _or_more(text, end, Amount(value, value, anchor.name.code, plain.qualifier))
    rule = "digits and scale" if plain.scaled else "digits"
    found.append(Money(plain.start, end, said, 0.99, rule))
    _join(text, found)
    return None


def _look_left(text: str, anchor: Anchor, reach: int) -> _Left:
    gap = anchor.start - _GAP
    touches = _TOUCHES.search(text, gap if gap > reach else reach, anchor.start)
    left = _read_left(text, anchor, _cut_before(text, anchor, reach, _NEAR) if touches else [])
    used_up = len(left.tokens) < _USED_UP or (left.reading and left.reading.low.first < _USED_UP)
    if touches and used_up and anchor.start - _NEAR > reach:
        return _read_left(text, anchor, _cut_before(text, anchor, reach, _FAR))
    return left


def _read_left(text: str, anchor: Anchor, tokens: list[Token]) -> _Left:
    kind = denomination(text, anchor, tokens, text[anchor.start : anchor.end])
    if kind.adjectives:
        tokens = tokens[:-1]
    return _Left(tokens, kind, read(tokens))


def _cut_before(text: str, anchor: Anchor, reach: int, width: int) -> list[Token]:
    first = anchor.start - width
    if first > reach:
        space = _SPACE.search(text, first, anchor.start)
        first = space.end() if space else first
    else:
        first = reach
    return cut(text, first, anchor.start)


def _refused(text: str, anchor: Anchor, tokens: list[Token], reading: Reading) -> str | None:
    if _PRODUCT.match(text, anchor.end):
        return "name of a product"
    number = tokens[reading.low.first]
    if reading.low.value == 1 and is_article(number[0]) and _COMPOUND.match(text, anchor.end):
        return "an article before a compound"
    return None


def _amounts(
    text: str, tokens: list[Token], reading: Reading, parts: int, kind: Denomination
) -> Iterator[Money]:
    code, end = kind.code or "", kind.end
    for shared in reversed(reading.sharing):
        value = round(shared.value / parts, PLACES)
        said = Amount(value, value, code, qualifier(tokens, shared.first))
        yield Money(shared.start, shared.end, said, 0.75, "shared currency")
    low, high = round(reading.low.value / parts, PLACES), round(reading.high.value / parts, PLACES)
    ranged = reading.low is not reading.high
    cents = None if ranged or parts > 1 or reading.low.scale > 1 else _cents(text, end, low)
    if cents:
        low = high = low + int(cents[1]) / 100
        end = cents.end(1)
    said = Amount(low, high, code, "range" if ranged else qualifier(tokens, reading.low.first))
    yield Money(reading.low.start, end, _or_more(text, end, said), *_judged(tokens, reading, ranged))


def _cents(text: str, end: int, euros: float) -> re.Match[str] | None:
    """ "19 Euro 50" """
    if euros % 1 or euros > _COINS_BELOW or not text[end - 1].isalpha():
        return None
    return _COINS.match(text, end)


def _or_more(text: str, end: int, said: Amount) -> Amount:
    if said.qualifier == "exact" and _OR_MORE.match(text, end):
        return said._replace(qualifier="at_least")
    return said


def _judged(tokens: list[Token], reading: Reading, ranged: bool) -> tuple[float, str]:
    """Confidence and the name of the rule."""
    if ranged:
        return (0.93, "range with one scale") if reading.inherited else (0.97, "range")
    main: Quantity = reading.low
    if main.spelled:
        return (0.85 if main.value == 1 and is_article(tokens[main.first][0]) else 0.97), "spelled number"
    return (0.99, "digits and scale") if main.scale > 1 else (0.99, "digits")


def _add_leading(
    text: str, anchor: Anchor, tokens: list[Token], code: str | None, found: list[Money]
) -> str | None:
    scale = SCALES.get(lower(tokens, len(tokens) - 1))
    leading = after(text, anchor, scale or 1.0)
    if leading is None or code is None:
        return "no number at it"
    first = len(tokens) - 1 if scale else len(tokens)
    said = "range" if leading.low < leading.high else qualifier(tokens, first)
    start = tokens[-1].start() if scale else anchor.start
    found.append(
        Money(start, leading.end, Amount(leading.low, leading.high, code, said), 0.95, "currency first")
    )
    _join(text, found)
    return None


def _join(text: str, found: list[Money]) -> None:
    """Make one amount of the last two if they are the ends of a range, or euros and cents."""
    if len(found) < 2 or found[-2].amount.currency != found[-1].amount.currency:
        return
    first, second = found[-2:]
    low, high = first.amount.value_min, second.amount.value_max
    if low is None or high is None:
        return
    if low >= 1 > high and _EURO_AND_CENT.fullmatch(text, first.end, second.start):
        said = first.amount._replace(value_min=low + high, value_max=low + high)
        found[-2:] = [Money(first.start, second.end, said, first.confidence, "euros and cents")]
    elif low < high and _joins_range(text, first, second):
        said = Amount(low, high, first.amount.currency, "range")
        found[-2:] = [Money(first.start, second.end, said, 0.97, "range")]


def _joins_range(text: str, first: Money, second: Money) -> bool:
    if _RANGE_JOINT.fullmatch(text, first.end, second.start):
        return True
    joint = _AND_JOINT.fullmatch(text, first.end, second.start)
    return joint is not None and _BETWEEN.search(text, max(0, first.start - _NEAR), first.start) is not None
