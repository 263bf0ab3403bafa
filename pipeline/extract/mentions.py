"""What extraction says of a text: mentions, each with the value it resolves to.

Tuples, not dataclasses: a release has some sixty mentions, and a frozen dataclass costs four times as much
to make.
"""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import NamedTuple


class Context(NamedTuple):
    """What is known of a release before its text is read; both may be unknown."""

    published: date | None = None
    jurisdiction: str | None = None  # ISO 3166-2 of the publisher: "DE-TH"; "DE" is the federal government


class Amount(NamedTuple):
    value_min: float | None  # whole currency units; None: open below
    value_max: float | None  # None: open above
    currency: str  # ISO 4217
    qualifier: str  # exact, about, at_least, at_most, range


class Date(NamedTuple):
    timex: str  # TIMEX3 value: 2018-03-19, 2018-Q1, P3M, PRESENT_REF …
    timex_type: str  # DATE, TIME, DURATION, SET
    first_on: str | None  # first and last calendar day it spans, ISO 8601
    last_on: str | None


class Minister(NamedTuple):
    name: str | None
    person_id: str | None
    office: str | None
    ministry: str | None
    jurisdiction: str | None
    party: str | None
    role: str  # minister, head_of_government, deputy, former, state_secretary …
    candidates: tuple[str, ...] = ()  # person ids, when the text does not decide


class PersonInOffice(NamedTuple):
    name: str | None
    office: str


class District(NamedTuple):
    ags: str | None  # official district key, 5 digits
    name: str
    form: str  # name, list, ellipsis, adjective, genitive, parenthesis …
    candidates: tuple[str, ...] = ()  # district keys, when the text does not decide


class Municipality(NamedTuple):
    ags: str | None  # official municipality key, 8 digits
    name: str
    district: str | None  # 5 digits
    candidates: tuple[str, ...] = ()  # municipality keys, when the text does not decide


Value = Amount | Date | Minister | PersonInOffice | District | Municipality

KINDS: dict[str, type] = {
    "amount": Amount,
    "date": Date,
    "minister": Minister,
    "person_in_office": PersonInOffice,
    "district": District,
    "municipality": Municipality,
}


class Mention(NamedTuple):
    """A span of text that names something. `text[start:end] == surface`; offsets count code points."""

    kind: str  # a key of KINDS
    start: int
    end: int
    surface: str
    confidence: float  # 0 to 1
    rule: str  # the rule that found and resolved it
    value: Value

    def as_json(self) -> dict[str, object]:
        """The flat form that `pressearchiv extract` prints."""
        head = {"kind": self.kind, "start": self.start, "end": self.end, "surface": self.surface}
        return head | {"confidence": self.confidence, "rule": self.rule} | self.value._asdict()


# The constructor of a named tuple is Python code and takes half as long again.
as_mention: Callable[[tuple[str, int, int, str, float, str, Value]], Mention] = partial(
    tuple.__new__, Mention
)


class Rejection(NamedTuple):
    """A span that looked like a mention and was not accepted; shown by `extract --explain` only."""

    kind: str
    start: int
    end: int
    surface: str
    reason: str


Span = tuple[int, int]


def overlaps(start: int, end: int, spans: Iterable[Span]) -> bool:
    """Whether text[start:end] shares a character with one of the spans."""
    for first, last in spans:  # noqa: SIM110 - any() over a generator takes twice as long, and this runs often
        if start < last and first < end:
            return True
    return False
