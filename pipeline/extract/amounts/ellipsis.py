"""Amounts that leave their currency out: "20 Millionen Euro für A, fünf Millionen für B"."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from pipeline.extract.amounts.money import Money
from pipeline.extract.amounts.qualifiers import qualifier
from pipeline.extract.amounts.quantities import quantity_ending
from pipeline.extract.amounts.tokens import cut
from pipeline.extract.mentions import Amount

_CONFIDENCE = 0.6
_REACH = 250  # how far away the amount with a currency may stand
_WINDOW = 64
_SCALE = re.compile(r"(?:Mio|Mrd)\b\.?|Million(?:en)?\b|Milliarden?\b", re.IGNORECASE)
# What goes on after money; a noun or an adjective would be what is counted.
_GOES_ON = re.compile(
    r"\s(?:für|aus|vom|davon|kommen|stammen|entfallen|trägt|tragen|übernimmt|übernehmen|zahlt|zahlen|steuert|gehen|fließen"
    r"|vorgesehen|geplant|eingeplant|veranschlagt|bewilligt|zugesagt|kalkuliert|angesetzt|abgeflossen|(?:mehr|weniger)\sals)\b"
    r"|\s?[,;)](?!\d)"
)
# "Anteil des Landes: 2,4 Mrd." at the end of a sentence
_ENDS = re.compile(r"\s?(?:\Z|\n)|(?<=\.)\s[A-ZÄÖÜ]|\.(?:\s|\Z)")
_LED = re.compile(r"\b(?:gehen|fließen|entfallen)\s[\d.,]+\s\Z")
_CLOSE = 50
_SAID = (": ", "davon ")
_SENTENCE_ENDS = re.compile(r"\n|[.!?]\s+[A-ZÄÖÜ„]")
_COUNTED = re.compile(
    r"Menschen|Einwohner|Personen|Bürger|Tonnen|Besuch|Gäste|Übernachtung|Beschäftigte|Nutzer|Kinder|Familien"
    r"|Wohnungen|Dosen|Impf|Hektar|Kilowatt|Stunden|Kubikmeter|Quadratmeter|Liter|Bäume|Tiere|Fahrzeuge"
    r"|Fahrgäste|Haushalte|Zahl "
)


def elliptic(text: str, scales: Sequence[int], found: Sequence[Money]) -> Iterator[Money]:
    """Quantities whose scale begins at the given places, in a sentence that has an amount with a currency."""
    starts = [money.start for money in found]
    for place in scales:
        at = bisect_left(starts, place)
        neighbours = found[max(0, at - 1) : at + 1]
        floor = found[at - 1].end if at else 0
        scale = _SCALE.match(text, place)
        if place < floor or scale is None:
            continue
        ends = _ENDS.match(text, scale.end()) is not None
        if (
            not ends
            and not _GOES_ON.match(text, scale.end())
            and not _LED.search(text, max(floor, place - _CLOSE), place)
        ):
            continue
        near = [money for money in neighbours if _same_sentence(text, money, *scale.span())]
        tokens = cut(text, max(floor, place - _WINDOW), scale.end()) if near else []
        amount = quantity_ending(tokens, len(tokens) - 1)
        if amount and ends and not (text.endswith(_SAID, 0, amount.start) or _follows(near, amount.start)):
            continue
        if amount and not _COUNTED.search(text, max(floor, place - _WINDOW), amount.start):
            value = Amount(
                amount.value, amount.value, near[0].amount.currency, qualifier(tokens, amount.first)
            )
            yield Money(amount.start, amount.end, value, _CONFIDENCE, "ellipsis")


def _follows(near: Sequence[Money], start: int) -> bool:
    """ "kosten 7,1 Millionen Euro, jene in Buch 6,4 Millionen." """
    return any(0 <= start - money.end <= _CLOSE for money in near)


def _same_sentence(text: str, money: Money, start: int, end: int) -> bool:
    first, last = (money.end, start) if money.end <= start else (end, money.start)
    return last - first <= _REACH and not _SENTENCE_ENDS.search(text, first, last)
