"""Names and titles of a text, put together: who stands where, and with which title."""

import re
from typing import NamedTuple

from pipeline.extract.persons.anchors import ABBREVIATION, ADDRESS, BOTH, PHRASE, STEM, SURNAME, Anchor
from pipeline.extract.persons.names import (
    ACADEMIC,
    ACADEMIC_BEFORE,
    Reading,
    read_name,
    surname_key,
)
from pipeline.extract.persons.register import WORDLIKE_GIVEN, register
from pipeline.extract.persons.titles import AFTER_PAST, Title, fixed_title, title_at

_SPACE = re.compile(r"[ \u00a0\u202f\u2009]{1,2}(?:(?:Frau|Herrn?)[ \u00a0])?")
_LIST = re.compile(r"(?: \([^()\n]{1,30}\))?(?:, | und | sowie |, sowie | & |/| bzw\. )(?:(?:Herrn?|Frau) )?")
_PHRASE = re.compile(
    r"(?:,? (?:für|im|der|des|in|beim|am|und|sowie|von|vom|den|dem|die|das|zur|zu|aus|[A-ZÄÖÜ][\w/.-]*|\([^()\n]{1,30}\)|&))*"
    r",? (?:(?:Herrn?|Frau) )?"
)
_APPOSITION = re.compile(
    r"(?: \([^()\n]{1,40}\))?, (?:(?!\w+te )(?:der|die|den|dem|[a-zäöü]+e[rnms]?|[A-ZÄÖÜ][\w-]*(?:s|er|e)) ){0,4}"
)


class Sighting(NamedTuple):
    """A name in the text, with the title that belongs to it."""

    start: int  # of title, academic title or name
    end: int
    reading: Reading
    title: Title | None
    relation: str  # how the title stands to the name: title, list, apposition, phrase; "" without one
    address: str = ""  # Frau, Herr, Familie

    @property
    def full(self) -> bool:
        return bool(self.reading.given)


def sightings(text: str, found: list[Anchor]) -> list[Sighting]:
    """All names in order. Bare surnames are among them, be they persons or not."""
    seen: list[Sighting] = []
    titles: list[tuple[Title, bool]] = []
    done = 0
    for anchor in found:
        if anchor.start < done:
            continue
        if anchor.sort in (STEM, PHRASE, ABBREVIATION):
            title = _title(text, anchor)
            if title is None:
                continue
            sighting = _after_title(text, title)
            titles.append((title, sighting is not None))
            done = title.end
        elif anchor.sort == ADDRESS:
            sighting = _addressed(text, anchor)
        else:
            sighting = _named(text, anchor)
        if sighting:
            seen.append(sighting)
            done = sighting.end
    return _related(text, seen, titles) if titles else seen


def _title(text: str, anchor: Anchor) -> Title | None:
    if anchor.sort == STEM:
        return title_at(text, anchor.start, anchor.end, anchor.word)
    return fixed_title(text, anchor.start, anchor.end, anchor.word)


def _after_title(text: str, title: Title) -> Sighting | None:
    past = AFTER_PAST.match(text, title.end)
    space = _SPACE.match(text, past.end() if past else title.end)
    if space is None:
        return None
    academic = ACADEMIC.match(text, space.end())
    reading = read_name(text, academic.end() if academic else space.end(), titled=True)
    return Sighting(title.start, reading.end, reading, title, "title") if reading else None


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
    if text[end : end + 1] == "-" or (text[end : end + 1] in "@_/." and text[end + 1 : end + 2].isalnum()):
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


def _related(text: str, seen: list[Sighting], titles: list[tuple[Title, bool]]) -> list[Sighting]:
    """Gives titles to names that stand in a list after a title, before a title, or after a long one."""
    related: list[Sighting] = []
    loose = [title for title, named in titles if not named]
    for position, sighting in enumerate(seen):
        if sighting.title is None:
            previous = related[-1] if related else None
            following = seen[position + 1].start if position + 1 < len(seen) else len(text)
            sighting = _with_title(text, sighting, previous, following, loose)
            if sighting.title in loose:
                loose.remove(sighting.title)
        related.append(sighting)
    return related


def _with_title(
    text: str, sighting: Sighting, previous: Sighting | None, following: int, loose: list[Title]
) -> Sighting:
    if (
        previous
        and previous.title
        and previous.title.plural
        and previous.relation in ("title", "list", "phrase")
    ):
        if _LIST.fullmatch(text, previous.end, sighting.start):
            return sighting._replace(title=previous.title, relation="list")
    for title in loose:
        if sighting.end < title.start <= min(sighting.end + 110, following) and not title.plural:
            if _APPOSITION.fullmatch(text, sighting.end, title.start):
                return sighting._replace(title=title, relation="apposition")
    for title in loose:
        last = previous.end if previous else 0
        if sighting.full and max(last, sighting.start - 190) <= title.end < sighting.start:
            if _PHRASE.fullmatch(text, title.end, sighting.start) and not text.endswith(
                (" und ", " sowie "), 0, sighting.start
            ):
                return sighting._replace(title=title, relation="phrase")
    return sighting
