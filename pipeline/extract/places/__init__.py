"""Finds districts and municipalities in a text: `find(text, context)`.

Reads the text once, capitalised token by token: heads ("Landkreis …"), names of districts that stand alone,
towns. What a town's name means is decided at the end, when all places of the text are known.
"""

import re
from collections.abc import Callable, Sequence
from operator import attrgetter

from archive.memory import Memory
from pipeline.extract.mentions import Context, Mention, Rejection, Span
from pipeline.extract.places.announced import read_announced
from pipeline.extract.places.decide import decide
from pipeline.extract.places.derived import (
    may_be_compound,
    read_adjective,
    read_capitals,
    read_compound,
    read_possessive,
    read_quarter,
)
from pipeline.extract.places.heads import read_councillor, read_head
from pipeline.extract.places.lists import LIST
from pipeline.extract.places.names import TOKEN, gazetteer
from pipeline.extract.places.offices import adjective_bases
from pipeline.extract.places.reading import CUE_NONE, Reading, previous_word
from pipeline.extract.places.towns import read_town
from pipeline.extract.places.words import (
    AUTHORITIES,
    COUNCILLORS,
    HEADS,
    LANDSCAPES,
    PLURAL_HEADS,
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
    reading = Reading(text, context, gazetteer(), masks, rejected)
    for found in TOKEN.finditer(text):
        token = found[0]
        if read := READERS[token]:
            start = found.start()
            if start >= reading.consumed and not (start and INSIDE_WORD.match(text, start - 1)):
                read(reading, start, token)
    decide(reading)
    return sorted(reading.found, key=POSITION)


Reader = Callable[[Reading, int, str], None]
POSITION = attrgetter("start", "end")
INSIDE_WORD = re.compile(r"[\w@-]")


def reader_of(token: str) -> Reader | None:
    """Who reads a capitalised word that may be a place; None for all others."""
    names = gazetteer()
    if token in HEADS:
        return read_headed
    if token in names.alone.entries or token in names.alone.longer:
        return read_name
    if token in LANDSCAPES:
        return read_landscape
    if token in names.firsts:
        return read_bare_town
    if token in COUNCILLORS:
        return read_councillor
    if token.endswith(("er", "s")) or "-" in token or token.isupper():
        return derived_reader_of(token)
    return None


# A release has 150 capitalised words, and only ten of them may be places. With room for 20,000 half of what
# was looked up had been known before.
READERS = Memory(reader_of, most=50_000)


def derived_reader_of(token: str) -> Reader | None:
    """Who reads a form that is made of a name, or a head in capitals."""
    names = gazetteer()
    if token in UPPER_HEADS:
        return read_capital_head
    if "-" in token:
        return read_compound if may_be_compound(names, token) else None
    if token.endswith("er"):
        return read_adjective if any(map(names.has_district_or_town, adjective_bases(token))) else None
    if token.endswith("s"):
        return read_possessive if token[:-1] in names.firsts else None
    return read_capitals if len(token) > 3 and token.capitalize() in names.towns.entries else None


def read_name(reading: Reading, start: int, token: str) -> None:
    form = reading.names.alone.form_at(reading.text, start, token)
    if form:
        read_alone(reading, start, form)
    else:
        read_bare_town(reading, start, token)


def read_bare_town(reading: Reading, start: int, token: str) -> None:
    form = reading.names.towns.form_at(reading.text, start, token)
    if form:
        read_town(reading, start, form)
    elif town := reading.names.towns.form_before_hyphen(reading.text, start, token):
        quarter = TOKEN.match(reading.text, start + len(town) + 1)
        if quarter:
            read_quarter(reading, start, quarter.end(), town)
    elif read := derived_reader_of(token):
        read(reading, start, token)


def read_landscape(reading: Reading, start: int, token: str) -> None:
    """ "Polizeiinspektion Friesland": the district of that name, where the publisher is at home."""
    entries = reading.names.headed.entries.get(token, [])
    at_home = any(entry.state == reading.state for entry in reading.choose(entries))
    if at_home and previous_word(reading.text, start) in AUTHORITIES:
        reading.add_district((start, start + len(token)), entries, "name", 0.85)
        reading.consumed = start + len(token)
    elif token in reading.names.firsts:
        read_bare_town(reading, start, token)


def read_headed(reading: Reading, start: int, token: str) -> None:
    if not reading.masked(start, start + len(token)):
        end = start + len(token)
        read_head(reading, start, end, token)
        if token in PLURAL_HEADS and reading.consumed <= start:
            read_announced(reading, start, end)


def read_capital_head(reading: Reading, start: int, token: str) -> None:
    read_head(reading, start, start + len(token), token)


def read_alone(reading: Reading, start: int, form: str) -> None:
    end = start + len(form)
    if not reading.masked(start, end):
        if reading.hits and "reis" not in form and " Land" not in form:
            read_district_before(reading, start)
        reading.add_district((start, end), reading.names.alone.entries[form], "name", 0.93, nearly=True)
        reading.consumed = end


RECENT = 50  # so many districts before, a list is looked for


def read_district_before(reading: Reading, start: int) -> None:
    """ "auf Bad Kissingen und Rhön-Grabfeld": a bare name beside a district, where districts are listed."""
    hit = reading.hits[-1]
    if hit.cue != CUE_NONE or not LIST.fullmatch(reading.text, hit.end, start):
        return
    if not any(mention.rule == "district/list" for mention in reading.found[-RECENT:]):
        return
    entries = reading.names.headed.entries.get(hit.form)
    if entries and reading.choose(entries) and not any(entry.is_district for entry in hit.entries):
        reading.hits.pop()
        reading.add_district((hit.start, hit.end), entries, "list", 0.7)
