"""Readings as people corrected them: rejected mentions gone, values set, persons made one or two."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, Literal

from archive.corrections import Correction
from archive.source import Source
from archive.territory import districts_by_key, municipalities_by_key
from pipeline.extract.mentions import (
    Amount,
    Context,
    Date,
    District,
    Mention,
    Minister,
    Municipality,
    PersonInOffice,
    Value,
)
from pipeline.extract.persons.offices import minister_of
from pipeline.extract.persons.register import Entry, register
from pipeline.identity import text_hash
from pipeline.read import GAP, Reading, searched_again

State = Literal["applied", "reopened", "idle"]
HUMAN = "correction"  # the rule of a mention whose value a person set


@dataclass(frozen=True, slots=True)
class Effect:
    """What became of a decision: it holds, its text is another now, or no such mention is found any more."""

    correction: str
    state: State
    rule: str | None = None  # of the mention that it was about


def corrected(
    reading: Reading,
    source: Source,
    decisions: Sequence[Correction],
    persons: Sequence[Correction],
) -> tuple[Reading, list[Effect]]:
    """The reading with the decisions about its release and about persons, and what became of each.

    A decision about a mention holds for the text it was taken on, and waits again when that changes. A date
    comes first: offices and relative dates follow from it, so the text is read again.
    """
    assert reading.page is not None
    hashed = text_hash(reading.page.title or "", reading.page.text or "")
    effects: list[Effect] = []
    for decision in sorted(decisions, key=lambda d: d.action != "date"):
        if decision.action == "date":
            dated = replace(reading, published=str(decision.value["published_on"]), published_rule=HUMAN)
            reading = searched_again(dated, source)
            effects.append(Effect(decision.id, "applied"))
        elif decision.text_hash != hashed:
            effects.append(Effect(decision.id, "reopened"))
        else:
            reading, effect = _about_mention(reading, decision)
            effects.append(effect)
    return _as_persons(reading, persons), effects


def _about_mention(reading: Reading, decision: Correction) -> tuple[Reading, Effect]:
    at = _place(reading, decision)
    if at is None:
        return reading, Effect(decision.id, "idle")
    assert decision.mention is not None
    if decision.mention.kind == "grant":
        return _about_grant(reading, at, decision)
    mention = reading.mentions[at]
    effect = Effect(decision.id, "applied", mention.rule)
    if decision.action == "reject":
        return _without(reading, at), effect
    if decision.action == "set":
        value = _with(mention.value, decision, _context(reading))
        return _put(reading, at, mention._replace(value=value, rule=HUMAN, confidence=1.0)), effect
    return _put(reading, at, mention._replace(confidence=1.0)), effect


def _place(reading: Reading, decision: Correction) -> int | None:
    """Where among the mentions the one is that was decided about; a grant goes by its amount."""
    target = decision.mention
    assert target is not None
    assert reading.page is not None
    shift = len(reading.page.title or "") + len(GAP) if target.field == "text" else 0
    kind = "amount" if target.kind == "grant" else target.kind
    sought = (kind, target.start + shift, target.end + shift)
    return next((at for at, m in enumerate(reading.mentions) if (m.kind, m.start, m.end) == sought), None)


def _about_grant(reading: Reading, amount: int, decision: Correction) -> tuple[Reading, Effect]:
    grant = next((g for g in reading.grants if g.amount_index == amount), None)
    if grant is None:
        return reading, Effect(decision.id, "idle")
    if decision.action == "reject":
        reading = replace(reading, grants=tuple(g for g in reading.grants if g is not grant))
    return reading, Effect(decision.id, "applied", grant.rule)


def _without(reading: Reading, at: int) -> Reading:
    """A reading without one mention; a grant of an amount goes with it."""
    grants = tuple(
        g._replace(amount_index=g.amount_index - (g.amount_index > at))
        for g in reading.grants
        if g.amount_index != at
    )
    return replace(reading, mentions=reading.mentions[:at] + reading.mentions[at + 1 :], grants=grants)


def _put(reading: Reading, at: int, mention: Mention) -> Reading:
    return replace(reading, mentions=(*reading.mentions[:at], mention, *reading.mentions[at + 1 :]))


def _with(value: Value, decision: Correction, context: Context) -> Value:
    """A value as it was set: what follows from a key (a name, an office, a district) is looked up."""
    said: dict[str, Any] = {name: None if v == "" else v for name, v in decision.value.items()}
    match value:
        case Amount() | Date() | PersonInOffice():
            return value._replace(**said)
        case District():
            district = districts_by_key().get(said["ags"])
            if district is None:
                return value._replace(ags=None)
            return District(district.ags, district.short, value.form)
        case Municipality():
            town = municipalities_by_key().get(said["ags"])
            if town is None:
                return value._replace(ags=None)
            return Municipality(town.ags, town.name, town.district)
        case Minister():
            return _minister(value, said, context)


def _minister(value: Minister, said: Mapping[str, object], context: Context) -> Minister:
    if "person_id" in said:
        entry = _entries().get(str(said["person_id"]))
        if entry:
            value = minister_of(entry, None, context)
        else:
            value = Minister(value.name, None, None, None, None, None, value.role)
    return value._replace(role=str(said.get("role", value.role)))


def _as_persons(reading: Reading, decisions: Sequence[Correction]) -> Reading:
    for decision in decisions:
        if not _covers(decision, reading):
            continue
        for at, mention in enumerate(reading.mentions):
            if isinstance(mention.value, Minister) and mention.value.person_id == decision.person:
                value = _minister(mention.value, {"person_id": decision.into}, _context(reading))
                reading = _put(reading, at, mention._replace(value=value))
    return reading


def _covers(decision: Correction, reading: Reading) -> bool:
    """Whether a decision about a person is about this release."""
    if decision.source not in (None, reading.job.source_key):
        return False
    published = _context(reading).published
    if published is None:
        return not (decision.since or decision.until)
    return (decision.since or date.min) <= published <= (decision.until or date.max)


def _context(reading: Reading) -> Context:
    return Context(date.fromisoformat(reading.published[:10]) if reading.published else None)


@cache
def _entries() -> dict[str, Entry]:
    return {entry.person.person_id: entry for entries in register().by_surname.values() for entry in entries}
