"""Names of municipalities and kreisfreie Städte in running text, with what speaks for and against a place."""

import re
from functools import lru_cache

from archive import territory
from pipeline.extract.places.heads import name_at
from pipeline.extract.places.names import Entry, tail_at
from pipeline.extract.places.offices import district_of_office
from pipeline.extract.places.reading import (
    CUE_AGAINST,
    CUE_IN,
    CUE_NONE,
    CUE_PREPOSITION,
    CUE_PROOF,
    Hit,
    Reading,
    next_word,
    previous_word,
)
from pipeline.extract.places.words import (
    ARTICLES,
    CITY_STATES,
    COUNT_NOUNS,
    DISTRICT_OFFICES,
    FOREIGN,
    HISTORIC,
    INSTITUTION,
    ISLANDS,
    LAND_ADJECTIVES,
    MARKET,
    MUNICIPALITY_HEADS,
    NAMED_AFTER_SAINTS,
    NEVER_BARE,
    NO_PLACE_AFTER,
    NOT_AFTER_IN,
    PART_HEADS,
    PERSON_TITLES,
    PREPOSITIONS,
    RURAL_HEADS,
    SITES,
    STATE_HEADS,
    STATES,
    STRONG_PREPOSITIONS,
    WEATHER,
    WEATHERLY,
)
from pipeline.extract.visits import is_visited

INITIALS = re.compile(r"[A-Z]\.(?:-?[A-Z]\.)?")
NUMBERED = re.compile(  # "in Halle 20", but neither "in Halle 2019" nor "Engen 92.000 Euro"
    r" (?:(?!(?:19|20)\d\d\b)\d+(?![\w.,]*\d)(?! (?:Mio|Mill|Mrd|Tsd|Euro|EUR|€|DM|Mark|T€))|[A-Z]\b)"
)
WITH_ARTICLE = frozenset("am vom zum im ins beim der die den dem des".split())
SMALL = 10_000
COUNTED_NOUN = re.compile(r" [A-ZÄÖÜ][a-zäöü]{3}")
BY_RIVER = re.compile(  # "bei Wissen an der Sieg", where the official name is without the river
    r" (?:an der|am|a\. ?d\.|/) ?(?:Sieg|Mosel|Saale|Elbe|Weser|Ems|Lahn|Fulda|Werra|Unstrut|Spree|Havel|Oder"
    r"|Mulde|Aller|Leine|Ruhr|Lippe|Nahe|Ahr|Donau|Isar|Iller|Ilz|Tauber|Jagst|Enz|Rhein|Main|Inn|Lech|Neckar|Regen)\b"
)
ITS_DISTRICT = re.compile(r" ?\((?P<bracket>)|,? (?:im|in der|in dem) ")
DISTRICT_WORD = re.compile(r"(?:Landkreis|Kreis|LK|Lkr\.?|LKR\.?|Landkreises|Region|Landkreises)[ \u00a0]")
POSTAL_CODE = re.compile(r"(?:D-)?\d{5}")


def read_town(reading: Reading, start: int, form: str) -> None:
    """Notes a hit where a town's name stands, unless it is plainly something else."""
    text = reading.text
    entries = reading.names.towns.entries[form]
    end, fitting = tail_at(text, start + len(form), entries)
    before = previous_word(text, start)
    reason = obstacle(reading, start, end, form, before, bool(fitting))
    if reason:
        reading.refuse("municipality", start, end, reason)
        reading.consumed = end
        return
    if heads_district(text, start, end) and (its_district := district_of_office(reading, form)):
        reading.add_district((start, end), its_district, "parenthesis", 0.8)
        reading.consumed = end
        return
    districts, after = own_district(reading, end)
    hit = Hit(start, end, text[start:end], form, fitting or entries, cue_of(before), "name", districts)
    if fitting or (districts and any(entry.district in districts for entry in hit.entries)):
        hit.cue = CUE_PROOF
    elif text.startswith(",", end):
        hit.districts = frozenset()  # "zwischen Emden und Esens, im Landkreis Cuxhaven …" goes on elsewhere
    elif not text.startswith(("(", " ("), end) and any(is_large(entry) for entry in entries):
        hit.districts = frozenset()  # "Frankenthal im Rhein-Pfalz-Kreis" is loosely said of a city beside it
    if before.endswith(LAND_ENDINGS) and (land := land_of(before)):
        hit.entries = [entry for entry in hit.entries if entry.state == land] or hit.entries
        hit.cue = max(hit.cue, CUE_IN)
    if hit.cue < CUE_PROOF and is_water(text, start, before, hit):
        hit.cue = CUE_AGAINST
    if before in SITES and form not in NOT_AFTER_IN and hit.lies_in(reading.home):
        hit.cue = CUE_PROOF
    if hit.common and hit.cue < CUE_PROOF and (before.lower() in ARTICLES or is_numbered(text, end, form)):
        hit.cue = CUE_AGAINST
    if form in WEATHER and before in WEATHERLY and hit.cue < CUE_PROOF:
        hit.cue = CUE_AGAINST
    if before == "SK" and any(entry.is_district for entry in hit.entries):
        hit.cue = CUE_PROOF
    if hit.common and hit.cue >= CUE_PREPOSITION and BY_RIVER.match(text, end):
        hit.cue = CUE_PROOF
    if before in RURAL_HEADS:
        hit.entries = [entry for entry in hit.entries if not entry.is_district] or hit.entries
    reading.hits.append(hit)
    reading.consumed = after


def is_water(text: str, start: int, before: str, hit: Hit) -> bool:
    """ "am Tegernsee", "an der Wertach", "der Fischbach": with an article it is a water or a hill."""
    if before not in WITH_ARTICLE or hit.common:
        return False
    article = start - len(before) - 1
    if before == "der" and text.endswith(("an ", "auf "), 0, article):
        return True
    if text.endswith(", ", 0, article):
        return False  # "die Straße, die Wertach mit Oy verbindet"
    return hit.population() < SMALL


def is_numbered(text: str, end: int, form: str) -> bool:
    """ "in Halle 20"; but "in Weiden 92 Vorhaben" counts the projects there."""
    number = NUMBERED.match(text, end)
    return number is not None and (form in COUNT_NOUNS or not COUNTED_NOUN.match(text, number.end()))


LAND_ENDINGS = ("isch", "ische", "ischen", "ischer", "isches", "ischem", "ersche", "erschen")


@lru_cache(maxsize=512)
def land_of(adjective: str) -> str | None:
    """The Land that an adjective before a town names: "das thüringische Weimar"."""
    return LAND_ADJECTIVES.get(re.sub(r"e[mnrs]?$", "", adjective))


OFFICE = re.compile(r"Land(?:rat|rät)|[Bb]ürgermeister|\bOB\b")


def heads_district(text: str, start: int, end: int) -> bool:
    """ "Landrätin Anna Blum (Greiz)", "Greiz' Landrätin": the name is that of the district."""
    if text[end : end + 1] in ("'", "’"):
        return next_word(text, end + 1) in DISTRICT_OFFICES
    if not (text.startswith("(", start - 1) and text.startswith(")", end)):
        return False
    offices = OFFICE.findall(text, max(0, start - 100), start)
    return bool(offices) and offices[-1].startswith("Land")


def is_large(entry: Entry) -> bool:
    return entry.is_district and entry.common == 0


def obstacle(reading: Reading, start: int, end: int, form: str, before: str, has_tail: bool) -> str | None:
    """Why the name at text[start:end] is no place, or None."""
    text = reading.text
    if reading.masked(start, end):
        reading.people.add(form)
        return "part of a person's name"
    if NO_PLACE_AFTER.match(text, end):
        return "part of a street, a number plate or an address on the web"
    if form in NEVER_BARE and not has_tail and before not in MUNICIPALITY_HEADS:
        return "name of a Land"
    if form.startswith(("Sankt ", "St. ")) and NAMED_AFTER_SAINTS.fullmatch(before):
        return "named after a saint"
    if form == "Münster" and (before.lower() in ARTICLES or before.endswith("er")):
        return "a church"
    if FOREIGN.match(text, end):
        return "a place abroad"
    if before in PART_HEADS:
        return "a part of a municipality"
    if before.endswith("-Bad"):
        return "part of a longer name"
    if is_person(reading, start, before) and not is_visited(text, start, end):
        reading.people.add(form)
        return "a person of this name"
    if form in CITY_STATES and (before in STATE_HEADS or among_states(text, start, end)):
        return "the Land, not the city"
    if before in HISTORIC and not has_tail:
        return "a state of the past"
    if form in ISLANDS and before in ("auf", "Insel", "Inseln"):
        return "the island, not the municipality"
    return None


def is_person(reading: Reading, start: int, before: str) -> bool:
    word = before.rstrip(",")
    if not word or word != before:
        return False
    given = territory.given_names()
    if word in ("von", "van", "de", "zu"):
        return previous_word(reading.text, start - len(word) - 1) in given
    parts = word.split("-")
    if parts[0] in given and parts[-1] in given:
        return previous_word(reading.text, start - len(word) - 1) not in ("Sankt", "St.", "in", "nach", "aus")
    return is_title(word)


@lru_cache(maxsize=4096)  # the same few words stand before most towns
def is_title(word: str) -> bool:
    return bool(PERSON_TITLES.fullmatch(word) or INITIALS.fullmatch(word))


NEIGHBOUR_AFTER = re.compile(r"(?:, | und | sowie )([A-ZÄÖÜ][\w-]+)")
NEIGHBOUR_BEFORE = re.compile(r"([A-ZÄÖÜ][\w-]+)(?:, | und | sowie )$")


def among_states(text: str, start: int, end: int) -> bool:
    after = NEIGHBOUR_AFTER.match(text, end)
    before = NEIGHBOUR_BEFORE.search(text[max(0, start - 36) : start])
    return any(found and found[1] in STATES for found in (after, before))


@lru_cache(maxsize=4096)
def cue_of(before: str) -> int:
    if before in MUNICIPALITY_HEADS or before == MARKET or POSTAL_CODE.fullmatch(before):
        return CUE_PROOF
    if before in STRONG_PREPOSITIONS:
        return CUE_IN
    if before in PREPOSITIONS or INSTITUTION.fullmatch(before):
        return CUE_PREPOSITION
    return CUE_NONE


def own_district(reading: Reading, end: int) -> tuple[frozenset[str], int]:
    """Keys of the district that follows a place, "(Landkreis Y)", "im Landkreis Y", and where to go on."""
    text = reading.text
    found = ITS_DISTRICT.match(text, end)
    if not found:
        return frozenset(), end
    head = DISTRICT_WORD.match(text, found.end())
    item = name_at(reading, found.end()) or (name_at(reading, head.end()) if head else None)
    if not item:
        return frozenset(), end
    start, last, entries = item
    bracket = found["bracket"] is not None
    closed = bracket and (text.startswith(")", last) or text.startswith((",", "/"), last))
    named = head or "kreis" in text[start:last].lower()
    if not (closed or (named and not bracket)):
        return frozenset(), end
    if bracket and not named:
        reading.add_district((start, last), entries, "parenthesis", 0.9)
        return with_successors(entries), last
    return with_successors(entries), end


def with_successors(entries: list[Entry]) -> frozenset[str]:
    """The keys of districts and of those of today in which they lie, as the tables of towns know them."""
    known = territory.districts_by_key()
    heirs = (known[entry.ags].successors for entry in entries)
    return frozenset(entry.ags for entry in entries).union(*heirs)
