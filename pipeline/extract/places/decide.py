"""Which hits are places, and which of their namesakes they mean."""

import re
from itertools import pairwise

from pipeline.extract.mentions import District, Mention, Municipality
from pipeline.extract.places.names import Entry, parts
from pipeline.extract.places.namesakes import LARGE_CITY, distance, resolve, settle_districts
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
KNOWN_EVERYWHERE = 3_000  # a federal release names smaller places with a preposition at least
BESIDE = 35.0  # kilometres
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
    return not at_home and hit.population() < LARGE_TOWN and (hit.form, reading.state) in parts()


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


CONFIDENCE = {CUE_PROOF: 0.97, CUE_IN: 0.95, CUE_PREPOSITION: 0.92, CUE_NONE: 0.88}


def add(reading: Reading, hit: Hit, meaning: list[Entry]) -> None:
    if len(meaning) > 1 and len({entry.ags for entry in meaning}) > 1:
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
