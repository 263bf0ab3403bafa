"""What the words right before a time expression say of its side: "seit", "für", "vom", "zur Wahl am"."""

import re

from pipeline.extract.dates.lexicon import MONTHS
from pipeline.extract.dates.verbs import ARTICLES, FUTURE, OPEN, PAST, PLANNED

# "das am Montag vorgestellte Werk", "die am Freitag beginnende Messe", "das am Freitag vom Bund gebilligte"
_ATTRIBUTE = re.compile(
    r"(?:(?:\s[a-zäöüß]+){0,3}\s(?:(?P<ahead>[a-zäöüß]+nd|geplant|vorgesehen|anstehend|angesetzt)"
    r"|[a-zäöüß]{2,}(?:t|en))"
    r"|(?:\s[\w-]+){1,4}\s(?:(?P<ahead_too>[a-zäöüß]+nd|geplant|vorgesehen|angesetzt)"
    r"|(?:[a-zäöüß]{0,5}ge|be|ver|er|ent|zer)[a-zäöüß]{3,}(?:t|en)|[a-zäöüß]{3,}iert))e[nrsm]?\s[A-ZÄÖÜ]"
)
# "nach dem Großbrand am Freitag", of which a headline's verb says no more
_AFTER_EVENT = re.compile(r"\bnach\s(?:[\w-]+\s){1,4}(?:am|vom|von)\s\Z")
_BEFORE_EVENT = re.compile(r"\b(?:vor|vorm)\s(?:der|dem|den)?\s?(?:[\w-]+\s){1,4}am\s\Z")
_WHO = re.compile(
    r"(?:\A|\n)(?:[A-ZÄÖÜ][\w-]*)?(?:[Mm]inister|[Ss]enator|[Ss]ekretär|[Pp]räsident|[Kk]anzler|[Bb]ürgermeister)"
    r"(?:in)?(?:\s[A-ZÄÖÜ][\w.-]+){0,3}\sam\s\Z"
)
# "Start am Freitag: …", where nothing says that it is over
_EVENT = re.compile(
    r"(?:\A|\n|:\s)(?:\w+en?\s)?(?:[\w-]*(?:start|eröffnung|auftakt|beginn|premiere|konferenz|gespräch|treffen|fest|feier|markt"
    r"|tagung|messe|kongress|konzert|aktionstag|infotag|warnstreik|demonstration|kundgebung|führung|führungen"
    r"|sprechstunde|sprechtag|tag der offenen tür|termin|termine|lesung|vortrag|übung|probealarm|sperrung"
    r"|wahl|wahlen|abstimmung|entscheid|gartenschau|ergebnisse|entscheidung|urteil|fertigstellung|freigabe|einweihung|anhörung"
    r"|abschluss))\s(?:[\w-]+\s){0,3}(?:am|im|ab)\s\Z"
)
_LOOKS_FORWARD = re.compile(r"\bfreu\w+\s(?:mich|uns|sich)\s(?:[a-zäöüß]+\s){0,2}auf\s(?:den\s)?\Z")
_SINCE_EVENT = re.compile(r"\bseit\s(?:dem|der|den)\s(?:[\w-]+\s){1,3}am\s\Z")
_TO_EVENT = re.compile(r"\b(?:zu|zum|zur)\s(?:[\w-]+\s){1,5}am\s\Z")
_INVITES = frozenset("lud luden einlud einluden eingeladen rief riefen aufgerufen".split())
_WHERE = re.compile(r"\s(?:in|im|auf|bei|beim|zu Gast|an der|am)\s[^.!?\n]*(?:\n|\Z)")
_PUT_OFF = re.compile(
    r"[^.!?;\n]{0,60}\s(?:vertagt|verschoben|verlegt|terminiert|angesetzt|datiert|festgelegt)(?![a-zäöüß])"
)
# "Fertigstellung: November", "Nächster Termin: Ende November"
_LABEL = re.compile(
    r"(?:\A|\n|[.;–-]\s)(?:[^\n.;:]{0,40}\s)?(?:geplante\s|voraussichtliche\s)?(?:nächste[rns]?\s\w+|weitere\stermine?"
    r"|fertigstellung|inbetriebnahme|(?:bau|projekt|programm|kurs|verkaufs)?(?:beginn|start|ende)|abschluss"
    r"|eröffnung|[a-zäöü]*(?:frist|schluss)|geplant|voraussichtlich|(?:letzte\s)?(?:möglichkeit|chance)):\s(?:(?:ab|am|bis|zum|im|anfang|mitte|ende)\s)*\Z"
)
_FIGURE_AFTER = re.compile(r"\s(?:lautet|ergibt|ergab|ergaben|weist|weisen|meldet|melden|meldete|meldeten)\s")
_FIGURES = frozenset("zahlen daten ergebnisse werte angaben statistik".split())
_MEANT = re.compile(r"[^.!?;\n]{0,60}\s(?:vorgesehen|geplant|angesetzt|terminiert|anberaumt)(?![a-zäöüß])")
_SUMMONED = re.compile(
    r"[^.!?;\n]{0,80}\s(?:eingeladen|einberufen|angekündigt|angesetzt|anberaumt|zugesagt|versprochen)(?![a-zäöüß])"
)
_REMEMBERS = re.compile(r"\b(?:erinner\w+|denk\w*|dachte\w*|gedenk\w*)\s[^.,;!?]{0,30}an\sd(?:as|en)\s\Z")
_TO_SPAN = re.compile(
    r"\bauf\s(?:das|die)\s(?:[a-zäöüß]+\s)?(?:wochenende|tage|zeit|nacht|feiertage|ferien)\sv(?:on|om)\s\Z"
)
_WAS = re.compile(r"\bwar(?:en)?\s[^.!?\n]*\Z")
_SEASONS = ("frühjahr", "frühling", "sommer", "herbst", "winter")
_SINCE = frozenset(("seit", "rückwirkend", "nachträglich"))
_AT_FIRST = frozenset(("ursprünglich", "eigentlich", "zunächst"))
_FIRSTS = frozenset(("termin", "aus", "über", "an"))
_STANDS = (" ist ", " steht ")
_INFLECTED = ("en", "es", "em")
_TWO = 2
_MONTHS = tuple(MONTHS)
_SPANS = (*_MONTHS, *_SEASONS)
# "wegen des trockenen Februars", "nach dem milden Januar"
_OWING_TO = re.compile(
    r"\b(?:(?:wegen|infolge|trotz|dank|aufgrund)\s(?:de[sm]|eines|einem)\s(?:[a-zäöüß]+en\s)?"
    r"|nach\s(?:dem|einem)\s(?!(?:kommend|nächst|übernächst|laufend)en)[a-zäöüß]+en\s)\Z"
)
_DAY = re.compile(r"\d|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag")
_WORD_BEFORE = 60
_AWAITED = re.compile(r"[^.!?;\n]{0,40}\s(?:abgewartet|abwarten|erwartet|warten)(?![a-zäöüß])")
_ONWARDS = re.compile(r",?\s(?:an|bis|und|auf)\b|\s?[-–]")
_TOPIC = re.compile(
    r"\b(?:zur|zum|über\s(?:die|den|das)|auf\s(?:die|den|das)|vor\s(?:der|dem))\s[\w-]+\sam\s\Z"
)
_BALLOTS = ("wahl am ", "wahlen am ", "abstimmung am ", "volksentscheid am ")
_AHEAD_OF = re.compile(
    r"(?:(?:blick auf|vorfeld)\s(?:\w+\s){0,2}[\w-]+"
    r"|(?P<near>zur|vor\sder|vor\sden|für\sdie)\s[\w-]*(?:wahl|wahlen|abstimmung|volksentscheid))\sam\s\Z"
)


def of_lead(text: str, low: str, start: int, end: int, before: list[str]) -> int:
    """What the two words before a time expression say, and the participle behind it."""
    if not before:
        return OPEN
    first, word = before[0], before[-1]
    if word in _SINCE or first in _SINCE:
        return PAST
    told = OPEN
    if word == "am":
        told = _of_on(low, start, end, first)
    elif word == "für" or first == "für":
        told = _of_for(low, start, end, first, word)
    elif word == "auf" or first == "auf":
        told = _of_onto(low, start, end)
    elif word in ("vom", "von"):
        told = _of_from(text, low, start, end, first)
    elif first in _FIRSTS:
        told = _of_pair(low, start, end, first, word)
    if told:
        return told
    if word.endswith(_INFLECTED) and low.startswith(_SPANS, start) and _in_window(_OWING_TO, low, start):
        return PAST
    attribute = _ATTRIBUTE.match(text, end) if first in ARTICLES and len(before) == _TWO else None
    if attribute:
        return FUTURE if attribute["ahead"] or attribute["ahead_too"] else PAST
    return OPEN


def _in_window(pattern: re.Pattern[str], low: str, start: int) -> bool:
    """Whether a pattern ends with the words right before an offset."""
    return pattern.search(low, start - _WORD_BEFORE if start > _WORD_BEFORE else 0, start) is not None


def _of_on(low: str, start: int, end: int, first: str) -> int:
    if _is_since_event(low, start):
        return PAST
    if first == "auf" and _in_window(_LOOKS_FORWARD, low, start):
        return FUTURE
    if _is_event_ahead(low, start) or (first == "termin" and low.startswith(_STANDS, end)):
        return FUTURE
    return OPEN


def _of_for(low: str, start: int, end: int, first: str, word: str) -> int:
    was = _in_window(_WAS, low, start)
    if was and _MEANT.match(low, end):
        return PLANNED
    month = low.startswith(_MONTHS, start)
    if word == "für" and ((month and first in _AT_FIRST) or _FIGURE_AFTER.match(low, end)):
        return PAST  # "ursprünglich für Mai geplant", "für Oktober lautet der vorläufige Wert"
    if _DAY.match(low, start):
        return FUTURE  # "lud für Mittwoch ein"
    if word == "für" and month and first in _FIGURES:
        return PAST  # "die Zahlen für September liegen Ende des Monats vor"
    if word == "für" and month and not was and _SUMMONED.match(low, end):
        return FUTURE  # "hat die Kommission für Mai eingeladen"
    return FUTURE if word in ("das", "den") and low.startswith(_SEASONS, start) else OPEN


def _of_onto(low: str, start: int, end: int) -> int:
    if _in_window(_LOOKS_FORWARD, low, start):
        return FUTURE
    if _in_window(_WAS, low, start) and _MEANT.match(low, end):
        return PLANNED
    put_off = _DAY.match(low, start) and _PUT_OFF.match(low, end)
    return FUTURE if put_off else OPEN  # "wurde auf Freitag verschoben"


def _of_from(text: str, low: str, start: int, end: int, first: str) -> int:
    if _in_window(_TO_SPAN, low, start):
        return FUTURE
    month = low.startswith(_MONTHS, start)
    if month and first == "die":
        return PAST  # "weniger als die vom Mai"
    if not low.endswith("vom ", 0, start):
        return OPEN
    if month and not _goes_further(low, end):
        noun = text[max(0, start - _WORD_BEFORE) : start].split()[-2:-1]
        return PAST if noun and noun[0][0].isupper() else OPEN  # "die Schätzung vom Mai"
    return PAST if _is_dated_so(text, low, start, end) else OPEN  # "die Mitteilung vom Dienstag"


def _of_pair(low: str, start: int, end: int, first: str, word: str) -> int:
    if first == "termin":
        return FUTURE if word == "im" and low.startswith(_STANDS, end) else OPEN
    if first == "aus":
        return (
            PAST if word == "dem" and low.startswith(_MONTHS, start) else OPEN
        )  # "Schäden aus dem November"
    if first == "über":
        return FUTURE if word in ("den", "das") and low.startswith(" hinaus", end) else OPEN
    return PAST if word in ("den", "das") and _in_window(_REMEMBERS, low, start) else OPEN


def _goes_further(low: str, end: int) -> bool:
    """ "vom Mai an", "die Schätzung vom Mai abgewartet" """
    return (_ONWARDS.match(low, end) or _AWAITED.match(low, end)) is not None


def is_aftermath(low: str, start: int) -> bool:
    """ "nach dem Unfall am Freitag" """
    return _AFTER_EVENT.search(low, max(0, start - _WORD_BEFORE), start) is not None


def is_invited_to(low: str, start: int, words: set[str]) -> bool:
    """ "lud zu einem Gespräch am Freitag ein" """
    if _INVITES.isdisjoint(words):
        return False
    return _TO_EVENT.search(low, max(0, start - _WORD_BEFORE), start) is not None


def is_before_event(low: str, start: int) -> bool:
    """ "vor der Umstellung auf den Euro am 1. Januar" """
    return _BEFORE_EVENT.search(low, max(0, start - _WORD_BEFORE), start) is not None


def is_appointment(text: str, low: str, start: int, end: int) -> bool:
    """ "Ministerin Werner am Freitag in Gera": a headline without a verb that says where to be."""
    first = max(0, start - _WORD_BEFORE)
    if _WHO.search(text, first, start) and _WHERE.match(text, end):
        return True
    return _EVENT.search(low, first, start) is not None


def is_labelled_ahead(low: str, start: int) -> bool:
    """ "Fertigstellung: November" """
    window = low[max(0, start - _WORD_BEFORE) : start]
    return ": " in window and _LABEL.search(window) is not None


def is_topic(low: str, start: int) -> bool:
    """Whether a day belongs to what somebody spoke about: "berichtete zur Einschulung am 10. September"."""
    return _TOPIC.search(low, max(0, start - _WORD_BEFORE), start) is not None


def _is_since_event(low: str, start: int) -> bool:
    """ "seit dem Unwetter am Freitag" """
    window = low[max(0, start - _WORD_BEFORE) : start]
    return "seit " in window and _SINCE_EVENT.search(window) is not None


def _is_event_ahead(low: str, start: int) -> bool:
    """ "mit Blick auf die Tagung am", "zur Bundestagswahl am": whatever the verb says."""
    window = low[max(0, start - _WORD_BEFORE) : start]
    if not (window.endswith(_BALLOTS) or "blick auf " in window or "vorfeld " in window):
        return False
    found = _AHEAD_OF.search(window)
    dated = low[start].isdigit() and found is not None and (found["near"] or "").startswith("vor")
    return found is not None and not dated  # "hatte vor der Wahl am 29. Februar versprochen"


def _is_dated_so(text: str, low: str, start: int, end: int) -> bool:
    """ "die Mitteilung vom Dienstag", "nach dem Beschluss vom 10. November", not "vom 3. Mai bis …" """
    if _ONWARDS.match(low, end) or not _DAY.match(low, start):
        return False
    if not low[start].isdigit():
        return True
    words = text[max(0, start - _WORD_BEFORE) : start].split()
    return "bis" not in low[start:end] and len(words) > 1 and words[-2][0].isupper()
