"""Puts a text's persons together: introduced by full name or title, meant by surname later."""

from pipeline.extract.mentions import Context, Mention, Minister, Rejection, Span
from pipeline.extract.persons.anchors import anchors
from pipeline.extract.persons.choosing import NOBODY, Verdict, of_full_name, unintroduced
from pipeline.extract.persons.introductions import Introductions, addresses
from pipeline.extract.persons.later import later_sightings
from pipeline.extract.persons.relations import Sighting
from pipeline.extract.persons.sightings import sightings
from pipeline.extract.persons.successions import predecessor
from pipeline.extract.persons.surnames import acts_in_office, another_degree, objection
from pipeline.extract.persons.titled import of_surname
from pipeline.extract.visits import is_visited


def find(
    text: str, context: Context, rejected: list[Rejection] | None = None
) -> tuple[list[Mention], list[Span]]:
    """Mentions of ministers and persons in office, and the spans of all person names, both in order.

    Reads the text once; a surname counts where a full name or a title in the text explains it.
    """
    seen = sightings(text, anchors(text))
    verdicts, known = _introduce(seen, context)
    later = later_sightings(text, seen)
    if later:
        pairs = sorted(
            [*zip(seen, verdicts, strict=True), *((sighting, None) for sighting in later)], key=_start
        )
        seen, verdicts = [sighting for sighting, _ in pairs], [verdict for _, verdict in pairs]
    mentions: list[Mention] = []
    spans: list[Span] = []
    for sighting, verdict in zip(seen, verdicts, strict=True):
        reason = None
        if verdict is None:
            reason, verdict = _by_surname(text, sighting, known, context)
        if verdict is NOBODY and sighting.full and not sighting.title:
            verdict = predecessor(text, sighting, context)
        if not isinstance(verdict.value, Minister) and _is_visited(text, sighting):
            reason, verdict = "what somebody visits", NOBODY
        if reason is None and (verdict.value or sighting.title or sighting.address or sighting.full):
            spans.append((sighting.start, sighting.end))
        if verdict.value is not None:
            mentions.append(_mention(text, sighting, verdict))
        elif rejected is not None:
            rejected.append(_rejection(text, sighting, reason or "no minister of that name"))
    return mentions, spans


def _start(pair: tuple[Sighting, Verdict | None]) -> int:
    return pair[0].start


def _introduce(seen: list[Sighting], context: Context) -> tuple[list[Verdict | None], Introductions]:
    """Verdicts on names that explain themselves; None for the others. Full names come first, then titles."""
    verdicts = [of_full_name(sighting, context) if sighting.full else None for sighting in seen]
    known = Introductions(zip(seen, verdicts, strict=True))
    for number, sighting in enumerate(seen):
        if sighting.title and not sighting.full:
            verdicts[number] = known.explain(sighting, of_surname(sighting, context))
    ministers = {v.value.person_id: v for v in verdicts if v and isinstance(v.value, Minister)}
    for number, sighting in enumerate(seen):
        if verdicts[number] is NOBODY and sighting.full:
            bearers = (ministers.get(entry.person.person_id) for entry in sighting.reading.entries)
            introduced = next(filter(None, bearers), NOBODY)
            verdicts[number] = introduced._replace(rule="name:introduced") if introduced.value else NOBODY
    return verdicts, Introductions(zip(seen, verdicts, strict=True))


def _by_surname(
    text: str, sighting: Sighting, known: Introductions, context: Context
) -> tuple[str | None, Verdict]:
    """Why a bare surname is no person, if it is none; and whom it means."""
    surname = sighting.reading.surname
    if surname not in known:
        verdict = unintroduced(sighting, context)
        if verdict is NOBODY or (sighting.address and not addresses(sighting, verdict)):
            return None if sighting.address else "not introduced", NOBODY
        reason = objection(text, sighting)
        return reason, NOBODY if reason else verdict
    reason = objection(text, sighting) or another_degree(text, sighting, known.starts(surname))
    if reason:
        return reason, NOBODY
    verdict = known.last(sighting)
    if verdict is NOBODY and acts_in_office(text, sighting):
        verdict = known.serving(sighting)
    return None, verdict


def _is_visited(text: str, sighting: Sighting) -> bool:
    if not sighting.title or sighting.full:
        return False
    name = text.rfind(" ", sighting.start, sighting.end) + 1
    return is_visited(text, name, sighting.end)


def _mention(text: str, sighting: Sighting, verdict: Verdict) -> Mention:
    assert verdict.value is not None
    start, end = sighting.start, sighting.end
    kind = "minister" if isinstance(verdict.value, Minister) else "person_in_office"
    return Mention(kind, start, end, text[start:end], verdict.confidence, verdict.rule, verdict.value)


def _rejection(text: str, sighting: Sighting, reason: str) -> Rejection:
    return Rejection("minister", sighting.start, sighting.end, text[sighting.start : sighting.end], reason)
