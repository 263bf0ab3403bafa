"""By which names districts and municipalities go: forms made by rule from the tables, ready to look up."""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from archive import territory
from pipeline.extract.places.forms import (
    alone_forms,
    headed_forms,
    kreis_stem,
    same_tail,
    spellings,
    split,
    stands_alone,
    tail_word,
)
from pipeline.extract.places.words import LANDSCAPES

# A capitalised word with its hyphens; the empty branch spares words without one a tenth of the time.
TOKEN = re.compile(r"[A-ZÄÖÜ]\w*(?:[-‑](?:\w+(?:[-‑]\w+)*[-‑]?|)|)")
STATE_OF = dict(
    zip(
        "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16".split(),
        "SH HH NI HB NW HE RP BW BY SL BE BB MV SN ST TH".split(),
        strict=True,
    )
)


class Entry(NamedTuple):
    """What one form may mean."""

    is_district: bool
    ags: str
    name: str
    tail: str  # what tells it from namesakes: "wümme" of "Rotenburg (Wümme)", "" if nothing does
    state: str
    district: str
    population: int
    lat: float | None
    lon: float | None
    common: int  # as in territory.Municipality
    valid_from: str  # ISO day, or year of a municipality
    valid_to: str

    def in_force(self, day: str | None) -> bool:
        if day is None:
            return not self.valid_to
        known = day if self.is_district else day[:4]
        return self.valid_from <= known and (not self.valid_to or known <= self.valid_to)


class Lexicon(NamedTuple):
    entries: dict[str, list[Entry]]
    longer: dict[str, tuple[str, ...]]  # first token of forms with several, to these forms, longest first

    def form_at(self, text: str, start: int, token: str) -> str | None:
        """The longest form that stands at text[start:], of which `token` is the first token there."""
        forms = self.longer.get(token)
        if forms and text.startswith(forms, start):
            for form in forms:
                end = start + len(form)
                if text.startswith(form, start) and not (
                    text[end : end + 1].isalnum() or text[end : end + 1] == "-"
                ):
                    return form
        return token if token in self.entries else None

    def form_before_hyphen(self, text: str, start: int, token: str) -> str | None:
        """The form of several words that stands at text[start:] as the first half of a longer name."""
        forms = self.longer.get(token, ())
        return next((form for form in forms if text.startswith(form + "-", start)), None)


class Gazetteer(NamedTuple):
    towns: Lexicon  # municipalities and kreisfreie Städte by their bare names
    headed: Lexicon  # districts by what may follow "Landkreis"
    alone: Lexicon  # districts by what needs no head: "Ilm-Kreis", "Altenburger Land"
    stems: dict[str, list[Entry]]  # "Saale-Holzland" of the Saale-Holzland-Kreis
    firsts: frozenset[str]  # every token with which a name of towns or alone begins

    def known(self, word: str) -> bool:
        """Whether a word may be, or begin, the name of a place."""
        return any(word in lexicon.entries or word in lexicon.longer for lexicon in (self.towns, self.headed))

    def has_district_or_town(self, name: str) -> bool:
        """Whether a Landrat or a mayor may be the one of a place by this name."""
        return name in self.headed.entries or name in self.stems or name in self.towns.entries


@cache
def gazetteer() -> Gazetteer:
    headed: dict[str, list[Entry]] = {}
    alone: dict[str, list[Entry]] = {}
    stems: dict[str, list[Entry]] = {}
    towns = town_forms()
    lasting = {district.short for district in territory.districts() if not district.valid_to}
    for district in territory.districts():
        if district.is_city:
            continue
        for form, tail in headed_forms(district.short):
            headed.setdefault(form, []).append(district_entry(district, tail))
        for form in alone_forms(district.short):
            if form not in towns and stands_alone(form, district, lasting):
                alone.setdefault(form, []).append(district_entry(district, ""))
        if stem := kreis_stem(district.short):
            stems.setdefault(stem, []).append(district_entry(district, ""))
    lexicons = lexicon(towns), lexicon(headed), lexicon(alone)
    firsts = frozenset().union(
        *(one.entries.keys() | one.longer.keys() for one in (lexicons[0], lexicons[2]))
    )
    return Gazetteer(*lexicons, stems, firsts)


@cache
def parts() -> frozenset[tuple[str, str]]:
    """Name and state of postal places; apart, because few texts need them and they take long to load."""
    return frozenset(
        (name, STATE_OF[place.district[:2]])
        for place in territory.places()
        for name in (place.name, place.name.rpartition(" ")[2])  # "Schleiden Gemünd"
    )


def lexicon(entries: dict[str, list[Entry]]) -> Lexicon:
    longer: dict[str, list[str]] = {}
    for form in entries:
        first = None if form.isalnum() else TOKEN.match(form)
        if first and first.group() != form:
            longer.setdefault(first.group(), []).append(form)
    ordered = {first: tuple(sorted(forms, key=len, reverse=True)) for first, forms in longer.items()}
    return Lexicon(entries, ordered)


# Municipalities and kreisfreie Städte


def town_forms() -> dict[str, list[Entry]]:
    forms: dict[str, list[Entry]] = {}
    common: dict[str, int] = {}
    made, cities = (
        Entry._make,
        city_keys(),
    )  # of 12,000 rows: a call with twelve arguments takes twice as long
    for row in territory.municipalities():
        ags, name, population, lat, lon, first_year, last_year, _, word = row
        district = ags[:5]
        common[district] = word
        if district in cities and ags.endswith("000"):
            continue
        base, tail = split(name)
        begun, ended = str(first_year or ""), "" if last_year == 9999 else str(last_year)
        entry = made(
            (False, ags, name, tail, STATE_OF[ags[:2]], district, population, lat, lon, word, begun, ended)
        )
        for form in spellings(base):
            forms.setdefault(form, []).append(entry)
    add_double_names(forms)
    known = territory.districts_by_key()
    for city in territory.districts():
        if city.is_city:
            base, tail = split(city.short)
            heir = known[city.successors[0]] if city.successors else city
            if heir.is_city:  # a city whose key has ended is as large as it is today
                city = city._replace(population=heir.population, lat=heir.lat, lon=heir.lon)
            elif not city.population:  # Eisenach, a town of its district today
                towns = [
                    entry.population for entry in forms.get(base, ()) if entry.district in city.successors
                ]
                city = city._replace(population=max(towns, default=0))
            entry = district_entry(city, tail)._replace(common=common.get(city.ags, 0))
            for form in spellings(base):
                forms.setdefault(form, []).append(entry)
    return forms


def add_double_names(forms: dict[str, list[Entry]]) -> None:
    """Towns of the past, as what their municipality is today: "Bitterfeld" in Bitterfeld-Wolfen."""
    known = territory.municipalities_by_key()
    for name, ags, word in territory.double_names():
        town = known[ags]
        place = (STATE_OF[ags[:2]], ags[:5], town.population, town.lat, town.lon)
        namesakes = forms.setdefault(name, [])
        common = max((entry.common for entry in namesakes), default=word)
        namesakes.append(Entry(False, ags, name, "", *place, common, "", ""))
    for name in [name for name in forms if name.startswith("Bad ") and name.count(" ") == 1]:
        without = name.removeprefix("Bad ")
        if (
            len(without) > SHORT and "-" not in without and without not in LANDSCAPES
        ):  # as before it was a spa
            forms.setdefault(without, [entry._replace(common=1) for entry in forms[name]])
    for half, whole in EVERYDAY_HALVES.items():
        forms.setdefault(half, list(forms[whole]))
    for town in territory.municipalities():
        heir = known.get(town.successor)
        if heir and (name := split(town.name)[0]) in heir.name.split("-"):
            forms[name] = [
                entry._replace(population=heir.population) if entry.ags == town.ags else entry
                for entry in forms[name]
            ]


SHORT = 5  # Ems and Orb are too short to be known without "Bad"
# Halves that everybody says for the whole, as districts and lines on a map.
EVERYDAY_HALVES = {
    "Waldshut": "Waldshut-Tiengen",
    "Garmisch": "Garmisch-Partenkirchen",
    "Villingen": "Villingen-Schwenningen",
    "Leinfelden": "Leinfelden-Echterdingen",
    "Mörfelden": "Mörfelden-Walldorf",
    "Castrop": "Castrop-Rauxel",
    "Rheda": "Rheda-Wiedenbrück",
    "Annaberg": "Annaberg-Buchholz",
    "Ribnitz": "Ribnitz-Damgarten",
    "Henstedt": "Henstedt-Ulzburg",
    "Clausthal": "Clausthal-Zellerfeld",
    "Bad Neuenahr": "Bad Neuenahr-Ahrweiler",
}


@cache
def city_keys() -> frozenset[str]:
    return frozenset(district.ags for district in territory.districts() if district.is_city)


def is_city(ags: str) -> bool:
    return ags in city_keys()


def district_entry(row: territory.District, tail: str) -> Entry:
    return Entry(
        *(True, row.ags, row.name, tail, row.state[3:], row.ags, row.population, row.lat, row.lon, 0),
        *(row.valid_from, row.valid_to),
    )


# What follows a name and tells it from its namesakes

TAIL_IN_TEXT = re.compile(
    r" ?\((?P<bracket>[^()\n]{1,30})\)| ?/ ?(?P<slash>[A-ZÄÖÜ][\w.]*(?: (?=[WS])[A-ZÄÖÜ]\w+)?)"
    r"|(?: (?:an der|an den|am|im|in der|in|bei|ob der|ob|unter|unterm|auf|vor der|vorm|der)"
    r"|(?: [aivb]\. ?)(?:[dv]\. ?)?)"
    r" ?(?P<word>[A-ZÄÖÜ][\w.]*(?:-(?:Bad )?[A-ZÄÖÜ]\w+)?)(?![\w-])"
)
LAENDER = {
    "thüringen": "TH", "sachsen": "SN", "bayern": "BY", "hessen": "HE", "brandenburg": "BB", "baden": "BW",
    "saarland": "SL", "rheinland": "RP", "nordrhein": "NW", "schleswig": "SH", "mecklenburg": "MV",
    "niedersachsen": "NI",
}  # fmt: skip


DISTRICT_IN_BRACKET = re.compile(r"[Kk]reis|LK|Lkr")


def tail_at(text: str, end: int, entries: Iterable[Entry]) -> tuple[int, list[Entry]]:
    """Where a name that ends at `end` really ends, and which of its namesakes its tail leaves."""
    found = TAIL_IN_TEXT.match(text, end) if text.startswith((" ", "(", "/"), end) else None
    if found:
        word = tail_word(found["bracket"] or found["slash"] or found["word"])
        if found["bracket"] and DISTRICT_IN_BRACKET.search(found["bracket"]):
            return end, []
        fitting = [entry for entry in entries if entry.tail and same_tail(entry.tail, word)]
        if fitting:
            last = found.end()
            return (last - 1 if text[last - 1] == "." and not found["bracket"] else last), fitting
        if word in LAENDER:
            return end, [entry for entry in entries if entry.state == LAENDER[word]]
    return end, []
