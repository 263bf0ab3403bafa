"""Read one amount of a sentence: whether it is given, by whom, to whom, for what and where."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.extract.grants.cues import NEED_A_GIVER
from pipeline.extract.grants.frames import Frame, frame_of, is_other
from pipeline.extract.grants.givers import giver, institutions
from pipeline.extract.grants.lines import headline, item, labelled, may_be_headline
from pipeline.extract.grants.phrases import phrase
from pipeline.extract.grants.places import NOWHERE, PLACES, Place, place_of
from pipeline.extract.grants.receivers import Received, received, shared, told_before
from pipeline.extract.grants.sentence import Cut, Sentence, cut, seen_from
from pipeline.extract.mentions import Mention, PersonInOffice, Span

_TABLE = 12  # amounts in one sentence; with more it is no sentence
_LOOK_BACK = 30  # mentions among which "sie" finds its minister
_PRONOUN = re.compile(r"\s(?:sie|er)\s|\A(?:Sie|Er)\s")
_UP_TO = re.compile(r"\b(?:bis zu|maximal|höchstens)\s\Z")
_LONGEST_UP_TO = 11
# Rules of a programme and sums over many are no grants: "Antragsteller erhalten …", "an 1.200 Betriebe".
_GENERAL = re.compile(
    r"\d|Antragstell|Wer\b|Familien\b|Haushalte\b|Beschäftigte\b|Betroffene\b|Bürger(?:innen)?\b|Eltern\b|Kinder\b"
)
_GAPPED = re.compile(
    r"(?:,|\s(?:und|sowie))(?:\sder|\sdie)?\s(?P<name>(?:\w+\s)?[A-ZÄÖÜ„][^,;:.]{2,60}?)\s(?:mit\s|rund\s|weitere\s)*"
)
_ON = re.compile(r"\s(für|an)\s")
_TREASURIES = re.compile(r"(?:Bund|Land|Länder|Freistaat|Staat|Fiskus|Finanzamt|Staatskasse)\b")
# "Der Bund gibt 3 Euro für die Burg, weitere 2 Euro das Land"
_FURTHER = re.compile(r",\s(?:(?:und|sowie|weitere|rund|noch|einmal)\s)*\Z")
_BY_ANOTHER = re.compile(r"\s(?:das|der|die)\s(?P<who>Land|Bund|Freistaat|EU)(?=\s?(?:[.,;]|\Z))")


class Scene(NamedTuple):
    """A sentence among the mentions of its text."""

    text: str
    bounds: Span
    whole: Cut | None  # None when nothing in the sentence speaks of giving
    inside: Sequence[Mention]
    amounts: Sequence[Span]
    mentions: Sequence[Mention]  # of the whole text
    first: int  # where those of the sentence begin among them


def scene_of(text: str, mentions: Sequence[Mention], inside: Span, bounds: Span) -> Scene:
    """The scene of text[bounds] with mentions[inside]."""
    first, last = inside
    own = mentions[first:last]
    amounts = [(one.start, one.end) for one in own if one.kind == "amount"]
    whole = cut(text, *bounds) if len(amounts) <= _TABLE else None
    return Scene(text, bounds, whole, own, amounts, mentions, first)


class Reading(NamedTuple):
    frame: Frame
    giver: str | None
    recipient: str | None
    purpose: str | None
    place: Place

    def says_enough(self) -> bool:
        """Whether more is known than that money moves."""
        return bool(self.recipient or self.purpose) or self.place != NOWHERE or self.frame.role == "hand"


def read(scene: Scene, amount: Span, before: Reading | None) -> Reading | None:
    """What the sentence says of one of its amounts; `before` is what it said of the one before."""
    if scene.whole is None:
        return _from_line(scene, amount)
    sentence = seen_from(scene.whole, amount, scene.amounts)
    following = _coordinated(scene, sentence, before) if before else None
    if following:
        return following
    frame = frame_of(sentence)
    return _from_frame(scene, sentence, frame) if frame else _from_line(scene, amount)


def _from_frame(scene: Scene, sentence: Sentence, frame: Frame) -> Reading | None:
    start = scene.bounds[0]
    people = [(one.start - start, one.end - start) for one in scene.inside if _may_give(one, frame)]
    named = institutions(sentence)
    who = giver(sentence, frame, people, named)
    if who is None and _asks_for_giver(sentence, frame):
        return None
    days = [(one.start - start, one.end - start) for one in scene.inside if one.kind == "date"]
    if frame.role == "get" or frame.passive:  # an institution may be the one that gets
        named = [who] if who else []
    got = received(sentence, frame, sorted({*people, *named, *days}), who)
    if any(part and _GENERAL.match(part) for part in got):
        return None
    if who and got == Received(None, None):
        got = Received(None, shared(sentence) or told_before(scene.text, scene.bounds[0], sentence))
    if frame.role == "flow" and got.recipient and _TREASURIES.match(got.recipient):
        return None
    name = _named(sentence.text[who[0] : who[1]]) if who else _pronoun(scene, sentence, frame)
    return Reading(frame, name, *got, place_of(scene.inside, got))


def _named(giver: str) -> str:
    """ "Aus dem Programm des Bundes" says that the Bund gives."""
    return giver.removesuffix("es") if giver in ("Landes", "Bundes") else giver


def _asks_for_giver(sentence: Sentence, frame: Frame) -> bool:
    if frame.verb and frame.verb.lower in NEED_A_GIVER:
        return True
    first = sentence.amount[0]
    return frame.role in ("get", "paper") and bool(
        _UP_TO.search(sentence.text, max(0, first - _LONGEST_UP_TO), first)
    )


def _may_give(one: Mention, frame: Frame) -> bool:
    """Ministers give; of other offices only a state secretary hands over for the government."""
    if one.kind == "minister":
        return True
    return (
        frame.role == "hand"
        and isinstance(one.value, PersonInOffice)
        and "sekretär" in one.value.office.lower()
    )


def _pronoun(scene: Scene, sentence: Sentence, frame: Frame) -> str | None:
    """The minister last named when "sie" or "er" hands over."""
    if frame.role != "hand" or frame.passive or not _PRONOUN.search(sentence.text):
        return None
    earlier = scene.mentions[max(0, scene.first - _LOOK_BACK) : scene.first]
    return next((one.surface for one in reversed(earlier) if one.kind == "minister"), None)


def _coordinated(scene: Scene, sentence: Sentence, before: Reading) -> Reading | None:
    """A further amount of a sentence that gives: "… 20 Millionen Euro an A, 5 Millionen Euro an B"."""
    if is_other(sentence):
        return None
    text, (first, last) = sentence.text, sentence.amount
    another = _BY_ANOTHER.match(text, last) if before.giver else None
    if another and _FURTHER.search(text, sentence.share[0], first):
        frame = before.frame._replace(rule="coordinated", confidence=0.65)
        return before._replace(frame=frame, giver=another["who"])
    gapped = _GAPPED.fullmatch(text, sentence.share[0], first)
    behind = _ON.match(text, last)
    if gapped:
        named, is_purpose = phrase(text, *gapped.span("name")), before.recipient is None
    elif behind:
        named, is_purpose = phrase(text, behind.end(), sentence.share[1]), behind[1] == "für"
    else:
        return None
    if named is None:
        return None
    frame = before.frame._replace(rule="coordinated", confidence=0.65)
    place = place_of(scene.inside, (named,))
    if is_purpose:
        return Reading(frame, before.giver, None, named, place)
    return Reading(frame, before.giver, named, None, place)


def _from_line(scene: Scene, amount: Span) -> Reading | None:
    text, (start, end) = scene.text, scene.bounds
    if may_be_headline(text, start, end) and any(one.kind in PLACES for one in scene.inside):
        title = headline(text[start:end], amount[0] - start, amount[1] - start)
        if title:
            frame, recipient, purpose = title
            return Reading(frame, None, recipient, purpose, place_of(scene.inside, (recipient, purpose)))
    title = labelled(text, start, amount[0])
    if title:
        frame, recipient, purpose = title
        return Reading(frame, None, recipient, purpose, place_of(scene.inside, (recipient, purpose)))
    listed = item(text, start, *amount)
    if listed is None:
        return None
    name, frame = listed
    return Reading(frame, None, name, None, place_of(scene.inside, (name,)))
