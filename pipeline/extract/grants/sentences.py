"""The sentence around a place in a text."""

import re
from collections.abc import Sequence

from pipeline.extract.mentions import Span, overlaps

_REACH = 600  # a longer sentence is cut; nobody reads it either
_END = re.compile(r"[.!?]+[\"“”»«’')\]]*\s+(?=[\"„“»(]?[A-ZÄÖÜ0-9])|\n+(?![a-zäöüß])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:[A-Za-zÄÖÜäöü]|Dr|Prof|St|Nr|Str|Tel|Abs|Art|bzw|ca|rd|max|mind|inkl|zzgl|Mio|Mrd|Tsd|Co|vgl|evtl|ggf|usw"
    r"|Dipl|Ing|med|Hon|Bad|Kl|Jh|Kfz|Stk|Lkr|Reg|sog|einschl|bspw)|(?<!\d)\d{1,2})\Z"
)
_LONGEST_ABBREVIATION = 8


def sentence_around(text: str, start: int, end: int, mentions: Sequence[Span]) -> Span:
    """First and last offset of the sentence that holds text[start:end]; no sentence ends within a mention."""
    first, last = max(0, start - _REACH), min(len(text), end + _REACH)
    for boundary in _END.finditer(text, first, start):
        if _ends(text, boundary, mentions):
            first = boundary.end()
    for boundary in _END.finditer(text, end, last):
        if _ends(text, boundary, mentions):
            last = boundary.start() + len(boundary.group().rstrip())
            break
    while first < start and text[first].isspace():
        first += 1
    return first, last


def _ends(text: str, boundary: re.Match[str], mentions: Sequence[Span]) -> bool:
    at = boundary.start()
    if text[at] == "\n":
        return True
    if text[at] == "." and _ABBREVIATED.search(text, max(0, at - _LONGEST_ABBREVIATION), at):
        return False
    return not overlaps(at, at + 1, mentions)
