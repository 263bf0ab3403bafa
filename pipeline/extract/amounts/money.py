"""One amount as found, before it becomes a mention."""

from typing import NamedTuple

from pipeline.extract.mentions import Amount


class Money(NamedTuple):
    start: int
    end: int
    amount: Amount
    confidence: float
    rule: str
