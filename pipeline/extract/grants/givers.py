"""Who gives: the minister or the institution that is the subject, or that stands after "vom" and "durch"."""

import re
from collections.abc import Sequence
from itertools import compress

from archive.memory import Memory
from pipeline.extract.grants.frames import Frame
from pipeline.extract.grants.sentence import Sentence
from pipeline.extract.mentions import Span

_LANDS = (
    "Thüringen|Hessen|Sachsen-Anhalt|Sachsen|Brandenburg|Berlin|Niedersachsen|Nordrhein-Westfalen|NRW|Bremen|Hamburg"
    "|Rheinland-Pfalz|Schleswig-Holstein|Baden-Württemberg|Mecklenburg-Vorpommern|Saarland|Bayern"
)
_FIELD = r"[A-ZÄÖÜ][\w-]+"
_INSTITUTION = (
    rf"(?:Land(?:es)?(?<![a-zß]{{2}}er Land)(?: (?:{_LANDS}))?|Freistaat(?:es|s)?(?: (?:{_LANDS}))?"
    r"|Bund(?:es)?|Bundesregierung|Landesregierung|Europäischen? Union|EU|Staatskanzlei"
    r"|Europäischen? Kommission|Senat|Kabinett"
    rf"|(?:[A-ZÄÖÜ][a-zäöüß]+-?)?[Mm]inisterium(?: für {_FIELD}(?:(?:, {_FIELD})* und {_FIELD})?)?"
    rf"|(?:Landes|Bundes)amt(?: für {_FIELD}(?: und {_FIELD})?)?"
    rf"|[A-ZÄÖÜ]\w*(?:stiftung|aufbaubank|verwaltungsamt)|Aufbaubank|Stiftung {_FIELD})(?![\w-])"
)
_NAMED = re.compile(_INSTITUTION)
_LAST_PARTS = ("ministerium", "stiftung", "aufbaubank", "verwaltungsamt", "landesamt", "bundesamt")
_WHOLE = frozenset(
    """
    land landes bund bundes freistaat freistaats freistaates bundesregierung landesregierung
    europäische europäischen eu staatskanzlei senat kabinett
    """.split()
)
_BY = re.compile(
    r"\b(?:[Vv]o[mn]|[Dd]urch|[Aa]us Mitteln"
    r"|[Aa]us (?:de[rm] )?\w*(?:förderung|programm|fonds|topf|haushalt|mitteln))"
    r"(?: de[rmsn]| das| die)? \Z"
)
_OBLIQUE = re.compile(
    r"\b(?:an|von|vom|im|in|beim|des|mit|durch|aus|bei|zum|zur|dem|für)\s(?:(?:den|die|das|dem|der|Herrn|Frau)\s)?\Z"
)
_BACK = 48  # how far a preposition and an article reach
_REPORTS = re.compile(
    r"[^,;.]{0,60}\b(?:mitteilte|mitteilt|sagte|erklärte|betonte|ankündigte|erläuterte|berichtete|informierte)\b"
)
_BY_PERSON = re.compile(r"\b(?:von|durch)\s(?:der\s|den\s)?\Z")


def institutions(sentence: Sentence) -> list[Span]:
    """Where institutions that give are named."""
    words = sentence.words
    places = compress(words.starts, map(_may_be_institution, words.lower))
    return [match.span() for place in places if (match := _NAMED.match(sentence.text, place))]


_may_be_institution = Memory(lambda word: word in _WHOLE or word.endswith(_LAST_PARTS)).__getitem__


def giver(sentence: Sentence, frame: Frame, people: Sequence[Span], named: Sequence[Span]) -> Span | None:
    """The span of who gives, in offsets of the sentence."""
    text = sentence.text
    if frame.role in ("hand", "give", "support") and not frame.passive:
        subjects = [span for span in named if _is_subject(text, span)]
        persons = [span for span in people if _is_subject(text, span) and not _REPORTS.match(text, span[1])]
        person, body = _nearest(sentence, persons), _nearest(sentence, subjects)
        if person and (body is None or frame.role == "hand" or person[0] < body[0]):
            return person
        if body:
            return body
    named = [span for span in named if not _is_of_another(sentence, span)]
    by = next((span for span in named if _BY.search(text, max(0, span[0] - _BACK), span[0])), None)
    return by or next(
        (span for span in people if _BY_PERSON.search(text, max(0, span[0] - _BACK), span[0])), None
    )


def _is_of_another(sentence: Sentence, span: Span) -> bool:
    """ "fließen 900.000 Euro, davon kommen 600.000 Euro vom Land": in the clause of the next amount."""
    return span[0] >= max(sentence.share[1], sentence.clause[1])


def _is_subject(text: str, span: Span) -> bool:
    return not _OBLIQUE.search(text, max(0, span[0] - _BACK), span[0])


def _nearest(sentence: Sentence, spans: Sequence[Span]) -> Span | None:
    """The first in the clause of the amount; in the whole sentence only if this is its first amount."""
    begin, finish = sentence.clause
    own = next((span for span in spans if begin <= span[0] < finish), None)
    if own or sentence.share[0]:
        return own
    return next(iter(spans), None)
