"""Subject and object of a verb of giving: "Gotha erhält", "unterstützt den Bau", "Bau, den er fördert"."""

import re
from collections.abc import Sequence

from pipeline.extract.grants import cues
from pipeline.extract.grants.frames import Frame
from pipeline.extract.grants.phrases import phrase
from pipeline.extract.grants.sentence import Sentence
from pipeline.extract.mentions import Span

_RELATIVE = re.compile(r",\s(?=(?:die|der|das|den|dem|wofür|womit|wozu)\s)")
_PART_BEGINS = re.compile(r"[,;:] |\) (?:und )?")
# An article, but no genitive ("Dach der Kirche") and no place ("Haus in der Stadt").
_NOUN_BEGINS = re.compile(
    r"(?<!\bin )(?<!\ban )(?<!\bauf )(?<!\bbei )"
    r"\b(?:die|das|den|dem|ein|eine|einen|einem|(?<=[a-zäöü] )der)\s(?=[A-ZÄÖÜ„])"
)
_FINITE = cues.AUXILIARIES | cues.INTENTIONS | {"kann", "können", "darf", "dürfen", "konnte", "konnten"}
_OBJECT_BEHIND = re.compile(r"\s(?=(?:die|den|das|der)\s[A-ZÄÖÜ])")
_MEANS = ("wofür", "womit", "wozu")
_OFFICES = ("Bürgermeister", "Landrat", "Landrätin", "Oberbürgermeister", "Ortsbürgermeister", "Präsident")
_GIVER_REACH = 6  # letters between the verb and a giver behind it: an article


def argument(sentence: Sentence, frame: Frame, taken: Sequence[Span], who: Span | None) -> str | None:
    """Subject of "erhält" and of the passive, object of "unterstützt … mit", who has a paper to thank."""
    text, (begin, _) = sentence.text, sentence.clause
    if frame.role in ("give", "flow"):
        return _antecedent(text, begin - 2) if text.startswith(_MEANS, begin) else None
    finite = _finite(sentence, frame)
    if finite is None:
        return None
    if frame.verb and text.endswith(" zu ", 0, frame.verb.start):  # "…, den Flughafen mit 4 Euro zu fördern"
        return phrase(text, begin, sentence.amount[0])
    if begin and _RELATIVE.match(text, begin - 2):
        return _antecedent(text, begin - 2)
    parts = _parts(sentence, frame, finite, who)
    found = next((one for part in parts if (one := _free(sentence, part, taken))), None)
    if frame.role == "hand" and found:  # "überreichte Bürgermeister Meier einen Bescheid"
        return found if found.startswith(_OFFICES) else None
    return found


def _finite(sentence: Sentence, frame: Frame) -> Span | None:
    """The finite verb of the clause: an auxiliary where the verb of giving is no finite form."""
    verb = frame.verb
    helpers = (
        word
        for word in sentence.within_clause()
        if word.lower in _FINITE and (verb is None or frame.passive or word.start < verb.start)
    )
    chosen = next(helpers, verb)
    return (chosen.start, chosen.end) if chosen else None


def _parts(sentence: Sentence, frame: Frame, finite: Span, who: Span | None) -> list[Span]:
    """Where in the clause to look, in this order: before or behind its finite verb."""
    fronted, middle = (sentence.clause[0], finite[0]), (finite[1], sentence.clause[1])
    verb_is_behind = sentence.amount[1] <= finite[0]
    if frame.role == "paper":
        return [middle if verb_is_behind else fronted]
    if frame.role == "hand":
        return [] if verb_is_behind else [middle]
    if frame.role == "get" and verb_is_behind:  # "Die Spende über 5 Euro nahm der Chor entgegen"
        return [middle]
    if frame.role == "get" or frame.passive:
        verb_leads = frame.verb is not None and frame.verb.start < finite[0]  # "Gefördert wird der Bau"
        return [middle] if verb_leads else [fronted, middle]
    giver_is_behind = who is not None and finite[1] <= who[0] <= finite[1] + _GIVER_REACH
    return [fronted, middle] if giver_is_behind else [middle]


def _free(sentence: Sentence, part: Span, taken: Sequence[Span]) -> str | None:
    """The first noun phrase of a part of the sentence that is neither giver, nor day, nor amount."""
    text, (first, last), (start, limit) = sentence.text, sentence.amount, part
    while start < limit:
        while start < limit and text[start] in " ,":
            start += 1
        skip = next((end for begin, end in (*taken, (first, last)) if begin - 4 <= start < end), None)
        if skip is None:
            break
        start = skip
    limit = min([limit, *(begin for begin, _ in taken if begin > start)])
    found = phrase(text, start, min(limit, first) if start < first else limit)
    if found or start >= first or last >= part[1]:
        return found
    return phrase(text, last, part[1]) if _OBJECT_BEHIND.match(text, last, part[1]) else None


def _antecedent(text: str, comma: int) -> str | None:
    """What a relative clause after the comma is about."""
    before = max((match.end() for match in _PART_BEGINS.finditer(text, 0, comma)), default=0)
    heads = [match.start() for match in _NOUN_BEGINS.finditer(text, before, comma)]
    return (phrase(text, heads[-1], comma) if heads else None) or phrase(text, before, comma)
