"""Lines that stand around a release and belong to the page: controls, credits, contacts."""

import re
from collections.abc import Sequence

from archive.words import alike
from pipeline.parse.blocks import HEADINGS, Block
from pipeline.parse.stamps import GERMAN

DATE = r"\d{1,2}\.\s*(?:\d{1,2}\.|[A-Za-zä]+\.?)\s*\d{2,4}"
CLOCK = r"(?:,?\s*\d{1,2}[:.]\d\d(?:\s*Uhr)?)?"
WEEKDAY = r"(?:(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch|Sonnabend)"
LABELS = "(?:Presse|Medien)(?:mitteilung|information|meldung|erklärung)"

SHARE = r"(?:e-?mail|whatsapp|facebook|twitter|x|linkedin|xing|mastodon|telegram|threema|instagram|bluesky)"


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


# A whole line that is one of these never belongs to the text.
LINE = _any(
    r"(?:Seite )?(?:drucken|teilen|weiterempfehlen|empfehlen|merken|vorlesen|versenden|herunterladen)",
    r"(?:diese )?(?:Seite|Meldung|Mitteilung|Artikel|Inhalt|Beitrag) (?:drucken|teilen|empfehlen"
    r"|versenden|als PDF).*",
    rf"(?:per |auf |über |via |bei )?{SHARE}(?: teilen| empfehlen| versenden)?|auf \w+ teilen|teilen(?:"
    rf" auf| über| per).*",
    r"link (?:kopieren|teilen).*|(?:nach|zum|zurück)? ?(?:oben|seitenanfang|anfang)(?: der seite)?",
    r"zurück(?: (?:zur|zum|nach) .{0,40})?|(?:zur )?(?:übersicht|startseite|detailseite|liste)"
    r"|weiter(?:lesen)?",
    r"mehr(?: (?:lesen|erfahren|dazu|informationen))?|(?:geschätzte )?lese(?:zeit|dauer) ?:? ?.{0,25}",
    r"\d+ (?:min|minuten?)\.?(?: lesedauer| lesezeit)?|externer inhalt von.*|##\w+##.*|800x600"
    r"|javascript.{0,80}",
    r"(?:bild(?:rechte|quelle|nachweis|unterschrift)?|fotos?|quelle|foto ?credits?|copyright|grafik)"
    r" ?[:©].{0,160}",
    r"(?:©|\(c\)).{0,140}|inhaltsele?ment überspringen|(?:bild )?(?:vergrößern|vergrößerung).*"
    r"|downloads?:?|pdf",
    r"(?:vor|voriger|vorherige|nächster?|weitere) (?:artikel|meldungen?|pressemitteilung(?:en)?"
    r"|beitr[aä]ge?|seite)",
    rf"stand ?:? ?{DATE}{CLOCK}|schlagworte:?|themen:?|tags?:?|(?:bildergalerie|slideshow).*",
    r"(?:\* ?){3,}|[-–—_=.*•|]+",
)
# The same above the first sentence only: further down, an invitation says so when it takes place.
HEAD = _any(
    rf"{LABELS}(?:en)?|(?:aktuelle )?meldung|presse|nr\.? ?\d[\d/.-]*|: ?\d+|erstellt von .{{0,120}}",
    rf"(?:datum|erscheinungs(?:tag|datum)|veröffentlicht am) ?:? ?{DATE}{CLOCK}",
    rf"{LABELS} ?:? ?(?:nr\.? ?:? ?)?[\d/.-]* ?(?:vom|\||,|-)? ?(?:{DATE})?{CLOCK}",
    rf"(?:{WEEKDAY},? ?(?:den |der )?)?{DATE}{CLOCK}",
)
PROSE = 80  # characters of a line that is a sentence
HIGHEST = 14  # lines in which the head of a release ends
# From this line on everything is the press office's address.
CONTACT = _any(
    r"(?:presse|medien|rück) ?-?kontakt\w*(?: .{0,60})?:?|kontakt(?:daten)?(?: (?:für|der|zur) .{0,60})? ?:?",
    r"ansprech(?:partner|person)\w*(?:\(in(?:nen)?\)|/-?in(?:nen)?|\*in|:in)?(?: .{0,80})?:?",
    r"(?:rückfragen|nachfragen|presseanfragen|rückfragehinweis)(?: der \w+| bitte an| an)? ?:.{0,200}",
    r"(?:bei|für) (?:rückfragen|fragen|weitere auskünfte)\b(?=.*(?:tel|@|\(at\)|wenden|verfügung|erreich"
    r"|:)).{0,160}|impressum:?|herausgeber:?"
    r"|artikel-informationen",
    r"(?:die )?pressestelle[^.]{0,80}:?|pressesprecher(?:in)?(?: [^.]{0,60})?:?|hrsg\.?:.*"
    r"|v\. ?i\. ?s\. ?d\. ?p.*",
    r"verantwortlich(?:er?)? ?(?:im sinne\b.*|:.*)|presse-? ?und öffentlichkeitsarbeit",
    r"(?:diese )?(?:seite|inhalt|artikel) teilen:?|teilen|.{0,60}in den sozialen netzwerken:?",
)
# From this heading on there are only links.
LINKS = _any(
    r"(?:weitere|weiterführende|zusätzliche|mehr|verwandte|ähnliche|nähere) (?:informationen?|links?"
    r"|themen|meldungen"
    r"|pressemitteilungen|artikel|inhalte|beiträge)(?: (?:zum thema|zum artikel|finden sie hier))?:?",
    r"mehr zum thema:?|links?:?|downloads?:?|dokumente?:?|zum thema:?|das könnte sie auch interessieren.*"
    r"|siehe auch:?",
    r"service:?|aktuelle meldungen:?|materialien:?|externe links?:?|interne links?:?|zum herunterladen:?"
    r"|anlagen?:?",
    r"weiteres:?",
)
# Two of these in a row begin the frame of a portal whose classes are not known: that of Thuringia to 2019.
FRAME = _any(r"wegweiser|aktionen|service(?:bereich|portal – \w+)")
ADDRESS = _any(
    r"(?:tel(?:efon)?|fax|mobil|e-?mail|internet|www|postanschrift|hausanschrift)\b\s*[.:]",
    r"^\+?\(?0?\d[\d\s()/-]{6,}$|\(at\)|^\S+@\S+$|^\d{5}\s[A-ZÄÖÜ]\w+",
    r"^.{3,40}(?:straße|str\.|platz|allee|ufer|weg)\s\d+\w?(?:,[^.]*)?$",
)
BESIDE = re.compile(
    rf"(?:{DATE}{CLOCK}\s*[-–—|]|Nr\.\s?\d+\s*\|)\s|(?:\w+\s)?(?:\w*ministerium|Staatskanzlei)\b.*\s{DATE}$",
    re.IGNORECASE,
)
STAMPED = re.compile(rf"{LABELS}\s+vom\s+{DATE}\s*\|?\s*", re.IGNORECASE)
QUOTED = re.compile(r"¿([^¿\n]{1,400})¿")  # by a content management system that lost the quotation marks
SCREEN = re.compile(r"800x600\s*")


def release_lines(lines: Sequence[Block], known: Sequence[str]) -> list[str]:
    """The lines of the release itself; `known` are title, kicker and the like, told apart already."""
    kept = [block for block in lines if not _is_noise(block)]
    kept = _without_head(kept, [alike(k) for k in known if k])
    kept = kept[: _end(kept)]
    texts = [_without(STAMPED, block.text) for block in kept]
    return [mended for text in texts if (mended := _mended(text)) and any(c.isalnum() for c in mended)]


def _is_noise(block: Block) -> bool:
    return len(block.text) < 200 and LINE.fullmatch(block.text) is not None


def _without_head(lines: list[Block], known: Sequence[str]) -> list[Block]:
    """The head of a release repeats title, kicker and date above its first sentence."""
    title = known[0] if known else ""
    top = lines[:HIGHEST]
    start = next((at + 1 for at, block in enumerate(top) if title and _repeats(block, title)), 0)
    kept: list[Block] = []
    for at in range(start, len(top)):
        block = top[at]
        stated = _is_one_of(block.text, known) or HEAD.fullmatch(block.text) or _only_date(block.text)
        if not stated and len(block.text) >= PROSE:
            return kept + lines[at:]
        kept += [] if stated else [block]
    return kept + lines[HIGHEST:]


def _repeats(block: Block, title: str) -> bool:
    if block.tag not in HEADINGS:
        return _is_one_of(block.text, (title,))
    plain = alike(block.text)
    return title in plain and len(plain) - len(title) < 80


def _is_one_of(text: str, known: Sequence[str]) -> bool:
    """Whether a line is one of these, as `alike` has them; the first letter tells of most that it is not."""
    first = text[:1].casefold() if text[:1].isalnum() else ""
    may_be = [one for one in known if one.startswith(first)]
    return bool(may_be) and alike(text) in may_be


def _only_date(text: str) -> bool:
    """A line that states the day, perhaps with number and house beside it."""
    found = GERMAN.search(text) if len(text) < 140 else None
    if found is None:
        return False
    return len(text) - len(found[0]) < 25 or BESIDE.match(text) is not None


def _end(lines: list[Block]) -> int:
    """How many lines remain when contact addresses and lists of links at the end are left out."""
    end = len(lines)
    for at, block in enumerate(lines):
        if at == 0:
            continue
        rest = lines[at + 1 : end]
        if len(block.text) < 200 and CONTACT.fullmatch(block.text) and _short(rest):
            end = at
            break
        if len(block.text) < 80 and LINKS.fullmatch(block.text) and _only_links(rest):
            end = at
            break
        if rest and FRAME.fullmatch(block.text) and FRAME.fullmatch(rest[0].text):
            end = at
            break
    while end > 1 and _is_address(lines[end - 1]):
        end -= 1
    return end


def _short(rest: Sequence[Block]) -> bool:
    """Whether what follows a contact heading is an address and not the rest of the text."""
    return sum(len(b.text) for b in rest if len(b.text) > 220) < 300


def _only_links(rest: Sequence[Block]) -> bool:
    total = sum(len(b.text) for b in rest)
    return sum(b.linked for b in rest) >= 0.5 * total or total < 200


def _is_address(block: Block) -> bool:
    return len(block.text) < 90 and ADDRESS.search(block.text) is not None


def _mended(text: str) -> str:
    return _without(SCREEN, QUOTED.sub(r"„\1“", text) if "¿" in text else text)


def _without(beginning: re.Pattern[str], text: str) -> str:
    found = beginning.match(text)
    return text[found.end() :] if found else text
