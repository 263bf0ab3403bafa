"""Two versions of a release compared: the words, the facts, and how much it matters."""

from collections.abc import Sequence
from typing import NamedTuple

from archive.differences import Edit, difference
from pipeline.compare.facts import facts, page_lines
from pipeline.compare.normal import normal
from pipeline.compare.pairing import FactChange, hunks, paired
from pipeline.compare.significance import SUBSTANTIVE, WORD, Significance, significance
from pipeline.extract.mentions import Context
from pipeline.read import GAP


class Wording(NamedTuple):
    """Title and text of a version."""

    title: str
    text: str


class Change(NamedTuple):
    """What one version makes of another."""

    kind: str  # cosmetic, editorial, substantive
    title: tuple[Edit, ...]
    text: tuple[Edit, ...]
    facts: tuple[FactChange, ...]  # offsets into title, GAP and text as one
    significance: Significance


def compared(old: Wording, new: Wording, context: Context) -> Change:
    """The change from one version to another.

    >>> compared(Wording("A", "Es gibt 2 Euro."), Wording("A", "Es gibt  2 Euro."), Context()).kind
    'cosmetic'
    """
    title, text = difference(old.title, new.title), difference(old.text, new.text)
    if normal(*old) == normal(*new):
        return Change("cosmetic", title, text, (), Significance(0.0, ()))
    passages = hunks(title) + hunks(text, len(old.title + GAP), len(new.title + GAP))
    found = paired(
        old.title + GAP + old.text,
        new.title + GAP + new.text,
        facts(*old, context),
        facts(*new, context),
        passages,
    )
    words = max(len(WORD.findall(old.text)), len(WORD.findall(new.text)))
    said = significance((*title, *_of_release(old.text, new.text, text)), found, words)
    return Change(
        "substantive" if said.value >= SUBSTANTIVE else "editorial", title, text, tuple(found), said
    )


def _of_release(old: str, new: str, edits: Sequence[Edit]) -> list[Edit]:
    """The edits that do more than change a line of the page, such as a counter."""
    lines = [list(page_lines(text)) for text in (old, new)]
    spans = zip(edits, hunks(edits), strict=True)
    return [e for e, h in spans if not (_inside(h.a, h.b, lines[0]) or _inside(h.c, h.d, lines[1]))]


def _inside(start: int, end: int, lines: Sequence[tuple[int, int]]) -> bool:
    return start < end and any(first <= start and end <= last for first, last in lines)
