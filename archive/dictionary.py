"""simplemma's dictionary of German, as it is asked here: by written form, or for nouns alone."""

from collections.abc import Mapping
from functools import cache, lru_cache

from simplemma.strategies import DEFAULT_DICTIONARY_FACTORY

CACHED_WORDS = 400_000
_ADJECTIVES = ("ische", "ischem", "ischen", "ischer", "isches")


@cache
def entries() -> Mapping[str, str]:
    """Lemmas by written form, read at the first call, which takes a second or two."""
    return DEFAULT_DICTIONARY_FACTORY.get_dictionary("de")


def entry(word: str) -> str | None:
    """The dictionary's lemma; nouns first where the word is capitalised, or else verbs and adjectives."""
    dictionary = entries()
    low = word.lower()
    as_noun = low.capitalize()
    # The dictionary has a noun for some adjectives of places: "Afrikanischen" is a form of "afrikanisch".
    is_noun = word[:1].isupper() and not low.endswith(_ADJECTIVES)
    found = dictionary.get(word if is_noun else low)
    if found is None and word not in (low, as_noun):
        found = dictionary.get(as_noun if is_noun else word)
    return found if found is not None else dictionary.get(low if is_noun else as_noun)


@lru_cache(maxsize=CACHED_WORDS)
def noun_lemma(low: str) -> str | None:
    """The lemma of a noun in lower case; None where the dictionary has no such noun."""
    found: str | None = entries().get(low.capitalize())
    return found if found and found[0].isupper() and len(found) > 2 else None
