"""Which of its namesakes a place's name means: by the day, the Land, the district, neighbours and size."""

from math import cos, hypot, radians

from archive import territory
from pipeline.extract.mentions import District
from pipeline.extract.places.names import Entry, district_entry
from pipeline.extract.places.reading import Hit, Reading

LARGE_CITY = 100_000
ANCHORS = 100  # so many places settle where a text plays
NEAR = 60.0  # kilometres
BESIDE = 20.0

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
    if len(hit.entries) == 1:
        return hit.entries
    entries = [entry for entry in hit.entries if entry.district in hit.districts] or hit.entries
    valid = without_future_selves([entry for entry in entries if entry.in_force(reading.day)])
    if valid:
        home_once = [
            entry
            for entry in entries
            if entry.state == reading.state and (recent(reading, entry) or renumbered(reading, entry))
        ]
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


def renumbered(reading: Reading, entry: Entry) -> bool:
    """A municipality whose key begins after the day: most had another one before a reform of districts."""
    return bool(reading.day) and not entry.is_district and entry.valid_from > (reading.day or "")[:4]


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
    # Weimar (Lahn) is seldom called Weimar even in Hesse.
    bare = not largest.tail and all(entry.tail for entry in others)
    times = 8 if bare else 30
    return largest.is_district and largest.population > times * max(others_largest, 1_000)


def dominant(entries: list[Entry]) -> list[Entry]:
    first, second = sorted(entries, key=lambda entry: -entry.population)[:2]
    times = 3 if first.is_district else 2 if is_plainly(first, second) and second.tail else 5
    return [first] if first.population >= times * max(second.population, 500) else []


def nearest(entries: list[Entry], anchors: list[Entry]) -> list[Entry]:
    """The namesake that lies near the other places of the text, if the next one lies twice as far."""
    if not anchors:
        return []
    ranked = sorted((min(distance(entry, anchor) for anchor in anchors), entry) for entry in entries)
    (closest, entry), (second, _) = ranked[:2]
    if entry.tail and closest > BESIDE and any(is_plainly(other, entry) for _, other in ranked[1:]):
        return []
    return [entry] if closest < NEAR and second > 2 * max(closest, 15.0) else []


def is_plainly(one: Entry, other: Entry) -> bool:
    """Whether a town is larger and has by itself the name that the other bears with an addition."""
    return not one.tail and not one.valid_to and one.population > other.population


def distance(one: Entry, other: Entry) -> float:
    """Kilometres, flat; far away where a point is unknown."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return 9_999.0
    return 111.2 * hypot(one.lat - other.lat, (one.lon - other.lon) * cos(radians(one.lat)))


def settle_districts(reading: Reading, meanings: list[list[Entry]]) -> None:
    """ "Landkreis Neustadt" is the one near the other places of the text."""
    if not reading.undecided:
        return
    anchors = [entries[0] for entries in meanings[:ANCHORS] if len(entries) == 1]
    known = territory.districts_by_key()
    for place, found in enumerate(reading.found):
        if isinstance(found.value, District) and found.value.ags is None:
            chosen = nearest([district_entry(known[key], "") for key in found.value.candidates], anchors)
            if chosen:
                value = found.value._replace(ags=chosen[0].ags, name=chosen[0].name, candidates=())
                reading.found[place] = found._replace(value=value, confidence=0.75)
