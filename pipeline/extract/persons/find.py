"""Puts a text's persons together: who is introduced by full name or title, and who is meant by surname later."""

from collections import defaultdict
from collections.abc import Iterable

from pipeline.extract.mentions import Context, Mention, Minister, PersonInOffice, Rejection, Span
from pipeline.extract.persons.anchors import anchors
from pipeline.extract.persons.choosing import (
    NOBODY,
    Verdict,
    is_plain,
    of_full_name,
    of_surname,
    unintroduced,
)
from pipeline.extract.persons.relations import Sighting
from pipeline.extract.persons.sightings import sightings
from pipeline.extract.persons.surnames import objection
from pipeline.extract.persons.words import COMMON

Introductions = dict[str, list[tuple[int, Verdict]]]  # by surname, in order of the text


def find(
    text: str, context: Context, rejected: list[Rejection] | None = None
) -> tuple[list[Mention], list[Span]]:
    """Mentions of ministers and persons in office, and the spans of all person names, both in order.

    Reads the text once; a surname counts where a full name or a title in the text explains it.
    """
    seen = sightings(text, anchors(text))
    verdicts, known = _introduce(seen, context)
    mentions: list[Mention] = []
    spans: list[Span] = []
    for sighting, verdict in zip(seen, verdicts, strict=True):
        reason = None
        if verdict is None:
            reason, verdict = _by_surname(text, sighting, known, context)
        if reason is None:
            spans.append((sighting.start, sighting.end))
        if verdict.value is not None:
            mentions.append(_mention(text, sighting, verdict))
        elif rejected is not None:
            rejected.append(_rejection(text, sighting, reason or "no minister of that name"))
    return mentions, spans


def _introduce(seen: list[Sighting], context: Context) -> tuple[list[Verdict | None], Introductions]:
    """Verdicts on names that explain themselves; None for the others. Full names first, then titles."""
    known: Introductions = defaultdict(list)
    verdicts: list[Verdict | None] = [None] * len(seen)
    for number, sighting in enumerate(seen):
        if sighting.full:
            verdict = of_full_name(sighting, context)
            verdicts[number] = verdict
            known[sighting.reading.surname].append((sighting.start, verdict))
    titled: list[tuple[Sighting, Verdict]] = []
    for number, sighting in enumerate(seen):
        if sighting.title and not sighting.full:
            verdict = _titled_surname(sighting, known, context)
            verdicts[number] = verdict
            titled.append((sighting, verdict))
    for sighting, verdict in titled:
        known[sighting.reading.surname].append((sighting.start, verdict))
    return verdicts, known


def _titled_surname(sighting: Sighting, known: Introductions, context: Context) -> Verdict:
    title = sighting.title
    assert title is not None
    verdict = of_surname(sighting, title, context)
    if isinstance(verdict.value, PersonInOffice):
        return verdict
    introduced = [v for v in _ministers(known.get(sighting.reading.surname, ())) if _gender_fits(v, title)]
    named = {v.value.name for v in introduced if isinstance(v.value, Minister)}
    if introduced and (len(named) == 1 or verdict.value is None):
        return introduced[-1]._replace(rule="title_surname:introduced", confidence=0.95)
    return verdict


def _gender_fits(verdict: Verdict, title: object) -> bool:
    female = getattr(title, "female", False)
    plural = getattr(title, "plural", False)
    return plural or not verdict.gender or (verdict.gender == "female") == female


def _ministers(introduced: Iterable[tuple[int, Verdict]]) -> list[Verdict]:
    return [verdict for _, verdict in introduced if isinstance(verdict.value, Minister)]


def _by_surname(
    text: str, sighting: Sighting, known: Introductions, context: Context
) -> tuple[str | None, Verdict]:
    """Why a bare surname is no person, if it is none; and whom it means."""
    introduced = known.get(sighting.reading.surname, [])
    if not introduced and sighting.address:
        return None, NOBODY
    reason = objection(text, sighting)
    if reason:
        return reason, NOBODY
    if not introduced:
        verdict = unintroduced(sighting, context) if is_plain(sighting.reading.surname) else NOBODY
        return (None if verdict.value else "not introduced"), verdict
    if _another_degree(text, sighting, introduced):
        return "a degree that the introduction does not have", NOBODY
    return None, _last_introduced(sighting, introduced)


def _another_degree(text: str, sighting: Sighting, introduced: list[tuple[int, Verdict]]) -> bool:
    """ "Professor Schulze" is not the minister Schulze who was introduced without a degree."""
    if sighting.start == sighting.reading.start or sighting.reading.surname not in COMMON:
        return False
    return not any(degree in text[p : p + 60] for p, _ in introduced for degree in ("Dr.", "Prof"))


def _last_introduced(sighting: Sighting, introduced: list[tuple[int, Verdict]]) -> Verdict:
    """The person of that surname named last before; the first one after if none was."""
    if sighting.address in ("Frau", "Herr", "Herrn"):
        gender = "female" if sighting.address == "Frau" else "male"
        introduced = [(p, v) for p, v in introduced if v.gender in ("", gender)]
    if not introduced:
        return NOBODY
    before = [verdict for position, verdict in sorted(introduced, key=_position) if position < sighting.start]
    verdict = before[-1] if before else min(introduced, key=_position)[1]
    serving = [v for v in before if isinstance(v.value, Minister) and v.value.role != "former"]
    if serving and isinstance(verdict.value, Minister) and verdict.value.role == "former":
        verdict = serving[-1]
    if not isinstance(verdict.value, Minister):
        return NOBODY
    several = len({v.value and v.value.name for _, v in introduced}) > 1
    return verdict._replace(rule="surname", confidence=0.6 if several else min(0.9, verdict.confidence))


def _position(introduction: tuple[int, Verdict]) -> int:
    return introduction[0]


def _mention(text: str, sighting: Sighting, verdict: Verdict) -> Mention:
    assert verdict.value is not None
    start, end = sighting.start, sighting.end
    kind = "minister" if isinstance(verdict.value, Minister) else "person_in_office"
    return Mention(kind, start, end, text[start:end], verdict.confidence, verdict.rule, verdict.value)


def _rejection(text: str, sighting: Sighting, reason: str) -> Rejection:
    return Rejection("minister", sighting.start, sighting.end, text[sighting.start : sighting.end], reason)
