"""Whether a sentence looks back or ahead: what decides which Friday "am Freitag" is."""

import re

from pipeline.extract.dates.clauses import CLAUSE, clause_around, sentence
from pipeline.extract.dates.cues import HAD_TO, HAS, HAS_OPEN, WORD, cue
from pipeline.extract.dates.leads import (
    is_aftermath,
    is_before_event,
    is_invited_to,
    is_labelled_ahead,
    of_lead,
)
from pipeline.extract.dates.verbs import (
    AHEAD,
    AUXILIARIES,
    EXTENDS,
    FUTURE,
    HAPPENS,
    LOOKS_AHEAD,
    LOOKS_BACK,
    NO_VERB,
    OPEN,
    PAST,
    PLANNED,
    PREFIXED_PARTICIPLE,
    REACTS,
    REPORTS,
    STATES,
    URGED,
    is_present,
    is_preterite,
)

_OPENINGS = frozenset(
    (
        "",
        "am",
        "im",
        "an diesem",
        "in der",
        "bereits am",
        "schon am",
        "erst am",
        "noch am",
        "gleich am",
        "bis",
        "bis zum",
    )
)
_BEFORE = {"seit": PAST, "ab": FUTURE, "bis": FUTURE, "für": FUTURE, "spätestens": FUTURE, "zum": FUTURE}

# "Beide brechen am Montag auf": the verb in the plural, right before the day.
_PLURAL_BEFORE = re.compile(
    r"[\w)“] (?P<verb>(?!den |einen |allen |vielen |neuen |ersten |(?:vor)?gestern |sondern )"
    r"[a-zäöüß]{3,}(?:en|eln|ern)) (?:(?:schon|bereits|erst|noch) )?(?:am )?\Z"
)
_OFFICE = re.compile(r"\s(?:selbst\s|noch\s)?[A-ZÄÖÜ][\w-]+(?:\s(?:in|im|von|bei|der|des)\s[^,.;\n]{1,40})?")
_HAD = frozenset(("hatte", "hatten", "wurde", "wurden", "war", "waren"))
_TIME_LEFT = frozenset(("Zeit", "Gelegenheit", "Möglichkeit"))
# Of "Am Samstag und Sonntag fahren Busse", the verb stands behind the last of the days.
_FINITE = re.compile(
    r"(?:,?\s(?:und|oder|sowie|bis)\s(?:am\s)?(?:(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch|Sonnabend))*"
    r"\s([^\W\d_]+)"
)
# "Am Freitag verabschiedet, am Montag veröffentlicht:"
_DONE = re.compile(r"(?!erwartet)(?:ver|be|er|ent|zer)\w+(?:t|en)\Z|\w+iert\Z")
_SPEAKS = re.compile(r"\s(?![a-zäöüß]+te\s)[a-zäöüß]+e\sich\b")  # "am Sonntag telefoniere ich"
_BREAKS = re.compile(r"[,:](?!\s(?:wer|was|ob|wie|dass|der|die|das|wenn)\b)|\n")
_BUT = re.compile(r",\s(?:doch|aber|allerdings|stattdessen)\s")
_OPENING_MARKS = "„“»«\"'("
# "der am Neujahrstag verunglückt und seit April wieder im Dienst ist"
_DONE_AND_IS = re.compile(
    r"\s(?:[\w-]+\s){0,4}(?:(?:ver|er|be|ent|zer)[a-zäöüß]+|[a-zäöü]{0,5}ge[a-zäöüß]+)(?:t|en)\sund\s[^,.;!?]*"
    r"\s(?:ist|sind|hat|haben|war|waren)[,.;]"
)
_RELATIVE = re.compile(r"\s?(?:der|die|das|wer)\s(?:am|im|an|in|zu|seit|bereits\s(?:am|im))\s\Z")
_DONE_THEN = re.compile(
    r"\s((?:ver|er|be|ent|zer|über|unter)[a-zäöüß]+(?:t|en)|[a-zäöü]{0,6}ge[a-zäöüß]+(?:t|en)|[a-zäöü]+iert)"
    r"\s(?:erst\s|schon\s|bereits\s)?(?:am|im|vom|zum|Anfang|Mitte|Ende)?\s?"
)
_NO_PRESENT = NO_VERB | LOOKS_BACK
_PRESENT_AFTER_AND = re.compile(r"\sund\s(?P<verb>[a-zäöüß]{3,}t)\s")


def direction(text: str, low: str, start: int, end: int) -> int:
    """PAST, FUTURE, PLANNED or OPEN for a time expression at text[start:end]; `low` is that text lowered.

    What stands right before it speaks first, then the verb behind it, its clause and the sentence.
    """
    if _SPEAKS.match(text, end):
        return FUTURE
    begin, stop = sentence(low, start, end)
    if low[end - 1 : end] == "." and text[end : end + 1] == " " and text[end + 1 : end + 2].isupper():
        stop = end
    before = [word.lstrip(_OPENING_MARKS) for word in low[begin:start].rsplit(None, 2)[-2:]]
    told = of_lead(text, low, start, end, before)
    if not told and low[begin:start].strip(' „"“»–-') in _OPENINGS:
        verb = _FINITE.match(text, end)
        told = _of_head(text, verb, stop) if verb else OPEN
    if not told and low.startswith(": ", begin - 2) and is_labelled_ahead(low, start):
        return FUTURE
    if told:
        return told
    present = _PRESENT_AFTER_AND.search(text, begin, start)
    if present and present["verb"] not in _NO_PRESENT and not CLAUSE.search(low, present.end(), start):
        return FUTURE  # "wurde geschlossen und macht am Samstag wieder auf"
    first, last = clause_around(low, begin, start, end, stop)
    if _RELATIVE.fullmatch(low, first, start) and _DONE_AND_IS.match(text, end):
        return PAST
    done = _DONE_THEN.fullmatch(text, first, start) if text[end : end + 1] == "," else None
    if done and done[1] not in NO_VERB and done[1] not in AHEAD:
        return PAST  # "die Vereinbarung, unterzeichnet am 4. April, gilt weiter"
    told = _of_clause_head(text, low, (first, last), start, end) if first > begin else OPEN
    if told:
        return told
    clause = cue(text[first:last])
    if clause == PAST:
        words = set(text[first:last].split())
        if is_invited_to(low, start, words):
            return FUTURE
        if not _is_deadline(text, before, words, end):
            return PAST
    if clause != PAST and before[-1:] == ["am"] and is_before_event(low, start):
        return FUTURE
    if clause == FUTURE and _BUT.match(text, last) and " sollte" in text[first:last]:
        return PAST  # "sollte am Freitag unterschrieben werden, doch …"
    if not clause and is_aftermath(low, start) and not REACTS.isdisjoint(low[first:last].split()):
        return PAST
    plural = _PLURAL_BEFORE.search(text, first, start) if first > begin and not clause else None
    if plural and is_present(plural["verb"]):
        return FUTURE  # "sie trafen sich Montag, sie verhandeln Freitag weiter"
    lead = next((_BEFORE[word] for word in reversed(before) if word in _BEFORE), OPEN)
    if lead and before[-1] != "zum" and clause != PLANNED:
        return lead
    of_clause = text[first : first + 6].lstrip().startswith(("dass ", "ob "))
    if before == ["noch", "im"] and not clause:
        return FUTURE  # "sagte, das Geld fließe noch im Januar"
    told = clause or (OPEN if of_clause else cue(text[begin:last]) or cue(text[begin:stop])) or lead
    return told or _of_list_head(text, low, begin)


def _of_list_head(text: str, low: str, begin: int) -> int:
    """ "Gezahlt wurde in Raten: 10.000 Euro im Januar, 20.000 im Mai" """
    if not low.startswith(": ", begin - 2) or not low[begin].isdigit():
        return OPEN
    return cue(text[sentence(low, begin - 2, begin - 2)[0] : begin - 2])


def _of_clause_head(text: str, low: str, clause: tuple[int, int], start: int, end: int) -> int:
    """What the verb says behind a time expression that heads its clause: ", Montag liegen Werte vor"."""
    first, last = clause
    head = low[first:start].strip()
    if (
        head == "bis"
        and text[first - 1] == ","
        and _OFFICE.fullmatch(text, end, last)
        and text[last : last + 1] == ","
    ):
        return PAST  # "Hövelmann, bis April selbst Landrat, lobte"
    verb = _FINITE.match(text, end) if head in _OPENINGS else None
    if verb is None:
        return OPEN
    if verb[1].islower() and text[verb.end() : verb.end() + 1] == "," and text[first - 1] == ",":
        return PAST  # "die Gespräche, am Montag vertagt, gehen weiter"
    if PREFIXED_PARTICIPLE.match(verb[1]) or verb[1].startswith("ge"):
        return OPEN
    return _of_finite(text, verb, last)


def _of_head(text: str, verb: re.Match[str], stop: int) -> int:
    """What the word behind a time expression says that heads a sentence or a line."""
    if _DONE.match(verb[1]) and _BREAKS.match(text, verb.end()):
        return PAST
    return _of_finite(text, verb, stop)


def _of_finite(text: str, verb: re.Match[str], last: int) -> int:
    """What the verb says, unless "beziffert hatte man" or "hat zu" shows it to be something else."""
    comma = text.find(",", verb.end(), last)
    told, rest = _of_verb(verb[1]), text[verb.end() : last if comma < 0 else comma].split()
    if verb[1] in HAS and rest and (rest[-1].rstrip(".!") in HAS_OPEN or not _TIME_LEFT.isdisjoint(rest)):
        return FUTURE
    return OPEN if told == FUTURE and not _HAD.isdisjoint(rest) else told


def _is_deadline(text: str, before: list[str], words: set[str], end: int) -> bool:
    """Whether "bis Freitag" or "ab Freitag" lies ahead though the verb of the clause looks back."""
    if not before or before[-1] not in ("bis", "ab"):
        return False
    if before[-1] == "bis" and not URGED.isdisjoint(words):
        return True  # "hatte auf eine Entscheidung bis Juni gedrängt"
    if not HAD_TO.isdisjoint(words):
        return False  # "Schulen durften ab Freitag öffnen"
    told = bool(words & LOOKS_BACK) or any(is_preterite(word) for word in words)
    if before[-1] == "bis" and told and not words & EXTENDS:
        return bool(_TIME_LEFT & words) and bool(HAS & words)
    if AUXILIARIES & words:
        return bool(_TIME_LEFT & words) and bool(HAS & words)  # "hat bis Dezember Zeit"
    verb = _FINITE.match(text, end) if before[-1] == "bis" else None
    return not (verb and (verb[1] in LOOKS_BACK or is_preterite(verb[1])))  # "wer bis 15. März buchte"


def _of_verb(word: str) -> int:
    """What the verb says that German puts right after a time expression at the head of a sentence."""
    if word in LOOKS_BACK or is_preterite(word):
        return PAST
    if word in ("ist", "sind") or word in REPORTS or not word.islower():
        return OPEN
    return FUTURE if word in LOOKS_AHEAD or (word.endswith(("t", "en")) and word not in NO_VERB) else OPEN


def announces(text: str, low: str, start: int, end: int) -> bool:
    """Whether a sentence that is neither past nor future has a verb in the present: releases announce so."""
    begin, stop = sentence(low, start, end)
    plural = _PLURAL_BEFORE.search(text, begin, start)
    if plural and is_present(plural["verb"]):
        return True
    return any(
        len(word) > 4
        and word.endswith("t")
        and word.islower()
        and word not in NO_VERB
        and word not in REPORTS
        for word in WORD.findall(text[begin:stop])
    )


def is_general(text: str, low: str, start: int, end: int) -> bool:
    """Whether a sentence with "heute" speaks of how things are, not of something that happens that day."""
    begin, stop = sentence(low, start, end)
    words = set(WORD.findall(low[begin:stop]))
    if "uhr" in words or cue(text[begin:stop]) == PAST or words & HAPPENS:
        return False
    return bool(words & STATES) or low.startswith("?", stop)
