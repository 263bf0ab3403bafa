"""What differs between two texts, word by word: small to keep, and enough to make either from the other.

The longest common subsequence of words is the bit-parallel one of Hyyrö (2004), as rapidfuzz has it. Texts
that are too long for it are cut first at runs of words that both have exactly once, as patience sorting does.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel

_TOKEN = re.compile(r"\w+(?:[-‑.,:/]\w+)*|\s+|.", re.DOTALL)
_WORD = re.compile(r"\w")
MOST_CELLS = 200_000_000  # words of one text times words of the other: 25 MB and 60 ms
RUNS = (8, 3)  # words of a run that may be an anchor; shorter ones where longer ones leave too much
FEW, MANY = 2, 3  # so few words kept between so many changed on either side are chance
Opcode = tuple[int, int, int, int]  # words first[a:b] of one text became words second[c:d] of the other


class Edit(NamedTuple):
    """So many characters are kept, then some went and others came."""

    kept: int
    gone: str
    new: str


class Piece(NamedTuple):
    """A run of text that stayed, went or came: `same`, `gone` or `new`."""

    kind: str
    text: str


def difference(old: str, new: str) -> tuple[Edit, ...]:
    """What makes `new` out of `old`; what stands behind the last edit is kept.

    >>> difference("Zwei Euro.", "Drei Euro.")
    (Edit(kept=0, gone='Zwei', new='Drei'),)
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    start, end = _common(before, after)
    middle = before[start : len(before) - end], after[start : len(after) - end]
    edits: list[Edit] = []
    kept, at = len("".join(before[:start])), 0
    for a, b, c, d in _joined(*middle, _changes(*_numbered(*middle))):
        kept += sum(map(len, middle[0][at:a]))
        edits.append(Edit(kept, "".join(middle[0][a:b]), "".join(middle[1][c:d])))
        kept, at = 0, b
    return tuple(edits)


def applied(old: str, edits: Sequence[Edit]) -> str:
    """The text that edits make of another. Raises ValueError where they were made for a third one."""
    return _replayed(old, [(edit.kept, edit.gone, edit.new) for edit in edits])


def undone(new: str, edits: Sequence[Edit]) -> str:
    """The text of which edits made this one. Raises ValueError where they made a third one."""
    return _replayed(new, [(edit.kept, edit.new, edit.gone) for edit in edits])


def pieces(old: str, edits: Sequence[Edit]) -> Iterator[Piece]:
    """Both texts in one: what stayed, went and came, in order."""
    at = 0
    for kept, gone, new in edits:
        for kind, text in (("same", old[at : at + kept]), ("gone", gone), ("new", new)):
            if text:
                yield Piece(kind, text)
        at += kept + len(gone)
    if at < len(old):
        yield Piece("same", old[at:])


def _replayed(text: str, edits: Sequence[tuple[int, str, str]]) -> str:
    made, at = [], 0
    for kept, out, put in edits:
        made += [text[at : at + kept], put]
        at += kept
        if text[at : at + len(out)] != out:
            raise ValueError(f"the text reads otherwise at character {at} than when it was compared")
        at += len(out)
    return "".join([*made, text[at:]])


def _common(before: Sequence[str], after: Sequence[str]) -> tuple[int, int]:
    """How many words both begin and end with."""
    least = min(len(before), len(after))
    start = next((i for i in range(least) if before[i] != after[i]), least)
    least -= start
    end = next((i for i in range(least) if before[-1 - i] != after[-1 - i]), least)
    return start, end


def _numbered(before: Sequence[str], after: Sequence[str]) -> tuple[list[int], list[int]]:
    """Each word as a number of its own: rapidfuzz compares hashes, and two words may share one."""
    numbers: dict[str, int] = {}
    first, second = ([numbers.setdefault(word, len(numbers)) for word in words] for words in (before, after))
    return first, second


def _changes(before: list[int], after: list[int], runs: Sequence[int] = RUNS) -> list[Opcode]:
    if not before or not after:
        return [(0, len(before), 0, len(after))] if before or after else []
    if len(before) * len(after) <= MOST_CELLS:
        codes = [code for code in Indel.opcodes(before, after) if code.tag != "equal"]
        return [(code.src_start, code.src_end, code.dest_start, code.dest_end) for code in codes]
    if not runs:
        return [(0, len(before), 0, len(after))]
    found: list[Opcode] = []
    a = c = 0
    for x, y in [*_anchors(before, after, runs[0]), (len(before), len(after))]:
        inner = _changes(before[a:x], after[c:y], runs[1:])
        found += [(a + i, a + j, c + k, c + m) for i, j, k, m in inner]
        a, c = (x + 1, y + 1) if x < len(before) else (x, y)
    return found


def _anchors(before: Sequence[int], after: Sequence[int], length: int) -> list[tuple[int, int]]:
    """Where both have the same run of words, each exactly once: the longest series that rises in both."""
    first, second = (_once(words, length) for words in (before, after))
    pairs = sorted((at, second[run]) for run, at in first.items() if run in second)
    tops: list[int] = []  # the least end of a rising series of each length
    places: list[int] = []
    behind: list[int] = []
    for index, (_, y) in enumerate(pairs):
        at = bisect_left(tops, y)
        tops[at : at + 1], places[at : at + 1] = [y], [index]
        behind.append(places[at - 1] if at else -1)
    series: list[tuple[int, int]] = []
    index = places[-1] if places else -1
    while index >= 0:
        series.append(pairs[index])
        index = behind[index]
    return series[::-1]


def _once(words: Sequence[int], length: int) -> dict[tuple[int, ...], int]:
    runs = list(zip(*(words[i:] for i in range(length)), strict=False))
    times = Counter(runs)
    return {run: at for at, run in enumerate(runs) if times[run] == 1}


def _joined(before: Sequence[str], after: Sequence[str], codes: list[Opcode]) -> list[Opcode]:
    """Changes with next to nothing between them are one; a paragraph's end keeps them apart."""
    found: list[Opcode] = []
    for code in codes:
        if found and _is_chance(before, found[-1], code):
            a, _, c, _ = found.pop()
            code = (a, code[1], c, code[3])
        found.append(code)
    return found


def _is_chance(words: Sequence[str], left: Opcode, right: Opcode) -> bool:
    between = words[left[1] : right[0]]
    if len(between) > 2 * FEW + 3 or any("\n" in word for word in between):
        return False
    kept = sum(_WORD.match(word) is not None for word in between)
    sizes = [max(b - a, d - c) for a, b, c, d in (left, right)]
    return kept == 0 or (kept <= FEW and min(sizes) >= 2 * MANY)
