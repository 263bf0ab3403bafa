"""What changed between two versions of a text, paragraph by paragraph, word by word."""

from collections.abc import Sequence
from dataclasses import dataclass

from archive.differences import Edit, Piece

FEW = 3  # unchanged paragraphs in a row that are shown; of more the middle is folded


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or several where they were replaced as one, with what stayed, went and came."""

    pieces: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        return any(piece.kind != "same" for piece in self.pieces)

    @property
    def old(self) -> tuple[Piece, ...]:
        return tuple(piece for piece in self.pieces if piece.kind != "new")

    @property
    def new(self) -> tuple[Piece, ...]:
        return tuple(piece for piece in self.pieces if piece.kind != "gone")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Paragraphs in a row; folded where nothing in them changed and they are many."""

    paragraphs: tuple[Paragraph, ...]
    folded: bool = False


def paragraphs(old: str, edits: Sequence[Edit]) -> list[Paragraph]:
    """The paragraphs of both texts as one.

    >>> [[tuple(p) for p in q.pieces] for q in paragraphs("Eins.\\nZwei.", (Edit(6, "Zwei", "Drei"),))]
    [[('same', 'Eins.')], [('gone', 'Zwei'), ('new', 'Drei'), ('same', '.')]]
    """
    found: list[list[Piece]] = [[]]
    at = 0
    for kept, gone, new in edits:
        _add(found, "same", old[at : at + kept])
        if gone and new:  # one became the other, however many paragraphs that were
            found[-1] += [Piece("gone", gone), Piece("new", new)]
        else:
            _add(found, "gone" if gone else "new", gone or new)
        at += kept + len(gone)
    _add(found, "same", old[at:])
    return [Paragraph(tuple(pieces)) for pieces in found if pieces]


def stretches(found: Sequence[Paragraph]) -> list[Stretch]:
    """Paragraphs with what did not change folded away, but for one on either side of a change."""
    kept: list[Stretch] = []
    at = 0
    while at < len(found):
        end = at
        while end < len(found) and found[end].changed == found[at].changed:
            end += 1
        some = tuple(found[at:end])
        first, last = (1 if at else 0), (1 if end < len(found) else 0)
        if some[0].changed or len(some) <= FEW:
            kept.append(Stretch(some))
        else:
            middle = some[first : len(some) - last]
            parts = (Stretch(some[:first]), Stretch(middle, True), Stretch(some[len(some) - last :]))
            kept += [part for part in parts if part.paragraphs]
        at = end
    return kept


def _add(found: list[list[Piece]], kind: str, text: str) -> None:
    for number, line in enumerate(text.split("\n")):
        if number:
            found.append([])
        if line:
            found[-1].append(Piece(kind, line))
