"""What the words of a clause say of its time: auxiliaries, adverbs, participles and the forms of verbs."""

import re
from functools import lru_cache

from pipeline.extract.dates.verbs import (
    AHEAD,
    AHEAD_NOW,
    AUXILIARIES,
    FUTURE,
    INTENTS,
    LOOKS_AHEAD,
    LOOKS_BACK,
    NO_VERB,
    OPEN,
    PAST,
    PLANNED,
    REACTS,
    REPORTS,
    STRONG_PRESENT,
    SUBJUNCTIVES,
    is_adjective,
    is_adverb,
    is_participle,
    is_prefixed_present,
    is_prefixed_strong,
    is_preterite,
)

HAS = frozenset(("hat", "haben"))
HAS_OPEN = frozenset(("zu", "auf", "frei", "dicht", "Zeit", "geöffnet", "geschlossen"))
HAD_TO = frozenset("musste mussten konnte konnten durfte durften".split())
WORD = re.compile(r"[^\W\d_]+")
_TO_BE = frozenset("wird werden werde würde würden".split())
_HAS_DONE = HAS | {"hatte", "hatten"}
# "sollte ursprünglich am 15. Juli fertig sein", "war für Oktober geplant": then or still to come
_WAS_TO = frozenset(("sollte", "sollten", "wollte", "wollten", "gerechnet", "ausgegangen"))
_AT_FIRST = frozenset("ursprünglich eigentlich zunächst anfangs".split())
_WOULD = frozenset(("hätte", "hätten"))
_WAS = frozenset(("war", "waren", "ursprünglich", "bereits"))
_MEANT = AHEAD | {"angekündigt", "eingeplant", "gedacht"}
_MEMBERS = frozenset(
    "gemeldet versichert eingetragen angemeldet registriert eingeschrieben beschäftigt immatrikuliert".split()
)
_ASKED = frozenset(("eingeladen", "gebeten"))
# "kündigte an, die Zahlen im Mai zu erläutern"
_TO_DO = re.compile(r"\szu\s[a-zäöüß]+e?n\b|\s[a-zäöüß]+(?<!hin)zu[a-zäöüß]{2,}en\b")
_PERHAPS_DONE = re.compile(r"be|ver|er|ent|zer|ge|\w+iert\Z|\w{2,5}ge")
_TE = ("te", "ten")
_AS = frozenset(("wie", "anders", "als"))
_MODALS = frozenset("will wollen möchte möchten soll sollen kann können darf dürfen muss müssen".split())
_IS = frozenset(("ist", "sind"))
_IF = frozenset("wenn sobald falls sofern solange ehe bevor damit".split())


def _is_done(word: str) -> bool:
    """ "angekündigt", "erwartet" """
    return is_participle(word) or (_PERHAPS_DONE.match(word) is not None and word.endswith(("t", "en")))


def _is_verb_first(word: str) -> bool:
    """ "Im Januar beschlossen, wirkt das Paket im Mai": a main clause after another one."""
    return word in STRONG_PRESENT or (
        len(word) > 3
        and word.endswith("t")
        and word.islower()
        and word not in NO_VERB
        and word not in REPORTS
        and word not in REACTS
        and not _PERHAPS_DONE.match(word)
    )


@lru_cache(maxsize=16)
def cue(clause: str) -> int:
    """PAST, FUTURE, PLANNED or OPEN, whichever most of the words speak for."""
    words = WORD.findall(clause)
    known = {words[0].lower(), *words[1:]} if words else set()
    past, future = known & LOOKS_BACK, known & LOOKS_AHEAD
    if "zurück" in known and known & {"liegt", "liegen"}:
        return PAST  # "sieben Wochen liegt der 11. September zurück"
    if not past and words and words[0].lower() in _AS and not known & _IS and _is_done(words[-1]):
        return PAST  # "wie im Mai angekündigt"
    if past and past <= HAS and words[-1] in HAS_OPEN:
        return FUTURE  # "Freitag hat das Bürgerbüro zu"
    if past and past <= HAS and words[-1] in HAS and words[-2:-1] and words[-2][0].isupper():
        past = set()  # "wer keinen Bescheid hat" has it now
    if (
        past
        and past <= HAS
        and words[-1] in _MODALS
        and words[-2:-1] == ["haben"]
        and not _is_done("".join(words[-3:-2]))
    ):
        past = set()  # "wer am Freitag frei haben will"
    if (known & _AT_FIRST and known & _WAS_TO) or ("sollen" in known and known & _WOULD):
        return PLANNED
    if not _TO_BE.isdisjoint(known):
        return PAST if past & {"hat", "wurde", "wurden"} or not HAD_TO.isdisjoint(known) else FUTURE
    if known & INTENTS and not past & AUXILIARIES:
        return FUTURE
    if past:
        if "worden" in known or past & _HAS_DONE:
            return PAST
        if past <= _WAS and known & _MEANT and known.isdisjoint(_ASKED):
            return PLANNED
        return FUTURE if known & AHEAD else PAST
    if words and words[0].lower() == "wer" and known & _MEMBERS:
        return FUTURE  # "wer am 1. Oktober im Land gemeldet ist"
    if known & {"ist", "sind", "sei"}:
        if known & AHEAD_NOW and "worden" not in known:
            return FUTURE
        if any(is_participle(word) and not is_adverb(words, at) for at, word in enumerate(words)):
            return PAST
        future = future or known & {"ist", "sind"}
    if words and is_prefixed_strong(words[-1]):
        return PAST
    if any(
        word.endswith(_TE) and is_preterite(word) and not is_adjective(words, at) and words[at - 1] != "zu"
        for at, word in enumerate(words)
    ):
        return PAST
    if _TO_DO.search(clause) or future or not SUBJUNCTIVES.isdisjoint(words):
        return FUTURE
    if words and (_is_verb_first(words[0]) or is_prefixed_present(words[-1])):
        return FUTURE
    if words and words[0].lower() in _IF and words[-1].endswith(("t", "en")) and not is_participle(words[-1]):
        return FUTURE
    return PAST if words and is_participle(words[-1]) and words[-1] not in AHEAD_NOW else OPEN
