"""simplemma's dictionary of German, as it is asked here: by written form, or for nouns alone."""

from functools import cache, lru_cache

from archive import dictionary_file
from archive.dictionary_file import DictionaryFile, is_noun, lengths

CACHED_WORDS = 100_000
_RECENT = 64  # rows that are asked for again at once: for a word, then for what it ends with
_ADJECTIVES = ("ische", "ischem", "ischen", "ischer", "isches")


def load() -> None:
    """Open the dictionary now; a user's first time takes seconds."""
    _opened()


def as_written(word: str) -> str | None:
    """The dictionary's lemma of a word with just these capitals."""
    low = word.lower()
    row = _row(low)
    return _lemma(row, word, low) if row else None


def entry(word: str) -> str | None:
    """The dictionary's lemma; nouns first where the word is capitalised, or else verbs and adjectives."""
    low = word.lower()
    row = _row(low)
    if row and word == low and row[1]:
        return row[1]
    as_noun = low.capitalize()
    # The dictionary has a noun for some adjectives of places: "Afrikanischen" is a form of "afrikanisch".
    is_capital = word[:1].isupper() and not low.endswith(_ADJECTIVES)
    if row and is_capital and word == as_noun and row[2]:
        return row[2]
    asked = (word, as_noun, low) if is_capital else (low, word, as_noun)
    if as_noun.lower() != low:  # ß, of which the capital is two letters
        return next((found for form in asked if (found := as_written(form))), None)
    return next((found for form in asked if (found := _lemma(row, form, low))), None) if row else None


def noun_lemma(low: str) -> str | None:
    """The lemma of a noun in lower case; None where the dictionary has no such noun."""
    found = as_written(low.capitalize())
    return found if found and is_noun(found) else None


def is_word(low: str) -> bool:
    """Whether the dictionary has a word in lower case, as it is or as a noun."""
    row = _row(low)
    return row is not None and bool(row[1] or is_noun(row[2]))


def noun_cuts(low: str) -> list[int]:
    """Where the nouns begin that a word in lower case ends with, the longest first; itself may be one."""
    row = _row(low) or _opened().longest_ending(low)
    return [len(low) - length for length in lengths(row)] if row else []


def _lemma(row: list[str], word: str, low: str) -> str | None:
    if word == low:
        return row[1] or None
    if word == low.capitalize():
        return row[2] or None
    return dict(zip(row[4::2], row[5::2], strict=True)).get(word)


@lru_cache(maxsize=_RECENT)
def _row(low: str) -> list[str] | None:
    return _opened().row(low)


@cache
def _opened() -> DictionaryFile:
    return dictionary_file.opened(dictionary_file.kept_at(), dictionary_file.simplemma)
