"""Finds districts and municipalities in a text: `find(text, context)`.

Reads the text once, capitalised token by token: heads ("Landkreis …"), names of districts that stand alone,
towns. What a town's name means is decided at the end, when all places of the text are known.
"""

import re
from collections.abc import Sequence

from pipeline.extract.mentions import Context, Mention, Rejection, Span
from pipeline.extract.places.decide import decide
from pipeline.extract.places.derived import read_adjective, read_capitals, read_compound, read_possessive
from pipeline.extract.places.heads import read_head
from pipeline.extract.places.names import TOKEN, gazetteer
from pipeline.extract.places.reading import Reading
from pipeline.extract.places.towns import read_town
from pipeline.extract.places.words import HEADS, UPPER_HEADS

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
