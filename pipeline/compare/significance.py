"""How much a change matters, from 0 to 1, with its reasons, which add up as independent probabilities do."""

import math
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import OSA

from archive.differences import Edit
from pipeline.compare.pairing import FactChange

SUBSTANTIVE = 0.3  # from here on somebody should know of it
# Weights of a fact that changed, vanished or appeared.
FACTS = {
    "amount": (0.7, 0.5, 0.45),
    "date": (0.55, 0.4, 0.35),
    "minister": (0.55, 0.4, 0.35),
    "person": (0.5, 0.35, 0.3),
    "district": (0.55, 0.4, 0.35),
    "municipality": (0.55, 0.4, 0.35),
    "quote": (0.5, 0.5, 0.4),
    "number": (0.5, 0.35, 0.3),
    "title": (0.2, 0.2, 0.2),
}
ACTIONS = ("changed", "vanished", "appeared")
MOST = 0.95  # nothing is certain
NEGATION = re.compile(
    r"\b(?:nicht|kein(?:e|en|em|er|es)?|nie(?:mals)?|ohne|weder|abgelehnt|abgesagt|entfällt|gestrichen|unzulässig)\b",
    re.I,
)
MODAL = re.compile(
    r"\b(?:soll(?:en)?|kann|können|muss|müssen|darf|dürfen|wird|werden|könnten?|bis zu|mindestens)\b", re.I
)
WORD = re.compile(r"[^\W\d_]{2,}|\d[\d.,]*")
FEW_WORDS, MOST_WORDS = 4, 24  # of an edit that makes a sentence more binding, or turns it into its opposite
SLIP = 2  # letters between a slip of the pen and the word that was meant
GLUE = frozenset(
    "der die das des dem den ein eine einen einem einer eines und oder sowie in im an am auf aus bei zu zum"
    " zur für mit von vom nach über unter durch um als auch so sich es er sie wir nun dann noch bereits dabei"
    " damit hier sagte erklärte betonte so dass daß ist sind war waren hat haben wurde wurden".split()
)


class Reason(NamedTuple):
    """Why a change matters: which rule says so, how much, and a wording where there is one."""

    rule: str
    weight: float
    old: str | None = None
    new: str | None = None


class Significance(NamedTuple):
    value: float
    reasons: tuple[Reason, ...]


def significance(edits: Sequence[Edit], facts: Sequence[FactChange], words: int) -> Significance:
    """The significance of a change to a text of so many words, its reasons from the gravest down."""
    found = sorted([*_of_facts(facts), *_of_words(edits, facts, words)], key=lambda r: -r.weight)
    left = math.prod(1 - reason.weight for reason in found)
    return Significance(round(min(MOST, 1 - left), 2), tuple(found))


def _of_facts(facts: Sequence[FactChange]) -> Iterator[Reason]:
    for change in facts:
        weight = FACTS[change.kind][ACTIONS.index(change.action)]
        old, new = change.old and change.old.surface, change.new and change.new.surface
        if change.kind in ("quote", "title") and change.action == "changed":
            assert old is not None
            assert new is not None
            weight *= 0.2 if _is_slip(old, new) else 1.0
        yield Reason(f"{change.kind}_{change.action}", round(weight, 2), old, new)


def _of_words(edits: Sequence[Edit], facts: Sequence[FactChange], words: int) -> Iterator[Reason]:
    gone = [word for edit in edits for word in WORD.findall(edit.gone)]
    new = [word for edit in edits for word in WORD.findall(edit.new)]
    slips = bool(gone) and all(_is_slip(edit.gone, edit.new) for edit in edits if edit.gone or edit.new)
    if slips:
        yield Reason("slip", 0.05)
        return
    if not gone and not new:
        yield Reason("punctuation", 0.02)
        return
    for edit in edits:
        passage = len(edit.gone.split()) + len(edit.new.split()) > MOST_WORDS
        if not passage and len(NEGATION.findall(edit.gone)) != len(NEGATION.findall(edit.new)):
            yield Reason("negation", 0.5, edit.gone.strip() or None, edit.new.strip() or None)
            break
    for edit in edits:
        before, after = ({w.lower() for w in MODAL.findall(side)} for side in (edit.gone, edit.new))
        if before != after and len(edit.gone.split()) + len(edit.new.split()) <= FEW_WORDS:
            yield Reason("modality", 0.15, edit.gone.strip() or None, edit.new.strip() or None)
            break
    content = [w for w in (*gone, *new) if w.lower() not in GLUE and (w[0].isupper() or w[0].isdigit())]
    share = (len(gone) + len(new)) / max(2 * words, 1)
    yield Reason("wording", round(min(0.6, 0.04 + 0.02 * min(len(content), 4) + 1.2 * share), 2))
    if whole := _paragraphs(edits):
        yield Reason("paragraph", round(min(0.35, 0.2 * whole), 2))


def _paragraphs(edits: Sequence[Edit]) -> int:
    """Passages of a sentence or more that only went or only came."""
    return sum(
        1
        for e in edits
        for a, b in ((e.gone, e.new), (e.new, e.gone))
        if len(a.split()) >= 12 > 4 * len(b.split())
    )


def _is_slip(old: str, new: str) -> bool:
    """Whether two passages differ by a slip of the pen in each word, or by signs between words."""
    before, after = WORD.findall(old), WORD.findall(new)
    if "".join(before).casefold() == "".join(after).casefold():
        return True
    if len(before) != len(after) or any(c.isdigit() for c in old + new):
        return False
    return all(
        x == y
        or (min(len(x), len(y)) > 3 and OSA.distance(x, y) <= SLIP and x[:1].casefold() == y[:1].casefold())
        for x, y in zip(before, after, strict=True)
    )
