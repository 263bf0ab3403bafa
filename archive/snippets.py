"""Why a hit is a hit: the passage of a text that shows the words sought, with them marked.

FTS5's own snippet cannot show a hit inside a compound; this one reads the words with the same rules.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from archive import lemmas
from archive.search_query import Clause, Query
from archive.search_terms import token_pattern

WIDTH = 260


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a snippet; `hit` where it is a word sought."""

    text: str
    hit: bool = False


Span = tuple[int, int]


def hits(text: str, query: Query) -> list[Span]:
    """Where the words of a query stand in a text, in order, without overlaps."""
    tokens = [(m.start(), m.end(), m[0]) for m in token_pattern(text).finditer(text)]
    terms = [lemmas.lemma(word) for _, _, word in tokens]
    found: set[Span] = set()
    for clause in chain.from_iterable(map(_each, query.sought())):
        width, matches = len(clause.tokens), _matcher(clause)
        found.update(
            (tokens[n][0], tokens[n + width - 1][1])
            for n in range(len(tokens) - width + 1)
            if matches(tokens[n][2], tuple(terms[n : n + width]))
        )
    return _disjoint(sorted(found))


def pieces(text: str, spans: Sequence[Span], start: int = 0, end: int | None = None) -> list[Piece]:
    """text[start:end] cut at the spans."""
    end = len(text) if end is None else end
    found, at = [], start
    for left, right in spans:
        if left < start or right > end:
            continue
        found += [Piece(text[at:left]), Piece(text[left:right], hit=True)]
        at = right
    return [piece for piece in (*found, Piece(text[at:end])) if piece.text]


def snippet(text: str, query: Query, width: int = WIDTH) -> list[Piece]:
    """The passage with the most hits, from word to word; the beginning where the text has none."""
    flat = text.replace("\n", " ")
    return around(flat, hits(flat, query), width)


def around(text: str, spans: Sequence[Span], width: int = WIDTH) -> list[Piece]:
    """The passage with the most of these spans, from word to word; the beginning where there are none."""
    flat = text.replace("\n", " ")
    start = 0
    if spans:
        best = max(spans, key=lambda span: _density(spans, span[0], width))[0]
        start = max(0, best - width // 4)
    start = 0 if start < 30 else flat.find(" ", start) + 1
    end = len(flat) if len(flat) - start <= width else flat.rfind(" ", start, start + width)
    end = end if end > start else min(len(flat), start + width)
    found = pieces(flat, spans, start, end)
    before = [Piece("…\u00a0")] if start else []
    return [*before, *found, *([Piece("\u00a0…")] if end < len(flat) else [])]


def _density(spans: Sequence[Span], start: int, width: int) -> int:
    return sum(1 for left, right in spans if start <= left and right <= start + width * 3 // 4)


def _each(clause: Clause) -> Iterator[Clause]:
    """The clause; words near each other are shown one by one."""
    if clause.near:
        yield from (replace(clause, tokens=(token,), near=0) for token in clause.tokens)
    else:
        yield clause


def _matcher(clause: Clause) -> Callable[[str, tuple[str, ...]], bool]:
    """Whether a clause begins with a word, given the terms of the words that it would hold."""
    if clause.beginning:
        *head, last = clause.tokens
        begins, start = tuple(map(lemmas.lemma, head)), lemmas.fold(last)
        return lambda _, terms: terms[:-1] == begins and terms[-1].startswith(start)
    readings = set(clause.readings())
    if clause.whole:
        return lambda _, terms: terms in readings
    wanted = {reading[0] for reading in readings}
    return lambda word, terms: terms in readings or not wanted.isdisjoint(lemmas.parts(word))


def _disjoint(spans: Sequence[Span]) -> list[Span]:
    kept: list[Span] = []
    for left, right in spans:
        if kept and left < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(right, kept[-1][1]))
        else:
            kept.append((left, right))
    return kept
