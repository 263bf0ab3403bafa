"""Pairs judged as the build judges them: places are those that extraction finds."""

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.extract.mentions import Context
from pipeline.extract.release import extract
from pipeline.near_duplicates.likeness import Told, likeness
from pipeline.near_duplicates.sketch import bands, sketch, words
from tests.near_duplicates.made import Pair, Text


@dataclass(frozen=True)
class Judged:
    """A pair, whether its sketches meet, and whether it was held to be one text."""

    pair: Pair
    met: bool
    same: bool
    similarity: float
    contained: float


def told(key: str, text: Text, publisher: str = "th") -> Told:
    """A text as the build knows it."""
    whole = f"{text.title}\n\n{text.text}"
    found = extract(whole, Context(text.day, "DE-TH"))
    places = {word for m in found if m.kind in ("district", "municipality") for word in words(m.surface)}
    return Told(key, text.day, text.title, text.text, frozenset(places), publisher)


def judged(pairs: Iterable[Pair]) -> list[Judged]:
    """The judgement on each pair."""
    found = []
    for pair in pairs:
        one, other = (sketch(t.title, t.text) for t in (pair.one, pair.other))
        met = bool(one and other and any(x == y for x, y in zip(bands(one), bands(other), strict=True)))
        judgement = likeness(told("a", pair.one), told("b", pair.other, "sn" if pair.partners else "th"))
        same = met and judgement.same
        found.append(Judged(pair, met, same, judgement.similarity, judgement.contained))
    return found


def scores(found: Iterable[Judged]) -> tuple[float, float]:
    """Precision and recall of `same`."""
    every = list(found)
    hits = sum(j.same and j.pair.same for j in every)
    said, meant = sum(j.same for j in every), sum(j.pair.same for j in every)
    return hits / max(said, 1), hits / max(meant, 1)
