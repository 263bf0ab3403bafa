"""What kind of document a page is: releases, invitations, speeches and plain news are told apart."""

import re
from collections.abc import Iterable
from typing import Literal

from ahocorasick_rs import AhoCorasick

from pipeline.parse.stamps import GERMAN

Kind = Literal[
    "press_release",
    "joint_release",
    "media_invitation",
    "date_notice",
    "statement",
    "speech",
    "correction",
    "news",
    "other",
]

RELEASE = "(?:presse|medien)(?:mitteilung|information|meldung|erklärung)"


def _table(*rows: tuple[Kind, str]) -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in rows)


# The first pattern that is found decides. A page says what it is in label, kicker, title or address.
WORDS = _table(
    (
        "correction",
        r"^\W*(?:korrektur|korrigierte|berichtig|richtigstellung)|\b(?:berichtigung|korrektur) (?:zu|der"
        r"|unserer)\b",
    ),
    (
        "date_notice",
        r"terminhinweis|termininformation|terminankündigung|pressetermin\b|öffentlichkeitstermine",
    ),
    ("date_notice", r"wochenvorschau|terminvorschau|wochentermine|^termin\b|^termine (?:von|der|des|in)\b"),
    ("date_notice", r"\btermine\b.*(?:minister|senator|woche|\bkw\b)"),
    ("media_invitation", r"fototermin|(?:medien|presse)einladung|^einladung\b"),
    (
        "media_invitation",
        r"einladung (?:zum|zur) (?:presse|medien|foto)|einladung (?:an|für) (?:die )?(?:presse|medien)",
    ),
    ("joint_release", rf"gemeinsame {RELEASE}|^gemeinsame (?:mitteilung|information|erklärung)"),
    (
        "statement",
        r"^\W*(?:presse)?(?:statement|stellungnahme)\b|\bstatement (?:von|des|der|zu)\b"
        r"|^erklärung (?:von|des|der)\b",
    ),
    ("speech", r"^\W*(?:rede|ansprache|grußwort|regierungserklärung|redebeitrag)\b(?!-)"),
    ("press_release", RELEASE),
    ("news", r"^\W*(?:aktuelle )?meldung|^\W*(?:aktuelles|nachricht|news|artikel)\b"),
)
IN_TITLES = tuple(row for row in WORDS if row[0] not in ("press_release", "news"))
# One of these stands in whatever a pattern for titles finds.
TELLING = AhoCorasick(
    (
        *("korr", "richtig", "termin", "vorschau", "einladung", "gemeinsame", "statement", "stellungnahme"),
        *("erklärung", "rede", "ansprache", "grußwort"),
    )
)
# A line near the title that is nothing but such a word; plurals are links to lists.
LABEL = re.compile(
    rf"(?:gemeinsame )?{RELEASE}\b|(?:medien|presse)einladung\b|termin(?:hinweis|information)\b|fototermin\b"
    r"|(?:einladung|statement|stellungnahme|rede|aktuelle meldung|meldung"
    r"|korrektur)(?: nr\.? ?\S+)?(?: vom)?$",
    re.IGNORECASE,
)
PATHS = _table(
    ("speech", r"/(?:reden|speeches|rede)/|/rede-"),
    ("date_notice", r"/(?:termine|pressetermine|veranstaltungen)/"),
    ("news", r"(?<!presse)(?<!medien)meldung(?:en)?/|/(?:nachrichten|news)/(?!.*presse)(?<!/medien/news/)"),
    ("press_release", r"presse?mitteilung|pressemeldung|pressrelease|medieninfo|medienservice|presseinfo"),
    ("press_release", r"/press?e(?:archiv)?/|/medien/news/|^https?://presse\.|/pi/|/not-rated/|/mi/|/pm/"),
)


def kind_of(labels: Iterable[str], title: str, url: str) -> tuple[Kind, str]:
    """The kind and the rule that told it; `labels` are kicker, page label, tags, the most telling first."""
    stated: Kind | None = None
    for label in map(undated, labels):
        kind = _first(WORDS, label)
        if kind and kind not in ("press_release", "news"):
            return kind, "label"
        stated = stated or kind
    if is_telling(title) and (kind := _first(IN_TITLES, title)):
        return kind, "title"
    if stated:
        return stated, "label"
    if kind := _first(PATHS, url):
        return kind, "url"
    return "other", "none"


def is_telling(title: str) -> bool:
    """Whether a title may say what it is the title of; most do not."""
    return bool(TELLING.find_matches_as_indexes(title.lower()))


def undated(label: str) -> str:
    """A label without the day beside it."""
    return GERMAN.sub("", label[:80]).strip(" ,|–-")


def _first(table: Iterable[tuple[Kind, re.Pattern[str]]], text: str) -> Kind | None:
    return next((kind for kind, pattern in table if pattern.search(text)), None)
