"""Names and titles of a text, put together: who stands where, and with which title."""

import re

from pipeline.extract.persons.anchors import ABBREVIATION, ADDRESS, BOTH, PHRASE, STEM, SURNAME, Anchor
from pipeline.extract.persons.choosing import OWN_COLLEAGUE
from pipeline.extract.persons.names import (
    ACADEMIC,
    ACADEMIC_BEFORE,
    Reading,
    read_name,
    surname_key,
)
from pipeline.extract.persons.register import WORDLIKE_GIVEN, register
from pipeline.extract.persons.relations import Sighting, related
from pipeline.extract.persons.titles import AFTER_PAST, TitleWord, read_title, title_word

COLLEAGUE = "Kolleg"  # a title only where a Land is named: "ihr hessischer Kollege"
OWN = re.compile(r"\b[Mm]eine?[mnr]? $")
_BESIDE = re.compile(r"/([A-ZÄÖÜ][\w-]+)(?![/@])")  # "Dreyer/Lewentz: …"
_SPACE = re.compile(r"[ \u00a0\u202f\u2009]{1,2}(?:(?:Frau|Herrn?)[ \u00a0])?")


def sightings(text: str, found: list[Anchor]) -> list[Sighting]:
    """All names in order. Bare surnames are among them, be they persons or not."""
    seen: list[Sighting] = []
    loose: list[TitleWord] = []
    done = 0
    for anchor in found:
        if anchor.start < done:
            continue
        if anchor.sort in (STEM, PHRASE, ABBREVIATION):
            title = title_word(text, anchor.start, anchor.end, anchor.word)
            if title is None:
                continue
            sighting = _after_title(text, title, done)
            done = title.end
            if sighting is None and not text.startswith(COLLEAGUE, title.start):
                loose.append(title)
        elif anchor.sort == ADDRESS:
            sighting = _addressed(text, anchor)
        else:
            sighting = _named(text, anchor)
        if sighting:
            seen.append(sighting)
            done = sighting.end
    return related(text, seen, loose) if seen else seen


def _after_title(text: str, title: TitleWord, earliest: int) -> Sighting | None:
    past = AFTER_PAST.match(text, title.end)
    space = _SPACE.match(text, past.end() if past else title.end)
    if space is None:
        return None
    academic = ACADEMIC.match(text, space.end())
    reading = read_name(text, academic.end() if academic else space.end(), titled=True)
    if reading is None:
        return None
    whole = read_title(text, title)
    if whole.text.startswith(COLLEAGUE) and whole.jurisdiction is None:  # whose colleague, nobody says
        if not reading.given and OWN.search(text, max(0, title.start - 8), title.start):
            return Sighting(reading.start, reading.end, reading, None, "", OWN_COLLEAGUE)
        plain = read_name(text, reading.start, titled=False)
        return Sighting(_academic_start(text, plain.start), plain.end, plain, None, "") if plain else None
    return Sighting(max(whole.start, earliest), reading.end, reading, whole, "title")


def _addressed(text: str, anchor: Anchor) -> Sighting | None:
    space = _SPACE.match(text, anchor.end)
    start = anchor.start if anchor.word.endswith(".") else space.end() if space else None
    if start is None:
        return None
    academic = ACADEMIC.match(text, start)
    reading = read_name(text, academic.end() if academic else start, titled=True)
    return Sighting(start, reading.end, reading, None, "", anchor.word) if reading else None


def _named(text: str, anchor: Anchor) -> Sighting | None:
    if anchor.sort != SURNAME:
        reading = read_name(text, anchor.start, titled=False)
        if reading and anchor.word in WORDLIKE_GIVEN and not reading.entries:
            reading = None
        if reading:
            return Sighting(_academic_start(text, reading.start), reading.end, reading, None, "")
        if anchor.sort != BOTH:
            return None
    return _surname(text, anchor)


def _surname(text: str, anchor: Anchor) -> Sighting | None:
    end = anchor.end
    if text[end : end + 1] == "-" or (text[end : end + 1] in "@_." and text[end + 1 : end + 2].isalnum()):
        return None
    if text[end : end + 1] == "/" and text[end + 1 : end + 2].isalnum():
        beside = _BESIDE.match(text, end)
        if beside is None or surname_key(beside[1]) is None:
            return None
    if text[end : end + 1] == "s":
        end += 1
    key = surname_key(text[anchor.start : end])
    if key is None:
        return None
    start = anchor.start - len(_particles_before(text, anchor.start, key))
    reading = Reading(start, end, "", key, anchor.word, ())
    return Sighting(_academic_start(text, start), end, reading, None, "")


def _particles_before(text: str, start: int, key: str) -> str:
    """The particles of a bearer's name ("von der ") if they stand before the surname."""
    for entry in register().by_surname[key]:
        particles = entry.person.family.rpartition(" ")[0]
        if (
            particles
            and text[max(0, start - len(particles) - 1) : start].casefold() == f"{particles} ".casefold()
        ):
            return f"{particles} "
    return ""


def _academic_start(text: str, start: int) -> int:
    before = text[max(0, start - 30) : start]
    academic = ACADEMIC_BEFORE.search(before) if "." in before or "Prof" in before else None
    return start - len(academic.group()) if academic else start
