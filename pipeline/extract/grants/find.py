"""Find the grants among the amounts of a text."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.extract.grants.frames import Frame, frame_of, is_other
from pipeline.extract.grants.grant import Grant
from pipeline.extract.grants.lines import headline, item
from pipeline.extract.grants.phrases import giver, phrase, recipient_and_purpose
from pipeline.extract.grants.places import NOWHERE, Place, day_of, place_of
from pipeline.extract.grants.sentence import Sentence, sentence_of
from pipeline.extract.grants.sentences import sentence_around
from pipeline.extract.mentions import Amount, Date, District, Mention, Minister, Municipality, Span

_REACH = 700
_DATED = ("hand", "get", "give", "paper")
_NEED_A_GIVER = frozenset("gibt geben gab zahlt zahlen zahlte übernimmt übernehmen übernahm übernommen".split())
_ON = re.compile(r"\s(für|an)\s")
_LEAST_GIFT = 100  # euros; below that it is a wage, a price or an allowance


def find(text: str, mentions: Sequence[Mention]) -> list[Grant]:
    """The grants of a text; `mentions` are all its mentions in the order in which they stand."""
    return list(_find(text, mentions))


def _find(text: str, mentions: Sequence[Mention]) -> Iterator[Grant]:
    starts = [mention.start for mention in mentions]
    spans = [(mention.start, mention.end) for mention in mentions]
    bounds, before = (0, 0), None
    for index, mention in enumerate(mentions):
        if not isinstance(mention.value, Amount) or (mention.value.value_max or 0) < _LEAST_GIFT:
            continue
        if not (bounds[0] <= mention.start and mention.end <= bounds[1]):
            near = slice(bisect_left(starts, mention.start - _REACH), bisect_left(starts, mention.end + _REACH))
            bounds, before = sentence_around(text, mention.start, mention.end, spans[near]), None
        inside = mentions[bisect_left(starts, bounds[0]) : bisect_left(starts, bounds[1])]
        sentence = sentence_of(text, *bounds, (mention.start, mention.end))
        found = _read(text, sentence, bounds[0], inside, before)
        if found and (found.recipient or found.purpose or found.place != NOWHERE):
            before = found
            yield _grant(index, sentence, bounds, inside, found)


class _Found(NamedTuple):
    frame: Frame
    giver: str | None
    recipient: str | None
    purpose: str | None
    place: Place


def _grant(index: int, sentence: Sentence, bounds: Span, inside: Sequence[Mention], found: _Found) -> Grant:
    frame = found.frame
    on = day_of(inside) if frame.role in _DATED else None
    return Grant(
        index, found.giver, found.recipient, found.purpose, *found.place, on,
        frame.status, *bounds, sentence.text, frame.confidence, frame.rule,
    )  # fmt: skip


def _read(
    text: str, sentence: Sentence, start: int, inside: Sequence[Mention], before: _Found | None
) -> _Found | None:
    frame = frame_of(sentence)
    if frame:
        return _from_frame(sentence, frame, start, inside)
    if before:
        return _coordinated(sentence, start, inside, before)
    return _from_line(text, sentence, start, inside)


def _from_frame(sentence: Sentence, frame: Frame, start: int, inside: Sequence[Mention]) -> _Found | None:
    people = [(one.start - start, one.end - start) for one in inside if isinstance(one.value, Minister)]
    days = [(one.start - start, one.end - start) for one in inside if isinstance(one.value, Date)]
    who = giver(sentence, frame, people)
    recipient, purpose = recipient_and_purpose(sentence, frame, sorted(people + days))
    if who is None and frame.role == "give" and not frame.passive and frame.verb and frame.verb.lower in _NEED_A_GIVER:
        return None
    return _Found(frame, who, recipient, purpose, place_of(inside, (recipient, purpose)))


def _coordinated(sentence: Sentence, start: int, inside: Sequence[Mention], before: _Found) -> _Found | None:
    """A further amount of a sentence that gives: "… 20 Millionen Euro an A, 5 Millionen Euro an B"."""
    match = _ON.match(sentence.text, sentence.amount[1])
    if match is None or is_other(sentence):
        return None
    named = phrase(sentence.text, match.end(), len(sentence.text))
    if named is None:
        return None
    frame = before.frame._replace(rule="coordinated", confidence=0.65)
    recipient, purpose = (named, None) if match[1] == "an" else (None, named)
    return _Found(frame, before.giver, recipient, purpose, place_of(inside, (named,)))


def _from_line(text: str, sentence: Sentence, start: int, inside: Sequence[Mention]) -> _Found | None:
    first, last = sentence.amount
    has_place = any(isinstance(one.value, District | Municipality) for one in inside)
    frame = headline(sentence.text, first, last, has_place)
    if frame:
        recipient, purpose = recipient_and_purpose(sentence, frame, ())
        return _Found(frame, None, recipient, purpose, place_of(inside, (recipient, purpose)))
    listed = item(text, start, start + first, start + last)
    if listed is None:
        return None
    name, frame = listed
    return _Found(frame, None, name, None, place_of(inside, (name,)))
