"""What changed between two versions of a text, word by word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\s*\S+")
MOST_WORDS = 20_000


@dataclass(frozen=True, slots=True)
class Change:
    """A run of words that stayed, went or came: `same`, `gone` or `new`."""

    kind: str
    text: str


def changes(old: str, new: str) -> list[list[Change]]:
    """The changes of each paragraph. Paragraphs are compared first, then the words of those that differ.

    >>> [[(c.kind, c.text) for c in p] for p in changes("Zwei Euro.", "Drei Euro.")]
    [[('gone', 'Zwei'), ('new', 'Drei'), ('same', ' Euro.')]]
    """
    before, after = old.split("\n"), new.split("\n")
    found: list[list[Change]] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [[Change("same", line)] for line in before[a:b]]
        elif tag == "replace" and b - a == d - c:
            found += [_words(x, y) for x, y in zip(before[a:b], after[c:d], strict=True)]
        else:
            found += [[Change("gone", line)] for line in before[a:b]]
            found += [[Change("new", line)] for line in after[c:d]]
    return found


def _words(old: str, new: str) -> list[Change]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    if len(before) + len(after) > MOST_WORDS:
        return [Change("gone", old), Change("new", new)]
    found: list[Change] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Change("same", _joined(before[a:b])))
            continue
        found += [Change("gone", _joined(before[a:b]))] if b > a else []
        found += [Change("new", _joined(after[c:d]))] if d > c else []
    return found


def _joined(words: Sequence[str]) -> str:
    return "".join(words)
