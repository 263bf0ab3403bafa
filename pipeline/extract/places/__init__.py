"""Finds districts and municipalities in a text: `find(text, context)`.

Reads the text once, capitalised token by token: heads ("Landkreis …"), names of districts that stand alone,
towns. What a town's name means is decided at the end, when all places of the text are known.
"""

import re
from collections.abc import Sequence

from pipeline.extract.mentions import Context, Mention, Rejection, Span
from pipeline.extract.places.decide import LIST, decide
from pipeline.extract.places.heads import read_head
from pipeline.extract.places.names import TOKEN, gazetteer
from pipeline.extract.places.reading import (
    CUE_IN,
    CUE_PREPOSITION,
    CUE_PROOF,
    Hit,
    Reading,
    next_word,
    previous_word,
)
from pipeline.extract.places.towns import adjective_bases, district_of_office, read_genitive, read_town
from pipeline.extract.places.words import (
    DISTRICT_OFFICES,
    HEADS,
    PREPOSITIONS,
    QUARTERS,
    ROUTE,
    TOWN_OFFICES,
    UPPER_HEADS,
)

__all__ = ["find"]


def find(
    text: str, context: Context, masks: Sequence[Span] = (), rejected: list[Rejection] | None = None
) -> list[Mention]:
    """Mentions of kind district and municipality, in the order of the text.

    `masks` are spans of persons' names; no place is found in them. `rejected` receives what looked like a
    place and was refused.

    >>> [m.value.ags for m in find("Besuch im Landkreis Gotha", Context(None, "DE-TH"))]
    ['16067']
    """
    names = gazetteer()
    reading = Reading(text, context, names, masks, rejected)
    firsts = names.firsts
    for found in TOKEN.finditer(text):
        token = found.group()
        if token in firsts or token in HEADS:
            read = read_name
        elif token.endswith(DERIVED) or "-" in token or token.isupper():
            read = read_derived
        else:
            continue
        start = found.start()
        if start >= reading.consumed and not (start and INSIDE_WORD.match(text, start - 1)):
            read(reading, start, token)
    decide(reading)
    return sorted(reading.found, key=lambda mention: (mention.start, mention.end))


DERIVED = ("er", "s")
INSIDE_WORD = re.compile(r"[\w@-]")


def read_name(reading: Reading, start: int, token: str) -> None:
    names = reading.names
    if token in HEADS:
        if not reading.masked(start, start + len(token)):
            read_head(reading, start, start + len(token), token)
    elif form := names.alone.form_at(reading.text, start, token):
        read_alone(reading, start, form)
    elif form := names.towns.form_at(reading.text, start, token):
        read_town(reading, start, form)
    else:
        read_derived(reading, start, token)


def read_derived(reading: Reading, start: int, token: str) -> None:
    """A form that is made of a name, or a head in capitals."""
    if token in UPPER_HEADS:
        read_head(reading, start, start + len(token), token)
    elif "-" in token:
        read_compound(reading, start, token)
    elif token.endswith("er"):
        read_adjective(reading, start, token)
    elif token.endswith("s"):
        read_possessive(reading, start, token)
    else:
        read_capitals(reading, start, token)


def read_alone(reading: Reading, start: int, form: str) -> None:
    end = start + len(form)
    if not reading.masked(start, end):
        reading.add_district((start, end), reading.names.alone.entries[form], "name", 0.93)
        reading.consumed = end


CONJUNCTION = (
    r",? ?(?:und|oder|sowie|bzw\.|/|,) ?(?:auch |im |vom |zum |in ){0,2}(?:(?:dem|der|den|die|des) )?"
)
ELLIPSIS = re.compile(
    rf"(?:{CONJUNCTION}[A-ZÄÖÜ][\w-]*-){{0,5}}{CONJUNCTION}[A-ZÄÖÜ][\w-]*(?:[Kk]reis|en? Kreis)"
)


def read_compound(reading: Reading, start: int, token: str) -> None:
    """ "Saale-Holzland- und Saale-Orla-Kreis", "Kyffhäuser-Landrat", "in Berlin-Mitte" """
    end = start + len(token)
    if token.endswith("-"):
        if (entries := reading.names.stems.get(token[:-1])) and ELLIPSIS.match(reading.text, end):
            reading.add_district((start, end), entries, "ellipsis", 0.9)
        return
    base, _, last = token.rpartition("-")
    if last in DISTRICT_OFFICES:
        if entries := district_of_office(reading, base):
            reading.add_district((start, end), entries, "compound", 0.9)
        return
    if ROUTE.search(previous_word(reading.text, start)):
        read_route(reading, start, token)
        return
    first = token.partition("-")[0]
    cities = [entry for entry in reading.names.towns.entries.get(first, ()) if entry.is_district]
    if cities and not reading.masked(start, end) and among_places(reading, start):
        reading.hits.append(Hit(start, end, token, first, cities, CUE_IN, "name"))


def read_route(reading: Reading, start: int, token: str) -> None:
    """ "Bahnstrecke Weimar-Gera-Gößnitz": every end of it."""
    for name in token.split("-"):
        if entries := reading.names.towns.entries.get(name):
            hit = Hit(start, start + len(name), name, name, entries, CUE_PREPOSITION, "name")
            reading.hits.append(hit)
        start += len(name) + 1


def among_places(reading: Reading, start: int) -> bool:
    """After a preposition, or in a list that a place precedes."""
    before = previous_word(reading.text, start)
    if before in PREPOSITIONS or before in QUARTERS:
        return True
    return bool(reading.hits and LIST.fullmatch(reading.text, reading.hits[-1].end, start))


OFFICE_INITIALS = frozenset(office[0] for office in DISTRICT_OFFICES | TOWN_OFFICES)


def read_adjective(reading: Reading, start: int, token: str) -> None:
    """ "Bamberger Landrat", "Hofer Oberbürgermeisterin"; without an office an adjective is no place."""
    end = start + len(token)
    if reading.text[end + 1 : end + 2] not in OFFICE_INITIALS:
        return
    office = next_word(reading.text, end)
    if office in DISTRICT_OFFICES:
        for base in adjective_bases(token):
            if entries := district_of_office(reading, base):
                reading.add_district((start, end), entries, "adjective", 0.9)
                return
    elif office in TOWN_OFFICES:
        for base in adjective_bases(token):
            if towns := reading.names.towns.entries.get(base):
                reading.hits.append(Hit(start, end, token, base, towns, CUE_PROOF, "adjective"))
                return


def read_possessive(reading: Reading, start: int, token: str) -> None:
    """ "Gothas Landrat" is the district, "Schmalkaldens Bürgermeister" the town."""
    base = token[:-1]
    if base not in reading.names.firsts:
        return
    if next_word(reading.text, start + len(token)) in DISTRICT_OFFICES:
        if entries := district_of_office(reading, base):
            reading.add_district((start, start + len(token)), entries, "genitive", 0.9)
    elif base in reading.names.towns.entries:
        read_genitive(reading, start, token)


def read_capitals(reading: Reading, start: int, token: str) -> None:
    """A dateline or headline in capitals: "KETTERSHAUSEN, LKR. UNTERALLGÄU"."""
    end = start + len(token)
    entries = reading.names.towns.entries.get(token.capitalize()) if len(token) > 3 else None
    if entries and not any(entry.common for entry in entries) and not reading.masked(start, end):
        reading.hits.append(Hit(start, end, token, token.capitalize(), entries, CUE_IN, "name"))
