"""What the full text index holds of a text: one lemma per word, and beside them the parts of compounds.

The terms stand one to one for the tokens of SQLite's unicode61 tokenizer, so that FTS5 marks the original
words. Umlauts are folded after lemmatising; the index itself knows nothing but plain letters.
"""

import re
import sqlite3
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

from archive import lemmas
from archive.lemmas import Terms
from archive.search_fields import name_key
from archive.search_query import query_terms
from archive.words import beyond_ascii, runs

__all__ = [
    "compound_parts",
    "holds_words",
    "index_terms",
    "query_terms",
    "register",
    "release_terms",
    "token_pattern",
]

# A token of unicode61: letters, digits, private use, and the accents that SQLite lets continue a token.
_ACCENTS = "".join(chr(768 + bit) for bit in range(50) if (0x000361F8_08029FDF >> bit) & 1)
_LETTER = r"(?:[^\W_]|[\uE000-\uF8FF])"
_ANY_TOKEN = re.compile(rf"{_LETTER}(?:{_LETTER}|[{_ACCENTS}])*")
_PLAIN_TOKEN = re.compile(r"[^\W_]+")
_RARE = re.compile(rf"[{_ACCENTS}\uE000-\uF8FF]")


def token_pattern(text: str) -> re.Pattern[str]:
    """What finds the tokens of a text; the exact pattern takes four times as long and is seldom needed."""
    return _ANY_TOKEN if _RARE.search(text) else _PLAIN_TOKEN


def index_terms(text: str) -> str:
    """The terms of a text, one per token, separated by blanks.

    >>> index_terms("Heike Werner übergab Fördermittelbescheide.")
    'heike werner uebergeben foerdermittelbescheid'
    """
    return _lemmas(map(lemmas.terms, _tokens(text)))


def compound_parts(text: str) -> str:
    """The parts of the compounds in a text, each once, in their order.

    >>> compound_parts("Zuwendungsbescheide für Magdeburg; ein Zuwendungsbescheid")
    'zuwendung bescheid'
    """
    return _parts(map(lemmas.terms, _tokens(text)))


def release_terms(title: str, text: str) -> tuple[str, str, str]:
    """The terms of a title and of its text, and the parts of the compounds in both.

    >>> release_terms("Bescheid für Magdeburg", "Zuwendungsbescheide")
    ('bescheid fuer magdeburg', 'zuwendungsbescheid', 'zuwendung bescheid')
    """
    above, below = (list(map(lemmas.terms, _tokens(part))) for part in (title, text))
    return _lemmas(above), _lemmas(below), _parts([*above, *below])


def _tokens(text: str) -> list[str]:
    return _ANY_TOKEN.findall(text) if _RARE.search(beyond_ascii(text)) else runs(text)


def _lemmas(words: Iterable[Terms]) -> str:
    return " ".join([lemma for lemma, _ in words])


def _parts(words: Iterable[Terms]) -> str:
    return " ".join(dict.fromkeys(chain.from_iterable([parts for _, parts in words if parts])))


def holds_words(text: str, words: str) -> bool:
    """Whether a text has these words in just this form, in a row; capitals do not count.

    >>> holds_words("Im ländlichen Raum", "ländlichen raum"), holds_words("Bescheide", "Bescheid")
    (True, False)
    """
    return _in_a_row(words).search(unicodedata.normalize("NFC", text)) is not None


@lru_cache(maxsize=64)
def _in_a_row(words: str) -> re.Pattern[str]:
    row = r"[\W_]+".join(map(re.escape, words.split()))
    return re.compile(rf"(?<!\w){row}(?!\w)", re.I)


def register(connection: sqlite3.Connection) -> None:
    """Make the terms known to a connection; Datasette's own table search becomes German by `escape_fts`."""
    for name, arguments, function in (
        ("index_terms", 1, index_terms),
        ("compound_parts", 1, compound_parts),
        ("query_terms", 1, query_terms),
        ("escape_fts", 1, query_terms),
        ("name_key", 1, name_key),
        ("holds_words", 2, holds_words),
    ):
        connection.create_function(name, arguments, function, deterministic=True)
