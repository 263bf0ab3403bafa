"""A portal on the TYPO3 state template: lists without dates, kicker and title glued, layouts by year."""

import json
import re

from demo.collection import edition
from demo.exchange import Request, Response, redirect
from demo.newsroom import NEWSROOMS, NOTICE
from demo.portals.markup import blocks, escape
from demo.release import DemoRelease

KEY = "demo-thueringen"
LIST = "/medienservice/medieninformationen"
OLD_ADDRESS = "/th7/demo/aktuell/presse/109802/index.aspx"
LOST_ADDRESS = f"{LIST}/detailseite/archiv-umgezogen"
PER_PAGE = 10
PINNED, REPEATED, BACK_DATED, UNDATED_EVERY = 40, 15, 55, 37
ROBOTS = "User-agent: *\nDisallow: /intern/\nDisallow: /suche\nCrawl-delay: 0.02\n"


def respond(request: Request) -> Response:
    """Answer one request; nothing here carries an ETag."""
    path = request.path.rstrip("/") or "/"
    if path == "/robots.txt":
        return Response(200, ROBOTS.encode(), "text/plain; charset=utf-8")
    if path in {"/", "/aktuelles"}:
        return redirect("/medienservice", 302)
    if path == "/medienservice" or path == OLD_ADDRESS:
        return redirect(LIST)
    if path == LOST_ADDRESS:
        return _page("Seite nicht gefunden", LOST)
    if page := re.fullmatch(LIST + r"(?:/seite-(\d+)|/seite/(\d+))?", path):
        return _listing(request, int(page[1] or page[2] or 1))
    if detail := re.fullmatch(LIST + r"/(medieninformation|detailseite)/([^/]+)", path):
        return _detail(request, detail[1], detail[2])
    return _page("Fehler 404", "<h1>Fehler 404</h1><p>Die angeforderte Seite existiert nicht.</p>", 404)


def address(release: DemoRelease) -> str:
    """Older details live under another path than newer ones."""
    folder = "detailseite" if release.published.year < 2025 else "medieninformation"
    return f"{LIST}/{folder}/{release.slug}"


def entries(epoch: int) -> list[DemoRelease]:
    """The list as editors leave it: one entry pinned on top, one back-dated near the top, one doubled."""
    releases = list(edition(KEY, epoch).releases)
    pinned, late = releases[PINNED], releases[BACK_DATED]
    releases.remove(late)
    return [pinned, releases[0], late, *releases[1:REPEATED], releases[REPEATED], *releases[REPEATED:]]


def _listing(request: Request, number: int) -> Response:
    shown = [] if "empty-listing" in request.modes else entries(request.epoch)
    last = max(1, -(-len(shown) // PER_PAGE))
    if number > last:
        return _page("Fehler 404", "<h1>Fehler 404</h1><p>Die angeforderte Seite existiert nicht.</p>", 404)
    items = [_item(release) for release in shown[(number - 1) * PER_PAGE : number * PER_PAGE]]
    if number == last and shown:
        items += [FORMER_ITEM, LOST_ITEM]
    body = f'<h1>Medieninformationen</h1><ul class="ce-list">{"".join(items)}</ul>{_pager(number, last)}'
    return _page("Medieninformationen", body)


def _item(release: DemoRelease) -> str:
    year, href, title = release.published.year, address(release), escape(release.title)
    lead = escape(release.lead[:180].rsplit(" ", 1)[0]) + " …"
    if year <= 2020:
        return (
            f'<li><div>{release.number}</div><h3>{title}</h3><span class="visuallyhidden">{title}</span>'
            f'<div>Erstellt von {release.author}</div><p>{lead}</p><a href="{href}">mehr</a></li>'
        )
    if year <= 2022:
        return (
            f"<li><h3>{release.number}{title}</h3><div>Erstellt von {release.author}</div>"
            f'<p>{lead}</p><a href="{href}">zur Detailseite</a></li>'
        )
    return (
        f"<li><h3><span>{release.kicker}</span>{title}</h3><p>{lead}</p>"
        f'<a href="{href}"><span>zur Detailseite</span></a></li>'
    )


def _pager(number: int, last: int) -> str:
    links = [
        f'<li><a href="{LIST}{f"/seite-{page}" if page > 1 else ""}">{page}</a></li>'
        if page != number
        else f'<li class="current"><span>{page}</span></li>'
        for page in range(1, last + 1)
        if abs(page - number) < 3 or page in {1, last}
    ]
    onward = (
        f'<li><a href="{LIST}/seite-{number + 1}" aria-label="nächste Seite">›</a></li>'
        if number < last
        else ""
    )
    return f'<nav aria-label="Seiten"><ul class="pager">{"".join(links)}{onward}</ul></nav>'


def _detail(request: Request, folder: str, slug: str) -> Response:
    current = edition(KEY, request.epoch)
    if slug in current.moved:
        return redirect(f"{LIST}/{folder}/{current.moved[slug]}")
    for at, release in enumerate(current.releases):
        if release.slug == slug and address(release).endswith(f"{folder}/{slug}"):
            return _release(release, dated=at % UNDATED_EVERY != UNDATED_EVERY - 1)
    return _page("Fehler 404", "<h1>Fehler 404</h1><p>Die angeforderte Seite existiert nicht.</p>", 404)


def _release(release: DemoRelease, dated: bool) -> Response:
    """Four layouts: the date moves from meta to time, to JSON-LD, and on some pages it is missing."""
    year, moment = release.published.year, release.published
    title, head, stamp = escape(release.title), "", ""
    heading = f"<span>{release.kicker}</span><span>{title}</span>"
    if year <= 2020:
        heading = f"{release.kicker} {release.number}{title}"
        head = f'<meta name="date" content="{moment:%Y-%m-%d}">' if dated else ""
    elif year <= 2022:
        stamp = f'<time datetime="{moment:%Y-%m-%d}">{moment:%d.%m.%Y}</time>' if dated else ""
    elif dated:
        head = _json_ld(release)
    author = f'<p class="author">Erstellt von {release.author}</p>' if year <= 2022 else ""
    body = (
        f'<article><header><h1>{heading}</h1>{stamp}{author}</header><div class="ce-bodytext">'
        f"<p><strong>{escape(release.lead)}</strong></p>{blocks(release)}</div></article>"
        f"{SHARE}{CONTACT}"
    )
    return _page(release.title, body, head=head)


def _json_ld(release: DemoRelease) -> str:
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": release.title,
        "datePublished": f"{release.published:%Y-%m-%dT%H:%M:00}",
        "author": {"@type": "Organization", "name": release.author},
    }
    return f'<script type="application/ld+json">{json.dumps(facts, ensure_ascii=False)}</script>'


def _page(title: str, body: str, status: int = 200, head: str = "") -> Response:
    site = NEWSROOMS[KEY].site
    html = (
        f'<!DOCTYPE html>\n<html lang="de"><head><meta charset="utf-8">'
        f"<title>{escape(title)} | {site}</title>"
        f'<meta name="generator" content="TYPO3 CMS">{head}</head><body>{SKIP}{NAVIGATION}'
        f'<main id="inhalt">{body}</main>{FOOTER}</body></html>\n'
    )
    return Response(status, html.encode())


SKIP = (
    '<div class="skip"><a href="#top">Seitenbeginn</a> . <a href="#nav">Zur Hauptnavigation</a> . '
    '<a href="#inhalt">Zum Seiteninhalt</a></div>'
)
NAVIGATION = (
    '<header><nav id="nav"><ul><li><a href="/ministerium">Ministerium</a></li>'
    '<li><a href="/themen">Themen</a></li>'
    f'<li><a href="{LIST}">Medienservice</a></li><li><a href="/intern/pressespiegel">Pressespiegel</a></li>'
    '<li><a href="/suche">Suche</a></li></ul></nav></header>'
)
SHARE = (
    '<div class="share"><h2>Diese Seite teilen:</h2><ul><li><a href="#">Facebook</a></li>'
    '<li><a href="#">Mastodon</a></li><li><a href="#">E-Mail</a></li></ul></div>'
)
CONTACT = (
    '<aside class="contact"><h2>Pressestelle</h2><p>Pressesprecherin<br>Beispielstraße 1, 99000 Erfurt<br>'
    "Telefon: 0361 00000-0<br>presse(at)demo.invalid</p></aside>"
)
FOOTER = (
    "<footer><h2>Der Freistaat Thüringen in den sozialen Netzwerken:</h2>"
    f"<ul><li>Mastodon</li><li>YouTube</li></ul>"
    f"<p>Impressum Datenschutz Barrierefreiheit</p><p>{NOTICE}</p></footer>"
)
LOST = (
    "<h1>Seite nicht gefunden</h1>"
    "<p>Die gewünschte Seite ist leider nicht mehr verfügbar. "
    "Vielleicht wurde sie verschoben oder umbenannt. Bitte nutzen Sie die Suche.</p>"
)
FORMER_ITEM = (
    "<li><div>151/2018</div><h3>Archiv: Bilanz der Dorferneuerung</h3>"
    "<p>Der Beitrag stammt aus dem früheren Auftritt …</p>"
    f'<a href="{OLD_ADDRESS}">zur Detailseite</a></li>'
)
LOST_ITEM = (
    "<li><div>149/2018</div><h3>Archiv: Tagung der Kleingärtner</h3>"
    "<p>Der Beitrag wird derzeit überarbeitet …</p>"
    f'<a href="{LOST_ADDRESS}">mehr</a></li>'
)
