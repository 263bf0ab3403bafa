"""Who gets the money, and for what: from prepositions, cases and the place of words about the verb."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.extract.grants import cues
from pipeline.extract.grants.frames import Frame
from pipeline.extract.grants.phrases import NOT_IN_A_NAME, phrase
from pipeline.extract.grants.sentence import Sentence
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
    r"\b\w*(?:[Bb]au|[Ss]anierung|[Ee]rweiterung|[Pp]rojekt\w*|[Vv]orhaben|[Mm]odernisierung|[Ee]rneuerung|[Ii]nvestition(?:en)?"
    r"|[Ee]rrichtung|[Aa]rbeit(?:en)?|[Kk]auf|[Aa]nschaffung|[Ee]inrichtung|[Gg]estaltung|[Mm]aßnahmen?|[Ww]egs?|[Ss]traßen?"
    r"|[Bb]rücken?|[Hh]alle|[Rr]estaurierung|[Ff]orschung|[Ee]ntwicklung|[Bb]eschaffung|[Bb]etrieb|[Ff]estivals?|[Bb]ahnstrecke"
    r"|[Aa]usstellung|[Kk]onzepts?|[Pp]lanung|[Ss]tudie|[Ff]ahrzeugs?|[Gg]ebäudes?|[Ss]chutz|[Ss]icherung|[Aa]ufbau|[Ss]pielplatz"
    r"|[Oo]rgel|[Dd]ach|Mauer|Burg|Schloss)(?:s|es)?(?![\w-])"
)
_ARTICLE = 6  # letters of an article before a person: "an den Minister"
_RELATIVE = re.compile(r",\s(?=(?:die|der|das|den|dem|wofür|womit|wozu)\s)")
_PART_BEGINS = re.compile(r"[,;:] |\) (?:und )?")
# An article, but no genitive ("Dach der Kirche") and no place ("Haus in der Stadt").
_NOUN_BEGINS = re.compile(
    r"(?<!\bin )(?<!\ban )(?<!\bauf )(?<!\bbei )"
    r"\b(?:die|das|den|dem|ein|eine|einen|einem|(?<=[a-zäöü] )der)\s(?=[A-ZÄÖÜ„])"
)
_FINITE = cues.AUXILIARIES | cues.INTENTIONS | {"kann", "können", "darf", "dürfen", "konnte", "konnten"}


class Received(NamedTuple):
    recipient: str | None
    purpose: str | None


def received(sentence: Sentence, frame: Frame, taken: Sequence[Span], who: Span | None) -> Received:
    """Recipient and purpose; `taken` are spans of people, institutions, days and other amounts."""
    purpose = _behind(sentence, _FOR, taken) or _behind(sentence, _TO, taken)
    if frame.role == "flow":
        purpose = purpose or _behind(sentence, _INTO, taken)
    if frame.verb and frame.verb.lower.startswith("beteilig"):
        purpose = purpose or _behind(sentence, _SHARE, taken)
    recipient = None
    if frame.role in ("hand", "give", "flow", "paper", "headline"):
        recipient = _behind(sentence, _AT, taken)
    if frame.role in ("hand", "give", "paper"):
        recipient = recipient or _behind(sentence, _DATIVE, taken)
    core = _core(sentence, frame, taken, who)
    if core is None:
        return Received(recipient, purpose)
    if frame.role != "get" and _THING.search(re.split(r" (?:in|im|an) ", core)[0]):
        return Received(recipient, purpose or core)
    return Received(core if frame.role == "get" else recipient or core, purpose)


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


def _core(sentence: Sentence, frame: Frame, taken: Sequence[Span], who: Span | None) -> str | None:
    """Subject of "erhält" and of the passive, object of "unterstützt … mit", who has a paper to thank."""
    text, (begin, _) = sentence.text, sentence.clause
    if frame.role in ("give", "flow", "headline", "list"):
        return _antecedent(text, begin - 2) if text.startswith(("wofür", "womit", "wozu"), begin) else None
    finite = _finite(sentence, frame)
    if finite is None:
        return None
    if frame.verb and text.endswith(" zu ", 0, frame.verb.start):  # "…, den Flughafen mit 4 Euro zu fördern"
        return phrase(text, begin, sentence.amount[0])
    if begin and _RELATIVE.match(text, begin - 2):
        return _antecedent(text, begin - 2)
    fronted, middle = (begin, finite[0]), (finite[1], sentence.clause[1])
    if frame.role == "paper":
        return _free(sentence, middle if finite[0] >= sentence.amount[1] else fronted, taken)
    if frame.role == "hand":
        return None if finite[0] > sentence.amount[0] else _person_in_dative(sentence, middle, taken)
    if (
        frame.role == "get" and sentence.amount[1] <= finite[0]
    ):  # "Die Spende über 5 Euro nahm der Chor entgegen"
        return _free(sentence, middle, taken)
    if frame.role == "get" or frame.passive:
        subject_first = frame.verb is None or frame.verb.start >= finite[0]  # not "Gefördert wird der Bau"
        return (_free(sentence, fronted, taken) if subject_first else None) or _free(sentence, middle, taken)
    inverted = who is not None and finite[1] <= who[0] <= finite[1] + 6
    return (_free(sentence, fronted, taken) if inverted else None) or _free(sentence, middle, taken)


def _finite(sentence: Sentence, frame: Frame) -> Span | None:
    """The finite verb of the clause: an auxiliary where the verb of giving is no finite form."""
    words = sentence.within_clause()
    if frame.verb and frame.verb.lower not in _FINITE:
        helpers = [
            word
            for word in words
            if word.lower in _FINITE and (frame.passive or word.start < frame.verb.start)
        ]
        chosen = helpers[0] if helpers else frame.verb
    else:
        helpers = [word for word in words if word.lower in _FINITE]
        if not helpers:
            return None
        chosen = helpers[0]
    return chosen.start, chosen.end


def _free(sentence: Sentence, part: Span, taken: Sequence[Span]) -> str | None:
    """The first noun phrase of a part of the sentence that is neither giver, nor day, nor amount."""
    start, limit = part
    first, last = sentence.amount
    while start < limit:
        while start < limit and sentence.text[start] in " ,":
            start += 1
        skip = next((end for begin, end in (*taken, (first, last)) if begin - 4 <= start < end), None)
        if skip is None:
            break
        start = skip
    limit = min([limit, *(begin for begin, _ in taken if begin > start)])
    if start < first:
        limit = min(limit, first)
    found = phrase(sentence.text, start, limit)
    if found or start >= first or last >= part[1]:
        return found
    behind = re.compile(r"\s(?=(?:die|den|das|der)\s[A-ZÄÖÜ])").match(sentence.text, last, part[1])
    return phrase(sentence.text, last, part[1]) if behind else None


def _person_in_dative(sentence: Sentence, part: Span, taken: Sequence[Span]) -> str | None:
    """ "überreichte Bürgermeister Meier einen Bescheid": an office without an article."""
    found = _free(sentence, part, taken)
    offices = (
        "Bürgermeister",
        "Landrat",
        "Landrätin",
        "Oberbürgermeister",
        "Ortsbürgermeister",
        "Präsident",
        "Vereinschef",
    )
    return found if found and found.startswith(offices) else None


def _antecedent(text: str, comma: int) -> str | None:
    """What a relative clause after the comma is about."""
    before = max((match.end() for match in _PART_BEGINS.finditer(text, 0, comma)), default=0)
    heads = [match.start() for match in _NOUN_BEGINS.finditer(text, before, comma)]
    return (phrase(text, heads[-1], comma) if heads else None) or phrase(text, before, comma)
