"""Where in a text to look: one pass of an Aho-Corasick automaton over names, titles and forms of address."""

import re
from collections.abc import Callable
from functools import cache, partial
from typing import NamedTuple

import ahocorasick_rs

from pipeline.extract.persons.register import WORDLIKE_GIVEN, fold, register
from pipeline.extract.persons.titles import ABBREVIATIONS, PHRASES, STEMS

GIVEN, SURNAME, BOTH, ADDRESS, STEM, PHRASE, ABBREVIATION = range(7)
NAMES = (GIVEN, SURNAME, BOTH)

_GAPS = " \n\u00a0"
_BESIDE = re.compile(r"(?<![^\s„“\"»(])[A-ZÄÖÜ][a-zäöüß]+(?:-[A-ZÄÖÜ][a-zäöüß]+)?/")  # "Dreyer/Lewentz: …"
_LONGEST = 40
ADDRESSES = ("Frau", "Herr", "Herrn", "Dr.", "Prof.", "Familie", "Eheleute")


class Anchor(NamedTuple):
    start: int
    end: int
    sort: int
    word: str  # the pattern


_as_anchor: Callable[[tuple[int, int, int, str]], Anchor] = partial(tuple.__new__, Anchor)


class Automaton(NamedTuple):
    automaton: ahocorasick_rs.AhoCorasick
    patterns: tuple[str, ...]
    sorts: tuple[int, ...]


def anchors(text: str) -> list[Anchor]:
    """All anchors in order; names stand alone as words, stems of titles may be parts of words."""
    automaton, patterns, sorts = _automaton()
    found = []
    length = len(text)
    for index, start, end in automaton.find_matches_as_indexes(text):
        sort = sorts[index]
        if sort != STEM:
            if start and text[start - 1] not in _GAPS and _in_word(text, start, end):
                continue
            if sort in NAMES and end < length and text[end].isalnum() and not _genitive(text, end, length):
                continue
            if sort >= ADDRESS and end < length and text[end].isalpha() and sort != PHRASE:
                continue
        found.append(_as_anchor((start, end, sort, patterns[index])))
    return found


def _in_word(text: str, start: int, end: int) -> bool:
    """Inside a word, a hashtag or an address; a full stop may end a sentence without a space."""
    before = text[start - 1]
    if before == ".":
        return text[end : end + 1] in tuple("@._-") or "www" in text[max(0, start - 20) : start]
    if before == "/":
        beside = _BESIDE.search(text, max(0, start - _LONGEST), start)
        return beside is None or beside.end() != start
    return before.isalnum() or before in "-#@_"


def _genitive(text: str, end: int, length: int) -> bool:
    return text[end] == "s" and (end + 1 == length or not text[end + 1].isalnum())


@cache
def _automaton() -> Automaton:
    sorts: dict[str, int] = {}
    known = register()
    for given in known.given - WORDLIKE_GIVEN:
        for form in _forms(given):
            sorts[form] = GIVEN
    for surname in known.surnames:
        for form in _forms(surname):
            sorts[form] = BOTH if sorts.get(form, SURNAME) == GIVEN else SURNAME
    for given in WORDLIKE_GIVEN & known.given:
        sorts[given] = BOTH if sorts.get(given) == SURNAME else GIVEN
    del sorts["LINKE"]  # the party, no minister in capitals
    sorts |= dict.fromkeys(ADDRESSES, ADDRESS)
    for stem in STEMS:
        sorts |= dict.fromkeys((stem, stem.capitalize(), stem.upper()), STEM)
    sorts |= dict.fromkeys(PHRASES, PHRASE) | dict.fromkeys(ABBREVIATIONS, ABBREVIATION)
    patterns = tuple(sorts)
    automaton = ahocorasick_rs.AhoCorasick(
        patterns,
        matchkind=ahocorasick_rs.MATCHKIND_LEFTMOST_LONGEST,
        implementation=ahocorasick_rs.Implementation.DFA,  # 11 MB and 25 ms at the start, a third faster
    )
    return Automaton(automaton, patterns, tuple(sorts.values()))


def _forms(name: str) -> set[str]:
    """As printed, in capitals, and with umlauts written out."""
    plain = "-".join(part.capitalize() for part in fold(name).split("-"))
    return {name, name.upper(), plain, plain.upper(), name.replace("ß", "ss")}
