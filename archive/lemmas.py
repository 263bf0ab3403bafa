"""German words as the search index knows them: the lemma of a word, and the parts of a compound.

The dictionary is simplemma's. A word it does not know is cut into words that it does know, and its head is
inflected like the head alone: Fördermittelbescheide is to Fördermittelbescheid as Bescheide to Bescheid.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from importlib.metadata import version
from importlib.resources import files
from itertools import islice, product
from typing import TypeAlias

from archive import dictionary
from archive.compounds import SHORTEST_COMPOUND, split
from archive.dictionary import CACHED_WORDS, as_written, entry, noun_cuts, noun_lemma
from archive.memory import Memory

Terms: TypeAlias = tuple[str, tuple[str, ...]]  # of one word: its lemma, its parts

# Raise it with every change, here or in what is asked here, that gives any word another term.
RULES = "6"

CACHED_PIECES = 20_000
NO_LETTER = "x"  # a token without letter or digit, such as a private use character, keeps its place
# The word for a woman is found by the word for a man: Bürgermeisterin by Bürgermeister, Landrätin by Landrat.
_FEMALE = tuple(f"{ending}in" for ending in "er ist ent ant wirt rät ärzt or eur wält log loge".split())
# A word that no dictionary knows may be a name: Röhrborns, Langensalzaer.
_UNKNOWN_NAME = re.compile(r"(.{2,}[^s](?=s$)|.{5,}(?=er$))(?:s|er)")
_UNUMLAUT = str.maketrans("äöü", "aou")
ENDINGS = ("e", "en", "er", "es", "em")
_ENDING = re.compile(rf"(.{{3,}}?)(?:{'|'.join(ENDINGS)})")
NAME_ENDINGS = ("s", "er", "ern", "ers")
_UNFOLDED = re.compile("ae|oe|ue|ss")
MOST_UMLAUTS = 4
_UMLAUTS = {"ae": "ä", "oe": "ö", "ue": "ü", "ss": "ß"}
# Replaced one by one, which takes a fifth of the time of str.translate.
_FOLDED = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("æ", "ae"), ("ø", "oe"), ("œ", "oe"))


@cache
def rules() -> str:
    """What the terms depend on: these rules, the names kept whole and the dictionary.

    An index made by other rules is made anew before anything is taken out of it.
    """
    names = hashlib.sha256("\n".join(sorted(_names())).encode()).hexdigest()[:12]
    return f"{RULES} {names} simplemma {version('simplemma')}"


def load() -> None:
    """Open the dictionary now and not at the first search."""
    dictionary.load()


def lemma(word: str) -> str:
    """The index term of one word, folded.

    >>> lemma("Förderbescheide"), lemma("Straßen"), lemma("übergibt")
    ('foerderbescheid', 'strasse', 'uebergeben')
    """
    return terms(word)[0]


def parts(word: str) -> tuple[str, ...]:
    """Further terms by which a word is found: the parts of a compound, a name without its ending.

    Names of places and persons are not cut: whoever looks for a mountain does not want Schönberg.

    >>> parts("Zuwendungsbescheides"), parts("Schönberger"), parts("haus")
    (('zuwendung', 'bescheid'), ('schoenberg',), ())
    """
    return terms(word)[1]


def _terms(word: str) -> Terms:
    in_dictionary, its_lemma = _looked_up(word)
    term = fold(its_lemma or word) or NO_LETTER
    if len(word) < 4 or not word[0].isupper():
        return term, ()
    return term, _parts(word, term, in_dictionary, its_lemma)


terms: Callable[[str], Terms] = Memory(_terms, most=CACHED_WORDS).__getitem__


def _parts(word: str, term: str, in_dictionary: str | None, its_lemma: str | None) -> tuple[str, ...]:
    bare = _name_in(word)
    if bare is not None:
        # Who looks for the Vogtland wants the Vogtlandkreis, too.
        named = (fold(bare), fold(bare.removesuffix("kreis")))
        return tuple(dict.fromkeys(name for name in named if name != term))
    if word.isupper() or (in_dictionary and in_dictionary.islower()):
        return ()
    known = (its_lemma or word).lower()
    pieces = [_piece(piece) for piece in split(known)] if len(word) >= SHORTEST_COMPOUND else []
    if pieces or known.endswith(_FEMALE):
        found = [its_term for its_term, _ in pieces]
        found += [male for male in (_male(known), *(male for _, male in pieces)) if male]
        return tuple(part for part in dict.fromkeys(found) if part != term)
    if in_dictionary is None and (name := _UNKNOWN_NAME.fullmatch(word)):
        return (fold(name[1]),)
    if not in_dictionary or in_dictionary == word:
        return ()
    # Rügens is from Rügen, says the dictionary, and Rügen from Rüge.
    further = _term(in_dictionary)
    return () if further == term else (further,)


def _term(word: str) -> str:
    return fold(_looked_up(word)[1] or word) or NO_LETTER


def is_compound(word: str) -> bool:
    """Whether a word would be cut, were it not on the list of names."""
    return len(word) >= SHORTEST_COMPOUND and bool(split((_lemma(word) or word).lower()))


def fold(word: str) -> str:
    """Lower case, umlauts spelled out, other accents dropped; letters and digits of one token only.

    >>> fold("Größe"), fold("René")
    ('groesse', 'rene')
    """
    low = word.lower()
    if not low.isascii():
        for letter, spelled in _FOLDED:
            low = low.replace(letter, spelled)
        if not low.isascii():
            low = unicodedata.normalize("NFD", low)
    return low if low.isalnum() else "".join(c for c in low if c.isalnum())


def variants(word: str) -> tuple[str, ...]:
    """The lemmas a word may have when nobody knows whether it was typed with care for capitals.

    >>> variants("bescheid")
    ('bescheiden', 'bescheid')
    """
    # Who writes a noun as one does not mean the verb: Steuer, not steuert.
    is_noun = word[:1].isupper() and noun_lemma(word.lower()) is not None
    typed = [word] if is_noun else [word, word.lower(), word.capitalize()]
    typed += [spelled for spelled in _umlauts(word) if _lemma(spelled)]
    typed += _inflected(word)
    found = [*map(_term, typed), *([fold(word)] if _is_lemma(word) else [])]
    return tuple(term for term in dict.fromkeys(found) if term)


def _inflected(word: str) -> list[str]:
    """Other forms of an adjective, which the dictionary may know by another lemma: beschlossene, -es."""
    found = _ENDING.fullmatch(word.lower())
    known = entry(word)
    if not found or known is None or not known.islower():
        return []
    return [form for ending in ENDINGS if (form := found[1] + ending) != word.lower() and entry(form)]


def _is_lemma(word: str) -> bool:
    """Whether the dictionary has forms of a noun that it takes for a form of another: Hallen is from Halle,
    and Halle from Hall. Verbs written as nouns are left out."""
    is_verb = as_written(word.lower()) == word.lower()
    return not is_verb and any(as_written(word + ending) == word for ending in ("n", "s", "en"))


def _lemma(word: str) -> str | None:
    return _looked_up(word)[1]


def _looked_up(word: str) -> tuple[str | None, str | None]:
    """What the dictionary says of a word as it is written, and the lemma by all that is known of it."""
    as_written = entry(word)
    if not word.isalpha() and any(c.isdigit() for c in word):
        return as_written, None
    composed = word if word.isascii() else unicodedata.normalize("NFC", word)
    found = as_written if composed == word else entry(composed)
    return as_written, found if found is not None else _guessed(composed)


def _guessed(word: str) -> str | None:
    """The lemma of a word that the dictionary lacks: by its umlauts, or by its longest known ending."""
    found = next((known for spelled in _umlauts(word) if (known := entry(spelled))), None)
    if found is None and len(word) >= SHORTEST_COMPOUND:
        found = _inflected_head(word)
    return found


def _umlauts(word: str) -> list[str]:
    """The ways to write a word with umlauts where letters may stand for them: Zuschuesse is Zuschüsse."""
    low = word.lower()
    places = list(islice(_UNFOLDED.finditer(low), MOST_UMLAUTS))
    if not places:
        return []
    found = []
    for chosen in islice(product((True, False), repeat=len(places)), 2 ** len(places) - 1):
        spelled, at = "", 0
        for place, is_umlaut in zip(places, chosen, strict=True):
            spelled += low[at : place.start()] + (_UMLAUTS[place[0]] if is_umlaut else place[0])
            at = place.end()
        found.append((spelled + low[at:]).capitalize())
    return found


def _male(word: str) -> str | None:
    """The term of the noun for a man behind the one for a woman; None where the word is no such noun."""
    if not word.endswith(_FEMALE):
        return None
    man = word.removesuffix("in")
    stems = (man, man.translate(_UNUMLAUT), man + "e")
    known = ((stem, noun_lemma(stem)) for stem in stems)
    return next((fold(noun) for stem, noun in known if noun and noun.lower() == stem), None)


def _inflected_head(word: str) -> str | None:
    """The lemma of an unknown word by its longest known ending: Kyffhäuser|kreises, Solar|anlagen."""
    low = word.lower()
    cut = next((cut for cut in noun_cuts(low) if 3 <= cut < len(low) - 4), None)
    return None if cut is None else low[:cut] + (noun_lemma(low[cut:]) or "").lower()


@lru_cache(maxsize=CACHED_PIECES)
def _piece(piece: str) -> tuple[str, str | None]:
    """The term of a part of a compound, and the one for a man where it is the one for a woman."""
    its_lemma = noun_lemma(piece) or entry(piece) or piece
    return fold(its_lemma), _male(its_lemma.lower())


def _name_in(word: str) -> str | None:
    """The name of a place or person that a word is a form of: Magdeburgs, Magdeburger, Magdeburg."""
    names = _names()
    if word in names:
        return word
    if not word.endswith(NAME_ENDINGS):
        return None
    stems = (word.removesuffix(ending) for ending in NAME_ENDINGS if word.endswith(ending))
    return next((stem for stem in stems if stem in names), None)


@cache
def _names() -> frozenset[str]:
    lines = (files("archive") / "names_kept_whole.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
