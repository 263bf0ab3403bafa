"""German compounds cut into the words that they are made of."""

from functools import lru_cache

from archive.dictionary import CACHED_WORDS, as_written, noun_cuts, noun_lemma

SHORTEST_COMPOUND = 7
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
    found: dict[str, None] = {}
    for cut in noun_cuts(low):
        head = low[cut:]
        if (
            cut >= 3
            and _is_part(head)
            and (noun := noun_lemma(head))
            and noun.lower() not in NO_PARTS
            and (front := _front(low[:cut]))
        ):
            found.update(dict.fromkeys((*front, head, *split(head))))
    return tuple(found)


@lru_cache(maxsize=CACHED_WORDS)
def _front(low: str) -> tuple[str, ...]:
    for link in LINKS:
        if not low.endswith(link):
            continue
        stem = low.removesuffix(link)
        kept_apart = stem in NO_PARTS and stem not in FRONTS
        if _is_part(stem) and not kept_apart and (noun_lemma(stem) or _is_stem(stem)):
            return (stem, *split(stem))
    for link in LINKS[:2]:
        stem = low.removesuffix(link)
        if low.endswith(link) and len(stem) >= SHORTEST_COMPOUND and (pieces := split(stem)):
            return pieces
    return ()


def _is_part(piece: str) -> bool:
    return len(piece) > 3 or piece in SHORT_PARTS


def _is_stem(piece: str) -> bool:
    """Verb stems, adjectives and nouns that lose their e: Förder-, Neu-, Schul-."""
    return as_written(piece) is not None or noun_lemma(piece + "e") is not None
