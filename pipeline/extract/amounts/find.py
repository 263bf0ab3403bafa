"""Find the amounts of money of a text."""

import re
from collections.abc import Iterator

from pipeline.extract.amounts import invisible
from pipeline.extract.amounts.currencies import Anchor, anchors, counts_things
from pipeline.extract.amounts.denomination import denomination
from pipeline.extract.amounts.ellipsis import elliptic
from pipeline.extract.amounts.grammar import Reading, read
from pipeline.extract.amounts.money import Money
from pipeline.extract.amounts.prefix import after
from pipeline.extract.amounts.qualifiers import qualifier
from pipeline.extract.amounts.quantities import Quantity
from pipeline.extract.amounts.tokens import Token, cut
from pipeline.extract.mentions import Amount, Context, Mention, Rejection
from pipeline.extract.numerals import is_article

_NEAR, _FAR = 64, 256  # how far left a number may reach; far only when near was used up
_USED_UP = 4  # tokens left over that a qualifier may need
_SPACE = re.compile(r"\s")
_RANGE_JOINT = re.compile(r"\s*(?:bis(?: zu)?|[-–—])\s*")
_AND_JOINT = re.compile(r"\s+und\s+(?:\w+\s)?")
_BETWEEN = re.compile(r"zwischen\s+(?:\w+\.?\s+)?\Z")
_PRODUCT = re.compile(r"[- ](?:Ticket|Job|Kraft)")  # "49-Euro-Ticket", "Ein-Euro-Job" are names
_COMPOUND = re.compile(r"-\w")


def find(text: str, context: Context, rejected: list[Rejection] | None = None) -> list[Mention]:
    """All amounts of money, in the order of the text.

    >>> [mention.value for mention in find("Gotha erhält rund 1,2 Mio. Euro.", Context())]
    [Amount(value_min=1200000.0, value_max=1200000.0, currency='EUR', qualifier='about')]
    """
    if not invisible.occurs_in(text):
        return [_mention(text, money, money.start, money.end) for money in _find(text, rejected)]
    plain, places = invisible.removed(text)
    return [_mention(text, money, places[money.start], places[money.end - 1] + 1) for money in _find(plain, rejected)]


def _mention(text: str, money: Money, start: int, end: int) -> Mention:
    return Mention("amount", start, end, text[start:end], money.confidence, money.rule, money.amount)


def _find(text: str, rejected: list[Rejection] | None) -> list[Money]:
    money_anchors, scales = anchors(text)
    found: list[Money] = []
    for anchor in money_anchors:
        reach = found[-1].end if found else 0
        if anchor.start < reach:
            continue
        reason = _add(text, anchor, reach, found)
        if reason and rejected is not None:
            surface = text[anchor.start : anchor.end]
            rejected.append(Rejection("amount", anchor.start, anchor.end, surface, reason))
    if found and scales:
        found.extend(elliptic(text, scales, found))
        found.sort()
    return found


def _add(text: str, anchor: Anchor, reach: int, found: list[Money]) -> str | None:
    """Add what stands at the anchor to what was found; otherwise say why there is nothing."""
    if counts_things(text, anchor):
        return "counts things"
    tokens = _cut_before(text, anchor, reach, _NEAR)
    surface = text[anchor.start : anchor.end]
    kind = denomination(text, anchor, tokens, surface)
    words = tokens[:-1] if kind.adjectives else tokens
    reading = read(words)
    if reading and reading.low.first < _USED_UP and anchor.start - _NEAR > reach:
        tokens = _cut_before(text, anchor, reach, _FAR)
        words = tokens[:-1] if kind.adjectives else tokens
        reading = read(words)
    if reading is None:
        return _add_leading(text, anchor, tokens, kind.code, found)
    if kind.code is None:
        return "no money, or not clear which"
    refused = _refused(text, anchor, words, reading)
    if refused:
        return refused
    found.extend(_amounts(words, reading, anchor, kind.code, kind.end))
    _join(text, found)
    return None


def _cut_before(text: str, anchor: Anchor, reach: int, width: int) -> list[Token]:
    first = max(reach, anchor.start - width)
    if first > reach:
        space = _SPACE.search(text, first, anchor.start)
        first = space.end() if space else first
    return cut(text, first, anchor.start)


def _refused(text: str, anchor: Anchor, tokens: list[Token], reading: Reading) -> str | None:
    if _PRODUCT.match(text, anchor.end):
        return "name of a product"
    number = tokens[reading.low.first]
    if reading.low.value == 1 and is_article(number.text) and _COMPOUND.match(text, anchor.end):
        return "an article before a compound"
    return None


def _amounts(tokens: list[Token], reading: Reading, anchor: Anchor, code: str, end: int) -> Iterator[Money]:
    parts = anchor.name.parts
    for shared in reversed(reading.sharing):
        value = round(shared.value / parts, 6)
        said = Amount(value, value, code, qualifier(tokens, shared.first))
        yield Money(shared.start, shared.end, said, 0.75, "shared currency")
    low, high = round(reading.low.value / parts, 6), round(reading.high.value / parts, 6)
    ranged = reading.low is not reading.high
    said = Amount(low, high, code, "range" if ranged else qualifier(tokens, reading.low.first))
    yield Money(reading.low.start, end, said, *_judged(tokens, reading, ranged))


def _judged(tokens: list[Token], reading: Reading, ranged: bool) -> tuple[float, str]:
    """Confidence and the name of the rule."""
    if ranged:
        return (0.93, "range with one scale") if reading.inherited else (0.97, "range")
    main: Quantity = reading.low
    if main.spelled:
        return (0.85 if main.value == 1 and is_article(tokens[main.first].text) else 0.97), "spelled number"
    return (0.99, "digits and scale") if main.scale > 1 else (0.99, "digits")


def _add_leading(text: str, anchor: Anchor, tokens: list[Token], code: str | None, found: list[Money]) -> str | None:
    scale = tokens[-1] if tokens and tokens[-1].kind == "scale" else None
    leading = after(text, anchor, scale.value if scale else 1.0)
    if leading is None or code is None:
        return "no number at it"
    first = len(tokens) - 1 if scale else len(tokens)
    said = "range" if leading.low < leading.high else qualifier(tokens, first)
    start = scale.start if scale else anchor.start
    found.append(Money(start, leading.end, Amount(leading.low, leading.high, code, said), 0.95, "currency first"))
    return None


def _join(text: str, found: list[Money]) -> None:
    """Make one range of the last two if they are its ends, each with its currency."""
    if len(found) < 2:
        return
    first, second = found[-2:]
    low, high = first.amount.value_min, second.amount.value_max
    if first.amount.currency != second.amount.currency or low is None or high is None or low >= high:
        return
    joint = _RANGE_JOINT.fullmatch(text, first.end, second.start)
    if not joint:
        joint = _AND_JOINT.fullmatch(text, first.end, second.start)
        if not joint or not _BETWEEN.search(text, max(0, first.start - 30), first.start):
            return
    said = Amount(low, high, first.amount.currency, "range")
    found[-2:] = [Money(first.start, second.end, said, 0.97, "range")]
