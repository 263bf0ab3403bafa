"""The persons who held a ministerial office since 1990, with their terms."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Term:
    """One spell in one office; both days are days in office, `to_on` None means still in office."""

    person_id: str
    office: str
    ministry: str
    jurisdiction: str  # ISO 3166-2; "DE" is the federal government
    party: str
    from_on: date
    to_on: date | None
    rank: str  # head, deputy head, minister, head of chancellery, state secretary
    date_quality: str  # day, month, cabinet, uncertain
    origin: str
    note: str

    def covers(self, day: date, slack: timedelta = A_DAY) -> bool:
        """Whether the term holds on that day; a day of slack, because one cabinet follows another on it."""
        return self.from_on - slack <= day and (self.to_on is None or day <= self.to_on + slack)


@dataclass(frozen=True, slots=True)
class Person:
    person_id: str
    name: str
    given: str
    family: str  # with its particles: "von der Leyen"
    gender: str
    wikidata: str | None
    party: str
    aliases: tuple[str, ...]
    terms: tuple[Term, ...]  # by day of entry


@cache
def people() -> tuple[Person, ...]:
    """All persons, sorted by id. Reads reference/ministers.csv and reference/terms.csv once."""
    terms: dict[str, list[Term]] = defaultdict(list)
    for row in _rows("terms.csv"):
        terms[row[0]].append(_term(row))
    return tuple(_person(row, tuple(terms[row[0]])) for row in _rows("ministers.csv"))


def _rows(name: str) -> Iterator[list[str]]:
    with files("reference").joinpath(name).open(encoding="utf-8") as lines:
        rows = csv.reader(lines)
        next(rows)
        yield from rows


def _term(row: list[str]) -> Term:
    person_id, office, ministry, jurisdiction, party, from_on, to_on, *rest = row
    last = date.fromisoformat(to_on) if to_on else None
    return Term(person_id, office, ministry, jurisdiction, party, date.fromisoformat(from_on), last, *rest)


def _person(row: list[str], terms: tuple[Term, ...]) -> Person:
    person_id, name, given, family, gender, wikidata, party, aliases = row
    names = tuple(filter(None, aliases.split("|")))
    return Person(person_id, name, given, family, gender, wikidata or None, party, names, terms)
