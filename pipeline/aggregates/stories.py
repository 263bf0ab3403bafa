"""Which grants are one and the same, told more than once: announced, promised, handed over, repeated."""

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from archive.words import alike

WINDOW_DAYS = 42  # between two tellings that follow each other
COMPARED = 5  # tellings that share something are compared with so many before them, so that time stays linear
STATUSES = ("planned", "promised", "given")  # a story has come as far as its furthest telling
PRECISION = ("exact", "range", "about", "at_least", "at_most")

_LONG_WORD = re.compile(r"\w{4,}")


class Telling(NamedTuple):
    """A grant as one release tells it. Only tellings of the same amount are compared."""

    key: str
    release_id: str
    field: str
    published_on: str | None
    value_min: float | None
    value_max: float | None
    currency: str
    qualifier: str
    status: str
    recipient: str | None
    district_ags: str | None
    municipality_ags: str | None
    text_group: str | None  # of releases with the same text


class Story(NamedTuple):
    """One grant, with its tellings by day; its id is the key of the first."""

    tellings: tuple[Telling, ...]

    @property
    def id(self) -> str:
        return self.tellings[0].key

    @property
    def first_on(self) -> str | None:
        return self.tellings[0].published_on

    @property
    def status(self) -> str:
        return max((t.status for t in self.tellings), key=_reached)

    @property
    def surest(self) -> Telling:
        """The telling that says the amount most precisely; titles round, so they come after texts."""
        return min(self.tellings, key=lambda t: (t.field == "title", PRECISION.index(t.qualifier)))

    def said(self, field: str) -> str | None:
        """The first value that a telling has for a field."""
        return next((getattr(t, field) for t in self.tellings if getattr(t, field)), None)


def stories(tellings: Iterable[Telling]) -> list[Story]:
    """Tellings of one amount as stories: the same place or recipient within weeks, or the same text."""
    ordered = sorted(tellings, key=lambda t: (t.published_on or "", t.key))
    leader = {t.key: t.key for t in ordered}
    lately: dict[str, deque[Telling]] = defaultdict(lambda: deque(maxlen=COMPARED))

    def first(key: str) -> str:
        while leader[key] != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    for telling in ordered:
        for trait in set(traits(telling)):
            for earlier in lately[trait]:
                if _may_be_one(earlier, telling):
                    leader[first(telling.key)] = first(earlier.key)
            lately[trait].append(telling)
    members: dict[str, list[Telling]] = defaultdict(list)
    for telling in ordered:
        members[first(telling.key)].append(telling)
    return [Story(tuple(found)) for found in members.values()]


def traits(telling: Telling) -> Iterator[str]:
    """What two tellings of one grant have in common."""
    if telling.text_group:
        yield f"text {telling.text_group}"
    if telling.district_ags:
        yield f"district {telling.district_ags}"
    if telling.recipient and (name := alike(telling.recipient)):
        yield f"recipient {name}"


def _may_be_one(earlier: Telling, later: Telling) -> bool:
    """Whether nothing tells them apart: neither time nor place nor recipient."""
    return (
        _near(earlier.published_on, later.published_on)
        and _agree(earlier.municipality_ags, later.municipality_ags)
        and _agree(earlier.district_ags, later.district_ags)
        and _same_recipient(earlier.recipient, later.recipient)
    )


def _near(one: str | None, other: str | None) -> bool:
    if not one or not other:
        return one == other
    return (date.fromisoformat(other) - date.fromisoformat(one)).days <= WINDOW_DAYS


def _agree(one: str | None, other: str | None) -> bool:
    return not one or not other or one == other


def _same_recipient(one: str | None, other: str | None) -> bool:
    """Whether names share a word of some length; two different names are two recipients."""
    if not one or not other:
        return True
    names = [set(_LONG_WORD.findall(name.casefold())) for name in (one, other)]
    return not names[0].isdisjoint(names[1]) or alike(one) == alike(other)


def _reached(status: str) -> int:
    return STATUSES.index(status) if status in STATUSES else -1
