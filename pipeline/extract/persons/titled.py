"""Decides who is meant by a title and a surname: Innenminister Caffier."""

from collections.abc import Iterator
from datetime import date, timedelta

from archive.people import Term
from pipeline.extract.mentions import Context, Minister
from pipeline.extract.persons.choosing import NOBODY, Verdict, in_city_state, officer, verdict_on
from pipeline.extract.persons.offices import term_fits
from pipeline.extract.persons.register import Entry, register
from pipeline.extract.persons.relations import Sighting
from pipeline.extract.persons.titles import ABBREVIATIONS, CHIEF, HONORARY, MAYOR, OFFICER, Title

A_YEAR = timedelta(days=365)  # so long after a term a title without "former" may still be the old one
Circle = tuple[str | None, float]  # a jurisdiction, None for all, and how sure its bearer of the title is


def of_surname(sighting: Sighting, context: Context) -> Verdict:
    """The verdict on a title and a surname, as if no full name in the text explained it."""
    title, day = sighting.title, context.published
    assert title is not None
    if title.rank in (OFFICER, HONORARY) or title.foreign:
        return officer(sighting, title)
    bearers = [e for e in register().by_surname.get(sighting.reading.surname, ()) if _agrees(e, title)]
    if title.rank == MAYOR:
        bearers = [e for e in bearers if context.jurisdiction and in_city_state(e, day)]
        if not bearers or not context.jurisdiction or context.jurisdiction not in _lands(bearers, day):
            return officer(sighting, title)
    for found, confidence in _search(bearers, title, context):
        if len(found) == 1:
            return verdict_on(found[0], title, context, confidence, "title_surname")
        if found:
            ids = tuple(entry.person.person_id for entry in found)
            value = Minister(None, None, None, None, None, None, "minister", ids)
            return Verdict(value, 0.3, "title_surname:ambiguous")
    return NOBODY


def _lands(bearers: list[Entry], day: date | None) -> set[str]:
    return {term.jurisdiction for entry in bearers for term in entry.on(day)}


def _agrees(entry: Entry, title: Title) -> bool:
    """Whether the person is of the gender that the title says, if it says one."""
    if title.plural or title.rank == CHIEF or title.text in ABBREVIATIONS:
        return True
    return (entry.gender == "female") == title.female


def _search(bearers: list[Entry], title: Title, context: Context) -> Iterator[tuple[list[Entry], float]]:
    """Who bears surname and title, nearest first: those in office, then those who left."""
    circles = _circles(title, context)
    day = context.published
    if not title.past:
        for land, confidence in circles:
            yield _fitting([(e, e.on(day)) for e in bearers], land, title), confidence
    if day is None:
        return
    for land, confidence in circles:
        if land is None:
            return
        left = [(e, tuple(t for t in e.terms if _left(t, day, title))) for e in bearers]
        found = sorted(_fitting(left, land, title), key=lambda e: e.terms[-1].from_on)
        yield found[-1:], min(confidence, 0.8)


def _circles(title: Title, context: Context) -> list[Circle]:
    """Where to look for the bearer of a title, nearest first."""
    if title.jurisdiction:
        return [(title.jurisdiction, 0.95)]
    near: list[Circle] = [(context.jurisdiction, 0.95)] if context.jurisdiction else []
    if context.jurisdiction != "DE":
        near.append(("DE", 0.8))
    return [*near, (None, 0.55)]


def _left(term: Term, day: date, title: Title) -> bool:
    if title.past:
        return term.from_on <= day
    return term.to_on is not None and day - A_YEAR <= term.to_on < day


def _fitting(bearers: list[tuple[Entry, tuple[Term, ...]]], land: str | None, title: Title) -> list[Entry]:
    """Those with a term there; of several, those whose portfolio fits the title. Elsewhere it has to fit."""
    here = [(e, [t for t in terms if land in (None, t.jurisdiction)]) for e, terms in bearers]
    fitting = [e for e, terms in here if any(term_fits(t, title) for t in terms)]
    return fitting or ([e for e, terms in here if terms] if land else [])
