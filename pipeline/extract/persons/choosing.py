"""Decides who is meant by a name with or without a title."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from archive.people import Term
from pipeline.extract.mentions import Context, Minister, PersonInOffice
from pipeline.extract.persons.offices import contradicts, minister_of
from pipeline.extract.persons.register import Entry, fold, register
from pipeline.extract.persons.relations import Sighting
from pipeline.extract.persons.titles import CHIEF, HEAD, HONORARY, MAYOR, MINISTER, OFFICER, Title
from pipeline.extract.persons.words import COMMON, TOWNS, WORDS

MINISTERIAL = (MINISTER, HEAD, CHIEF)
CITY_STATES = ("DE-BE", "DE-HB", "DE-HH")
STATE_MINISTERS = ("DE-BY", "DE-HE", "DE-RP", "DE-SN", "DE-TH")  # where a Staatsminister heads a ministry
GRACE = timedelta(days=90)  # a bare name so long after the term still means the minister who left
COMPLETE_UNTIL = date(2026, 7, 30)  # a head of government whom the tables do not know was one before them
OWN_COLLEAGUE = "Kollege"  # the address in "mein Kollege Schneider", where a minister speaks
NOTICE = timedelta(days=14)  # so long before the term the text may present the next minister


class Verdict(NamedTuple):
    """Who a name means: a minister, another office, or nobody of whom an office is known."""

    value: Minister | PersonInOffice | None
    confidence: float
    rule: str
    gender: str = ""


NOBODY = Verdict(None, 0.0, "")


def verdict_on(entry: Entry, title: Title | None, context: Context, confidence: float, rule: str) -> Verdict:
    return Verdict(minister_of(entry, title, context), confidence, rule, entry.gender)


def of_full_name(sighting: Sighting, context: Context) -> Verdict:
    """The verdict on given name and surname."""
    title, entries = sighting.title, sighting.reading.entries or nearly_alike(sighting, context)
    if title is None:
        return _untitled(sighting, entries, context) if entries else NOBODY
    if title.foreign:
        return officer(sighting, title)
    if title.rank in (MAYOR, OFFICER):
        cabinet = [e for e in entries if _sits_in_cabinet(e, title, context.published)]
        return _titled(sighting, title, cabinet, context) if cabinet else officer(sighting, title)
    if not entries:
        return _unregistered(sighting, title, context)
    if title.rank != HONORARY:
        return _titled(sighting, title, entries, context)
    verdict = _untitled(sighting, entries, context)
    return officer(sighting, title) if verdict.rule in ("", "full_name:out_of_office") else verdict


def nearly_alike(sighting: Sighting, context: Context) -> tuple[Entry, ...]:
    """The one member of the publisher's cabinet whose given name is spelt a little otherwise: Juliane."""
    bearers = register().by_surname.get(sighting.reading.surname)
    if not bearers or context.published is None:
        return ()
    serving = [
        e for e in bearers if any(t.jurisdiction == context.jurisdiction for t in e.on(context.published))
    ]
    if len(serving) != 1:
        return ()
    given, known = sighting.reading.given.split()[0], serving[0].person.given.split()[0]
    return tuple(serving) if spelt_alike(fold(given), fold(known)) else ()


def spelt_alike(one: str, other: str) -> bool:
    """Whether two folded given names sound the same.

    >>> spelt_alike("juliane", "julianne"), spelt_alike("stephan", "stefan"), spelt_alike("andrea", "andreas")
    (True, True, False)
    """
    return sound(one) == sound(other)


_SOUNDS = (("ph", "f"), ("th", "t"), ("ck", "k"), ("c", "k"), ("y", "i"))


def sound(name: str) -> str:
    for written, spoken in _SOUNDS:
        name = name.replace(written, spoken)
    return "".join(letter for letter, _ in groupby(name))


def in_city_state(entry: Entry, day: date | None) -> bool:
    """Whether a Bürgermeister of that name is a head of government or deputy."""
    return any(term.jurisdiction in CITY_STATES for term in entry.on(day))


_MAYORS = ("Bürgermeister", "Bürgermeisterin", "Altbürgermeister", "Altbürgermeisterin")


def _led_city_state(term: Term, day: date | None) -> bool:
    """ "Ex-Bürgermeister Ole von Beust" """
    begun = day is None or term.from_on <= day
    return begun and term.jurisdiction in CITY_STATES and term.rank in ("head", "deputy head")


def _sits_in_cabinet(entry: Entry, title: Title, day: date | None) -> bool:
    """An officer's title that a member of the cabinet bears: Staatsrätin in Stuttgart, Staatskanzlei."""
    if title.past and title.text.endswith(_MAYORS):
        return any(_led_city_state(term, day) for term in entry.terms)
    if title.rank == MAYOR:
        return in_city_state(entry, day)
    return any(term.office.casefold().startswith(title.text.casefold()) for term in entry.on(day))


def officer(sighting: Sighting, title: Title) -> Verdict:
    """The holder of another office than a minister's."""
    name = f"{sighting.reading.given} {_printed(sighting)}".strip()
    return Verdict(PersonInOffice(name, title.text), 0.8, f"office:{sighting.relation}")


def _printed(sighting: Sighting) -> str:
    """The surname as printed, without the genitive of a registered one."""
    family = sighting.reading.family
    return family[:-1] if len(fold(family.split()[-1])) > len(sighting.reading.surname) else family


def _unregistered(sighting: Sighting, title: Title, context: Context) -> Verdict:
    """A minister whom the tables do not know, if the title and the name are German."""
    if title.rank not in MINISTERIAL or not _is_german(sighting.reading.given, title, context):
        return officer(sighting, title)
    complete = title.rank == HEAD and context.published and context.published <= COMPLETE_UNTIL
    role = "former" if title.past or complete else "minister" if title.rank != HEAD else "head_of_government"
    name = f"{sighting.reading.given} {sighting.reading.family}"
    value = Minister(name, None, title.text, None, title.jurisdiction, None, role)
    return Verdict(value, 0.5, "title:unregistered")


def _is_german(given: str, title: Title, context: Context) -> bool:
    """No head of a foreign government, of a university, or a minister of state who is none of the cabinet."""
    if title.text.startswith("Kanzler") or title.relative:
        return False
    if "staatsminister" in title.text.casefold() and context.jurisdiction not in STATE_MINISTERS:
        return False
    known = all(part in register().given for part in given.split()[0].split("-"))
    return known or not (title.rank == HEAD or {"außen", "verteidigungs"} & set(title.stems))


def _titled(sighting: Sighting, title: Title, entries: Iterable[Entry], context: Context) -> Verdict:
    entry = max(entries, key=lambda e: _standing(e, title, context))
    near = _of_near_by(entry, context) or any(term.jurisdiction == title.jurisdiction for term in entry.terms)
    if title.relative and sighting.reading.surname in COMMON and not near:
        return officer(sighting, title)
    if not title.past and _not_yet(entry, title, context):
        return _unregistered(sighting, title, context)
    verdict = verdict_on(entry, title, context, 0.98, f"full_name:{sighting.relation}")
    doubtful = (
        isinstance(verdict.value, Minister) and title.rank == MINISTER and contradicts(title, verdict.value)
    )
    return verdict._replace(confidence=0.75) if doubtful else verdict


def _of_near_by(entry: Entry, context: Context) -> bool:
    return any(term.jurisdiction in (context.jurisdiction, "DE") for term in entry.terms)


def _not_yet(entry: Entry, title: Title, context: Context) -> bool:
    """The person took office long after; a minister of state in Berlin is none of the cabinet."""
    day = context.published
    if day is None or entry.on(day):
        return False
    of_state = title.stems == ("staats",) and context.jurisdiction == "DE"
    return of_state or entry.terms[0].from_on > day + GRACE


def _standing(entry: Entry, title: Title | None, context: Context) -> tuple[bool, bool, date]:
    """Orders persons of one name: in office on the day, of the jurisdiction, latest."""
    terms = entry.on(context.published)
    wanted = (title and title.jurisdiction) or context.jurisdiction
    return bool(terms), any(t.jurisdiction == wanted for t in terms or entry.terms), entry.terms[-1].from_on


def _untitled(sighting: Sighting, entries: Iterable[Entry], context: Context) -> Verdict:
    """A full name alone: somebody in office, and of this jurisdiction if the name is frequent."""
    entry = max(entries, key=lambda e: _standing(e, None, context))
    terms = entry.on(context.published)
    near = {t.jurisdiction for t in terms} & {context.jurisdiction, "DE"}
    home = context.jurisdiction is None or context.jurisdiction in near
    common = sighting.reading.surname in COMMON
    if terms and (home or not common):
        confidence = 0.95 if home and not common else 0.85 if near else 0.7
        return verdict_on(entry, None, context, confidence, "full_name")
    several_given = " " in sighting.reading.given and len(set(entries)) == 1  # Jan Philipp Albrecht
    if context.published and not terms and (several_given or not common):
        close = [t for t in entry.terms if _close_to(t, context.published, context.jurisdiction)]
        return verdict_on(entry, None, context, 0.6, "full_name:out_of_office") if close else NOBODY
    return NOBODY


def _close_to(term: Term, day: date, jurisdiction: str | None) -> bool:
    """Whether the minister has just left the office or is about to take it."""
    if term.jurisdiction not in (jurisdiction, "DE"):
        return False
    return term.from_on - NOTICE <= day <= (term.to_on or day) + GRACE


def unintroduced(sighting: Sighting, context: Context) -> Verdict:
    """The verdict on a bare surname that nothing explains: the only minister in office there who bears it.

    The surname must be neither a town nor a word nor frequent, unless somebody says "mein Kollege" of him.
    """
    surname = sighting.reading.surname
    if context.published is None or context.jurisdiction is None:
        return NOBODY
    if sighting.address != OWN_COLLEAGUE and (surname in COMMON or surname in TOWNS or surname in WORDS):
        return NOBODY
    bearers = [
        entry
        for entry in register().by_surname[surname]
        if any(term.jurisdiction == context.jurisdiction for term in entry.on(context.published))
    ]
    return verdict_on(bearers[0], None, context, 0.5, "surname:unexplained") if len(bearers) == 1 else NOBODY
