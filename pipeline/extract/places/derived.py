"""Words made of a place's name: compounds, adjectives, genitives, capitals."""

import re

from pipeline.extract.places.lists import LIST
from pipeline.extract.places.names import Entry, Gazetteer
from pipeline.extract.places.namesakes import LARGE_CITY
from pipeline.extract.places.offices import adjective_bases, district_of_office
from pipeline.extract.places.reading import (
    CUE_IN,
    CUE_NONE,
    CUE_PREPOSITION,
    CUE_PROOF,
    Hit,
    Reading,
    next_word,
    previous_word,
)
from pipeline.extract.places.towns import obstacle
from pipeline.extract.places.words import (
    CITY_STATES,
    DISTRICT_OFFICES,
    PREPOSITIONS,
    QUARTERS,
    ROUTE,
    STATES,
    STOPS,
    TOWN_OFFICES,
)

CONJUNCTION = (
    r",? ?(?:und|oder|sowie|bzw\.|/|,) ?(?:auch |im |vom |zum |in ){0,2}(?:(?:dem|der|den|die|des) )?"
)
ELLIPSIS = re.compile(
    rf"(?:{CONJUNCTION}[A-ZÄÖÜ][\w-]*-){{0,5}}{CONJUNCTION}[A-ZÄÖÜ][\w-]*(?:[Kk]reis|en? Kreis)"
)


WHERE = STOPS | {"in", "In", "nach", "Nach", "aus", "Aus", "bei", "Bei"}
HYPHENED_STATES = tuple(state for state in STATES if "-" in state)


def may_be_compound(names: Gazetteer, token: str) -> bool:
    """Whether a word with a hyphen has a part that is, or is named after, a place."""
    if token.endswith("-"):
        return token[:-1] in names.stems
    base, _, last = token.rpartition("-")
    if last in DISTRICT_OFFICES:
        return names.has_district_or_town(base)
    return any(part in names.towns.entries for part in token.split("-"))


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
    if not token.startswith(HYPHENED_STATES):
        read_quarter(reading, start, end, token.partition("-")[0])


def read_quarter(reading: Reading, start: int, end: int, town: str) -> None:
    """ "in Berlin-Mitte", "nach Bad Schandau-Schmilka": text[start:end] is the town and a part of it."""
    if reading.masked(start, end) or not among_places(reading, start):
        return
    placed = previous_word(reading.text, start) in WHERE
    namesakes = reading.names.towns.entries.get(town, ())
    meant = [entry for entry in namesakes if has_quarters(entry, reading, placed)]
    if meant:
        reading.hits.append(Hit(start, end, town, town, meant, CUE_IN, "name"))
        reading.consumed = end


def has_quarters(entry: Entry, reading: Reading, placed: bool) -> bool:
    """Whether "X-Y" is said of a quarter Y: of a city, or of a town at home where "in" stands before it."""
    if entry.is_district:
        return entry.in_force(reading.day)
    at_home = placed and entry.state == reading.state and entry.common < 2
    return (at_home and entry.in_force(reading.day)) or entry.population > LARGE_CITY


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
    if next_word(reading.text, start + len(token)) in DISTRICT_OFFICES:
        if entries := district_of_office(reading, base):
            reading.add_district((start, start + len(token)), entries, "genitive", 0.9)
    elif base in reading.names.towns.entries:
        read_genitive(reading, start, token)


GOVERNMENT = re.compile(
    r"Regierende|Erste|Zweite|\w*[Ss]enator|Landes|Senat"
)  # Berlins Regierende Bürgermeisterin


def read_genitive(reading: Reading, start: int, token: str) -> None:
    """ "Schmalkaldens Bürgermeister", "Erfurts Altstadt" """
    base = token[:-1]
    office = next_word(reading.text, start + len(token))
    entries = reading.names.towns.entries[base]
    common = max(entry.common for entry in entries)
    if office not in TOWN_OFFICES and common:
        return
    end = start + len(token)
    reason = obstacle(reading, start, end, base, previous_word(reading.text, start), False)
    if base in CITY_STATES and GOVERNMENT.match(office):
        reason = "the Land, not the city"
    if reason:
        reading.refuse("municipality", start, end, reason)
        return
    cue = CUE_PROOF if office in TOWN_OFFICES else CUE_NONE
    reading.hits.append(Hit(start, end, token, base, entries, cue, "genitive"))


def read_capitals(reading: Reading, start: int, token: str) -> None:
    """A dateline or headline in capitals: "KETTERSHAUSEN, LKR. UNTERALLGÄU"."""
    end = start + len(token)
    entries = reading.names.towns.entries[token.capitalize()]
    if not any(entry.common for entry in entries) and not reading.masked(start, end):
        reading.hits.append(Hit(start, end, token, token.capitalize(), entries, CUE_IN, "name"))
