"""Noun phrases of a sentence: who gives, who gets, and for what."""

import re
from collections.abc import Sequence

from pipeline.extract.grants.frames import Frame
from pipeline.extract.grants.sentence import Sentence
from pipeline.extract.mentions import Span, overlaps

_LONGEST = 140
_STOP = re.compile(
    r"[,;:!?()–—„]|\.(?:\s|$)|\s(?:mit|zur|zum|bei|am|um|durch|aus|über|für|an|ab|als|bis|seit|sowie|bevor|während|wird|werden"
    r"|wurde|wurden|worden|ist|sind|hat|haben|will|wollen|soll|sollen|kann|können|übergeben|überreicht|gefördert"
    r"|unterstützt|bezuschusst|bewilligt|zugesagt|zugesichert|bereit|bereitgestellt|zur Verfügung|erhalten|bekommen"
    r"|ausgezahlt|gewährt|genehmigt|fließen|fließt|flossen|gehen|geht|gingen|erhält|bekommt|erhielt|bei|zu|fördert"
    r"|fördern|verwendet|genutzt|eingesetzt|entgegen|freigegeben|ausgereicht|vergeben|gezahlt|aushändigt|heute|gestern"
    r"|in Höhe von|i\. ?H\. ?v\.|vom|von der EU|einen|einem|stellt|gibt|zahlt|übernimmt|steuert)\b"
)
_ARTICLE = re.compile(
    r"(?:die|der|das|den|dem|des|ein|eine|einen|einem|einer|ihre[nmr]?|seine[nmr]?|beim|diese[nmr]?|de[rn]en|auch|dann"
    r"|so|nun|jetzt|somit|damit|zudem|darüber hinaus|insgesamt|weitere[nr]?|jeweils)\s+",
    re.IGNORECASE,
)
_FOR = re.compile(r"\bfür\s+(?!rund\b|je\b)(?=\D)")
_TO = re.compile(r"\b(?:zur|zum)\s+(?=[A-ZÄÖÜ])(?!Verfügung|Teil\b|Beispiel|Preis)")
_AT = re.compile(r"\ban\s+(?=[a-zäöü]+\s+[A-ZÄÖÜ„]|[A-ZÄÖÜ„])(?!Fördermitteln|Zuschüssen|Mitteln|Landesmitteln|Unterstützung|Hilfen)")
_INTO = re.compile(r"\b(?:in|ins|nach)\s+(?:den|die|das|dem|der)?\s*(?=[A-ZÄÖÜa-zäöü])(?!Höhe|diesem|Kürze)")
_THING = re.compile(
    r"\b\w*(?:[Bb]au|[Ss]anierung|[Ee]rweiterung|[Pp]rojekt\w*|[Vv]orhaben|[Mm]odernisierung|[Aa]usbau|[Uu]mbau|[Ee]rneuerung"
    r"|[Ee]rrichtung|[Aa]rbeit|[Kk]auf|[Aa]nschaffung|[Ee]inrichtung|[Ee]rsatzneubau|[Uu]mgestaltung|[Mm]aßnahme\w*|[Ww]eg"
    r"|[Ss]traße|[Bb]rücke|[Hh]alle|[Rr]estaurierung|[Ff]orschung|[Ee]ntwicklung|[Bb]eschaffung|[Bb]etrieb|[Ff]estival"
    r"|[Aa]usstellung|[Kk]onzept|[Pp]lanung|[Ss]tudie|[Ff]ahrzeug|[Gg]ebäude|[Ss]chutz|[Ss]icherung|[Aa]ufbau|[Ss]pielplatz)"
    r"(?:s|es|en|e|n)?\b"
)
_PREPOSITIONAL = re.compile(r"(?:Für|Mit|In|Im|Am|An|Aus|Von|Vom|Zur|Zum|Bei|Auf|Seit|Nach|Heute|Gestern|Damit|Dafür|Dazu|Über|Um|Beim|Bis|Insgesamt|Rund)\b")
_INSTITUTION = (
    r"(?:Land(?: (?:Thüringen|Hessen|Sachsen(?:-Anhalt)?|Brandenburg|Berlin|Niedersachsen|Nordrhein-Westfalen|NRW|Bremen"
    r"|Hamburg|Rheinland-Pfalz|Schleswig-Holstein|Baden-Württemberg|Mecklenburg-Vorpommern))?|Bund|Freistaat(?: [A-ZÄÖÜ]\w+)?"
    r"|Bundesregierung|Landesregierung|Europäischen? Union|EU|(?:[A-ZÄÖÜ][a-zäöüß]*-?)?[Mm]inisterium(?: für [A-ZÄÖÜ]\w+)?"
    r"|Staatskanzlei|[A-ZÄÖÜ]\w*stiftung|Stiftung [A-ZÄÖÜ]\w+|[A-ZÄÖÜ]\w*aufbaubank|Aufbaubank|Senat|Kabinett)"
)
_GIVER = re.compile(rf"(?<!er )(?<!-)\b{_INSTITUTION}(?![\w-])")
_BY = re.compile(rf"\b(?:vom|von der|von dem|durch das|durch den|durch die)\s+(?P<giver>{_INSTITUTION})(?![\w-])")


def phrase(text: str, start: int, limit: int) -> str | None:
    """The noun phrase that begins at text[start], without its article; None if there is none."""
    limit = min(limit, start + _LONGEST)
    article = _ARTICLE.match(text, start, limit)
    while article:
        start = article.end()
        article = _ARTICLE.match(text, start, limit)
    if text[start : start + 1] == "„":
        closing = re.compile("[“”\"]").search(text, start, limit)
        return text[start : closing.end()] if closing else None
    stop = _STOP.search(text, start, limit)
    found = text[start : stop.start() if stop else limit].strip(" .“”\"\n-")
    return found if any(letter.isupper() for letter in found) and len(found) > 1 else None


def giver(sentence: Sentence, frame: Frame, people: Sequence[Span]) -> str | None:
    """The minister or institution that gives; after "vom" and "durch" when the verb's subject is someone else."""
    subject_gives = frame.role in ("hand", "give", "support") and not frame.passive
    if not subject_gives:
        by = _BY.search(sentence.text)
        return by["giver"] if by else _person_by(sentence, people)
    institution = next(
        (match for match in _GIVER.finditer(sentence.text) if not _in_oblique(sentence.text, match.start())), None
    )
    person = next((span for span in people if not _in_oblique(sentence.text, span[0])), None)
    if person and (institution is None or frame.role == "hand" or person[0] < institution.start()):
        return sentence.text[person[0] : person[1]]
    return institution.group() if institution else None


def _person_by(sentence: Sentence, people: Sequence[Span]) -> str | None:
    for start, end in people:
        if re.search(r"\b(?:von|durch|aus den Händen von)\s+(?:\w+\s)?\Z", sentence.text[max(0, start - 30) : start]):
            return sentence.text[start:end]
    return None


def _in_oblique(text: str, start: int) -> bool:
    """Whether the name there hangs on a preposition: "an Minister X", "im Land", "vom Bund"."""
    return re.search(r"\b(?:an|von|vom|im|in|beim|des|mit|durch|aus|bei|zum|fürs|im ganzen|dem|für)\s(?:den |die |das |dem |der )?\Z", text[max(0, start - 16) : start]) is not None


def recipient_and_purpose(sentence: Sentence, frame: Frame, taken: Sequence[Span]) -> tuple[str | None, str | None]:
    """Who gets the money and for what; `taken` are spans of givers and days."""
    recipient = _after(sentence, _AT, taken) if frame.role != "get" else None
    purpose = _after(sentence, _FOR, taken) or _after(sentence, _TO, taken)
    if frame.role == "flow" and purpose is None:
        purpose = _after(sentence, _INTO, taken)
    core = _core(sentence, frame, taken)
    if core and frame.role == "get":
        recipient = core
    elif core and _THING.search(core.split(" in ")[0]):
        purpose = purpose or core
    elif core:
        recipient = recipient or core
    return recipient, purpose


def _after(sentence: Sentence, opener: re.Pattern[str], taken: Sequence[Span]) -> str | None:
    first, last = sentence.amount
    hits = [match for match in opener.finditer(sentence.text) if not overlaps(*match.span(), taken)]
    hits.sort(key=lambda match: (match.start() < last, abs(match.start() - last)))
    for match in hits:
        limit = first if match.start() < first else len(sentence.text)
        limit = min([limit, *(span[0] for span in taken if span[0] >= match.end())])
        found = phrase(sentence.text, match.end(), limit)
        if found:
            return found
    return None


def _core(sentence: Sentence, frame: Frame, taken: Sequence[Span]) -> str | None:
    """Subject of "erhält" and of the passive, object of "unterstützt … mit", dative of "übergab … den Bescheid"."""
    if frame.verb is None or frame.role in ("give", "flow"):
        return None
    text, (begin, finish) = sentence.text, sentence.clause
    verb = next((word for word in sentence.within_clause() if frame.passive and word.lower in ("wird", "werden", "wurde", "wurden")), frame.verb)
    fronted = text[begin : verb.start].strip()
    if (frame.passive or frame.role == "get") and fronted and not _PREPOSITIONAL.match(fronted):
        if re.match(r"(?:die|der|das|den)\b", fronted) and begin > 2 and text[begin - 2] == ",":
            return _antecedent(text, begin)
        found = phrase(text, begin, verb.start)
        if found:
            return found
    limit = min([sentence.amount[0] if verb.end <= sentence.amount[0] else finish, *(s for s, _ in taken if s >= verb.end)])
    start = max([verb.end, *(end for start, end in taken if verb.end <= start <= verb.end + 2)]) + 1
    if start > limit:
        return None
    return phrase(text, _past_giver(text, start), limit)


def _past_giver(text: str, start: int) -> int:
    named = re.compile(rf"(?:das|der|die)\s+{_INSTITUTION}\s+").match(text, start)
    return named.end() if named else start


def _antecedent(text: str, begin: int) -> str | None:
    before = text[: begin - 2]
    head = re.search(r"(?:\b(?:die|der|das|den|dem|eine?[nmr]?)\s+)?([A-ZÄÖÜ„][^,;:]*)\Z", before)
    return head[1].strip() if head else None
