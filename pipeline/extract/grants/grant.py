"""The record of a grant."""

from typing import NamedTuple


class Grant(NamedTuple):
    """An amount given or promised; what the sentence does not say is None."""

    amount_index: int  # the amount's place among the mentions
    giver: str | None
    recipient: str | None
    purpose: str | None
    district: str | None  # official district key, 5 digits
    municipality: str | None  # official municipality key, 8 digits
    on: str | None  # day of giving, ISO 8601
    status: str  # given, promised, planned
    start: int  # the sentence in the text
    end: int
    sentence: str
    confidence: float
    rule: str
