"""German compounds cut into the words that they are made of."""

from functools import lru_cache

from archive.dictionary import CACHED_WORDS, is_word, noun_cuts, noun_lemma

SHORTEST_COMPOUND = 7
SHORTEST_PART = 3
SHORT_PARTS = frozenset(
    "amt arm art bad bau bus eis erz gas gut hof jod lok not ohr ort rad rat reh rot see tag tal tee tod "
    "ton tor tür uhr weg zug öko bio".split()
)
# Endings and beginnings that the dictionary takes for words.
NO_PARTS = frozenset(
    "aura beit bewerb boo chen cher deut dezi dien dung egel eilung eins elle ende erbil ern erst ertag "
    "ford gart gaza gemein gen generat gesell halt hausa heit hint hinter ihre iker inne innen ion "
    "isch isen ismus kata keit klei laus leich leit leut lich ling login mach mehli mente mini mitt "
    "nach nehmen ober papp port profi ration rau reff regis rial riff ring rinne ritt robe rung runge "
    "samt sarin schaft send sonde stag stell stelle steller ster sterin stier tand tang tann teil tein "
    "tran tube ungen unter verb vorder vors weis willigen witz zwischen über".split()
)
FRONTS = frozenset({"innen"})  # of NO_PARTS, but parts all the same where a compound begins
# What stands between the parts: Zuwendung-s-bescheid, Kind-er-garten, Straße-n-bau; "" comes first.
LINKS = ("", "s", "n", "en", "er", "es", "e")


@lru_cache(maxsize=CACHED_WORDS)
def split(low: str) -> tuple[str, ...]:
    """Every part of a compound, also of its parts; () where it is none.

    All ways to cut count: Hochwasserschutz is Hochwasser|schutz and Hoch|wasserschutz.
    """
    found: list[str] = []
    for cut in noun_cuts(low):
        if cut >= SHORTEST_PART and _is_head(head := low[cut:]) and (front := _front(low[:cut])):
            found += (*front, head, *split(head))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=CACHED_WORDS)
def _front(low: str) -> tuple[str, ...]:
    for link in LINKS if low.endswith(LINKS[1:]) else LINKS[:1]:
        if low.endswith(link) and _is_front(stem := low.removesuffix(link)):
            return (stem, *split(stem))
    for stem in (low, low[:-1]) if low.endswith("s") else (low,):
        if len(stem) >= SHORTEST_COMPOUND and (pieces := split(stem)):
            return pieces
    return ()


@lru_cache(maxsize=CACHED_WORDS)
def _is_head(piece: str) -> bool:
    noun = noun_lemma(piece) if _is_part(piece) else None
    return noun is not None and noun.lower() not in NO_PARTS


def _is_front(piece: str) -> bool:
    """Nouns, and also verb stems, adjectives and nouns that lose their e: Förder-, Neu-, Schul-."""
    if not _is_part(piece) or (piece in NO_PARTS and piece not in FRONTS):
        return False
    return is_word(piece) or noun_lemma(piece + "e") is not None


def _is_part(piece: str) -> bool:
    return len(piece) > 3 or piece in SHORT_PARTS
