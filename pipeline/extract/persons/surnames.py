"""Whether a bare surname is the person whom the text introduces elsewhere."""

import re

from pipeline.extract.persons.register import fold
from pipeline.extract.persons.relations import Sighting
from pipeline.extract.persons.words import (
    AFTER_CONJUNCTION,
    COMMON,
    DETERMINERS,
    NOT_A_PERSON_AFTER,
    NOT_A_PERSON_BEFORE,
    PERSON_BEFORE,
    SENTENCE_HEADS,
    TOWNS,
    WORDS,
)

_PREPOSITIONS = ("in", "im", "nach", "aus", "bei", "am", "zu")
_BEFORE = re.compile(r"([\w.-]+)([ \u00a0]?[„“\"»(]?| )$")
_AFTER = re.compile(r"(['’]?)(\W{0,3})([\w.&-]*)")
_VERB = re.compile(
    r"(?!(?:mit|seit|statt|nicht|erst|fast|jetzt|dort|laut|samt|selbst|heute|bereits|weit)$)"
    r"[a-zäöüß]*(?:[a-zäöüß]t|te|ten|sprach|gab|nahm|kam|ging|rief|wies|hob|lud|bat|sah|hielt|ließ|fand|trat|traf|blieb"
    r"|schrieb|zog|schloss|stand|fing|wird|war|sei|will|kann|warb|fuhr|trug|half|riet|bot|schien|betrat)"
)


def objection(text: str, sighting: Sighting) -> str | None:
    """Why the surname at its place is no person, or None."""
    start, end, surname = sighting.reading.start, sighting.end, sighting.reading.surname
    before, gap = _word_before(text, sighting.start)
    after = _AFTER.match(text, end)
    next_gap, following = (after.group(2), after.group(3).rstrip(".")) if after else ("", "")
    if sighting.address:
        return "a family" if sighting.address in ("Familie", "Eheleute") else None
    if surname in TOWNS and next_gap == " " and following in ("am", "an", "im", "ob", "unter", "der"):
        return "a town by its river"
    genitive = fold(text[start:end]) != surname
    if following.casefold() in NOT_A_PERSON_BEFORE and next_gap == " " and not genitive:
        return "part of another name"
    if before and gap in (" ", "\u00a0"):
        possessive = genitive and surname not in TOWNS and following[:1].isupper()
        if before.casefold() in NOT_A_PERSON_AFTER and not (
            possessive and before.casefold() in _PREPOSITIONS
        ):
            return f"after {before}"
        if before[0].isupper() and before.casefold() not in SENTENCE_HEADS and not _ends_sentence(before):
            return f"after the name or noun {before}"
    if surname in TOWNS or surname in WORDS:
        return _wordlike(text, start, surname, before, gap, next_gap, following, genitive)
    return None


def another_degree(text: str, sighting: Sighting, introduced: list[int]) -> str | None:
    """ "Professor Schulze" is not the minister Schulze who was introduced without a degree."""
    if sighting.start == sighting.reading.start or sighting.reading.surname not in COMMON or sighting.address:
        return None
    if any(degree in text[start : start + 60] for start in introduced for degree in ("Dr.", "Prof")):
        return None
    return "a degree that the introduction does not have"


def _word_before(text: str, start: int) -> tuple[str, str]:
    found = _BEFORE.search(text, max(0, start - 32), start)
    return (found.group(1), found.group(2)) if found else ("", "")


def _ends_sentence(before: str) -> bool:
    return before.endswith(".") and len(before) > 3


def _wordlike(
    text: str, start: int, surname: str, before: str, gap: str, next_gap: str, following: str, genitive: bool
) -> str | None:
    """A surname that is a town or a word needs company that only persons have."""
    at_head = not before or gap != " " or _ends_sentence(before)
    if at_head:
        if surname == "weil" and next_gap == " " and following.casefold() in AFTER_CONJUNCTION:
            return "a conjunction"
        if (
            next_gap.startswith((":", ",", ".", "“"))
            or _VERB.fullmatch(following)
            or following in PERSON_BEFORE
        ):
            return None
        return "head of a sentence without a verb"
    if before.casefold() in DETERMINERS:
        return f"after {before}"
    if before.casefold() in PERSON_BEFORE or before.casefold() in SENTENCE_HEADS or _VERB.fullmatch(before):
        return None
    if _VERB.fullmatch(following) or genitive:
        return None
    return f"a word after {before}"
