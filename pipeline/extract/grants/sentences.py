"""The sentence around a place in a text."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from pipeline.extract.mentions import Mention, Span

_REACH = 600  # a longer sentence is cut; nobody reads it either
_END = re.compile(r"[.!?]+[\"“”»«’')\]]*\s+(?=[\"„“»(]?[A-ZÄÖÜ0-9])")
_ABBREVIATIONS = frozenset(
    """
    Dr Prof St Nr Str Tel Abs Art bzw ca rd max mind inkl zzgl Mio Mrd Tsd Co vgl evtl ggf usw Dipl Ing
    med Hon Bad Kl Jh Kfz Stk Lkr Reg sog einschl bspw
    """.split()
)
_ABBREVIATED = re.compile(rf"(?:\b(?:[A-Za-zÄÖÜäöü]|{'|'.join(sorted(_ABBREVIATIONS))})|(?<!\d)\d{{1,2}})\Z")
_NESTED = 4  # mentions that may hold one place at once
_LONGEST_ABBREVIATION = 8


def sentence_around(
    text: str, start: int, end: int, mentions: Sequence[Mention], starts: Sequence[int]
) -> Span:
    """First and last offset of the sentence that holds text[start:end].

    No sentence ends within one of the mentions, which are in the order in which they stand; `starts` are the
    offsets at which they begin.
    """
    first, last = _paragraph(text, start, end)
    for boundary in reversed(list(_END.finditer(text, first, start + 1))):  # it looks at what follows
        if _ends(text, boundary, mentions, starts):
            first = boundary.end()
            break
    for boundary in _END.finditer(text, end, last):
        if _ends(text, boundary, mentions, starts):
            last = boundary.start() + len(boundary.group().rstrip())
            break
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, last


def sentence_before(text: str, start: int) -> Span:
    """First and last offset of the sentence that ends before text[start:], as far as it is near."""
    last = len(text[max(0, start - _REACH) : start].rstrip()) + max(0, start - _REACH)
    first = max(0, start - _REACH, text.rfind("\n", 0, last) + 1)
    for boundary in reversed(list(_END.finditer(text, first, last))):
        if text[boundary.start()] != "." or not _is_abbreviation(text, boundary.start()):
            return boundary.end(), last
    return first, last


def _paragraph(text: str, start: int, end: int) -> Span:
    """The lines around text[start:end]; a line that goes on in lower case was only broken."""
    farthest = start - _REACH if start > _REACH else 0
    last = end + _REACH if end + _REACH < len(text) else len(text)
    first = text.rfind("\n", farthest, start)
    while first > farthest and text[first + 1].islower():
        first = text.rfind("\n", farthest, first)
    stop = text.find("\n", end, last)
    while -1 < stop < last - 1 and text[stop + 1].islower():
        stop = text.find("\n", stop + 1, last)
    return (first + 1 if first >= 0 else farthest), (stop if stop >= 0 else last)


def _ends(text: str, boundary: re.Match[str], mentions: Sequence[Mention], starts: Sequence[int]) -> bool:
    at = boundary.start()
    if text[at] == "." and _is_abbreviation(text, at):
        return False
    behind = bisect_right(starts, at)
    for mention in mentions[behind - _NESTED if behind > _NESTED else 0 : behind]:  # noqa: SIM110 - all() takes twice as long
        if mention.end > at:
            return False
    return True


def _is_abbreviation(text: str, stop: int) -> bool:
    """Whether the full stop at an offset belongs to the word or the ordinal before it."""
    before = stop - _LONGEST_ABBREVIATION if stop > _LONGEST_ABBREVIATION else 0
    word = text[before:stop].rpartition(" ")[2]
    if len(word) > 1 and word.isalpha():  # most are: no need to search
        return word in _ABBREVIATIONS
    return _ABBREVIATED.search(text, before, stop) is not None
