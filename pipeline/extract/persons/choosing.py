"""Decides who is meant by a name with or without a title, and which term of office holds."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from archive.people import Term
from pipeline.extract.mentions import Context, Minister, PersonInOffice
from pipeline.extract.persons.portfolios import fits
from pipeline.extract.persons.register import Entry, fold, register
from pipeline.extract.persons.relations import Sighting
from pipeline.extract.persons.titles import CHIEF, HEAD, HONORARY, MAYOR, MINISTER, OFFICER, Title
from pipeline.extract.persons.words import COMMON, TOWNS, WORDS

MINISTERIAL = (MINISTER, HEAD, CHIEF)
CITY_STATES = ("DE-BE", "DE-HB", "DE-HH")
STATE_MINISTERS = ("DE-BY", "DE-HE", "DE-RP", "DE-SN", "DE-TH")  # where a Staatsminister heads a ministry
GRACE = timedelta(days=90)  # a bare name so long after the term still means the minister who left


class Verdict(NamedTuple):
    """Who a name means: a minister, another office, or nobody of whom an office is known."""

    value: Minister | PersonInOffice | None
    confidence: float
    rule: str
    gender: str = ""


NOBODY = Verdict(None, 0.0, "")


def of_full_name(sighting: Sighting, context: Context) -> Verdict:
    """The verdict on given name and surname."""
    title, entries = sighting.title, sighting.reading.entries
    if title and title.rank == MAYOR:
        entries = tuple(
            e for e in entries if any(t.jurisdiction in CITY_STATES for t in e.on(context.published))
        )
    if title and title.rank == OFFICER and not title.foreign:
        cabinet = tuple(e for e in entries if any(_titled_so(t, title) for t in e.on(context.published)))
        if cabinet:
            return _titled(sighting, title, cabinet, context)
    if title and (title.rank == OFFICER or title.foreign or (title.rank == MAYOR and not entries)):
        return _officer(sighting, title)
    if not entries:
        return _unregistered(sighting, title, context)
    if title and title.rank != HONORARY:
        return _titled(sighting, title, entries, context)
    verdict = _untitled(sighting, entries, context)
    if title and verdict.rule.endswith("just_left"):
        return _officer(sighting, title)
    return _officer(sighting, title) if title and verdict is NOBODY else verdict


def _titled_so(term: Term, title: Title) -> bool:
    """An officer's title that a member of the cabinet bears: Staatsrätin in Stuttgart, head of the chancellery."""
    return term.office.casefold().startswith(title.text.casefold())


def _officer(sighting: Sighting, title: Title) -> Verdict:
    reading = sighting.reading
    name = f"{reading.given} {_printed(sighting)}".strip()
    return Verdict(PersonInOffice(name, title.text), 0.8, f"office:{sighting.relation}")


def _printed(sighting: Sighting) -> str:
    """The surname as printed, without the genitive of a registered one."""
    family = sighting.reading.family
    return family[:-1] if len(fold(family.split()[-1])) > len(sighting.reading.surname) else family


def _unregistered(sighting: Sighting, title: Title | None, context: Context) -> Verdict:
    """A minister whom the tables do not know, if the title and the name are German."""
    if title is None:
        return NOBODY
    if title.rank not in MINISTERIAL or not _is_german(sighting.reading.given, title, context):
        return _officer(sighting, title)
    role = "former" if title.past else "head_of_government" if title.rank == HEAD else "minister"
    name = f"{sighting.reading.given} {sighting.reading.family}"
    value = Minister(name, None, title.text, None, title.jurisdiction, None, role)
    return Verdict(value, 0.5, "title:unregistered")


def _is_german(given: str, title: Title, context: Context) -> bool:
    """No head of a foreign government, of a university or a minister of state who is none of the cabinet."""
    if title.text.startswith("Kanzler"):
        return False
    if "staatsminister" in title.text.casefold() and context.jurisdiction not in STATE_MINISTERS:
        return False
    first = given.split()[0]
    known = all(part in register().given for part in first.split("-"))
    return known or not (title.rank == HEAD or {"außen", "verteidigungs"} & set(title.stems))


def _titled(sighting: Sighting, title: Title, entries: Iterable[Entry], context: Context) -> Verdict:
    entry = max(entries, key=lambda e: _standing(e, title, context))
    if not title.past and _not_yet(entry, title, context):
        return _unregistered(sighting, title, context)
    verdict = _minister(entry, title, context, f"full_name:{sighting.relation}")
    contradicted = verdict.value and title.rank == MINISTER and _fit(title, verdict.value) is False
    return verdict._replace(confidence=0.75 if contradicted else 0.98)


def _not_yet(entry: Entry, title: Title, context: Context) -> bool:
    """The person took office long after; a minister of state in Berlin is none of the cabinet."""
    day = context.published
    if day is None or entry.on(day):
        return False
    return entry.terms[0].from_on > day + GRACE or (
        title.stems == ("staats",) and context.jurisdiction == "DE"
    )


def _standing(entry: Entry, title: Title | None, context: Context) -> tuple[bool, bool, date]:
    """Orders persons of one name: in office on the day, of the jurisdiction, latest."""
    terms = entry.on(context.published)
    wanted = (title and title.jurisdiction) or context.jurisdiction
    return bool(terms), any(t.jurisdiction == wanted for t in terms or entry.terms), entry.terms[-1].from_on


def _untitled(sighting: Sighting, entries: Iterable[Entry], context: Context) -> Verdict:
    entry = max(entries, key=lambda e: _standing(e, None, context))
    terms = entry.on(context.published)
    near = {t.jurisdiction for t in terms} & {context.jurisdiction, "DE", None}
    home = context.jurisdiction in near or context.jurisdiction is None
    common = sighting.reading.surname in COMMON
    if terms and (home or not common):
        confidence = 0.95 if home and not common else 0.85 if near else 0.7
        return _minister(entry, None, context, "full_name")._replace(confidence=confidence)
    if (
        not common
        and not terms
        and context.published
        and _just_left(entry, context.published, context.jurisdiction)
    ):
        return _minister(entry, None, context, "full_name:just_left")._replace(confidence=0.6)
    return NOBODY


def _just_left(entry: Entry, day: date, jurisdiction: str | None) -> bool:
    return any(
        t.to_on and t.to_on < day <= t.to_on + GRACE and t.jurisdiction in (jurisdiction, "DE")
        for t in entry.terms
    )


def of_surname(sighting: Sighting, context: Context) -> Verdict:
    """The verdict on a title and a surname, as if no full name in the text explained it."""
    title = sighting.title
    assert title is not None
    if title.rank == OFFICER or title.foreign or title.rank == HONORARY:
        return _officer(sighting, title)
    bearers = [e for e in register().by_surname.get(sighting.reading.surname, ()) if _agrees(e, title)]
    if title.rank == MAYOR:
        bearers = [e for e in bearers if any(t.jurisdiction in CITY_STATES for t in e.on(context.published))]
        if context.jurisdiction not in CITY_STATES or not bearers:
            return _officer(sighting, title)
    for jurisdictions, confidence in _circles(title, context):
        found = _within(bearers, jurisdictions, title, context.published)
        if len(found) == 1:
            return _minister(found[0], title, context, "title_surname")._replace(confidence=confidence)
        if found:
            ids = tuple(e.person.person_id for e in found)
            value = Minister(None, None, None, None, None, None, "minister", ids)
            return Verdict(value, 0.3, "title_surname:ambiguous")
    return NOBODY


def _agrees(entry: Entry, title: Title) -> bool:
    if title.plural or title.rank == CHIEF or title.text in ("MP", "BM", "StM", "Min."):
        return True
    return (entry.gender == "female") == title.female


def _circles(title: Title, context: Context) -> list[tuple[frozenset[str] | None, float]]:
    """Where to look for the bearer of a title, nearest first; None is everywhere."""
    if title.jurisdiction:
        return [(frozenset([title.jurisdiction]), 0.95)]
    near: list[tuple[frozenset[str] | None, float]] = []
    if context.jurisdiction:
        near.append((frozenset([context.jurisdiction]), 0.95))
    if context.jurisdiction != "DE":
        near.append((frozenset(["DE"]), 0.8))
    return [*near, (None, 0.55)]


def _within(
    bearers: list[Entry], jurisdictions: frozenset[str] | None, title: Title, day: date | None
) -> list[Entry]:
    """Bearers of the surname in office there; those whose portfolio fits, if any does."""
    here = [
        e for e in bearers if jurisdictions is None or any(t.jurisdiction in jurisdictions for t in e.terms)
    ]
    serving = [e for e in here if any(_holds(t, jurisdictions) for t in e.on(day))] if not title.past else []
    if not serving and day and (title.past or jurisdictions):
        left = [e for e in here if e.terms[0].from_on <= day]
        serving = sorted(left, key=lambda e: e.terms[-1].from_on)
    fitting = [
        e
        for e in serving
        if any(_term_fits(t, title) for t in e.on(day) or e.terms if _holds(t, jurisdictions))
    ]
    if title.past and fitting:
        return fitting[-1:]
    return fitting or (serving if jurisdictions else [])


def _holds(term: Term, jurisdictions: frozenset[str] | None) -> bool:
    return jurisdictions is None or term.jurisdiction in jurisdictions


def _term_fits(term: Term, title: Title) -> bool:
    if title.rank == HEAD:
        return term.rank == "head"
    if title.rank == CHIEF:
        return "kanzlei" in (term.office + term.ministry).casefold() and term.rank not in (
            "head",
            "deputy head",
        )
    answers = [fits(stem, term.office + term.ministry) for stem in title.stems]
    return any(answers) or (False not in answers and term.rank != "head")


def _fit(title: Title, value: Minister | PersonInOffice) -> bool | None:
    answers = [fits(stem, f"{value.office} {getattr(value, 'ministry', '')}") for stem in title.stems]
    return True if True in answers else False if False in answers else None


def _minister(entry: Entry, title: Title | None, context: Context, rule: str) -> Verdict:
    person, day = entry.person, context.published
    held = entry.on(day)
    past = (title is not None and title.past) or not held
    terms = held
    if past and day:
        terms = [t for t in entry.terms if t.to_on and t.to_on <= day] or held or list(entry.terms)
    wanted = (title.jurisdiction if title else None) or context.jurisdiction
    term = max(terms, key=lambda t: _preference(t, title, wanted))
    if day is None and len(terms) > 1 and len({t.office for t in terms}) > 1 and not _decided(terms, title):
        value = Minister(
            person.name, person.person_id, None, None, term.jurisdiction, term.party, _role(term, past)
        )
    else:
        value = Minister(
            person.name,
            person.person_id,
            term.office,
            term.ministry,
            term.jurisdiction,
            term.party,
            _role(term, past),
        )
    return Verdict(value, 0.9, rule, entry.gender)


def _decided(terms: list[Term], title: Title | None) -> bool:
    return title is not None and sum(_term_fits(t, title) for t in terms) == 1


def _preference(term: Term, title: Title | None, wanted: str | None) -> tuple[bool, bool, bool, date]:
    return (
        term.jurisdiction == wanted,
        title is not None and _term_fits(term, title),
        term.rank != "deputy head",
        term.from_on,
    )


def _role(term: Term, past: bool) -> str:
    if past:
        return "former"
    return {"head": "head_of_government", "deputy head": "deputy"}.get(term.rank, "minister")


def is_plain(surname: str) -> bool:
    """Whether a surname is neither a town nor a word nor frequent, so that it may stand unexplained."""
    return surname not in COMMON and surname not in TOWNS and surname not in WORDS


def unintroduced(sighting: Sighting, context: Context) -> Verdict:
    """The verdict on a bare surname that nothing explains: only one minister in office there bears it."""
    if context.published is None or context.jurisdiction is None:
        return NOBODY
    bearers = [
        entry
        for entry in register().by_surname[sighting.reading.surname]
        if any(t.jurisdiction == context.jurisdiction for t in entry.on(context.published))
    ]
    if len(bearers) != 1:
        return NOBODY
    return _minister(bearers[0], None, context, "surname:unexplained")._replace(confidence=0.5)
