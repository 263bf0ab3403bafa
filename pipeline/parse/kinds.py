"""What kind of document a page is: releases, invitations, speeches and plain news are told apart."""

import re
from collections.abc import Iterable
from typing import Literal

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

# The first pattern that is found decides; a page says what it is in a label, a kicker, a title or its address.
WORDS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("correction", r"^\W*(?:korrektur|korrigierte|berichtig)|\b(?:berichtigung|korrektur) (?:zu|der|unserer)\b"),
        (
            "date_notice",
            r"terminhinweis|termininformation|terminankündigung|pressetermine?\b|öffentlichkeitstermine|wochenvorschau"
            r"|terminvorschau|wochentermine|^termine?\b|termine (?:von|der|des)\b.*(?:minister|senator|woche|kw)",
        ),
        (
            "media_invitation",
            r"fototermin|(?:medien|presse)einladung|^einladung\b|einladung (?:zum|zur) (?:presse|medien|foto)"
            r"|einladung (?:an|für) (?:die )?(?:presse|medien)",
        ),
        (
            "joint_release",
            r"gemeinsame (?:presse|medien)(?:mitteilung|information|erklärung)|^gemeinsame (?:mitteilung|information)",
        ),
        ("statement", r"^\W*(?:presse)?statement\b|\bstatement (?:von|des|der|zu)\b|^erklärung (?:von|des|der)\b"),
        ("speech", r"^\W*(?:rede|ansprache|grußwort|regierungserklärung|redebeitrag)\b"),
        ("press_release", r"(?:presse|medien)(?:mitteilung|information|meldung|erklärung)|pressemitteilung"),
        ("news", r"^\W*(?:aktuelle )?meldung|^\W*(?:aktuelles|nachricht|news|artikel)\b"),
    )
)
TITLE_ONLY = frozenset(("press_release", "news"))  # words for these in a title say what it is about
PATHS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("speech", r"/(?:reden|speeches|rede)/|/rede-"),
        ("date_notice", r"/(?:termine|pressetermine|veranstaltungen)/"),
        ("news", r"/(?:alle-|kurz|aktuelle-)?(?:meldungen|meldung|kurzmeldungen|nachrichten|news)/(?!detail/.*presse)"),
        (
            "press_release",
            r"presse?mitteilung|pressemeldung|pressrelease|medieninfo|medienservice|presseinfo|/press?e(?:archiv)?/"
            r"|/medien/news/|^https?://presse\.|/pi/|/not-rated/|/mi/|/pm/",
        ),
    )
)


def kind_of(labels: Iterable[str], title: str, url: str) -> tuple[Kind, str]:
    """The kind and the rule that told it; `labels` are kicker, page label, tags, the most telling first."""
    stated: tuple[Kind, str] | None = None
    for label in (GERMAN.sub("", given).strip(" ,|–-") for given in labels):
        for kind, pattern in WORDS:
            if pattern.search(label):
                stated = stated or (kind, "label")
                if kind not in TITLE_ONLY:
                    return kind, "label"
    for kind, pattern in WORDS:
        if kind not in TITLE_ONLY and pattern.search(title):
            return kind, "title"
    if stated:
        return stated
    for kind, pattern in PATHS:
        if pattern.search(url):
            # A newsroom's folder holds both; the folder of plain news decides where both are named.
            return kind, "url"
    return "other", "none"
