"""Which hits are places, and which of their namesakes they mean."""

import re
from itertools import pairwise
from operator import attrgetter

from archive import territory
from pipeline.extract.mentions import District, Mention, Municipality, as_mention
from pipeline.extract.places.lists import accept_announced, accept_beside_districts, accept_priced, carry_cues
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
    next_word,
    previous_word,
)
from pipeline.extract.places.words import ARTICLES, COUNT_NOUNS, DIRECTIONS, NOT_AFTER_IN, PLACED

START = attrgetter("start")
ACCEPTED = attrgetter("accepted")
SMALL_TOWN = 10_000
LARGE_TOWN = 20_000
CARRIED_TOWN = 5_000
KNOWN_EVERYWHERE = 3_000  # a federal release names smaller places with a preposition at least
BESIDE = 35.0  # kilometres
MANY = 16  # pairs of namesakes: beyond, some are always near each other
WITH_NOUN = re.compile(r" und ([A-ZÄÖÜ][\w-]+)")


def decide(reading: Reading) -> None:
    """Turns hits into mentions."""
    for hit in reading.hits:
        hit.accepted = stands_alone(reading, hit)
    if not all(map(ACCEPTED, reading.hits)):
        accept_announced(reading)
        accept_beside_districts(reading)
        carry_cues(reading)
        spread(reading)
        accept_priced(reading)
        vouch(reading)
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
    if hit.cue == CUE_AGAINST or may_be_person(reading, hit):
        return False
    if hit.common and heads_line(reading, hit):
        return True
    if hit.common == 0:
        return plain_stands_alone(reading, hit)
    at_home = hit.lies_in(reading.home)
    if hit.form in COUNT_NOUNS and lacks_article(reading, hit):
        return True
    if (not at_home or hit.common == 2 or hit.cue < CUE_IN) and pairs_with_noun(reading, hit):
        return False
    expected = at_home or hit.population() >= LARGE_TOWN or reading.state is None
    if hit.common == 1:
        near = at_home or hit.population() > LARGE_CITY
        return expected and (hit.cue == CUE_IN or (hit.cue == CUE_PREPOSITION and near))
    fitting = hit.population() >= SMALL_TOWN or (at_home and hit.form not in NOT_AFTER_IN)
    return expected and hit.cue == CUE_IN and fitting


def heads_line(reading: Reading, hit: Hit) -> bool:
    """ "Heidenheim: Übergabe …" in a list of appointments, where the text names its district, too."""
    text = reading.text
    if not text.startswith(":", hit.end) or text[max(0, hit.start - 1) : hit.start] not in ("", "\n"):
        return False
    named = {mention.value.ags for mention in reading.found if isinstance(mention.value, District)}
    return any(entry.district in named for entry in hit.entries)


def may_be_person(reading: Reading, hit: Hit) -> bool:
    """Whether somebody in the text bears the name and nothing here says that it is the place."""
    if hit.form not in reading.people or hit.cue >= CUE_IN:
        return False
    return previous_word(reading.text, hit.start) not in PLACED


def pairs_with_noun(reading: Reading, hit: Hit) -> bool:
    """ "zwischen Berg und Tal", "für Essen und Trinken": the word after "und" is no place."""
    noun = WITH_NOUN.match(reading.text, hit.end)
    return noun is not None and not reading.names.known(noun[1])


def lacks_article(reading: Reading, hit: Hit) -> bool:
    """A city of the publisher's Land, named like a thing that would have an article before it."""
    if not any(entry.is_district and entry.state == reading.state for entry in hit.entries):
        return False
    before = previous_word(reading.text, hit.start)
    if before:
        return before.islower() and not before.endswith(("e", "er", "es", "em")) and before not in ARTICLES
    follows = next_word(reading.text, hit.end)
    return starts_sentence(reading.text, hit.start) and follows.islower() and follows not in ("und", "oder")


def starts_sentence(text: str, start: int) -> bool:
    return text[max(0, start - 2) : start].strip()[-1:] in ("", ".", ":", "!", "?")


def plain_stands_alone(reading: Reading, hit: Hit) -> bool:
    """The same for a name that is no other word."""
    if is_part_at_home(reading, hit):
        return False
    if hit.lies_in(reading.home) or hit.population() >= LARGE_TOWN:
        return True
    return hit.cue >= CUE_PREPOSITION or (reading.state is None and hit.population() >= KNOWN_EVERYWHERE)


def is_part_at_home(reading: Reading, hit: Hit) -> bool:
    """A small municipality far away whose name a village of the publisher's Land bears, too."""
    at_home = hit.lies_in(reading.home)
    return not at_home and hit.population() < LARGE_TOWN and (hit.form, reading.state) in parts()


def spread(reading: Reading) -> None:
    """A name beside a place in a list is a place."""
    for hits in (reading.hits, reading.hits[::-1]):
        for before, hit in pairwise(hits):
            if before.accepted and not hit.accepted and may_follow(reading, before, hit):
                hit.accepted = True


def vouch(reading: Reading) -> None:
    """A name that is a place at one point of the text is it at others."""
    certain: dict[str, int] = {}
    for hit in reading.hits:
        if hit.accepted:
            certain[hit.form] = max(hit.cue, certain.get(hit.form, CUE_NONE))
    for hit in reading.hits:
        if hit.form in certain and not (hit.accepted or hit.cue == CUE_AGAINST or hit.districts):
            hit.accepted = is_vouched_for(reading, hit, certain[hit.form])


def is_vouched_for(reading: Reading, hit: Hit, cue: int) -> bool:
    """Whether a name is a place that is one elsewhere, with this cue at best."""
    if hit.common and pairs_with_noun(reading, hit):
        return False
    if hit.cue > CUE_NONE:
        if hit.form in DIRECTIONS and hit.cue < CUE_IN:
            return False
        return cue >= CUE_IN or previous_word(reading.text, hit.start) in PLACED
    if cue < CUE_IN or hit.form in reading.people:
        return False
    if hit.common and starts_sentence(reading.text, hit.start):
        headline = cue == CUE_PROOF and bool(VERB.fullmatch(next_word(reading.text, hit.end)))
        return headline or (hit.common == 1 and hit.population(reading.state or "") >= LARGE_TOWN)
    return hit.common < 2


VERB = re.compile(r"[a-zäöüß]+t|will|kann|soll|plant|wurde")


def may_follow(reading: Reading, one: Hit, other: Hit) -> bool:
    """Whether a place on one side in a list makes the other a place."""
    first, second = sorted((one, other), key=START)
    if not second.follows or other.cue == CUE_AGAINST or other.districts or is_part_at_home(reading, other):
        return False
    carried = max(second.carried, first.carried)
    at_home = other.lies_in(reading.home) or reading.state is None
    if carried == CUE_PROOF and at_home:
        return True
    if carried >= CUE_PREPOSITION and may_be_carried(reading, other, at_home):
        return True
    if other.common == 2:
        shared = {entry.district for entry in one.entries} & {entry.district for entry in other.entries}
        listed = "," in reading.text[first.end : second.start]
        return bool(shared) or (other.population(reading.state or "") >= SMALL_TOWN and listed)
    if at_home and (other.common == 0 or reading.state):
        return True
    few = len(one.entries) * len(other.entries) <= MANY
    return few and any(distance(here, there) < BESIDE for here in one.entries for there in other.entries)


def may_be_carried(reading: Reading, other: Hit, at_home: bool) -> bool:
    """Whether the preposition before a list with a place in it makes another member a place."""
    if other.common and pairs_with_noun(reading, other):
        return False
    if other.common == 0:
        return True
    return at_home or other.population() >= CARRIED_TOWN


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
        if entry.name != territory.municipalities_by_key()[entry.ags].name:
            confidence -= 0.2  # a town of the past, as the municipality that it is today
    reading.found.append(mention(hit, value, round(confidence, 2), hit.how))


def mention(hit: Hit, value: District | Municipality, confidence: float, how: str) -> Mention:
    kind = "district" if isinstance(value, District) else "municipality"
    end = hit.start + len(hit.surface)
    return as_mention((kind, hit.start, end, hit.surface, confidence, f"{kind}/{how}", value))
