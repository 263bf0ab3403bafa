"""A portal on the Government Site Builder: a search form for a list, aural headings, session ids on links."""

import re
from collections.abc import Sequence
from datetime import datetime

from demo import enclosed
from demo.collection import edition
from demo.exchange import Request, Response, redirect
from demo.newsroom import NEWSROOMS, NOTICE
from demo.portals.hostile import block_page
from demo.portals.markup import BERLIN, blocks, escape, http_date, validated
from demo.portals.pdf import pdf
from demo.release import DemoRelease

KEY = "demo-bund"
PRESS = "/DE/Presse/Pressemitteilungen/pressemitteilungen_node.html"
SEARCH = "/SiteGlobals/Forms/Suche/DE/Pressemitteilungsuche_Formular.html"
FEED = "/SiteGlobals/Functions/RSSFeed/DE/RSSNewsfeed/RSSPressemitteilungen.xml"
DETAILS = "/SharedDocs/Pressemitteilungen/DE"
DOWNLOADS = "/SharedDocs/Downloads/DE"
SHORT, ONWARD = "/kurz/4711", "/weiter/4711"
PER_PAGE, IN_FEED = 15, 20
THROTTLED, UNAVAILABLE, CAPTCHA, CHAINED = 30, 44, 60, 8
CHANGED = datetime(2026, 7, 1, 9, 0, tzinfo=BERLIN)
LONG_WORD = re.compile(r"\b(\w{7})(\w{9,})\b")
ROBOTS = "User-agent: *\nDisallow: /SiteGlobals/Forms/Suche/Expertensuche\nDisallow: /intern/\n"


def respond(request: Request) -> Response:
    """Answer one request; every page reserves or grants text and data mining in a header."""
    answer = _answer(request)
    mining = "1" if "mining-reserved" in request.modes else "0"
    headers = {**answer.headers, "tdm-reservation": mining}
    return Response(answer.status, answer.body, answer.content_type, headers, answer.announced)


def _answer(request: Request) -> Response:
    path = re.sub(r";jsessionid=[^/?]*", "", request.path)
    if path == "/robots.txt":
        return Response(200, ROBOTS.encode(), "text/plain; charset=utf-8")
    if path == "/":
        return redirect(PRESS, 302)
    if path in {PRESS, SEARCH}:
        return _listing(request, _page_number(request.query.get("gtp", "")))
    if path == FEED:
        return _feed(request)
    if path in {SHORT, ONWARD}:
        target = address(edition(KEY, request.epoch).releases[CHAINED])
        return redirect(ONWARD, 302) if path == SHORT else redirect(target)
    if path.startswith(f"{DETAILS}/"):
        return _detail(request, path)
    if path.startswith(f"{DOWNLOADS}/") and path.endswith(".pdf"):
        return _download(request, path)
    return _page(request, "Seite nicht gefunden", _crowd(LOST), 200 if path.startswith("/rss") else 404)


def address(release: DemoRelease) -> str:
    return f"{DETAILS}/{release.published:%Y/%m}/{release.slug}.html"


def _page_number(parameter: str) -> int:
    found = re.search(r"_list(?:=|%3D)(\d+)", parameter)
    return int(found[1]) if found else 1


def _listing(request: Request, number: int) -> Response:
    everything: Sequence[DemoRelease] = edition(KEY, request.epoch).releases
    shown = () if "empty-listing" in request.modes else everything
    last = max(1, -(-len(shown) // PER_PAGE))
    first = (number - 1) * PER_PAGE
    results = "".join(
        _result(release, SHORT if first + at == CHAINED else address(release))
        for at, release in enumerate(shown[first : first + PER_PAGE])
    )
    onward = SEARCH.lstrip("/") + f"?gtp=1234_list%253D{number + 1}&amp;resultsPerPage={PER_PAGE}"
    pager = f'<a class="forward button" href="{onward}">vor</a>' if number < last else ""
    form = (
        f'<form action="{SEARCH.lstrip("/")}" method="get">'
        '<label>Suchbegriff <input name="templateQueryString">'
        '</label><button type="submit">Suchen</button></form>'
    )
    body = (
        f'<h1 class="c-page-intro__headline">Pressemitteilungen</h1>{form}'
        f'<p class="c-result-count">Suchergebnisse: {len(shown)}</p>'
        f'<div class="c-search-results">{results}</div>'
        f'<p class="navIndex">{pager}</p>'
    )
    return _page(request, "Pressemitteilungen", body)


def _result(release: DemoRelease, path: str) -> str:
    session = f"4F1C0D2E77A9.live8{len(release.slug) % 10}41"
    href = f"{path.lstrip('/')};jsessionid={session}?nn=130{len(release.title)}"
    return (
        f'<div class="c-search-result"><p class="topline"><span class="aural">Datum: </span>'
        f'<time class="date" datetime="{release.published:%Y-%m-%d}">{release.published:%d.%m.%Y}</time></p>'
        f'<h2><a href="{href}">{_hyphenated(release.title)}</a></h2>'
        f"<p>{escape(release.lead[:150])}…</p></div>"
    )


def _detail(request: Request, path: str) -> Response:
    current = edition(KEY, request.epoch)
    found = re.fullmatch(DETAILS + r"/(\d{4}/\d\d)/([^/]+)\.html", path)
    slug = found[2] if found else ""
    if found and slug in current.moved:
        return redirect(f"{DETAILS}/{found[1]}/{current.moved[slug]}.html")
    for at, release in enumerate(reversed(current.releases)):
        if address(release) == path:
            return _troubled(request, at) or _release(request, release, at)
    return _page(request, "Seite nicht gefunden", _crowd(LOST), 404)


def _troubled(request: Request, at: int) -> Response | None:
    """One release is throttled once, one is unavailable once, and one hides behind a block page."""
    if at == CAPTCHA:
        return block_page(request)
    if request.visits == 0 and at == THROTTLED:
        return Response(429, b"Calm down", "text/plain; charset=utf-8", {"Retry-After": "1"})
    if request.visits == 0 and at == UNAVAILABLE:
        return Response(503, b"Wartungsarbeiten", "text/plain; charset=utf-8", {"Retry-After": "1"})
    return None


def _release(request: Request, release: DemoRelease, at: int) -> Response:
    """Every fifth page shows how often it was shared: a change that is none."""
    shared = f'<p class="share">{17 + 5 * request.epoch}-mal geteilt</p>' if at % 5 == 0 else ""
    links = "".join(
        f'<li><a class="downloadLink" href="{DOWNLOADS.lstrip("/")}/{release.slug}/{item.name}'
        f'?__blob=publicationFile&amp;v=2">{escape(item.title)} '
        "(PDF, 1KB, Datei ist nicht barrierefrei)</a></li>"
        for item in release.attachments
    )
    downloads = f'<div class="c-downloads"><h2>Downloads</h2><ul>{links}</ul></div>' if links else ""
    body = f"{_article(release)}{downloads}{shared}{CONTACT}"
    head = f'<meta property="og:title" content="BMREZ - {_hyphenated(release.title)}">'
    changed = release.published if request.epoch == 0 else CHANGED
    return validated(request, _page(request, release.title, body, head=head), changed)


def _article(release: DemoRelease) -> str:
    """Three layouts: the headline carries the date, then an aural date, then it is no h1 any more."""
    title, day = _hyphenated(release.title), f"{release.published:%d.%m.%Y}"
    stamp = f'<time class="c-topline__time" datetime="{release.published:%Y-%m-%d}">{day}</time>'
    theme = (
        f'<p class="c-topline"><span class="c-topline__theme">{release.kicker}: {release.number}</span></p>'
    )
    text = f"<p><strong>{_hyphenated(release.lead)}</strong></p>{blocks(release)}"
    if release.published.year < 2022:
        return (
            f'{theme}<h1 class="c-intro__headline"><span>{title}</span><span class="aural">: </span>'
            f'<small class="c-topline">Datum: {stamp}</small></h1><div class="s-richtext">{text}</div>'
        )
    if release.published.year < 2025:
        return (
            f'{theme}<h1 class="isFirstInSlot">{title}<span class="aural">Erscheinungstag: </span>'
            f'<span class="date">{day}</span></h1><div class="s-richtext">{text}</div>'
        )
    return (
        f'<article><div data-slot="pp-topic">{release.kicker} {release.number}</div>{stamp}'
        f'<h2 data-slot="pp-headline">{title}</h2><div class="body-text">{text}</div>'
        '<section><h2 data-slot="pp-headline">Häufige Fragen</h2></section></article>'
    )


def _download(request: Request, path: str) -> Response:
    for release in edition(KEY, request.epoch).releases:
        for item in release.attachments:
            if path == f"{DOWNLOADS}/{release.slug}/{item.name}":
                body = pdf(item.title, enclosed.paragraphs(release, item, request.epoch))
                return validated(request, Response(200, body, "application/pdf"), release.published)
    return _page(request, "Seite nicht gefunden", _crowd(LOST), 404)


def _feed(request: Request) -> Response:
    releases = edition(KEY, request.epoch).releases[:IN_FEED]
    items = "".join(
        f"<item><title>{escape(release.title)}</title><link>{request.base}{address(release)}</link>"
        f"<guid>{request.base}{address(release)}</guid><description>{escape(release.lead)}</description>"
        f"<pubDate>{http_date(release.published)}</pubDate></item>\n"
        for release in releases
    )
    xml = (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>'
        f"<title>{NEWSROOMS[KEY].site} – Pressemitteilungen</title><link>{request.base}/</link>"
        f"<description>Pressemitteilungen</description><language>de</language>\n{items}</channel></rss>\n"
    )
    answer = Response(200, xml.encode(), "application/rss+xml; charset=utf-8")
    return validated(request, answer, releases[0].published)


def _hyphenated(text: str) -> str:
    """Soft hyphens in long words, as the editing system puts them."""
    return LONG_WORD.sub("\\1\u00ad\\2", escape(text))


def _page(request: Request, title: str, body: str, status: int = 200, head: str = "") -> Response:
    html = (
        f'<!DOCTYPE html>\n<html lang="de"><head><base href="{request.base}/"><meta charset="utf-8">'
        f"<title>{escape(title)} - {NEWSROOMS[KEY].site}</title>"
        '<meta name="generator" content="Government Site Builder">'
        f'<link rel="alternate" type="application/rss+xml" href="{FEED}">{head}</head>'
        f'<body><h1 class="aural">Navigation und Service</h1>{NAVIGATION}<div id="content">{body}</div>'
        f'<h1 class="aural">Fußbereich</h1>'
        f"<footer>Impressum Datenschutz<p>{NOTICE}</p></footer></body></html>\n"
    )
    return Response(status, html.encode())


def _crowd(body: str) -> str:
    """The whole menu of the site unfolded, which makes error pages as heavy as in real life."""
    menu = "".join(
        f'<li><a href="DE/Themen/thema_{n}.html">Unterthema Nummer {n}</a></li>' for n in range(2400)
    )
    return f"{body}<ul>{menu}</ul>"


NAVIGATION = (
    '<nav><ul><li><a href="DE/Ministerium/ministerium.html">Ministerium</a></li>'
    f'<li><a href="{PRESS.lstrip("/")}">Presse</a></li>'
    '<li><a href="intern/verteiler.html">Verteiler</a></li></ul></nav>'
)
CONTACT = (
    '<aside class="c-contact"><h1>Pressekontakt:</h1><p>Pressestelle<br>Musterplatz 2<br>10000 Berlin<br>'
    "Telefon: 030 00000-0</p></aside>"
)
LOST = (
    "<h1>Die gewünschte Seite wurde nicht gefunden</h1><p>Möglicherweise haben Sie einen veralteten Verweis "
    "benutzt oder sich bei der Eingabe der Adresse vertippt.</p>"
)
