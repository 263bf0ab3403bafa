"""Sums that repeat a pattern without its currency: "5 Euro für Erwachsene, 3 für Kinder"."""

import re
from collections.abc import Iterator, Sequence

from pipeline.extract.amounts.money import Money
from pipeline.extract.amounts.numbers import SCALES, literal
from pipeline.extract.amounts.quantities import year_like
from pipeline.extract.amounts.tokens import LITERAL
from pipeline.extract.mentions import Amount

_CONFIDENCE = 0.6
_SCALE = r"(?:\s(?P<scale>Mio|Mrd|Tsd|Millionen|Milliarden)\b\.?)?"
# "649 Euro im ersten, 766 im zweiten und 876 im dritten Lehrjahr"
_LEAD = re.compile(r"\s(?P<lead>für|im|bei|pro)\s")
_NEXT = r"[^,.;:\n\d]{{2,40}}?(?:,|,?\s(?:und|oder|sowie))\s(?P<number>{number}){scale}\s{lead}\s"
_NEXTS = {
    lead: re.compile(_NEXT.format(number=LITERAL, scale=_SCALE, lead=lead))
    for lead in ("für", "im", "bei", "pro")
}
# "gefördert mit 60.000 Euro, 2004 waren es 55.000"
_WERE = re.compile(
    rf"\b(?:waren|sind|werden|wären)\ses\s(?:(?:noch|nur|erst|sogar|rund|knapp|etwa|bereits)\s){{0,2}}"
    rf"(?P<number>{LITERAL}){_SCALE}(?=[,;)](?!\d)|\.\s|\.?\Z|\.?\n)"
)
# Another number or noun in between may be what is counted.
_OTHER = re.compile(
    r"(?<!\d)(?!(?:19|20)\d\d(?!\d))\d|(?<![.!?]\s)\b(?!Jahr|Vorjahr|Monat|Januar|Februar|März|April|Mai\b|Juni|Juli"
    r"|August|September|Oktober|November|Dezember)[A-ZÄÖÜ]"
)
_WINDOW = 120
# "seit Januar 500, ab 2027 600 Euro"
_BEFORE = re.compile(
    rf"\b(?:seit|ab|bis|bisher|bislang|derzeit|aktuell|zunächst|zuvor|im|zum)\s(?:[^\s,.;:\d]+\s){{0,2}}"
    rf"(?P<number>{LITERAL}){_SCALE}(?:,|,?\sund)\s(?:(?:dann|künftig|später)\s)?"
    rf"(?:ab|seit|bis|im|zum|künftig|dann)\s(?:[^\s,.;:]+\s){{0,2}}\Z"
)
_INHERITS_BELOW = 1000


def parallel(text: str, found: Sequence[Money]) -> Iterator[Money]:
    """Numbers that share the currency of an amount beside them, each between two amounts found."""
    for at, money in enumerate(found):
        after = found[at + 1].start if at + 1 < len(found) else len(text)
        before = found[at - 1].end if at else 0
        yield from _following(text, money, after)
        yield from _compared(text, money, min(after, money.end + _WINDOW))
        yield from _preceding(text, money, max(before, money.start - _WINDOW))


def _following(text: str, money: Money, stop: int) -> Iterator[Money]:
    lead = _LEAD.match(text, money.end)
    if lead is None:
        return
    pattern, place = _NEXTS[lead["lead"]], lead.end()
    while following := pattern.match(text, place, stop):
        yield from _sum(text, following, money)
        place = following.end()


def _compared(text: str, money: Money, stop: int) -> Iterator[Money]:
    if text.find(" es ", money.end, stop) < 0:
        return
    were = _WERE.search(text, money.end, stop)
    if were and not _OTHER.search(text, money.end, were.start()):
        yield from _sum(text, were, money)


def _preceding(text: str, money: Money, start: int) -> Iterator[Money]:
    if text[start : money.start].count(" ") < 3:
        return
    before = _BEFORE.search(text, start, money.start)
    if before:
        yield from _sum(text, before, money)


def _sum(text: str, number: re.Match[str], money: Money) -> Iterator[Money]:
    written, scale = number["number"], number["scale"]
    value = literal(written, bool(scale))
    if value is None or (not scale and year_like(written)):
        return
    if scale:
        value *= SCALES[scale.lower()]
    elif value < _INHERITS_BELOW:
        value *= _scale_of(text, money)
    start = number.start("number")
    end = number.end("scale") if scale else number.end("number")
    amount = Amount(round(value, 4), round(value, 4), money.amount.currency, "exact")
    yield Money(start, end, amount, _CONFIDENCE, "currency of the sum beside it")


def _scale_of(text: str, money: Money) -> float:
    """What "Mio." in an amount makes of a bare number beside it."""
    words = text[money.start : money.end].split()
    return next((SCALES[word.lower()] for word in words if word.lower() in SCALES), 1.0)
