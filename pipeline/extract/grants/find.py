"""Find the grants among the amounts of a text."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.extract.grants.cues import NEED_A_GIVER
from pipeline.extract.grants.frames import Frame, frame_of, is_other
from pipeline.extract.grants.givers import giver, institutions
from pipeline.extract.grants.grant import Grant
from pipeline.extract.grants.lines import headline, item
from pipeline.extract.grants.phrases import phrase
from pipeline.extract.grants.places import NOWHERE, Place, day_of, place_of
from pipeline.extract.grants.receivers import received
from pipeline.extract.grants.sentence import Sentence, sentence_of
from pipeline.extract.grants.sentences import sentence_around
from pipeline.extract.mentions import Amount, Date, District, Mention, Minister, Municipality, Span

_REACH = 700
_DATED = ("hand", "get", "give", "paper")
_GAPPED = re.compile(r"(?:,|\s(?:und|sowie))(?:\sder|\sdie)?\s(?P<name>(?:\w+\s)?[A-ZÄÖÜ„][^,;:.]{2,60}?)\s(?:mit\s|rund\s|weitere\s)*")
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
        others = [(one.start, one.end) for one in inside if one.kind == "amount" and one is not mention]
        sentence = sentence_of(text, *bounds, (mention.start, mention.end), others)
        found = _read(text, sentence, bounds[0], inside, before)
        if found and (found.recipient or found.purpose or found.place != NOWHERE or found.frame.role == "hand"):
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
    following = _coordinated(sentence, inside, before) if before else None
    if following:
        return following
    frame = frame_of(sentence)
    if frame:
        return _from_frame(sentence, frame, start, inside)
    return _from_line(text, sentence, start, inside)


def _from_frame(sentence: Sentence, frame: Frame, start: int, inside: Sequence[Mention]) -> _Found | None:
    people = _spans(inside, start, Minister)
    named = institutions(sentence.text)
    who = giver(sentence, frame, people, named)
    if who is None and frame.verb and frame.verb.lower in NEED_A_GIVER:
        return None
    taken = sorted({*people, *named, *_spans(inside, start, Date)})
    got = received(sentence, frame, taken, who)
    name = sentence.text[who[0] : who[1]] if who else None
    return _Found(frame, name, *got, place_of(inside, got))


def _spans(inside: Sequence[Mention], start: int, kind: type) -> list[Span]:
    return [(one.start - start, one.end - start) for one in inside if isinstance(one.value, kind)]


def _coordinated(sentence: Sentence, inside: Sequence[Mention], before: _Found) -> _Found | None:
    """A further amount of a sentence that gives: "… 20 Millionen Euro an A, 5 Millionen Euro an B"."""
    if is_other(sentence):
        return None
    text, (first, last) = sentence.text, sentence.amount
    gapped = _GAPPED.fullmatch(text, sentence.share[0], first)
    behind = _ON.match(text, last)
    if gapped:
        named, purpose = phrase(text, gapped.start("name"), gapped.end("name")), before.recipient is None
    elif behind:
        named, purpose = phrase(text, behind.end(), sentence.share[1]), behind[1] == "für"
    else:
        return None
    if named is None:
        return None
    frame = before.frame._replace(rule="coordinated", confidence=0.65)
    return _Found(
        frame, before.giver, None if purpose else named, named if purpose else None, place_of(inside, (named,))
    )


def _from_line(text: str, sentence: Sentence, start: int, inside: Sequence[Mention]) -> _Found | None:
    first, last = sentence.amount
    has_place = any(isinstance(one.value, District | Municipality) for one in inside)
    frame = headline(sentence.text, first, last, has_place)
    if frame:
        got = received(sentence, frame, (), None)
        return _Found(frame, None, *got, place_of(inside, got))
    listed = item(text, start, start + first, start + last)
    if listed is None:
        return None
    name, frame = listed
    return _Found(frame, None, name, None, place_of(inside, (name,)))
