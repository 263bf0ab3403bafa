"""Titles without what stands glued to them: site names, kickers, numbers, dates, and themselves again."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from archive.words import alike, squeezed

KICKERS = (
    "(?:Gemeinsame )?(?:Presse|Medien)(?:mitteilung|information|erklärung)|(?:Medien|Presse)einladung"
    "|Terminhinweis|Termininformation|Fototermin"
)
WEAK_KICKERS = "Einladung|Statement|Meldung|Rede|Korrektur|Berichtigung|Termin"
NUMBER = r"(?:Nr\.?\s*:?\s*)?\d{1,5}\s?/\s?(?:(?:19|20)\d\d|\d\d(?!\d))"
# A kicker is cut where what follows looks like the beginning of a title.
LEADING = re.compile(
    rf"(?P<kicker>{KICKERS})\s*(?P<number>{NUMBER})?\s*[:|–-]?\s*"
    r"(?=[A-ZÄÖÜ#„“\"»(]|\d[\d.,]* (?:[a-zäöü]|Mi|Pro|Eur)|\d[\d.]* [A-ZÄÖÜ])"
)
WEAK = re.compile(
    rf"(?P<kicker>{WEAK_KICKERS})(?:\s*(?P<number>{NUMBER})\s*:?\s*|\s*[:|]\s*|(?=[A-ZÄÖÜ#„»]))(?=\S)"
)
BARE_NUMBER = re.compile(
    rf"(?P<kicker>)(?P<number>{NUMBER})\s*[:|–-]?\s*"
    r"(?=[A-ZÄÖÜ#„“\"»]|\d[\d.,]* (?:Mi|Pro|Eur)|\d[\d.]* [A-ZÄÖÜ])"
)
TAIL = re.compile(
    r"[\s:|,]*(?:Erscheinungs(?:tag|datum)|Datum|Veröffentlicht am|Stand)\s*:?"
    r"\s*\d{1,2}\.\s*[\w.]+\s*\d{4}.*$"
    r"|(?<=[\w!?“)])\d\d\.\d\d\.\d{4}$"  # glued to the title without its label
)
DATED = re.compile(r"\W*(?:\w+:\s*)?\d{1,2}\.\s*(?:\d{1,2}\.|\w+)\s*\d{4}\W*")
SITE = re.compile(r"B?[A-ZÄÖÜ]{2,}[A-Za-zÄÖÜ]{0,8}|(?:[\w-]+\.)+(?:de|nrw)")
# Names of authorities and rubrics: nouns and what binds them, no verb.
AUTHORITY = re.compile(
    r"(?:[\w-]*(?:ministerium|regierung|kanzlei|senatsverwaltung|bundesamt|landesamt|bundesrat|presse|medien)[\w-]*|Startseite"
    r"|Freistaat|Landes\w+|Auswärtiges|Aktuelles)\b",
    re.IGNORECASE,
)
NAME = re.compile(r"(?:(?:[A-ZÄÖÜ(][\w().-]*,?|für|der|des|die|das|und|von|zu|im|in|am|-|–)(?:\s+|$))+")
DIVIDERS = re.compile(r"\s+[-–—|·»:]+\s+|\s*\|\s*")
RUBRIC = re.compile(
    r"(?:(?:aktuelle|alle)\s)?(?:presse|medien)\W?\w*(?:\s(?:und|der|des|zur)\s.{3,60})?"
    r"|navigation und service|suche|inhalt|fußbereich|servicebereich|hauptnavigation|startseite|aktuelles"
    r"|.{3,60}\([A-ZÄÖÜ]\w{1,8}\)|.*kontakt:?",
    re.IGNORECASE,
)
LONGEST = 1_000  # characters; what is longer is no title
SHORTEST = 8  # letters of a head title that may decide where a kicker ends


@dataclass(frozen=True, slots=True)
class Title:
    """A title, and what was found glued to it."""

    text: str
    kicker: str | None = None
    number: str | None = None


def cleaned(heading: str, others: Iterable[str] = ()) -> Title:
    """The title in a heading; `others` are titles of the same page from its head.

    >>> cleaned("Medieninformation 154/2017Ministerpräsident Ramelow in Gera")
    Title(text='Ministerpräsident Ramelow in Gera', kicker='Medieninformation', number='154/2017')
    >>> cleaned("X-Tage in Jena eröffnetX-Tage in Jena eröffnet").text
    'X-Tage in Jena eröffnet'
    >>> cleaned("Medieninformation 18/202025 Haltestellen werden barrierefrei").text
    '25 Haltestellen werden barrierefrei'
    >>> cleaned("171/20211,7 Millionen Euro für den Radweg")
    Title(text='1,7 Millionen Euro für den Radweg', kicker=None, number='171/2021')
    >>> cleaned("Ernte gut, alles gut12.08.2024").text
    'Ernte gut, alles gut'
    """
    title = Title(_once(TAIL.sub("", squeezed(heading[:LONGEST]))))
    for other in others:
        title = _told_apart(title, other)
    for pattern in (LEADING, WEAK, BARE_NUMBER):
        if found := pattern.match(title.text):
            rest = title.text[found.end() :].lstrip(" :|–-")
            if len(alike(rest)) >= SHORTEST:
                kicker = title.kicker or found["kicker"] or None
                title = Title(_once(rest), kicker, title.number or found["number"] or None)
    return title


def _once(text: str) -> str:
    """A title that is printed twice in a row, once."""
    half = len(text) // 2
    if half >= SHORTEST and alike(text[:half]) == alike(text[-half:]) and len(text) - 2 * half <= 1:
        return text[:half].strip()
    return text


def _told_apart(title: Title, other: str) -> Title:
    """Where the heading is kicker plus the head's title, the two apart."""
    whole, part = alike(title.text), alike(other)
    if len(part) < SHORTEST or part == whole:
        return title
    if whole.startswith(part):
        cut = _position(title.text, len(part))
        return Title(title.text[:cut].strip()) if DATED.fullmatch(title.text[cut:]) else title
    if not whole.endswith(part):
        return title
    cut = _position(title.text, len(whole) - len(part))
    before, after = title.text[:cut], title.text[cut:]
    glued = before[-1:].isalnum() and not (after[:1].isupper() and not before[-1:].isupper())
    if glued:
        return title
    kicker, number = before.strip(" :|–-"), None
    if found := re.search(rf"\s*({NUMBER})$", kicker):
        kicker, number = kicker[: found.start()], found[1]
    return Title(after, kicker or None, number or title.number)


def _position(text: str, letters: int) -> int:
    """Where the letter stands that has so many letters before it."""
    seen = 0
    for at, character in enumerate(text):
        if (size := len(alike(character))) and seen >= letters:
            return at - len(text[:at]) + len(text[:at].rstrip('„“»«"#(‚'))
        seen += size
    return len(text)


def without_site(title: str, prefixes: Iterable[str], suffixes: Iterable[str], site: str = "") -> str:
    """A head title without the name of the site before or behind it.

    >>> without_site("BMAS - Neue Regeln", ("BMAS - ",), ())
    'Neue Regeln'
    >>> without_site("Stromnetz wieder im Eigentum des Landes - Berlin.de", (), ())
    'Stromnetz wieder im Eigentum des Landes'
    """
    title = squeezed(title)
    for prefix in prefixes:
        title = title.removeprefix(squeezed(prefix)).strip(" -–|:")
    for suffix in suffixes:
        title = title.removesuffix(squeezed(suffix)).strip(" -–|")
    parts = DIVIDERS.split(title)
    while len(parts) > 1 and _is_site(parts[0], site):
        title = title[len(parts[0]) :].lstrip(" -–—|·»:")
        parts = parts[1:]
    while len(parts) > 1 and _is_site(parts[-1], site):
        title = title[: title.rindex(parts[-1])].rstrip(" -–—|·»:")
        parts = parts[:-1]
    return title


def _is_site(part: str, site: str) -> bool:
    """Acronyms, host names, authorities and rubrics are not part of a title."""
    if site and alike(part) == alike(site):
        return True
    if SITE.fullmatch(part):
        return True
    return len(part) < 110 and NAME.fullmatch(part) is not None and AUTHORITY.search(part) is not None
