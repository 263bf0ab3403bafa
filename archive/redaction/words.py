"""Finding sequences of words in bytes as they were sent, whatever stands between and around them.

A page spells a name in many ways: with entities, soft hyphens, tags within a word, escaped in JSON, as part
of an address (`erna-m%C3%BCller`, `erna-mueller`). All of them are the same words here, and each word knows
from which to which character it stands.
"""

import hashlib
import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

ENTITY = r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});?"
ESCAPED = r"(?:\\u[0-9a-fA-F]{4})+|(?:%[0-9a-fA-F]{2})+"
SOFT = "[\u00ad\u200b\u200c\u200d\u2060\ufeff]"
TAG = r"<[^<>]{0,4000}>"
WITH_TAGS = re.compile(f"{ENTITY}|{ESCAPED}|{SOFT}")
WITHOUT_TAGS = re.compile(f"{ENTITY}|{ESCAPED}|{SOFT}|{TAG}")
START = re.compile("[&\\\\%<\u00ad\u200b-\u200d\u2060\ufeff]")  # what each of them begins with
INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|big|em|font|i|mark|q|s|small|span|strong|sub|sup|u|wbr)\b", re.IGNORECASE
)
WORD = re.compile(r"[^\W_]+")
UMLAUTS = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"))
ACCENT = re.compile("[\u0300-\u036f]")
Span = tuple[int, int]


def folded(word: str) -> str:
    """A word as it is compared: case, accents and the spelling of umlauts aside.

    >>> folded("Müller") == folded("MUELLER"), folded("José")
    (True, 'jose')
    """
    plain = unicodedata.normalize("NFC", word).casefold()
    for umlaut, spelt in UMLAUTS:
        plain = plain.replace(umlaut, spelt)
    return plain if plain.isascii() else ACCENT.sub("", unicodedata.normalize("NFD", plain))


def words_of(text: str) -> tuple[str, ...]:
    """The words of a phrase as they are compared.

    >>> words_of("Frau Erna Müller-Lüd")
    ('frau', 'erna', 'mueller', 'lued')
    """
    return tuple(folded(word) for word in WORD.findall(unicodedata.normalize("NFC", text)))


@dataclass(frozen=True)
class Sought:
    """Sequences of words to look for, in plain or, so that nothing is said by them, as salted hashes.

    The last word may also stand in the genitive ("Müllers").
    """

    plain: frozenset[tuple[str, ...]] = frozenset()
    hashes: Mapping[int, frozenset[str]] = field(default_factory=dict)  # by the number of words
    salt: str = ""
    also: tuple["Sought", ...] = ()  # under other salts, where archives were merged

    @property
    def lengths(self) -> set[int]:
        own = {len(words) for words in self.plain} | set(self.hashes)
        return own.union(*(other.lengths for other in self.also))

    def has(self, words: tuple[str, ...]) -> bool:
        forms = (words, (*words[:-1], words[-1][:-1])) if words[-1].endswith("s") else (words,)
        if any(form in self.plain for form in forms):
            return True
        known = self.hashes.get(len(words), frozenset())
        if known and any(hashed(form, self.salt) in known for form in forms):
            return True
        return any(other.has(words) for other in self.also)

    def may_be_in(self, read: str) -> bool:
        """Whether a text may hold a sequence: false is certain, and quick to know."""
        plain = folded(read)
        own = bool(self.hashes) or any(words[0] in plain for words in self.plain)
        return own or any(other.may_be_in(read) for other in self.also)


def sought(phrases: Iterable[str]) -> Sought:
    """What to look for; phrases without a word are left out."""
    return Sought(frozenset(words for phrase in phrases if (words := words_of(phrase))))


def hashed(words: tuple[str, ...], salt: str) -> str:
    """What stands for a sequence of words where the words themselves must not."""
    return hashlib.blake2b(" ".join(words).encode(), key=salt.encode(), digest_size=16).hexdigest()


def spans(text: str, what: Sought) -> list[Span]:
    """Where the sequences stand in a text as sent: disjoint spans of characters, in order.

    Read twice: as a reader sees it, and with tags as text, because titles and addresses stand in attributes.
    """
    lengths = what.lengths
    if not lengths:
        return []
    found = {span for pattern in (WITHOUT_TAGS, WITH_TAGS) for span in _spans(text, pattern, what, lengths)}
    merged: list[Span] = []
    for start, end in sorted(found):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _spans(text: str, pattern: re.Pattern[str], what: Sought, lengths: set[int]) -> Iterator[Span]:
    read, starts, raws = _read(text, pattern)
    if not what.may_be_in(read):
        return
    words = [(folded(m[0]), m.start(), m.end()) for m in WORD.finditer(read)]
    for length in lengths:
        for at in range(len(words) - length + 1):
            some = words[at : at + length]
            if what.has(tuple(word for word, _, _ in some)):
                yield _raw(some[0][1], starts, raws)[0], _raw(some[-1][2] - 1, starts, raws)[1]


def _read(text: str, pattern: re.Pattern[str]) -> tuple[str, list[int], list[tuple[int, int]]]:
    """The text as read, where each of its pieces starts, and where each stood; length 0: one to one."""
    parts: list[str] = []
    starts: list[int] = []
    raws: list[tuple[int, int]] = []
    length = last = 0

    def put(part: str, start: int, raw_length: int) -> None:
        nonlocal length
        if part:
            parts.append(part)
            starts.append(length)
            raws.append((start, raw_length))
            length += len(part)

    at = START.search(text)
    while at:
        match = pattern.match(text, at.start())
        if match:
            put(text[last : match.start()], last, 0)
            put(_decoded(match[0]), match.start(), match.end() - match.start())
            last = match.end()
        at = START.search(text, match.end() if match else at.end())
    put(text[last:], last, 0)
    return "".join(parts), starts, raws


def _raw(at: int, starts: list[int], raws: list[tuple[int, int]]) -> Span:
    piece = bisect_right(starts, at) - 1
    start, length = raws[piece]
    return (start, start + length) if length else (start + at - starts[piece], start + at - starts[piece] + 1)


def _decoded(piece: str) -> str:
    match piece[0]:
        case "&":
            return html.unescape(piece).replace("\u00ad", "")
        case "\\":
            return "".join(chr(int(code, 16)) for code in piece.split("\\u")[1:])
        case "%":
            return unquote(piece, errors="replace")
        case "<":
            return "" if INLINE.match(piece) else " "
    return ""
