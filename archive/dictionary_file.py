"""simplemma's dictionary of German as a file to look into, so that no process has to read it whole.

Reading it takes simplemma a second and some 90 MB in each process. Here it is written once for each user and
mapped into memory, which takes a millisecond and is shared by all processes. A row is found by the checksum
of its word, and tells which nouns the word ends with, by which compounds are cut.
"""

import mmap
import os
from array import array
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from itertools import accumulate, groupby
from operator import itemgetter
from pathlib import Path
from struct import Struct
from sys import byteorder
from tempfile import TemporaryDirectory
from zlib import crc32

FORMAT = 2  # raise it with every change of what the file holds
_BUCKETS = 1 << 18  # four rows in each
_MARKS = 1 << 22  # a byte for each checksum, one if a word has it: tells three of four unknown words at once
_LAST_MARK = _MARKS - 1
_SHORTEST_NOUN = 3
_ZERO = 32  # a length is one character, this one for none
_HEAD = Struct("=16sQQ")  # a mark, the number of buckets, the length of the whole file
_MARK = b"words of German\n"


class DictionaryFile:
    """The dictionary, in a file or in memory."""

    def __init__(self, held: mmap.mmap | bytes) -> None:
        """Raises ValueError where it is none, or not all of it."""
        head = held[: _HEAD.size]
        if len(head) < _HEAD.size:
            raise ValueError("no dictionary")
        mark, buckets, length = _HEAD.unpack(head)
        if mark != _MARK or length != len(held):
            raise ValueError("no dictionary, or not all of it")
        self._held, self._last = held, buckets - 1
        whole = memoryview(held)
        self._marks = whole[_HEAD.size : _HEAD.size + _MARKS]
        self._begin = whole[_HEAD.size + _MARKS :][: (buckets + 1) * array("I").itemsize].cast("I")

    def row(self, low: str) -> list[str] | None:
        """A word in lower case, its lemma, its lemma as a noun (each may be empty), the lengths of nouns that
        it ends with, and other spellings, each followed by its lemma."""
        word = low.encode()
        checksum = crc32(word)
        return self._row(word, checksum) if self._marks[checksum & _LAST_MARK] else None

    def longest_ending(self, low: str) -> list[str] | None:
        """The row of the longest word of three letters at least that a word ends with, or is."""
        word, marks = low.encode(), self._marks
        for cut in range(len(word) - _SHORTEST_NOUN + 1):
            checksum = crc32(word[cut:])
            if marks[checksum & _LAST_MARK] and (row := self._row(word[cut:], checksum)):
                return row
        return None

    def _row(self, word: bytes, checksum: int) -> list[str] | None:
        number = checksum & self._last
        bucket = self._held[self._begin[number] : self._begin[number + 1]]
        at = bucket.find(b"\n%b\t" % word)
        return bucket[at + 1 : bucket.index(b"\n", at + 1)].decode().split("\t") if at >= 0 else None


def lengths(row: list[str]) -> list[int]:
    """How many letters the nouns have that the word of a row ends with, the longest first."""
    return [ord(letter) - _ZERO for letter in row[3]]


def opened(path: Path, read: Callable[[], Mapping[str, str]]) -> DictionaryFile:
    """The dictionary in the file at `path`, made of what `read` gives where there is none or it is damaged.

    Where no file can be written, the dictionary is made in memory.
    """
    try:
        return _mapped(path)
    except (OSError, ValueError):
        made = contents(read())
    try:
        _write(path, made)
        return _mapped(path)
    except OSError:
        return DictionaryFile(made)


def kept_at() -> Path:
    """Where this user's file is; it may be deleted at any time."""
    home = os.environ.get("HOME") or os.devnull  # below which nothing can be written
    caches = Path(os.environ.get("XDG_CACHE_HOME") or f"{home}/.cache")
    return caches / "pressearchiv" / f"words-{FORMAT}-{byteorder}-simplemma-{version('simplemma')}"


def simplemma() -> Mapping[str, str]:
    """Lemmas by written form, as simplemma ships them: a second, and 90 MB."""
    # Imported here because that takes 0.15 s, and once there is a file, nobody needs it.
    from simplemma.strategies import DefaultDictionaryFactory

    found: Mapping[str, str] = DefaultDictionaryFactory().get_dictionary("de")
    return found


def contents(dictionary: Mapping[str, str]) -> bytes:
    """The file of a dictionary: a head, where each bucket begins, the buckets."""
    buckets, marks = [b"\n"] * _BUCKETS, bytearray(_MARKS)
    for row in _rows(dictionary):
        checksum = crc32(row.partition("\t")[0].encode())
        marks[checksum & _LAST_MARK] = 1
        buckets[checksum & (_BUCKETS - 1)] += b"%b\n" % row.encode()
    at = _HEAD.size + _MARKS + (_BUCKETS + 1) * array("I").itemsize
    begin = array("I", accumulate(map(len, buckets), initial=at))
    return b"".join((_HEAD.pack(_MARK, _BUCKETS, begin[-1]), marks, begin.tobytes(), *buckets))


def _rows(dictionary: Mapping[str, str]) -> Iterator[str]:
    # Sorted as texts: tuples and dictionaries for a million words take twice as long.
    entries = sorted([f"{word.lower()[::-1]}\t{word}\t{lemma}" for word, lemma in dictionary.items()])
    nouns = [("", "")]  # backwards, with the lengths; each is the beginning of the next
    for backwards, spelled in groupby((entry.split("\t") for entry in entries), key=itemgetter(0)):
        low, lemma, as_noun, others = backwards[::-1], "", "", []
        for _, word, its_lemma in spelled:
            if word == low:
                lemma = its_lemma
            elif word == low.capitalize():
                as_noun = its_lemma
            else:
                others += [word, its_lemma]
        while not backwards.startswith(nouns[-1][0]):
            nouns.pop()
        # A word that begins with no letter is written the same as a noun.
        if is_noun(lemma if low == low.capitalize() else as_noun) and len(low) >= _SHORTEST_NOUN:
            nouns.append((backwards, chr(_ZERO + len(low)) + nouns[-1][1]))
        yield "\t".join((low, lemma, as_noun, nouns[-1][1], *others))


def is_noun(lemma: str) -> bool:
    """Whether the lemma of a word with a capital is that of a noun."""
    return len(lemma) > 2 and lemma[0].isupper()


def _write(path: Path, made: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=path.parent) as folder:  # others see all of it or nothing
        whole = Path(folder) / path.name
        whole.write_bytes(made)
        whole.replace(path)


def _mapped(path: Path) -> DictionaryFile:
    with path.open("rb") as file:
        return DictionaryFile(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
