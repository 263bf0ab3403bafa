"""A sentence with its words, seen from one amount in it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import partial, reduce
from operator import or_
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from pipeline.extract.grants import cues
from pipeline.extract.mentions import Span

_WORD = re.compile(r"\w[\w-]*")
_CLAUSE = re.compile(
    r"[,;:–—]\s(?:(?<=[;:]\s)|(?<=\s[–—]\s)|(?<=,\s)(?=(?:die|der|das|den|dem|dessen|deren|wobei|davon|während|wofür|wovon|womit|wodurch"
    r"|damit|um|sodass|was|weil|dass|nachdem|teilte|sagte|wenn|falls|obwohl|denn|aber|wie|so)\b))"
)
_APPENDED = re.compile(r",\s(?:rund |etwa |weitere |davon |knapp |und )*\Z")
# "12 Millionen Euro sind veranschlagt, 8 Millionen Euro davon zahlt der Bund"
_PART_OF_IT = re.compile(r"[\d.,]+ (?:\w+\.? )?(?:Euro|€) davon\b")
_COMMAS = (", ", ", rund ", ", knapp ")
_SKIPPED = frozenset(
    """
    rund etwa ca circa knapp fast gut bis zu maximal höchstens mindestens insgesamt zusammen je
    jeweils weitere weiteren zusätzlich zusätzliche zusätzlichen noch mehr als nahezu beinahe rd
    genau exakt stolze etwas annähernd die den jährlich
    """.split()
)
_PREPOSITIONS = frozenset("mit über von auf für um v aus in bei ab unter gegen ohne".split())
_OF_HEIGHT = frozenset({"höhe", "h", "höchstens", "umfang"})


class Word(NamedTuple):
    lower: str
    start: int  # offsets in the sentence
    end: int


_word: Callable[[tuple[str, int, int]], Word] = partial(tuple.__new__, Word)
_group, _start_of, _end_of = re.Match.group, re.Match.start, re.Match.end


class Words(NamedTuple):
    """The words of a sentence, in lists side by side: words are many, and few of them are looked at."""

    lower: list[str]
    starts: list[int]  # offsets in the sentence
    ends: list[int]
    said: list[int]  # as in `cues.said_by`


class Cut(NamedTuple):
    """A sentence cut up, before one of its amounts is looked at."""

    text: str
    start: int  # in the whole text
    words: Words
    said: int  # what all of them say
    clauses: list[Span]  # what stands between two clauses


class Sentence(NamedTuple):
    """A sentence around an amount; all offsets count from its beginning."""

    text: str
    words: Words
    amount: Span
    at: int  # how many words stand before the amount
    on: int  # index of the first word behind it
    clause: Span  # the part of the sentence that holds the amount
    share: Span  # from the amount before it to the amount behind it
    inside: tuple[Span, Span]  # where the words of the clause before and behind the amount stand in lists
    said: int  # what the words of the clause say

    def within_clause(self) -> list[Word]:
        lower, starts, ends, _ = self.words
        (opens, at), (on, stops) = self.inside
        before = zip(lower[opens:at], starts[opens:at], ends[opens:at], strict=True)
        behind = zip(lower[on:stops], starts[on:stops], ends[on:stops], strict=True)
        return [*map(_word, before), *map(_word, behind)]

    def before(self, back: int) -> str:
        """The word that many places before the amount, in lower case; "" if there is none."""
        at = self.at - back
        return self.words.lower[at] if at >= 0 else ""

    def behind(self, further: int = 0) -> str:
        """The word that many places further than the one behind the amount."""
        at = self.on + further
        return self.words.lower[at] if at < len(self.words.lower) else ""

    def opening(self, count: int) -> list[str]:
        """The first words but those of the amount."""
        lower = self.words.lower
        return [*lower[: min(count, self.at)], *lower[self.on : self.on + max(0, count - self.at)]]


class Governor(NamedTuple):
    """What an amount hangs on: "Zuschuss in Höhe von", "mit", "Bescheid über"."""

    preposition: str
    nouns: tuple[str, ...]  # nearest first


# Half of all sentences with an amount do not hold a cue even within a word, and need not be cut up.
_CUES = AhoCorasick(
    [*cues.VERBS, *cues.PAPER_STEMS, *cues.SHARES, "mittel"], implementation=Implementation.DFA
)


def cut(text: str, start: int, end: int) -> Cut | None:
    """Cut text[start:end] into words and clauses; None if none of its words speaks of giving."""
    own = text[start:end]
    lowered = own.lower()
    if len(lowered) != len(own):  # "İ" grows when it is made small
        lowered = own
    if not _CUES.find_matches_as_indexes(lowered):
        return None
    found = list(_WORD.finditer(lowered))
    lower = list(map(_group, found))
    each = list(map(cues.said_by, lower))
    said = reduce(or_, each, 0)
    if not said & cues.SPEAKS_OF_GIVING:
        return None
    words = Words(lower, list(map(_start_of, found)), list(map(_end_of, found)), each)
    return Cut(own, start, words, said, [match.span() for match in _CLAUSE.finditer(own)])


def seen_from(whole: Cut, amount: Span, amounts: Sequence[Span]) -> Sentence:
    """The sentence as one of its `amounts` sees it; both in offsets of the whole text."""
    own, start, words, _, clauses = whole
    first, last = amount[0] - start, amount[1] - start
    at = bisect_right(words.ends, first)
    on = bisect_left(words.starts, last, at)
    left, right = _between([(begin - start, stop - start) for begin, stop in amounts], first, last, len(own))
    begin, finish = _between(clauses, first, last, len(own))
    if left and _APPENDED.search(own[left:first]):  # "…, 400.000 Euro davon kommen vom Land"
        begin = first
    if right < finish and _PART_OF_IT.match(own, right) and own.endswith(_COMMAS, 0, right):
        finish = right
    opens, stops = bisect_left(words.starts, begin), bisect_left(words.starts, finish)
    inside = (opens, at), (max(on, opens), stops)
    said = reduce(or_, words.said[opens:at], reduce(or_, words.said[inside[1][0] : stops], 0))
    return Sentence(own, words, (first, last), at, on, (begin, finish), (left, right), inside, said)


def _between(spans: Sequence[Span], first: int, last: int, length: int) -> Span:
    """From the end of the nearest span before text[first:last] to the start of the nearest one behind it."""
    left, right = 0, length
    for start, end in spans:
        if end <= first:
            left = max(left, end)
        if start >= last:
            right = min(right, start)
    return left, right


def governor(sentence: Sentence) -> Governor:
    """The preposition and the nouns before the amount."""
    back = 1
    while sentence.before(back) in _SKIPPED:
        back += 1
    preposition = sentence.before(back)
    if preposition not in _PREPOSITIONS:
        return Governor("", (preposition,))
    if preposition in ("von", "v") and sentence.before(back + 1) in _OF_HEIGHT:
        near = tuple(sentence.before(back + 3 + further) for further in range(6))
        return Governor("von", near)
    nouns: tuple[str, ...] = (sentence.before(back + 1),)
    if nouns[0] in cues.STATES:  # "Zuschuss des Bundes von 5 Euro"
        nouns = (*nouns, sentence.before(back + 3))
    return Governor("von" if preposition == "v" else preposition, nouns)
