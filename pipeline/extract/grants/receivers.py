"""Who gets the money, and for what: from prepositions and cases, and from the verb's subject and object."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from archive.memory import Memory
from pipeline.extract.grants.arguments import argument
from pipeline.extract.grants.frames import Frame
from pipeline.extract.grants.phrases import NOT_IN_A_NAME, phrase
from pipeline.extract.grants.sentence import Sentence
from pipeline.extract.grants.sentences import sentence_before
from pipeline.extract.mentions import Span, overlaps

_FOR = re.compile(rf"[Ff]ür(?<!\w[Ff]ür){NOT_IN_A_NAME}\s+(?=\D)(?!rund\b|je\b)")
_TO = re.compile(r"[Zz]u[rm](?<!\w[Zz]u[rm])\s+(?=[A-ZÄÖÜ])(?!Verfügung|Teil\b|Beispiel|Preis|Ersten|Zug\b)")
_AT = re.compile(
    r"[Aa]n(?<!\w[Aa]n)\s+(?!der\b|dem\b)(?=[a-zäöü]+\s+[A-ZÄÖÜ„]|[A-ZÄÖÜ„])(?!\w*(?:[Mm]ittel|Zuschüsse|Unterstützung|Hilfe|Förder)\w*\b|Bord|Stelle)"
)
_INTO = re.compile(
    r"(?:[Ii]ns?|[Nn]ach)(?<!\w[Ii]n)(?<!\w[Ii]ns)(?<!\w[Nn]ach)\s+(?!Höhe|diesem|Kürze|Form)(?=(?:den|die|das|dem|der)?\s*[A-ZÄÖÜ])"
)
_SHARE = re.compile(r"(?<!\w)[Aa](?:m|n der|n den|n dem)\s+(?=[A-ZÄÖÜ])")
_DATIVE_PREPOSITIONS = (
    "[Mm]it [Ii]n [Vv]on [Bb]ei [Aa]us [Nn]ach [Aa]uf [Zz]u [Aa]n [Uu]nter [Nn]eben [Ss]eit".split()
)
_AFTER_PREPOSITION = "".join(rf"(?<!\b{word} [Dd]e[mrn])" for word in _DATIVE_PREPOSITIONS)
_BODIES = (
    "[Ss]tadt|[Gg]emeinde|[Kk]ommune|[Hh]ochschule|[Uu]niversität|[Ff]euerwehr|[Ss]chule|[Ff]irma|[Gg]esellschaft"
    "|GmbH|[Gg]enossenschaft|[Ss]tiftung|[Kk]lini[ck]|[Tt]afel|Region|[Gg]emeinschaft|[Kk]irche|[Kk]ita"
)
_MANY = (
    "[Gg]emeinden|[Kk]ommunen|[Ss]tädten|[Kk]reisen|[Vv]ereinen|[Ss]chulen|[Ff]irmen|[Uu]nternehmen|[Bb]etrieben"
    "|[Kk]liniken|Ländern|[Tt]rägern|[Vv]erbänden|[Ff]euerwehren"
)
_DATIVE = re.compile(
    rf"[Dd]e(?:m|r(?=\s+(?:\w+\s)?\w*(?:{_BODIES})\b)|n(?=\s+(?:\w+\s)?\w*(?:{_MANY})\b))"
    rf"(?<!\w[Dd]e[mrn]){_AFTER_PREPOSITION}\s+(?=(?:\w+\s)?[A-ZÄÖÜ„])"
)
_THING = re.compile(
    r"\w*(?:[Bb]au|[Ss]anierung|[Ee]rweiterung|[Pp]rojekt\w*|[Vv]orhaben|[Mm]odernisierung|[Ee]rneuerung|[Ii]nvestition(?:en)?"
    r"|[Ee]rrichtung|[Aa]rbeit(?:en)?|[Kk]auf|[Aa]nschaffung|[Ee]inrichtung|[Gg]estaltung|[Mm]aßnahmen?|[Ww]egs?|[Ss]traßen?"
    r"|[Bb]rücken?|[Hh]alle|[Rr]estaurierung|[Ff]orschung|[Ee]ntwicklung|[Bb]eschaffung|[Bb]etrieb|[Ff]estivals?|[Bb]ahnstrecke"
    r"|[Aa]usstellung|[Kk]onzepts?|[Pp]lanung|[Ss]tudie|[Ff]ahrzeugs?|[Gg]ebäudes?|[Ss]chutz|[Ss]icherung|[Aa]ufbau|[Ss]pielplatz"
    r"|[Dd]rehleiter|[Aa]nlage|[Ll]eitung|[Ww]ache|[Oo]rgel|[Dd]ach|Mauer|Burg|Schloss)(?:s|es)?"
)
_WORD = re.compile(r"\w+(?![\w-])")
_PLACED = re.compile(r" (?:in|im|an) ")
_ARTICLE = 6  # letters of an article before a person: "an den Minister"


class Received(NamedTuple):
    recipient: str | None
    purpose: str | None


def received(sentence: Sentence, frame: Frame, taken: Sequence[Span], who: Span | None) -> Received:
    """Recipient and purpose; `taken` are spans of people, institutions, days and other amounts."""
    purpose = _behind(sentence, _FOR, taken) or _behind(sentence, _TO, taken)
    if frame.role == "flow":
        purpose = purpose or _behind(sentence, _INTO, taken)
    if _says_share(sentence, frame):
        purpose = purpose or _behind(sentence, _SHARE, taken)
    recipient = None
    if frame.role in ("hand", "give", "flow", "paper", "headline"):
        recipient = _behind(sentence, _AT, taken)
    if frame.role in ("hand", "give", "paper"):
        recipient = recipient or _behind(sentence, _DATIVE, taken)
    core = argument(sentence, frame, taken, who)
    if core is None:
        return Received(recipient, purpose)
    if frame.role != "get" and _is_thing(core):
        return Received(recipient, purpose or core)
    return Received(core if frame.role == "get" else recipient or core, purpose)


def _says_share(sentence: Sentence, frame: Frame) -> bool:
    """ "beteiligt sich an der Sanierung", "der Anteil des Landes an der Sanierung" """
    if frame.verb:
        return frame.verb.lower.startswith("beteilig")
    return frame.role == "paper" and "nteil" in sentence.text


def shared(sentence: Sentence) -> str | None:
    """What somebody bears a part of: "Der Neubau kostet 2 Millionen, davon trägt das Land 1 Million"."""
    begin, end = sentence.clause
    clause = sentence.text[begin:end]
    if not begin or not (_OF_IT.match(clause) or _TO_IT.search(clause)):
        return None
    whole = phrase(sentence.text, 0, begin)
    return whole if whole and _is_thing(whole) else None


_OF_IT = re.compile(r"(?:davon|wovon)\b|\S+ (?:\w+\.? )?(?:Euro|€) davon\b", re.IGNORECASE)
_TO_IT = re.compile(r"\bdazu\W*\Z")


def told_before(text: str, start: int, sentence: Sentence) -> str | None:
    """What the sentence before text[start:] says the cost of: "Der Neubau kostet 2 Euro. Davon trägt …"."""
    if not _BACKWARD.search(sentence.text):
        return None
    first, last = sentence_before(text, start)
    costs = _COSTS.match(text, first, last)
    whole = phrase(text, costs.end() if costs else first, last)
    return whole if whole and (costs or _is_thing(whole)) else None


_BACKWARD = re.compile(r"\b(?:[Dd]avon|[Dd]afür|[Hh]iervon|[Dd]azu|[Rr]est|zu)\b")
_COSTS = re.compile(
    r"(?:Die|Der|Das|Für)\s(?:\w*[Kk]osten|\w*[Aa]ufwand)?\s?(?:für |von )?"
    r"(?=(?:die|den|das|der|des)\s[A-ZÄÖÜ])"
)


def _is_thing(core: str) -> bool:
    """Whether the phrase, up to where it says its place, names something that is built or bought."""
    return any(_names_thing[word] for word in _WORD.findall(_PLACED.split(core, maxsplit=1)[0]))


_names_thing = Memory(lambda word: _THING.fullmatch(word) is not None)


def _behind(sentence: Sentence, opener: re.Pattern[str], taken: Sequence[Span]) -> str | None:
    """The phrase after the opener nearest to the amount, rather behind it than before it."""
    first, last = sentence.amount
    left, right = sentence.share
    hits = [
        match for match in opener.finditer(sentence.text, left, right) if not overlaps(*match.span(), taken)
    ]
    if opener is not _DATIVE:  # of datives the first counts, what follows is a genitive
        hits.sort(key=lambda match: (match.start() < last, abs(match.start() - last)))
    for match in hits:
        limit = first if match.start() < first else right
        limit = min([limit, *(start for start, _ in taken if start > match.end() + _ARTICLE)])
        found = phrase(sentence.text, match.end(), limit)
        if found:
            return found
    return None
