"""Pages that answer with 200 and are no release: each has a reason, none reads as a change or a removal."""

import re
from typing import Literal
from urllib.parse import urlsplit

from ahocorasick_rs import AhoCorasick

from archive.words import squeezed
from pipeline.parse.blocks import Block, blocks, unseen
from pipeline.parse.saved import Saved
from pipeline.parse.sought import challenges, is_marked
from pipeline.parse.stamps import GERMAN
from pipeline.parse.tree import Node

Reason = Literal[
    "redirected_to_list", "soft_404", "blocked", "error_page", "no_text", "not_html", "template_debris"
]

NO_HTML = re.compile(
    r"(?:image|audio|video|font)/|application/(?!xhtml|octet-stream)|text/(?!html|plain)", re.I
)
# These stand in titles and headings. Releases begin with "500 Millionen Euro" or tell of a "technische
# Störung", so a word counts only where it is the whole matter.
MISSING = re.compile(
    r"\b(?:seite|inhalt|dokument|artikel|meldung|datei|page)\b.{0,40}\b(?:nicht (?:gefunden|vorhanden"
    r"|verfügbar|mehr"
    r" verfügbar)|existiert nicht|not found)|\b(?:fehler|error|http|status)\W{0,3}40[34]\b|^40[34](?:\W*$"
    r"|\s*[-–:|])"
    r"|\bnot found\b",
    re.IGNORECASE,
)
BROKEN = re.compile(
    r"\b(?:error|http|status|fehler)\W{0,3}50[0234]\b|^50[0234](?:\W*$|\s*[-–:|])|internal server error"
    r"|bad gateway"
    r"|service (?:temporarily )?unavailable|gateway time-?out|^wartungs(?:arbeiten|modus)|wegen"
    r" wartungsarbeiten"
    r"|technische(?:r|s)? (?:fehler|störung|problem)\W*$|vorübergehend nicht (?:erreichbar|verfügbar)"
    r"|ein fehler ist aufgetreten|^(?:server|anwendungs)fehler|^(?:fehler|error)\W*$",
    re.IGNORECASE,
)
BLOCKED = re.compile(
    r"^just a moment|attention required|cloudflare|bunny\W?(?:cdn|shield)|establishing a secure"
    r" connection|calm down"
    r"|^zugriff verweigert\W*$|access denied|^(?:403 )?forbidden|^captcha|are you (?:a )?(?:human|robot)"
    r"|sind sie ein mensch|too many requests|zu viele anfragen|ddos protection|^security check"
    r"|^sicherheitsüberprüfung"
    r"|bot\W?(?:protection|erkennung)|request (?:blocked|rejected)|ungewöhnlichen? (?:datenverkehr|zugriff)"
    r"|^(?:anmelden|anmeldung|login|log in)$",
    re.IGNORECASE,
)
# One of these stands in whatever one of the three finds; all are looked for in a hundredth of the time.
TELLING = AhoCorasick(
    (
        *("nicht", "not found", "403", "404", "500", "502", "503", "504", "error", "fehler", "gateway"),
        *("unavailable", "wartung"),
        *("technisch", "moment", "attention", "cloudflare", "bunny", "establishing", "calm down"),
        *("verweigert", "denied", "forbidden", "captcha", "human", "robot", "mensch", "too many", "anfragen"),
        *("ddos", "security check", "sicherheit", "bot", "request ", "zugriff", "datenverkehr", "anmeld"),
        *("login", "log in"),
    )
)
LIST_TITLE = re.compile(
    r"(?:(?:aktuelle|alle)\s)?(?:medien|presse)(?:informationen|mitteilungen|meldungen|service|archiv"
    r"|raum|portal)?"
    r"|medieninformationen zur arbeit der staatskanzlei|aktuelles|presse(?: und medien)?|suche"
    r"|suchergebnisse?|startseite"
    r"|(?:alle )?meldungen|pressestelle|archiv",
    re.IGNORECASE,
)
DEBRIS = re.compile(r"##\w+##|\{\{\s*\w[\w.]*\s*\}\}|\[%\s*\w+")
LIST_PATH = re.compile(
    r"/(?:seite[-/]\d+|page/\d+|medieninformationen|pressemitteilungen|medienservice|presse|aktuelles)/?$"
)
HOME_PATH = re.compile(r"(?:/(?:de|home|(?:index|startseite|start|default)(?:\.\w{2,5})?))*")
READ_MORE = re.compile(r"zur detailseite|mehr(?: lesen| erfahren)?|weiterlesen|mehr …", re.IGNORECASE)
MANY = 5  # dated rows, or links that say "more": a list
LONG = 1_200  # characters; an error page with more text of its own is unheard of
SHORT = 400  # characters; with more, words of an error are part of a story


def not_a_release(
    html: bytes | str, url: str, requested_url: str, status: int, content_type: str | None = None
) -> Reason | None:
    """Why a page that came for a release's address is none; None where it may be one."""
    return refusal(Saved(html, content_type), url, requested_url, status)


def refusal(saved: Saved, url: str, requested_url: str, status: int) -> Reason | None:
    """As `not_a_release`, of a page that is to be read further if it may be one."""
    if saved.content_type and NO_HTML.match(saved.content_type):
        return "not_html"
    if saved.raw[:5] in (b"%PDF-", b"PK\x03\x04\x14"):
        return "not_html"
    if not saved.text or saved.text.isspace():
        return "no_text"
    if status >= 400:
        return "error_page"
    if "<" not in saved.text[:2_000]:
        return "blocked" if BLOCKED.search(saved.text[:500]) else "not_html"
    return saved.answer(lambda: _by_content(saved, url, requested_url))


def _by_content(saved: Saved, url: str, requested_url: str) -> Reason | None:
    page = saved.tree
    titles = [squeezed(node.text()) for node in page.headings()[:10]]
    moved = url != requested_url and _path(url) != _path(requested_url)
    if moved and HOME_PATH.fullmatch(_path(url)):
        return "redirected_to_list"
    named = _named(titles)
    if not (named or moved or _headed(titles)) and _is_plain(saved):
        return None
    lines = saved.answer(lambda: blocks(saved.tree.body) if saved.tree.body else [])
    own = _own(lines)
    size = sum(len(block.text) for block in own)
    if size < LONG and challenges(saved.text):
        return "blocked"
    if named and size < LONG:
        return named
    if size < SHORT and BROKEN.search(" ".join(block.text for block in own)):
        return "error_page"
    if sum(bool(DEBRIS.search(block.text)) for block in lines) + 2 * any(map(DEBRIS.search, titles)) > 1:
        return "template_debris"
    if _is_list(url, requested_url, titles, [block.text for block in lines]):
        return "redirected_to_list"
    return "no_text" if size < 40 else None


def _is_plain(saved: Saved) -> bool:
    """Whether a page has so much text of its own, and so little besides, that not every line need be read."""
    paragraphs = saved.tree.css("p")
    if sum(len(node.text()) for node in paragraphs) > LONG:
        return not ("#" in saved.text and "##" in saved.text)  # one sign is looked for in a tenth of the time
    if is_marked(saved.text) or challenges(saved.text):
        return False
    size = 0
    for node in paragraphs:
        if _is_shown(node):
            size += sum(len(block.text) for block in _own(blocks(node)))
        if size >= SHORT:
            return True
    return False


def _is_shown(paragraph: Node) -> bool:
    """Whether a paragraph counts as it stands; in tables and links it is part of something else."""
    node: Node | None = paragraph
    while node is not None and (tag := node.tag):
        if tag in ("table", "a") or unseen(node, tag):
            return False
        node = node.parent
    return True


def _own(lines: list[Block]) -> list[Block]:
    """The lines that are not mostly links."""
    return [block for block in lines if block.linked < 0.5 * len(block.text)]


def _named(titles: list[str]) -> Reason | None:
    """What the page calls itself, where that is no title of a release."""
    reasons: tuple[tuple[Reason, re.Pattern[str]], ...] = (
        ("blocked", BLOCKED),
        ("soft_404", MISSING),
        ("error_page", BROKEN),
    )
    short = [title for title in titles if len(title) < 120 and is_telling(title)]
    return next((reason for reason, pattern in reasons if any(map(pattern.search, short))), None)


def is_telling(title: str) -> bool:
    """Whether a title may name an error or a block page; nearly none does."""
    return bool(TELLING.find_matches_as_indexes(title.lower()))


def _headed(titles: list[str]) -> bool:
    return any(LIST_TITLE.fullmatch(title) for title in titles[1:4])


def _is_list(url: str, requested_url: str, titles: list[str], lines: list[str]) -> bool:
    moved = _path(url) != _path(requested_url)
    # A row's line of its day begins with it, or ends with it after the name of the house.
    rows = sum(len(t) < 160 and bool(GERMAN.search(t[:40]) or GERMAN.search(t[-12:])) for t in lines)
    more = sum(READ_MORE.fullmatch(text) is not None for text in lines)
    if moved and LIST_PATH.search(_path(url)) and not LIST_PATH.search(_path(requested_url)):
        return _headed(titles) or rows + more >= 3
    return _headed(titles) and max(rows, more) >= MANY


def _path(url: str) -> str:
    return urlsplit(url).path.rstrip("/").casefold()
