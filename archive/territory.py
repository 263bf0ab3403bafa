"""Districts, municipalities and places of Germany since 1990, as they stand in reference/."""

import csv
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import NamedTuple


class District(NamedTuple):
    """One district key (Kreisschlüssel) and the days on which it was in force."""

    ags: str  # 5 digits
    name: str  # "Landkreis Gotha", "Ilm-Kreis", "Gera"
    short: str  # "Gotha", "Ilm-Kreis", "Gera"
    is_city: bool  # kreisfreie Stadt or Stadtkreis
    state: str  # ISO 3166-2
    population: int
    lat: float | None
    lon: float | None
    nuts3: str
    wikidata: str
    valid_from: str  # ISO 8601 day, or "" for before 1990
    valid_to: str  # last day, or "" for in force
    successors: tuple[str, ...]  # keys of today, largest share of the population first

    def in_force(self, day: str | None) -> bool:
        """Whether the key was in force on an ISO day; None asks for today's districts."""
        if day is None:
            return not self.valid_to
        return self.valid_from <= day and (not self.valid_to or day <= self.valid_to)


class Municipality(NamedTuple):
    """One municipality key (Gemeindeschlüssel); codes that ended before 2011 are missing."""

    ags: str  # 8 digits, the first five are the district
    name: str  # official short name: "Mühlhausen/Thüringen"
    population: int  # 0 where the code has ended
    lat: float | None
    lon: float | None
    first_year: int  # first and last year at whose end the code existed; 0 and 9999 where open
    last_year: int
    successor: str
    common: int  # 2 the name is an everyday word, 1 a noun or surname, 0 neither

    @property
    def district(self) -> str:
        return self.ags[:5]


class Place(NamedTuple):
    """A postal place, often a part of a municipality (Ortsteil)."""

    name: str
    district: str


class DoubleName(NamedTuple):
    """A town whose name lives on as half of a municipality's name: Bitterfeld in Bitterfeld-Wolfen."""

    name: str
    ags: str  # 8 digits, of the municipality of today
    common: int


def rows(table: str) -> Iterator[list[str]]:
    reader = csv.reader(resources.files("reference").joinpath(table).read_text(encoding="utf-8").splitlines())
    next(reader)
    yield from reader


@cache
def districts() -> tuple[District, ...]:
    """Every district key since 1990, those in force and those that ended."""
    return tuple(map(district, rows("districts.csv")))


def district(row: list[str]) -> District:
    ags, name, short, kind, state, population, lat, lon, *identifiers, valid_from, valid_to, shares = row
    return District(
        *(ags, name, short, kind == "city", state, int(population or 0), number(lat), number(lon)),
        *(identifiers[0], identifiers[1], valid_from, valid_to),
        tuple(share.split(":")[0] for share in shares.split()),
    )


@cache
def municipalities() -> tuple[Municipality, ...]:
    """Municipalities of 2023 and those that ended from 2011 on; kreisfreie Städte are among them."""
    return tuple(map(municipality, rows("municipalities.csv")))


def municipality(row: list[str]) -> Municipality:
    ags, name, population, lat, lon, first, last, successor, common = row
    years = int(first) if first else 0, int(last) if last else 9999
    return Municipality._make(  # half the time of a call with nine arguments
        (ags, name, int(population or 0), number(lat), number(lon), *years, successor, int(common))
    )


@cache
def places() -> tuple[Place, ...]:
    return tuple(Place(*row) for row in rows("places.csv"))


@cache
def double_names() -> tuple[DoubleName, ...]:
    return tuple(DoubleName(name, ags, int(common)) for name, ags, common in rows("double_names.csv"))


@cache
def given_names() -> frozenset[str]:
    return frozenset(row[0] for row in rows("given_names.csv"))


@cache
def districts_by_key() -> dict[str, District]:
    return {district.ags: district for district in districts()}


@cache
def municipalities_by_key() -> dict[str, Municipality]:
    return {municipality.ags: municipality for municipality in municipalities()}


def number(value: str) -> float | None:
    return float(value) if value else None
