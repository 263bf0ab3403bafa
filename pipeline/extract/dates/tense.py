"""Whether a sentence looks back or ahead: what decides which Friday "am Freitag" is."""

import re

PAST, OPEN, FUTURE = -1, 0, 1

_PAST = frozenset(
    "hat haben hatte hatten wurde wurden worden war waren gewesen ging gingen fand fanden kam"
    " kamen gab nahm nahmen übergab übergaben stand standen sprach sprachen hielt hielten bekam"
    " bekamen erhielt erhielten trat traten begann begannen schloss schlossen traf trafen ließ"
    " ließen lief liefen lud luden lag lagen blieb blieben verlieh verliehen unterschrieb"
    " beschloss beschlossen unterzeichneten zog zogen starb starben fiel fielen unterstrich stieß"
    " verwies bewies beriet empfing verging entschied verschwand verstarb erwarb bezog flog"
    " erschien schien trug betrug schlug half warf sang gelang empfahl las saß bestand bestanden"
    " verstand übernahm übernahmen unternahm teilnahm vergab vergaben hob erhob bat galt riet bot"
    " hingen tagten schrieb wies hieß rief riefen warb sah sahen tat fuhr fuhren brachte brachten"
    " gewann gewannen verlor verloren stieg stiegen sank sanken wuchs wuchsen entstand entstanden"
    " ereignete bereits kürzlich".split()
)
_FUTURE = frozenset(
    "wird werden soll sollen will wollen möchte möchten plant planen lädt laden eingeladen"
    " geplant vorgesehen findet finden beginnt beginnen startet starten öffnet öffnen endet enden"
    " kommt kommen tritt treten folgt folgen übergibt übergeben besucht besuchen eröffnet stellt"
    " stellen nimmt nehmen reist reisen steht stehen spricht trifft läuft laufen berät beraten"
    " können kann tagt entscheidet verleiht empfängt informiert gastiert erscheint stattfindet"
    " geht gehen ansteht bevorsteht anstehende voraussichtlich spätestens ladet bittet müssen muss"
    " darf dürfen feiert feiern überreicht weiht zeichnet zeigt diskutiert diskutieren gelten gilt"
    " Termin Einladung Pressetermin Medieneinladung Fototermin Terminhinweis Presseeinladung termin einladung"
    " pressetermin medieneinladung fototermin terminhinweis presseeinladung"
    " rückt zieht treffen spielt spielen singt liest referiert wählt wählen gibt dauert bleibt"
    " vergibt berichten erläutern informieren präsentieren präsentiert schließt schließen macht".split()
)
_STATES = frozenset(
    "ist sind gibt kann können lebt leben weiß wissen gilt gelten darf dürfen muss müssen will"
    " wollen haben hat steht stehen sieht sehen macht machen nutzt nutzen arbeiten arbeitet"
    " glauben glaubt heißt braucht brauchen tut wäre wären spielt spielen liegt liegen fehlt"
    " fehlen hält halten zählt zählen besteht bestehen wohnt wohnen bietet bieten gehört gehören"
    " verfügt verfügen beträgt fordert scheint denkt denken spricht".split()
)
_HAPPENS = frozenset(
    "eröffnet beginnt startet findet stattfindet trifft treffen tagt besucht übergibt feiert wird"
    " werden lädt entscheidet kommt reist stellt vorgestellt übergeben eröffnen verleiht"
    " unterzeichnet vorstellt mitteilt teilte sagte mit gestern morgen".split()
) - {"mit"}
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
_REPORTS = frozenset(
    "sagt erklärt betont berichtet meldet fordert kritisiert warnt lobt bestätigt teilt"
    " mitgeteilt begrüßt heißt bereit verlangt landesweit bundesweit weltweit europaweit derzeit"
    " zurzeit dauerhaft fristgerecht verstärkt erneut direkt konkret insgesamt gesamt leicht"
    " nächst sofort bisweilen anerkannt bekannt".split()
)
_NO_VERB = frozenset(
    "mit seit selbst erst fast sonst jetzt dort nicht unweit gegen neben wegen zwischen unten"
    " oben morgen statt samt laut zuletzt zunächst bereits den einen einigen allen vielen weiteren"
    " insgesamt jeweils gemeinsam".split()
)
_INTENTS = frozenset(("soll", "sollen", "will", "wollen"))
_AUXILIARIES = frozenset("hat haben hatte hatten wurde wurden war waren".split())
# Participles after "ist" that speak of what lies ahead.
_AHEAD = frozenset(
    "geplant vorgesehen eingeladen angesetzt anberaumt terminiert beabsichtigt gebeten".split()
)
# The same after "ist" only: "war gesperrt" tells of what is over.
_AHEAD_NOW = _AHEAD | set(
    "angemeldet angekündigt erwartet eingeplant vereinbart geschlossen geöffnet gesperrt ausgebucht".split()
)
_BEFORE = {"seit": PAST, "ab": FUTURE, "bis": FUTURE, "für": FUTURE, "spätestens": FUTURE, "zum": FUTURE}
_NO_PRETERITE = frozenset(
    "heute bitte erste zweite dritte vierte fünfte sechste letzte nächste rechte echte weite"
    " beste alte gute breite ersten zweiten dritten vierten fünften sechsten letzten nächsten"
    " rechten echten weiten besten alten guten breiten sollte sollten könnte könnten möchte"
    " möchten müsste müssten dürfte dürften gesamte gesamten konkrete konkreten bekannte bekannten"
    " sogenannte sogenannten beauftragte beteiligten beteiligte betroffene hunderte leichte"
    " leichten bitten arbeiten bieten leisten starten kosten unterstützten halten erhalten"
    " enthalten gestalten verwalten treten leiten raten beraten gelten warten antreten eintreten"
    " stattfinden richten berichten einrichten errichten achten beachten verzichten vernichten"
    " beobachten verpflichten unterrichten vorbereiten begleiten verbreiten bereiten erarbeiten"
    " bearbeiten verarbeiten mitten selten zweitens städten sämtliche laute bunte bunten kalte"
    " kalten".split()
)

# "das am Montag vorgestellte Programm", "die am Freitag beginnende Messe"
_ATTRIBUTE = re.compile(
    r"(?:\s[a-zäöüß]+){0,3}\s(?:(?P<ahead>[a-zäöüß]+nd|geplant|vorgesehen|anstehend|angesetzt)"
    r"|[a-zäöüß]{2,}(?:t|en))e[nrsm]?\s[A-ZÄÖÜ]"
)
_ARTICLES = frozenset("das der die den dem des ein eine einen einem einer eines".split())
_DETERMINERS = _ARTICLES | set(
    "im am zum zur vom beim ihre ihrer ihren seine seiner seinen alle allen".split()
)
_SEASONS = ("frühjahr", "frühling", "sommer", "herbst", "winter")
_DAY = re.compile(r"\d|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag")
_WORD_BEFORE = 60
_ONWARDS = re.compile(r",?\s(?:an|bis|und|auf)\b|\s?[-–]")
# "kündigte an, die Zahlen im Mai zu erläutern"
_TO_DO = re.compile(r"\szu\s[a-zäöüß]+e?n\b|\s[a-zäöüß]+zu[a-zäöüß]{4,}en\b")
_PARTICIPLE = re.compile(r"(?:ab|an|auf|aus|bei|ein|fest|her|hin|mit|nach|vor|weg|zu|zurück|über|um|unter)ge")
_FINITE = re.compile(r"\s([^\W\d_]+)")
_WORD = re.compile(r"[^\W\d_]+")
_STOP = re.compile(
    r"[.!?:…;](?<![\d.].)[.…]*[\"“”»«')]*\s|\n|\.(?<=\d{3}\.)\s|\.(?<=,\d\d\.)\s"
    r"|\.(?<=\d\.)\s(?=(?:der|die|das|den|dem|im|am|in|eine?|es|er|sie|wir|ab|vom|zum|seit|auch|für|mit"
    r"|nach|bei|damit"
    r"|dazu|dies(?:e[rsmn]?)?|insgesamt|davon|zudem)\s)"
)
_CLAUSE = re.compile(
    r"[,;()–]|\s-\s|\sund\s(?=(?:dauert|endet|beginnt|läuft|gilt|bleibt|folgt|solle?n?|wird|werden|will"
    r"|wollen|hat|haben|ist|sind|war|waren|wurden?)\s)"
)
_REACH = 200


_PRESENT_AFTER_AND = re.compile(r"\sund\s(?P<verb>[a-zäöüß]{3,}t)\s")


def sentence(low: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence around low[start:end] begins and ends, at most a few lines away."""
    begin = max(0, start - _REACH)
    for stop in _STOP.finditer(low, begin, start):
        begin = stop.end()
    after = _STOP.search(low, end, end + _REACH)
    return begin, after.start() if after else min(len(low), end + _REACH)


def direction(text: str, low: str, start: int, end: int) -> int:
    """PAST, FUTURE or OPEN for a time expression at text[start:end]; `low` is the same text in lower case.

    The clause around it speaks first, then a preposition just before it, then the sentence.
    """
    begin, stop = sentence(low, start, end)
    if low[end - 1 : end] == "." and text[end : end + 1] == " " and text[end + 1 : end + 2].isupper():
        stop = end
    before = low[begin:start].split()[-2:]
    if "seit" in before or "rückwirkend" in before:
        return PAST
    if (before[-1:] == ["für"] or before[:1] == ["für"]) and _DAY.match(low, start):
        return FUTURE  # "lud für Mittwoch ein"
    if before in (["für", "das"], ["für", "den"]) and low.startswith(_SEASONS, start):
        return FUTURE
    if before[-1:] == ["vom"] and _is_dated_so(text, low, start, end):
        return PAST  # "die Mitteilung vom Dienstag"
    attribute = _ATTRIBUTE.match(text, end) if len(before) == 2 and before[0] in _ARTICLES else None
    if attribute:
        return FUTURE if attribute["ahead"] else PAST
    if low[begin:start].strip(' „"“»–-') in _OPENINGS:
        verb = _FINITE.match(text, end)
        told = _of_verb(verb[1]) if verb else OPEN
        if told:
            return told
    clause_begin, clause_end = begin, stop
    present = _PRESENT_AFTER_AND.search(text, begin, start)
    if present and present["verb"] not in _NO_VERB | _PAST and not _CLAUSE.search(low, present.end(), start):
        return FUTURE  # "wurde geschlossen und macht am Samstag wieder auf"
    for comma in _CLAUSE.finditer(low, begin, start):
        clause_begin = comma.end()
    comma_after = _CLAUSE.search(low, end, stop)
    if comma_after:
        clause_end = comma_after.start()
    if clause_begin > begin and low[clause_begin:start].strip() in _OPENINGS:
        verb = _FINITE.match(text, end)
        if verb and not _PARTICIPLE.match(verb[1]) and not verb[1].startswith("ge"):
            told = _of_verb(verb[1])
            if told:
                return told
    words = text[clause_begin:clause_end]
    clause = _cue(words)
    until = bool(before) and before[-1] in ("bis", "ab") and _AUXILIARIES.isdisjoint(words.split())
    if until and before[-1] == "bis":
        verb = _FINITE.match(text, end)
        until = not (verb and (verb[1] in _PAST or _is_preterite(verb[1])))  # "wer bis 15. März buchte"
    if clause == PAST and not until:
        return PAST
    lead = next((_BEFORE[word] for word in reversed(before) if word in _BEFORE), OPEN)
    return lead or clause or _cue(text[begin:stop])


def _is_dated_so(text: str, low: str, start: int, end: int) -> bool:
    """ "die Mitteilung vom Dienstag", "nach dem Beschluss vom 10. November", not "vom 3. Mai bis …" """
    if _ONWARDS.match(low, end) or not _DAY.match(low, start):
        return False
    if not low[start].isdigit():
        return True
    words = text[max(0, start - _WORD_BEFORE) : start].split()
    return "bis" not in low[start:end] and len(words) > 1 and words[-2][0].isupper()


def _of_verb(word: str) -> int:
    """What the verb says that German puts right after a time expression at the head of a sentence."""
    if word in _PAST or _is_preterite(word):
        return PAST
    if word in ("ist", "sind") or word in _REPORTS or not word.islower():
        return OPEN
    return FUTURE if word in _FUTURE or (word.endswith(("t", "en")) and word not in _NO_VERB) else OPEN


def announces(text: str, low: str, start: int, end: int) -> bool:
    """Whether a sentence that is neither past nor future has a verb in the present: releases announce so."""
    begin, stop = sentence(low, start, end)
    return any(
        len(word) > 4
        and word.endswith("t")
        and word.islower()
        and word not in _NO_VERB
        and word not in _REPORTS
        for word in _WORD.findall(text[begin:stop])
    )


def looks_finite(word: str) -> bool:
    """Whether a word in lower case may be the verb of a sentence rather than an adjective."""
    return word in _PAST or word in _FUTURE or (word.endswith("t") and word not in _NO_VERB)


def is_general(text: str, low: str, start: int, end: int) -> bool:
    """Whether a sentence with "heute" speaks of how things are, not of something that happens that day."""
    begin, stop = sentence(low, start, end)
    words = set(_WORD.findall(low[begin:stop]))
    if "uhr" in words or _cue(text[begin:stop]) == PAST or words & _HAPPENS:
        return False
    return bool(words & _STATES) or low.startswith("?", stop)


def _cue(clause: str) -> int:
    words = _WORD.findall(clause)
    known = {
        word.lower() if word[0].isupper() and position == 0 else word for position, word in enumerate(words)
    }
    past, future = known & _PAST, known & _FUTURE
    if "wird" in known or "werden" in known:
        return PAST if past & {"hat", "wurde", "wurden"} else FUTURE
    if known & _INTENTS and not past & _AUXILIARIES:
        return FUTURE
    if past:
        return FUTURE if known & _AHEAD and not past & {"hat", "haben"} and "worden" not in known else PAST
    if known & {"ist", "sind", "sei"}:
        if known & _AHEAD_NOW and "worden" not in known:
            return FUTURE
        if any(_is_participle(word) for word in words):
            return PAST
        future = future or known & {"ist", "sind"}
    if any(_is_preterite(word) and not _is_adjective(words, at) for at, word in enumerate(words)):
        return PAST
    if _TO_DO.search(clause):
        return FUTURE
    return FUTURE if future else OPEN


def _is_adjective(words: list[str], at: int) -> bool:
    """ "in der reformierten Kirche" """
    before, after = words[max(0, at - 1) : at], words[at + 1 : at + 2]
    return bool(before and after and before[0] in _DETERMINERS and after[0][0].isupper())


def _is_participle(word: str) -> bool:
    return len(word) > 6 and "ge" in word[:6] and word.endswith(("t", "en")) and not word.startswith("gegen")


def _is_preterite(word: str) -> bool:
    if len(word) < 5 or not word.endswith(("te", "ten")) or not word[0].islower() or word in _NO_PRETERITE:
        return False
    if _PARTICIPLE.match(word):
        return False
    return not word.startswith("ge") or word.startswith(("gehör", "gewähr", "genehm"))
