"""What stands before a unit of time: "Ende des vergangenen", "in den letzten zehn", "jeden zweiten"."""

import re
from dataclasses import dataclass

from pipeline.extract.dates.lexicon import ANAPHORIC, PARTS_OF_SPAN, SHIFTS
from pipeline.extract.dates.numerals import VAGUE, cardinal, ordinal
from pipeline.extract.dates.reading import Reading

_TOKEN = re.compile(r"[^\s(„\"»“'\[]+")
_ARTICLES = frozenset("der die das den dem des jener jenem jene".split())
_EVERY = frozenset("jede jeder jedes jeden jedem alle allen".split())
_PER = frozenset(("pro", "je"))
_ABOUT = frozenset(
    "fast gut knapp rund etwa ca. circa ungefähr über mindestens höchstens nur genau mehr als"
    " weniger bis zu gerade nahezu erst schon kaum einmal nicht weit beinahe maximal allein".split()
)
_PREPOSITIONS = frozenset(
    "in im am vor seit nach für binnen innerhalb während um auf von vom beim übers unter über zum"
    " zu an ab bis mit zur gegenüber".split()
)
_HALVES = frozenset("halb halbe halbes halben halber".split())
_FILLERS = frozenset(
    "lange langen ganze ganzen ganzes volle vollen volles knappes knappen gutes guten weitere"
    " weiteren weiterer wertvolles aufeinanderfolgenden folgenden gemeinsamen gemeinsame"
    " zusätzliche zusätzlichen einzelnen kurzen kurze".split()
)
_MORE_THAN = re.compile(r"(?:mehr|weniger) als ")
_COMPARED = re.compile(r"(?:prozent|%|prozentpunkte|euro|€|tonnen|menschen|personen|fälle|\d) \Z")
_REACH, _MOST_WORDS = 72, 8


@dataclass(slots=True)
class Phrase:
    """The words before a unit, sorted by what they say."""

    start: int
    number: float | None = None
    vague: bool = False
    half: bool = False
    long: bool = False
    ordinal: int | None = None
    shift: int | None = None
    anaphoric: int | None = None
    article: str = ""
    every: bool = False
    per: bool = False
    part: str = ""
    about: bool = False
    preposition: str = ""


def phrase_before(reading: Reading, start: int) -> Phrase:
    """Reads backwards from a unit as long as the words belong to it."""
    phrase = Phrase(start)
    low = reading.low
    begin = max(reading.done, start - _REACH)
    tokens = list(_TOKEN.finditer(low, begin, start))[-_MOST_WORDS:]
    right = start
    for token in reversed(tokens):
        if token.start() == begin and begin > 0 and low[begin - 1].isalnum():
            break
        if "\n\n" in low[token.end() : right] or low[token.end() : right].strip(" \t\u00a0\n"):
            break
        if not _take(phrase, token[0]):
            break
        right = token.start()
        if token[0] in _PREPOSITIONS and not phrase.about:
            phrase.preposition = token[0]
            if phrase.article or phrase.number or phrase.shift is not None or phrase.vague or phrase.per:
                _look_for_part(phrase, tokens, token)
            break
        phrase.start = right
    more = _MORE_THAN.match(low, phrase.start) if phrase.about else None
    if more and low[phrase.start - 1 : phrase.start] == " " and _COMPARED.search(low, begin, phrase.start):
        phrase.start, phrase.about = more.end(), False  # "1,1 Prozent weniger als ein Jahr zuvor"
    if low.startswith(("zu ", "als "), phrase.start):
        phrase.about = phrase.about and not low.startswith(
            "als ", phrase.start
        )  # "weniger als ein Jahr zuvor"
        phrase.start = low.index(" ", phrase.start) + 1
    return phrase


def _look_for_part(phrase: Phrase, tokens: list[re.Match[str]], preposition: re.Match[str]) -> None:
    """ "Ende vom letzten Jahr", "zu Beginn" stays outside."""
    before = [token for token in tokens if token.end() <= preposition.start()]
    if preposition[0] == "von" and before and before[-1][0] in PARTS_OF_SPAN:
        phrase.part = before[-1][0]
        phrase.start = before[-1].start()


def _take(phrase: Phrase, word: str) -> bool:
    """Whether a word, read from right to left, belongs to the phrase."""
    if phrase.part or phrase.per:
        return False
    if word in SHIFTS and phrase.shift is None:
        phrase.shift = SHIFTS[word]
    elif word in ANAPHORIC and phrase.anaphoric is None and phrase.number is None:
        phrase.anaphoric = ANAPHORIC[word]
    elif word in _FILLERS:
        phrase.long = phrase.long or word.startswith("lang")
        return True
    elif word in _HALVES:
        phrase.half = True
    elif word in _EVERY:
        phrase.every = True
    elif _takes_number(phrase, word):
        return True
    elif word in PARTS_OF_SPAN:
        phrase.part = word
    elif word in _ARTICLES and not phrase.article:
        phrase.article = word
    elif word in _PER:
        phrase.per = True
    elif (
        word in _ABOUT
        and (phrase.number is not None or phrase.vague or phrase.about)
        and word not in ("bis",)
    ):
        phrase.about = True
    else:
        return word in _PREPOSITIONS
    return True


def _takes_number(phrase: Phrase, word: str) -> bool:
    if phrase.article or (phrase.number is not None and not (phrase.vague and word in ("ein", "den"))):
        return False
    if word in VAGUE:
        phrase.vague = True
        return True
    place = ordinal(word) if word not in ("acht",) else None
    if place is not None and phrase.shift is None and phrase.ordinal is None:
        phrase.ordinal = place
        return True
    number = cardinal(word)
    if number is None or phrase.ordinal is not None:
        return False
    phrase.number = number
    return True
