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
_LEADS = (" für ", " im ", " bei ", " pro ")
_NEXT = r"[^,.;:\n\d]{{2,40}}?(?:,|,?\s(?:und|oder|sowie))\s(?P<number>{number}){scale}\s{lead}\s"
_NEXTS = {
    lead: re.compile(_NEXT.format(number=LITERAL, scale=_SCALE, lead=lead))
    for lead in " ".join(_LEADS).split()
}
# "gefördert mit 60.000 Euro, 2004 waren es 55.000"
_WERE = re.compile(
    rf"\b(?:waren|sind|werden|wären|sollen|dürften)\ses\s(?:(?:noch|nur|erst|sogar|rund|knapp|etwa|bereits)\s){{0,2}}"
    rf"(?P<number>{LITERAL}){_SCALE}(?=[,;)](?!\d)|\.\s|\.?\Z|\.?\n|\s(?:sein|werden|gewesen)\b)"
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
# "der Kreis beteiligt sich mit 20.000, die Stadt mit 15.000 Euro"
_WITH = re.compile(
    rf"\bmit\s(?P<number>\d{{1,3}}(?:\.\d{{3}})+|\d{{4,}}){_SCALE}(?:,|,?\sund|\ssowie)\s[^,.;:\n\d]{{2,60}}\smit\s\Z"
)
_TURNS = re.compile(r"\d(?:,|,?\sund)\s(?:ab|seit|bis|im|zum|künftig|dann|später)\s")
_NEAR = 30
_INHERITS_BELOW = 1000


def parallel(text: str, found: Sequence[Money]) -> Iterator[Money]:
    """Numbers that share the currency of an amount beside them, each between two amounts found."""
    last = len(found) - 1
    for at, money in enumerate(found):
        start, end = money.start, money.end
        after = found[at + 1].start if at < last else len(text)
        if text.startswith(_LEADS, end):
            yield from _following(text, money, after)
        window = end + _WINDOW if end + _WINDOW < after else after
        if text.find(" es ", end, window) >= 0:
            yield from _compared(text, money, window)
        tail = text[start - _NEAR if start > _NEAR else 0 : start]
        if (", " in tail or " und " in tail) and _TURNS.search(tail):
            yield from _preceding(text, money, max(found[at - 1].end if at else 0, start - _WINDOW))
        elif text.endswith(" mit ", 0, start):
            yield from _contributed(text, money, max(found[at - 1].end if at else 0, start - _WINDOW))


def _following(text: str, money: Money, stop: int) -> Iterator[Money]:
    place = text.index(" ", money.end + 1)
    pattern = _NEXTS[text[money.end + 1 : place]]
    while following := pattern.match(text, place + 1, stop):
        yield from _sum(text, following, money)
        place = following.end() - 1


def _compared(text: str, money: Money, stop: int) -> Iterator[Money]:
    were = _WERE.search(text, money.end, stop)
    if were and not _OTHER.search(text, money.end, were.start()):
        yield from _sum(text, were, money)


def _preceding(text: str, money: Money, start: int) -> Iterator[Money]:
    before = _BEFORE.search(text, start, money.start)
    if before:
        yield from _sum(text, before, money)


def _contributed(text: str, money: Money, start: int) -> Iterator[Money]:
    before = _WITH.search(text, start, money.start)
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
