"""A text with its mentions, cut into slices that a template can escape one by one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from serve.language import N_, gettext
from serve.spoken import heading

KINDS = {
    "minister": N_("Ministerin oder Minister"),
    "person": N_("andere Amtsperson"),
    "district": N_("Kreis"),
    "municipality": N_("Gemeinde"),
    "amount": N_("Betrag"),
    "date": N_("Zeitangabe"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A mention as the reader sees it: its place, its kind (a key of KINDS) and what it stands for."""

    kind: str
    start: int
    end: int
    surface: str
    meaning: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Slice:
    """A piece of text and the marks that cover it, the shortest first."""

    text: str
    marks: tuple[Mark, ...] = ()

    @property
    def label(self) -> str:
        """What the marks say, for a tooltip."""
        return "; ".join(f"{heading(gettext(KINDS[mark.kind]))}: {mark.meaning}" for mark in self.marks)

    @property
    def href(self) -> str | None:
        """Where the slice leads."""
        return next((mark.href for mark in self.marks if mark.href), None)


def valid(text: str, marks: Iterable[Mark]) -> list[Mark]:
    """The marks whose place still holds their wording; others would mark the wrong words."""
    return [m for m in marks if m.kind in KINDS and m.start < m.end and text[m.start : m.end] == m.surface]


def slices(text: str, marks: Sequence[Mark], start: int = 0, end: int | None = None) -> list[Slice]:
    """Cut text[start:end] wherever a mark begins or ends; overlapping marks share a slice.

    >>> [s.text for s in slices("in Gera heute", [Mark("municipality", 3, 7, "Gera", "Gera")])]
    ['in ', 'Gera', ' heute']
    """
    end = len(text) if end is None else end
    inside = [m for m in valid(text, marks) if m.start < end and start < m.end]
    edges = {start, end} | {min(max(edge, start), end) for m in inside for edge in (m.start, m.end)}
    cuts = sorted(edges)
    return [
        Slice(text[left:right], tuple(sorted(_covering(inside, left, right), key=lambda m: m.end - m.start)))
        for left, right in pairwise(cuts)
    ]


def paragraphs(text: str, marks: Sequence[Mark]) -> list[list[Slice]]:
    """The slices of each paragraph; paragraphs end at a line break."""
    found, start = [], 0
    checked = valid(text, marks)
    for line in text.split("\n"):
        if line.strip():
            found.append(slices(text, checked, start, start + len(line)))
        start += len(line) + 1
    return found


def _covering(marks: Iterable[Mark], left: int, right: int) -> list[Mark]:
    return [m for m in marks if m.start <= left and right <= m.end]
