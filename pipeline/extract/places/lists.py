"""Lists of places: "in Bad Saarow und Templin", rows of towns with sums, "Gemeinden, nämlich …".

What stands before the first member of a list holds for all, and rows that are built alike name the same sort
of thing.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from pipeline.extract.places.reading import (
    CUE_AGAINST,
    CUE_IN,
    CUE_NONE,
    CUE_PREPOSITION,
    CUE_PROOF,
    Hit,
    Reading,
    previous_word,
)
from pipeline.extract.places.towns import cue_of

LIST = re.compile(
    r"\.?(?: ?\((?=[^()\n]*\d)[^()\n]{1,50}\))?"
    r",? ?(?:,|und|sowie|oder|bzw\.|/|–|&)\s?(?:(?:in|nach|aus|bei) )?"
)
LONGEST_GAP = 70
ANNOUNCERS = frozenset("nämlich darunter zwar und etwa wie in aus sind".split())
ANNOUNCED = re.compile(
    r"(?:[Gg]emeinden?|[Kk]ommunen?|[Ss]tädten?|[Oo]rten?|[Mm]ärkten?|[Ss]tandorten?)\b[^.;:!?\n]{0,90}"
    r"(?:\bnämlich|,? darunter|\bund zwar|\bwie(?: etwa)?|:)(?: (?:in|aus|auch|die Stadt))?\s$"
)
PRICE = re.compile(
    r"(?: ?\([^()\n]{1,40}\))?(?:, [^,:\n]{1,60}?)?(?:: ?| [–-] |[ \t])"
    r"(?:(?:rund|etwa|knapp|ca\.|je|jeweils|über|mit) )?"
    r"(?=\d)\d[\d.]*(?:[. ]\d{3})*(?:,\d+|,-+)?"
    r"(?P<unit> ?(?:Tsd|T€|Mio|Mill|Mrd|Euro|EUR|€|DM|Mark))?[\w.]*(?: (?:Euro|EUR|€|DM|Mark|D-Mark))?"
)
INLINE = re.compile(r"(?:,|;| und| sowie|, und) ")
BULLET = re.compile(r"(?:^|\n)[ \t]*(?:[-–•*·]|\d{1,2}[.)])?[ \t]*$")
FEWEST = 3  # names with sums in one sentence are places although none of them is certain


def is_listed(reading: Reading, one: Hit, other: Hit) -> bool:
    """Whether nothing but a conjunction stands between two names."""
    if not 0 < other.start - one.end < LONGEST_GAP:
        return False
    return LIST.fullmatch(reading.text, one.end, other.start) is not None


def carry_cues(reading: Reading) -> None:
    """Gives every member of a list the cue of its first: "bei Stolpe, Walldorf und Duisburg"."""
    for one, other in pairwise(reading.hits):
        if is_listed(reading, one, other):
            other.follows = True
            other.carried = max(one.carried, first_cue(reading, one))


def first_cue(reading: Reading, hit: Hit) -> int:
    if hit.announced:
        return CUE_PROOF
    before = previous_word(reading.text, hit.start)
    cue = cue_of(before)
    if cue == CUE_PROOF:
        return CUE_IN if before.endswith(("en", "te")) else CUE_NONE
    return cue


def accept_announced(reading: Reading) -> None:
    """A name before which "zehn Gemeinden …, nämlich" stands is a place."""
    text = reading.text
    for hit in reading.hits:
        if hit.accepted or not hit.common or hit.cue == CUE_AGAINST or hit.districts:
            continue
        before = previous_word(text, hit.start) or text[max(0, hit.start - 2) : hit.start].strip()
        if before in ANNOUNCERS or before.endswith(":"):
            near = hit.lies_in(reading.home) or reading.state is None
            hit.announced = ANNOUNCED.search(text, max(0, hit.start - 140), hit.start) is not None
            hit.accepted = hit.announced and near and hit.form not in reading.people


BEFORE = re.compile(r"(?:,| und|,? sowie) $")
AFTER = re.compile(r"(?:,| und|,? sowie) (?:(?:auch|der|die|den|dem|im) ){0,2}")


def accept_beside_districts(reading: Reading) -> None:
    """ "die Städteregion Aachen, Hagen und der Märkische Kreis": a city in a list of districts."""
    text = reading.text
    districts = [mention for mention in reading.found if mention.kind == "district"]
    starts, ends = {mention.start for mention in districts}, {mention.end for mention in districts}
    for hit in reading.hits:
        if hit.accepted or hit.districts or hit.form in reading.people:
            continue
        if hit.cue == CUE_AGAINST:
            hit.accepted = is_with_district(reading, hit, starts)
        elif any(entry.is_district and entry.state == reading.state for entry in hit.entries):
            before = BEFORE.search(text, max(0, hit.start - 8), hit.start)
            after = AFTER.match(text, hit.end)
            hit.accepted = bool((before and before.start() in ends) or (after and after.end() in starts))


WITH = re.compile(r"\b[Mm]it(?: der Stadt)? $")


def is_with_district(reading: Reading, hit: Hit, starts: set[int]) -> bool:
    """ "mit Stade und dem Kreis Pinneberg": "mit" speaks against a place only where none follows."""
    if hit.common > 1 or not hit.lies_in(reading.home):
        return False
    after = AFTER.match(reading.text, hit.end)
    with_it = WITH.search(reading.text, max(0, hit.start - 14), hit.start)
    return after is not None and with_it is not None and after.end() in starts


class Priced(NamedTuple):
    """A name that a sum follows, and where the sum ends."""

    hit: Hit
    end: int
    has_unit: bool


def priced(reading: Reading) -> Iterator[list[Priced]]:
    """Groups of names with sums: in one sentence, or in rows below each other."""
    group: list[Priced] = []
    for hit in reading.hits:
        found = PRICE.match(reading.text, hit.end)
        if not found:
            continue
        item = Priced(hit, found.end(), found["unit"] is not None)
        if group and not neighbours(reading, group[-1], item):
            yield group
            group = []
        group.append(item)
    if group:
        yield group


def neighbours(reading: Reading, one: Priced, other: Priced) -> bool:
    between = reading.text[one.end : other.hit.start]
    return len(between) < 80 and ("\n" in between or INLINE.fullmatch(between) is not None)


def accept_priced(reading: Reading) -> None:
    """A row is a place if one that is built like it is one."""
    for group in priced(reading):
        if len(group) < 2 or not any(item.has_unit for item in group):
            continue
        shapes = {shape(reading, item.hit) for item in group if item.hit.accepted}
        inline = all(
            INLINE.fullmatch(reading.text, one.end, other.hit.start) for one, other in pairwise(group)
        )
        many = inline and len(group) >= FEWEST
        for item in group:
            hit = item.hit
            if hit.cue == CUE_AGAINST or hit.districts or hit.form in reading.people:
                continue
            near = hit.lies_in(reading.home) or reading.state is None
            if near and (many or (shapes and inline) or shape(reading, hit) in shapes):
                hit.accepted = True


def shape(reading: Reading, hit: Hit) -> str:
    """How the row begins: with the name, or with words that lead to it."""
    if BULLET.search(reading.text, max(0, hit.start - 12), hit.start):
        return "name"
    return "cue" if hit.cue >= CUE_PREPOSITION else "other"
