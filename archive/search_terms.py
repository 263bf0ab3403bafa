"""What the full text index holds of a text: one lemma per word, and beside them the parts of compounds.

The terms stand one to one for the tokens of SQLite's unicode61 tokenizer, so that FTS5 marks the original
words. Umlauts are folded after lemmatising; the index itself knows nothing but plain letters.
"""

import re
import sqlite3
from itertools import chain

from archive import lemmas
from archive.search_query import query_terms

__all__ = ["compound_parts", "index_terms", "query_terms", "register", "token_pattern"]

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
    return " ".join(map(lemmas.lemma, token_pattern(text).findall(text)))


def compound_parts(text: str) -> str:
    """The parts of the compounds in a text, each once, in their order.

    >>> compound_parts("Zuwendungsbescheide für Magdeburg; ein Zuwendungsbescheid")
    'zuwendung bescheid'
    """
    words = dict.fromkeys(token_pattern(text).findall(text))
    return " ".join(dict.fromkeys(chain.from_iterable(map(lemmas.parts, words))))


def register(connection: sqlite3.Connection) -> None:
    """Make the terms known to a connection; Datasette's own table search becomes German by `escape_fts`."""
    for name, function in (
        ("index_terms", index_terms),
        ("compound_parts", compound_parts),
        ("query_terms", query_terms),
        ("escape_fts", query_terms),
    ):
        connection.create_function(name, 1, function, deterministic=True)
