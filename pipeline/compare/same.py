"""How alike two texts are: by pairs of neighbouring words, which takes time in proportion to their length."""

from collections import Counter

from pipeline.compare.normal import normal

UNRELATED = 0.08  # two releases of one ministry share some phrases
ALIKE = 0.75  # one text, with a paragraph more or a few words changed


def likeness(old: str, new: str) -> float:
    """Dice coefficient of the pairs of words of two texts, 0 to 1.

    >>> likeness("Zwei kurze Sätze.", "Zwei  kurze Sätze."), likeness("Ein Satz.", "Etwas anderes.")
    (1.0, 0.0)
    """
    first, second = _pairs(old), _pairs(new)
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 1.0


def _pairs(text: str) -> Counter[tuple[str, str]]:
    words = normal("", text).casefold().split()
    return Counter(zip(["", *words], [*words, ""], strict=True)) if words else Counter()
