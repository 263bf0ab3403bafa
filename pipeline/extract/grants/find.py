"""Find the grants among the amounts of a text."""

from bisect import bisect_left
from collections.abc import Sequence

from pipeline.extract.grants.grant import Grant
from pipeline.extract.grants.places import day_of
from pipeline.extract.grants.reading import Reading, Scene, read, scene_of
from pipeline.extract.grants.sentences import sentence_around
from pipeline.extract.mentions import Amount, Mention, Span

_LEAST_GIFT = 100  # currency units; below that it is a wage, a price or an allowance
_DATED = frozenset({"hand", "get", "give", "paper"})


def find(text: str, mentions: Sequence[Mention]) -> list[Grant]:
    """The grants of a text; `mentions` are all its mentions in the order in which they stand.

    Precision goes before recall: costs, budgets, damage, wages and prices are left out, and so is what the
    sentence denies, wishes or offers to everybody.
    """
    starts = [mention.start for mention in mentions]
    found: list[Grant] = []
    bounds: Span = (0, 0)
    scene, before = None, None
    for index, mention in enumerate(mentions):
        if mention.kind != "amount":
            continue
        _, start, end, _, _, _, value = mention
        if not isinstance(value, Amount) or (value.value_max or 0) < _LEAST_GIFT:
            continue
        if scene is None or not (bounds[0] <= start and end <= bounds[1]):
            bounds = sentence_around(text, start, end, mentions, starts)
            inside = bisect_left(starts, bounds[0]), bisect_left(starts, bounds[1])
            scene, before = scene_of(text, mentions, inside, bounds), None
        what = read(scene, (start, end), before)
        if what and what.says_enough():
            before = what
            found.append(_grant(index, bounds, scene, what))
    return found


def _grant(index: int, bounds: Span, scene: Scene, found: Reading) -> Grant:
    frame = found.frame
    return Grant(
        amount_index=index,
        giver=found.giver,
        recipient=found.recipient,
        purpose=found.purpose,
        district=found.place.district,
        municipality=found.place.municipality,
        on=day_of(scene.inside) if frame.role in _DATED else None,
        status=frame.status,
        start=bounds[0],
        end=bounds[1],
        sentence=scene.text[bounds[0] : bounds[1]],
        confidence=frame.confidence,
        rule=frame.rule,
    )
