"""A text as far as its words go, so that two readings with the same normal form are the same version.

Left out is what only the page does to it: invisible signs, typography, counters, buttons, stamps.
"""

import re
import unicodedata

from archive.words import beyond_ascii
from pipeline.parse.noise import DATE, LINE, SHARE

RULES_VERSION = "1"  # raised when a change of rules changes what counts as the same text
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]")
ALIKE = dict.fromkeys("„“”‟«»‹›‚‘’‛′″´`'", '"') | dict.fromkeys("‐‑‒–—−•·", "-") | {"…": "..."}
_QUOTED = re.compile(r'"+')
_SHORT = 160  # characters; what is longer is a sentence of the release
_PAGE = re.compile(
    r"(?:zuletzt|letzte) ?(?:geändert|aktualisiert|bearbeitet|änderung|aktualisierung|bearbeitung)\b.{0,60}"
    rf"|(?:aktualisiert|geändert|bearbeitet|abgerufen|stand)(?: am| vom| zum)?:? ?(?:{DATE}|heute).{{0,40}}"
    r"|(?:\d[\d.]* ?(?:mal |x )?|(?:bisher|schon|bereits) \d.{0,12})?"
    r"(?:aufrufe?|angesehen|gelesen|geteilt|views?|klicks?|likes?|shares?|kommentare?|besucher|leser)"
    r"(?: ?[:(]? ?\d[\d.]* ?\)?)?|gefällt \d+ (?:personen|mal)|\d+ personen gefällt das"
    r"|(?:diesen )?(?:beitrag|artikel|text|seite|meldung|pressemitteilung)?\W*"
    r"(?:drucken|druckversion|druckansicht|ausdrucken|vorlesen|anhören|merken|abonnieren|weiterleiten)\W*"
    rf"|(?:auf|bei|über|via|per|mit) {SHARE}\b.{{0,30}}(?:teilen|posten|senden|folgen).{{0,20}}"
    r"|(?:diese|unsere|wir|um|für)\b.{0,60}\b(?:seiten?|verwenden|nutzen|setzen)\b"
    r".{0,40}\bcookies?\b.{0,60}"
    r"|cookie-?(?:einstellungen|hinweis|banner).{0,40}"
    r"|(?:alle )?(?:akzeptieren|ablehnen|zustimmen|einstellungen)"
    r"|(?:rss(?:-feed)?|newsletter|kontakt|impressum|datenschutz(?:erklärung)?|barrierefreiheit|sitemap)"
    r"(?: (?:abonnieren|bestellen))?"
    r"|(?:lese(?:zeit|dauer)|geschätzte lesezeit)\b.{0,25}|(?:pdf|dokument).{0,40}\d ?(?:kb|mb)\W*"
    r"|(?:zum|zur|nach|zurück).{0,12}(?:anfang|oben|übersicht|startseite)",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:bild(?:unterschrift|nachweis|quelle|rechte)?|foto(?:s|grafie|credit)?|grafik|quelle|copyright)\s?[:©].*"
    r"|(?:©|\(c\)).*|.*\((?:foto|bild|quelle|©)\b.*\)",
    re.IGNORECASE,
)


def normal(title: str, text: str) -> str:
    """What two texts have in common that say the same.

    >>> normal("Geld", "Das Land  gibt „Förder\\u00admittel“.\\n12 Aufrufe")
    'Geld Das Land gibt "Fördermittel".'
    """
    kept: list[str] = []
    captions: list[str] = []
    for line in _composed(text).split("\n"):
        plain = " ".join(line.split())
        if not plain or is_of_page(plain):
            continue
        (captions if len(plain) < _SHORT and _CAPTION.fullmatch(plain) else kept).append(plain)
    whole = " ".join(filter(None, [visible(title), *kept, *sorted(captions)]))
    for sign in ALIKE.keys() & {*beyond_ascii(whole), "`", "'"}:
        whole = whole.replace(sign, ALIKE[sign])
    return _QUOTED.sub('"', whole) if '""' in whole else whole


def visible(line: str) -> str:
    """A line as it is seen: composed letters, single spaces, nothing invisible."""
    return " ".join(_composed(line).split())


def _composed(text: str) -> str:
    if INVISIBLE.search(beyond_ascii(text)):  # mostly none, which this tells in a third of the time
        text = INVISIBLE.sub("", text)
    return unicodedata.normalize("NFC", text)


def is_of_page(line: str) -> bool:
    """Whether a line belongs to the page, not to the release: counters, buttons, stamps of changes."""
    return len(line) < _SHORT and (_PAGE.fullmatch(line) or LINE.fullmatch(line)) is not None
