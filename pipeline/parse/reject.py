"""Pages that answer with 200 and are no release: each has a reason, and none is read as a change or a removal."""

import re
from typing import Literal
from urllib.parse import urlsplit

from pipeline.parse.blocks import blocks
from pipeline.parse.decode import decode
from pipeline.parse.head import read_head
from pipeline.parse.stamps import GERMAN
from pipeline.parse.tree import tree

Reason = Literal[
    "redirected_to_list", "soft_404", "blocked", "error_page", "no_text", "not_html", "template_debris"
]

NO_HTML = re.compile(r"(?:image|audio|video|font)/|application/(?!xhtml|octet-stream)|text/(?!html|plain)", re.I)
MISSING = re.compile(
    r"\b(?:seite|inhalt|dokument|artikel|meldung|datei|page)\b.{0,40}\b(?:nicht (?:gefunden|vorhanden|verfügbar|mehr"
    r" verfügbar)|existiert nicht|not found)|(?:^|\b(?:fehler|error|http|status)\W{0,3})40[34]\b|^404\b|\bnot found\b"
    r"|nicht mehr (?:verfügbar|vorhanden|online)$",
    re.IGNORECASE,
)
BROKEN = re.compile(
    r"(?:fehler|error|http|status)\W{0,3}50[0-9]\b|^50[0-9]\b|internal server error|bad gateway|service unavailable"
    r"|gateway time-?out|wartungsarbeiten|wartungsmodus|technische(?:r|s)? (?:fehler|störung|problem)"
    r"|vorübergehend nicht (?:erreichbar|verfügbar)|ein fehler ist aufgetreten|serverfehler|anwendungsfehler"
    r"|^(?:fehler|error)\W*$",
    re.IGNORECASE,
)
BLOCKED = re.compile(
    r"just a moment|attention required|cloudflare|bunny\W?(?:cdn|shield)|establishing a secure connection|calm down"
    r"|zugriff verweigert|access denied|forbidden|captcha|are you (?:a )?(?:human|robot)|sind sie ein mensch"
    r"|too many requests|zu viele anfragen|ddos|security check|sicherheitsüberprüfung|bot\W?(?:protection|erkennung)"
    r"|request (?:blocked|rejected)|ungewöhnlichen? (?:datenverkehr|zugriff)|^(?:anmelden|anmeldung|login|log in)\b",
    re.IGNORECASE,
)
CHALLENGE = re.compile(
    r"cf-challenge|cf_chl_|challenge-platform|/\.bunny-shield|bunny-shield|data-sitekey=|g-recaptcha|h-captcha", re.I
)
LIST_TITLE = re.compile(
    r"(?:(?:aktuelle|alle)\s)?(?:medien|presse)(?:informationen|mitteilungen|meldungen|service|archiv|raum|portal)?"
    r"|medieninformationen zur arbeit der staatskanzlei|aktuelles|presse(?: und medien)?|suche|suchergebnisse?|startseite"
    r"|(?:alle )?meldungen|pressestelle|archiv",
    re.IGNORECASE,
)
DEBRIS = re.compile(r"##\w+##|\{\{\s*\w[\w.]*\s*\}\}|\[%\s*\w+")
LIST_PATH = re.compile(r"/(?:seite[-/]\d+|page/\d+|medieninformationen|pressemitteilungen|medienservice|presse|aktuelles)/?$")
READ_MORE = re.compile(r"zur detailseite|mehr(?: lesen| erfahren)?|weiterlesen|mehr …", re.IGNORECASE)
MANY = 5  # dated rows, or links that say "more": a list
LONG = 1_200  # characters; an error page with more text of its own is unheard of


def not_a_release(
    html: bytes | str, url: str, requested_url: str, status: int, content_type: str | None = None
) -> Reason | None:
    """Why a page that came for a release's address is none; None where it may be one."""
    if content_type and NO_HTML.match(content_type):
        return "not_html"
    if isinstance(html, bytes) and html[:5] in (b"%PDF-", b"PK\x03\x04\x14"):
        return "not_html"
    text = decode(html, content_type)
    if not text.strip():
        return "no_text"
    if "<" not in text[:2_000]:
        return "not_html"
    if status >= 400:
        return "error_page"
    return _by_content(text, url, requested_url)


def _by_content(text: str, url: str, requested_url: str) -> Reason | None:
    page = tree(text)
    head = read_head(page)
    lines = [block for block in blocks(page.body)] if page.body else []
    own = [block for block in lines if block.linked < 0.5 * len(block.text)]
    size = sum(len(block.text) for block in own)
    titles = [head.title, *(line for node in page.css("h1, h2")[:8] if (line := " ".join(node.text().split())))]
    if size < LONG and (CHALLENGE.search(text) or any(BLOCKED.search(t) for t in titles)):
        return "blocked"
    if not lines:
        return "no_text"
    for reason, pattern in (("soft_404", MISSING), ("error_page", BROKEN), ("blocked", BLOCKED)):
        if any(len(t) < 120 and pattern.search(t) for t in titles) and not _reads_on(own):
            return reason  # type: ignore[return-value]
    if size < 400 and BROKEN.search(" ".join(block.text for block in own)):
        return "error_page"
    if DEBRIS.search(" ".join(titles)) or sum(bool(DEBRIS.search(b.text)) for b in lines) > 1:
        return "template_debris"
    if _is_list(url, requested_url, titles, [block.text for block in lines]):
        return "redirected_to_list"
    return "no_text" if size < 40 else None


def _reads_on(own: list) -> bool:  # type: ignore[type-arg]
    """Whether there is a text of several long paragraphs, as no error page has."""
    return sum(len(block.text) > 250 for block in own) >= 3


def _is_list(url: str, requested_url: str, titles: list[str], lines: list[str]) -> bool:
    moved = _path(url) != _path(requested_url)
    rows = sum(len(text) < 160 and GERMAN.search(text[:40]) is not None for text in lines)
    more = sum(READ_MORE.fullmatch(text) is not None for text in lines)
    headed = any(LIST_TITLE.fullmatch(title.strip()) for title in titles[1:4])
    if moved and LIST_PATH.search(_path(url)) and not LIST_PATH.search(_path(requested_url)):
        return headed or rows + more >= 3
    return headed and max(rows, more) >= MANY


def _path(url: str) -> str:
    return urlsplit(url).path.rstrip("/").casefold()
