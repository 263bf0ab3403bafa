"""Lines that stand around a release and belong to the page: controls, credits, contacts."""

import re
from collections.abc import Sequence

from pipeline.parse.blocks import HEADINGS, Block
from pipeline.parse.stamps import GERMAN
from pipeline.parse.words import alike

DATE = r"\d{1,2}\.\s*(?:\d{1,2}\.|[A-Za-zä]+\.?)\s*\d{2,4}"
CLOCK = r"(?:,?\s*\d{1,2}[:.]\d\d(?:\s*Uhr)?)?"
WEEKDAY = r"(?:(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch|Sonnabend)"
LABELS = "(?:Presse|Medien)(?:mitteilung|information|meldung|erklärung)"

# A whole line that is one of these never belongs to the text.
LINE = re.compile(
    rf"""(?:
      (?:Seite\s)?(?:drucken|teilen|weiterempfehlen|empfehlen|merken|vorlesen|versenden|herunterladen)
    | (?:diese\s)?(?:Seite|Meldung|Mitteilung|Artikel|Inhalt|Beitrag)\s(?:drucken|teilen|empfehlen|versenden|als\sPDF).*
    | (?:per\s)?(?:e-?mail|whatsapp|facebook|twitter|x|linkedin|xing|mastodon|telegram|threema|instagram|bluesky)
    | (?:per|auf|über|via|bei)\s(?:e-?mail|whatsapp|facebook|twitter|x|linkedin|xing|mastodon|telegram)\s\w+
    | auf\s\w+\steilen | teilen(?:\sauf|\süber|\sper)?\s?\w* | teilen\sauf:?.* | link\s(?:kopieren|teilen).*
    | (?:nach|zum|zurück)?\s?(?:oben|seitenanfang|anfang)(?:\sder\sseite)? | zurück(?:\s(?:zur|zum|nach)\s.{{0,40}})?
    | (?:zur\s)?(?:übersicht|startseite|detailseite|liste) | mehr(?:\s(?:lesen|erfahren|dazu|informationen))? | weiter(?:lesen)?
    | (?:geschätzte\s)?lese(?:zeit|dauer)\s*:?\s*.{{0,25}} | \d+\s(?:min|minuten?)\.?(?:\slesedauer|\slesezeit)?
    | (?:bild(?:rechte|quelle|nachweis|unterschrift)?|foto|quelle|fotos?\s?credits?|copyright|grafik)\s?[:©].{{0,160}}
    | (?:©|\(c\)).{{0,140}} | inhaltselment\süberspringen | inhaltselement\süberspringen
    | (?:vor|voriger|vorherige|nächste|nächster|weitere)\s(?:artikel|meldungen?|pressemitteilung(?:en)?|beitr[aä]ge?|seite)
    | {LABELS}(?:en)? | aktuelle\smeldung | presse | (?:datum|stand|erscheinungs(?:tag|datum)|veröffentlicht\sam)\s?:?\s*{DATE}{CLOCK}
    | {LABELS}\s?:?\s*(?:nr\.?\s*:?\s*)?[\d/.-]*\s*(?:vom|\||,|-)?\s*(?:{DATE})?{CLOCK}
    | (?:{WEEKDAY},?\s*(?:den\s|der\s)?)?{DATE}{CLOCK} | (?:nr\.?|nummer)\s*:?\s*\d[\d/.-]*
    | erstellt\svon\s.{{0,120}} | inhalt\s(?:drucken|teilen) | schlagworte:? | themen:? | tags?:?
    | (?:bild\s)?(?:vergrößern|vergrößerung).* | download(?:s)?:? | pdf | (?:bildergalerie|slideshow).*
    | externer\sinhalt\svon.* | \#\#\w+\#\#.* | 800x600 | javascript.{{0,80}}
    | (?:\*\s?){{3,}} | [-–—_=.*•|]+
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# From this line on everything is the press office's address.
CONTACT = re.compile(
    rf"""(?:
      (?:presse|medien|rück)\s?-?kontakt\w*(?:\s.{{0,60}})?:?
    | kontakt(?:daten)?(?:\s(?:für|der|zur)\s.{{0,60}})?\s*:?
    | ansprech(?:partner|person)\w*(?:\(in(?:nen)?\)|/-?in(?:nen)?|\*in|:in)?(?:\s.{{0,80}})?:?
    | (?:rückfragen|nachfragen|presseanfragen|rückfragehinweis)(?:\sder\s\w+|\sbitte\san|\san)?\s*:.{{0,200}}
    | (?:bei|für)\s(?:rückfragen|fragen|weitere\sauskünfte)\b.{{0,160}}
    | impressum:? | herausgeber:? | artikel-informationen | (?:die\s)?pressestelle.{{0,80}}:?
    | pressesprecher(?:in)?\b.{{0,60}} | verantwortlich(?:e|er)?\s?(?:im\ssinne\b.*|:.*) | hrsg\.?:.*
    | diese\sseite\steilen:? | (?:seite|inhalt|artikel)\steilen:? | teilen | .{{0,60}}in\sden\ssozialen\snetzwerken:?
    | presse-?\s?und\söffentlichkeitsarbeit | v\.\s?i\.\s?s\.\s?d\.\s?p.*
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# From this heading on there are only links.
LINKS = re.compile(
    r"(?:weitere|weiterführende|zusätzliche|mehr|verwandte|ähnliche|nähere)\s(?:informationen?|links?|themen|meldungen"
    r"|pressemitteilungen|artikel|inhalte|beiträge)(?:\s(?:zum thema|zum artikel|finden sie hier))?:?|mehr zum thema:?|links?:?"
    r"|downloads?:?|dokumente?:?|zum thema:?|das könnte sie auch interessieren.*|siehe auch:?|service:?|aktuelle meldungen:?"
    r"|materialien:?|externe links?:?|interne links?:?|zum herunterladen:?|anlagen?:?|weiteres:?",
    re.IGNORECASE,
)
ADDRESS = re.compile(
    r"(?:tel(?:efon)?|fax|mobil|e-?mail|internet|www|postanschrift|hausanschrift)\b\s*[.:]|^\+?\(?0?\d[\d\s()/-]{6,}$"
    r"|\(at\)|^\S+@\S+$|^\d{5}\s[A-ZÄÖÜ]\w+|^.{3,40}(?:straße|str\.|platz|allee|ufer|weg)\s\d+\w?(?:\W.*)?$",
    re.IGNORECASE,
)
BESIDE = re.compile(rf"(?:{DATE}{CLOCK}\s*[-–|]|Nr\.\s?\d+\s*\|)\s", re.IGNORECASE)
STAMPED = re.compile(rf"^{LABELS}\s+vom\s+{DATE}\s*\|?\s*", re.IGNORECASE)
DEBRIS = ((re.compile(r"¿([^¿\n]{1,400})¿"), r"„\1“"), (re.compile(r"^800x600\s*"), ""))


def release_lines(lines: Sequence[Block], known: Sequence[str]) -> list[str]:
    """The lines of the release itself; `known` are title, kicker and the like, told apart already."""
    kept = [block for block in lines if not _is_noise(block)]
    kept = _without_head(kept, [alike(k) for k in known if k])
    kept = kept[: _end(kept)]
    texts = [STAMPED.sub("", block.text) for block in kept]
    return [mended for text in texts if (mended := _mended(text)) and any(c.isalnum() for c in mended)]


def _is_noise(block: Block) -> bool:
    return len(block.text) < 200 and LINE.fullmatch(block.text) is not None


def _without_head(lines: list[Block], known: Sequence[str]) -> list[Block]:
    """The head of a release repeats title, kicker and date above the text."""
    title, others = known[0] if known else "", set(known)
    start = next((at + 1 for at, block in enumerate(lines[:12]) if title and _repeats(block, title)), 0)
    head = [b for b in lines[start : start + 6] if alike(b.text) not in others and not _only_date(b.text)]
    return head + lines[start + 6 :]


def _repeats(block: Block, title: str) -> bool:
    plain = alike(block.text)
    return title in plain and (block.tag in HEADINGS or plain == title) and len(plain) - len(title) < 80


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
    for pattern, repaired in DEBRIS:
        text = pattern.sub(repaired, text)
    return text
