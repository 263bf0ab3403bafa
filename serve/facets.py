"""The filters beside the hits: which values there are, how many hits each has, and which are set."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyroaring import BitMap

from archive.search_in_words import FLAG_TITLES, LABELS, TITLES, Wording, one_filter
from archive.selection import Asked
from serve.chosen_sets import OF_KIND, PUBLISHERS
from serve.language import N_, gettext
from serve.narrow import Narrowed, narrow
from serve.spoken import money, short

FACET_LENGTH = 12
KINDS = {
    name: OF_KIND.get(name, "publisher") for name in "land herausgeber art kreis gemeinde person amt".split()
}
_NAMES = {
    "herausgeber": "SELECT id, name FROM publishers WHERE id IN (SELECT value FROM json_each(?))",
    "kreis": "SELECT ags, name FROM districts WHERE ags IN (SELECT value FROM json_each(?))",
    "gemeinde": "SELECT ags, name FROM municipalities WHERE ags IN (SELECT value FROM json_each(?))",
    "person": "SELECT id, name FROM ministers WHERE id IN (SELECT value FROM json_each(?))",
}

Counted = list[tuple[str, str, int]]  # value, how it reads, hits


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter, how many hits it has and where choosing it leads."""

    label: str
    count: int
    address: str
    chosen: bool
    share: int  # per cent of the largest, for a bar


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter with its values."""

    title: str
    choices: list[Choice]
    of_names: bool = False  # which stay as they are in every language


def facets(connection: sqlite3.Connection, what: Asked, found: Narrowed) -> list[Facet]:
    """The hits of every value of every filter.

    A filter that is set is counted as if it were not, so that its other values can be chosen.
    """
    chosen = {name for name, _ in what.set()}
    made = []
    for name, kind in KINDS.items():
        among = narrow(connection, what, name) if name in chosen else found
        counted = most(found.sets.kinds.get(kind, {}), among.documents, FACET_LENGTH)
        made.append(_made(connection, what, name, counted))
    return [*made, _flags(what, found)]


def chips(connection: sqlite3.Connection, what: Asked) -> Iterator[tuple[str, str]]:
    """Each filter that is set, in words, with the address of the search without it."""
    for name, value in what.set():
        yield one_filter(connection, name, value, wording()), what.address(**{name: ""})


def wording() -> Wording:
    """How the language of this request says what a search looks for."""
    return Wording(gettext, short, money, gettext("„{}“"))


def most(by: Mapping[str, BitMap], among: BitMap, length: int) -> list[tuple[str, int]]:
    """The keys with the most documents among some, given with the largest sets first."""
    best: list[tuple[int, str]] = []
    for key, documents in by.items():
        if len(best) == length and len(documents) < -best[-1][0]:
            break  # no set that follows is larger than what was counted already
        if count := among.intersection_cardinality(documents):
            best = sorted([*best, (-count, key)])[:length]
    return [(key, -count) for count, key in best]


def _made(connection: sqlite3.Connection, what: Asked, name: str, counted: list[tuple[str, int]]) -> Facet:
    names = {code: gettext(word) for code, word in LABELS.get(name, {}).items()}
    if name in _NAMES:
        names = dict(connection.execute(_NAMES[name], (json.dumps([key for key, _ in counted]),)).fetchall())
    labelled = [(key, names.get(key, key), count) for key, count in counted]
    labelled.sort(key=lambda one: (-one[2], one[1]))
    set_to = _set_to(connection, what, name)
    choices = [_choice(what, name, set_to, one, labelled[0][2]) for one in labelled]
    return Facet(TITLES[name], choices, of_names=name not in LABELS)


def _set_to(connection: sqlite3.Connection, what: Asked, name: str) -> set[str]:
    """The values that a filter is set to: a publisher may be named, too, also as it was called once."""
    value = getattr(what, name)
    if name == "herausgeber" and value:
        return {row[0] for row in connection.execute(PUBLISHERS, {"name": value})}
    return {value} if value else set()


def _choice(what: Asked, name: str, set_to: set[str], one: tuple[str, str, int], greatest: int) -> Choice:
    value, label, count = one
    chosen = value in set_to
    address = what.address(**{name: "" if chosen else value})
    return Choice(str(label), count, address, chosen, max(1, round(100 * count / greatest)))


def _flags(what: Asked, found: Narrowed) -> Facet:
    sets = found.sets.kinds.get("flag", {})
    counts = {
        name: found.documents.intersection_cardinality(sets.get(name, BitMap())) for name in FLAG_TITLES
    }
    most_of_all = max(1, *counts.values())
    choices = [
        Choice(
            gettext(title),
            counts[name],
            what.address(**{name: "" if getattr(what, name) else "1"}),
            bool(getattr(what, name)),
            max(1, round(100 * counts[name] / most_of_all)),
        )
        for name, title in FLAG_TITLES.items()
        if counts[name] or getattr(what, name)
    ]
    return Facet(N_("Merkmale"), choices)
