"""Which hits are places, and which of their namesakes they mean."""

import re
from itertools import pairwise
from math import cos, hypot, radians

from archive import territory
from pipeline.extract.mentions import District, Mention, Municipality
from pipeline.extract.places.names import Entry, district_entry
from pipeline.extract.places.reading import (
    CUE_AGAINST,
    CUE_IN,
    CUE_NONE,
    CUE_PREPOSITION,
    CUE_PROOF,
    Hit,
    Reading,
)
from pipeline.extract.places.words import NOT_AFTER_IN

SMALL_TOWN = 10_000
LARGE_TOWN = 20_000
LARGE_CITY = 100_000
KNOWN_EVERYWHERE = 3_000  # a federal release names smaller places with a preposition at least
ANCHORS = 100  # so many places settle where a text plays
NEAR = 60.0  # kilometres
BESIDE = 35.0
MANY = 16  # pairs of namesakes: beyond, some are always near each other
WITH_NOUN = re.compile(r" und ([A-ZÄÖÜ][\w-]+)")
LIST = re.compile(
    r"(?: ?\((?=[^()\n]*\d)[^()\n]{1,50}\))?,? ?(?:,|und|sowie|oder|bzw\.|/|–|&)\s?(?:(?:in|nach|aus|bei) )?"
)


def decide(reading: Reading) -> None:
    """Turns hits into mentions."""
    for hit in reading.hits:
        hit.accepted = stands_alone(reading, hit)
    spread(reading)
    accepted = [hit for hit in reading.hits if hit.accepted]
    meanings = resolve(reading, accepted)
    for hit in reading.hits:
        if not hit.accepted:
            reading.refuse("municipality", hit.start, hit.end, "nothing says that this is a place")
        else:
            add(reading, hit, meanings[hit.start])
    settle_districts(reading, list(meanings.values()))


def stands_alone(reading: Reading, hit: Hit) -> bool:
    """Whether a hit is a place by what stands beside it."""
    if hit.districts and not any(entry.district in hit.districts for entry in hit.entries):
        return False
    if hit.cue == CUE_PROOF:
        return True
    if hit.cue == CUE_AGAINST or (hit.form in reading.people and hit.cue < CUE_IN):
        return False
    if hit.common == 0:
        return plain_stands_alone(reading, hit)
    at_home = hit.lies_in(reading.state)
    noun = WITH_NOUN.match(reading.text, hit.end)
    if noun and not reading.names.known(noun[1]) and (not at_home or hit.common == 2):
        return False
    expected = at_home or hit.population() >= LARGE_TOWN or reading.state is None
    if hit.common == 1:
        near = at_home or hit.population() > LARGE_CITY
        return expected and (hit.cue == CUE_IN or (hit.cue == CUE_PREPOSITION and near))
    fitting = hit.population() >= SMALL_TOWN or (at_home and hit.form not in NOT_AFTER_IN)
    return expected and hit.cue == CUE_IN and fitting


def plain_stands_alone(reading: Reading, hit: Hit) -> bool:
    """The same for a name that is no other word."""
    if is_part_at_home(reading, hit):
        return False
    if hit.lies_in(reading.state) or hit.population() >= LARGE_TOWN:
        return True
    return hit.cue >= CUE_PREPOSITION or (reading.state is None and hit.population() >= KNOWN_EVERYWHERE)


def is_part_at_home(reading: Reading, hit: Hit) -> bool:
    """A small municipality far away whose name a village of the publisher's Land bears, too."""
    at_home = hit.lies_in(reading.state)
    return not at_home and hit.population() < LARGE_TOWN and (hit.form, reading.state) in reading.names.parts


def spread(reading: Reading) -> None:
    """A name beside a place in a list is a place; so is one that is a place elsewhere in the text."""
    certain = {hit.form for hit in reading.hits if hit.accepted and hit.cue >= CUE_IN}
    for hits in (reading.hits, reading.hits[::-1]):
        for before, hit in pairwise(hits):
            if before.accepted and not hit.accepted and may_follow(reading, before, hit):
                hit.accepted = True
    for hit in reading.hits:
        if hit.form in certain and hit.cue != CUE_AGAINST and not hit.districts:
            hit.accepted = hit.accepted or hit.cue > CUE_NONE or hit.common < 2


def may_follow(reading: Reading, one: Hit, other: Hit) -> bool:
    """Whether a place on one side in a list makes the other a place."""
    first, second = sorted((one, other), key=lambda hit: hit.start)
    between = reading.text[first.end : second.start]
    if other.cue == CUE_AGAINST or other.districts or is_part_at_home(reading, other):
        return False
    if len(between) > 70 or not LIST.fullmatch(between):
        return False
    if other.common == 2:
        shared = {entry.district for entry in one.entries} & {entry.district for entry in other.entries}
        return bool(shared) or (other.population(reading.state or "") >= SMALL_TOWN and "," in between)
    if other.lies_in(reading.state) or (other.common == 0 and reading.state is None):
        return True
    few = len(one.entries) * len(other.entries) <= MANY
    return few and any(distance(here, there) < BESIDE for here in one.entries for there in other.entries)


# Which of the namesakes

Keys = set[str | None]


def resolve(reading: Reading, hits: list[Hit]) -> dict[int, list[Entry]]:
    """For the start of each hit what it means: one entry, or several where nothing decides."""
    meanings = {hit.start: at_the_time(reading, hit) for hit in hits}
    named = {mention.value.ags for mention in reading.found if isinstance(mention.value, District)}
    certain = {entries[0].ags: entries[0] for entries in meanings.values() if len(entries) == 1}
    anchors = list(certain.values())[:ANCHORS]
    named |= {anchor.district for anchor in anchors}
    by_form: dict[str, list[Entry]] = {}
    for hit in hits:
        if len(meanings[hit.start]) == 1 and (hit.districts or hit.end - hit.start > len(hit.form) + 1):
            by_form.setdefault(hit.form, meanings[hit.start])
    for hit in hits:
        if len(entries := meanings[hit.start]) > 1:
            if hit.form not in by_form:
                by_form[hit.form] = likeliest(reading, entries, named, anchors)
            meanings[hit.start] = by_form[hit.form]
    return meanings


def at_the_time(reading: Reading, hit: Hit) -> list[Entry]:
    """The entries that existed on the day, within the district that the text names."""
    entries = [entry for entry in hit.entries if entry.district in hit.districts] or hit.entries
    valid = without_future_selves([entry for entry in entries if entry.in_force(reading.day)])
    if valid:
        home_once = [entry for entry in entries if entry.state == reading.state and recent(reading, entry)]
        if home_once and not any(entry.state == reading.state or entry.is_district for entry in valid):
            return home_once
        return valid
    towns = [entry for entry in entries if not entry.is_district]
    return [entry for entry in towns if not entry.valid_to] or towns or entries


def without_future_selves(entries: list[Entry]) -> list[Entry]:
    """A city that joins its district within the year is not yet the municipality that it will be."""
    cities = {entry.state for entry in entries if entry.is_district}
    return [
        entry for entry in entries if entry.is_district or not entry.valid_from or entry.state not in cities
    ]


def recent(reading: Reading, entry: Entry) -> bool:
    if not reading.day or not entry.valid_to or entry.is_district:
        return False
    return 0 < int(reading.day[:4]) - int(entry.valid_to[:4]) <= 5


def likeliest(reading: Reading, entries: list[Entry], named: Keys, anchors: list[Entry]) -> list[Entry]:
    largest = max(entries, key=lambda entry: entry.population)
    at_home = [entry for entry in entries if entry.state == reading.state]
    in_named = [entry for entry in entries if entry.district in named]
    if len(in_named) == 1 and (in_named[0] in at_home or not at_home):
        return in_named
    if at_home and not outshines(largest, at_home):
        entries = at_home
        in_named = [entry for entry in entries if entry.district in named]
        if in_named:
            entries = in_named
    elif largest.is_district and largest.population > LARGE_CITY:
        return [largest]
    if len(entries) == 1:
        return entries
    return nearest(entries, anchors) or dominant(entries) or entries


def outshines(largest: Entry, others: list[Entry]) -> bool:
    """A city of hundreds of thousands is meant even where a village of the publisher's Land has its name."""
    others_largest = max(entry.population for entry in others)
    return largest.is_district and largest.population > 30 * max(others_largest, 1_000)


def dominant(entries: list[Entry]) -> list[Entry]:
    first, second = sorted(entries, key=lambda entry: -entry.population)[:2]
    return [first] if first.population >= 5 * max(second.population, 500) else []


def nearest(entries: list[Entry], anchors: list[Entry]) -> list[Entry]:
    """The namesake that lies near the other places of the text, if the next one lies twice as far."""
    if not anchors:
        return []
    ranked = sorted((min(distance(entry, anchor) for anchor in anchors), entry) for entry in entries)
    (closest, entry), (second, _) = ranked[:2]
    return [entry] if closest < NEAR and second > 2 * max(closest, 15.0) else []


def distance(one: Entry, other: Entry) -> float:
    """Kilometres, flat; far away where a point is unknown."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return 9_999.0
    return 111.2 * hypot(one.lat - other.lat, (one.lon - other.lon) * cos(radians(one.lat)))


def settle_districts(reading: Reading, meanings: list[list[Entry]]) -> None:
    """ "Landkreis Neustadt" is the one near the other places of the text."""
    anchors = [entries[0] for entries in meanings[:ANCHORS] if len(entries) == 1]
    known = territory.districts_by_key()
    for place, found in enumerate(reading.found):
        if isinstance(found.value, District) and found.value.ags is None:
            chosen = nearest([district_entry(known[key], "") for key in found.value.candidates], anchors)
            if chosen:
                value = found.value._replace(ags=chosen[0].ags, name=chosen[0].name, candidates=())
                reading.found[place] = found._replace(value=value, confidence=0.75)


CONFIDENCE = {CUE_PROOF: 0.97, CUE_IN: 0.95, CUE_PREPOSITION: 0.92, CUE_NONE: 0.88}


def add(reading: Reading, hit: Hit, meaning: list[Entry]) -> None:
    if len({entry.ags for entry in meaning}) > 1:
        keys = tuple(sorted(entry.ags for entry in meaning))
        value: District | Municipality = Municipality(None, hit.form, None, keys)
        reading.found.append(mention(hit, value, 0.4, "namesakes"))
        return
    entry = meaning[0]
    confidence = CONFIDENCE.get(hit.cue, 0.7) - (0.1 if len(hit.entries) > 1 else 0.0)
    if entry.is_district:
        form = "city" if hit.how == "name" else hit.how
        value = District(entry.ags, entry.name, form)
    else:
        value = Municipality(entry.ags, entry.name, entry.district)
    reading.found.append(mention(hit, value, round(confidence, 2), hit.how))


def mention(hit: Hit, value: District | Municipality, confidence: float, how: str) -> Mention:
    kind = "district" if isinstance(value, District) else "municipality"
    return Mention(kind, hit.start, hit.end, hit.surface, confidence, f"{kind}/{how}", value)
