"""A portal that offers no list, only feeds and sitemaps; older pages are not in UTF-8."""

import gzip
import re
from urllib.parse import quote

from demo.collection import edition
from demo.exchange import Request, Response, redirect
from demo.newsroom import NEWSROOMS, NOTICE
from demo.portals.markup import BERLIN, blocks, escape, http_date, validated
from demo.release import DemoRelease
from demo.slug import slug as slug_of

KEY = "demo-feed"
DETAILS = "/presse/pressemitteilungen"
RSS, ATOM, SITEMAP = "/presse/feed/rss.xml", "/presse/feed/atom.xml", "/sitemap.xml"
IN_FEED = 15
OTHER_PAGES = ("/impressum/", "/ministerium/leitung/", "/presse/kontakt/")


def respond(request: Request) -> Response:
    path = request.path
    if path == "/robots.txt":
        text = f"User-agent: *\nDisallow: /presse/intern/\nSitemap: {request.base}{SITEMAP}\n"
        return Response(200, text.encode(), "text/plain; charset=utf-8")
    if path == "/":
        return _page("Startseite", HOME)
    if path in {RSS, ATOM}:
        return _feed(request)
    if path == SITEMAP:
        return _index(request)
    if part := re.fullmatch(r"/sitemaps/presse-(\d{4})\.xml(\.gz)?", path):
        return _sitemap(request, int(part[1]), packed=part[2] is not None)
    if path.startswith(f"{DETAILS}/"):
        return _detail(request)
    if path in OTHER_PAGES:
        return _page("Über uns", "<h1>Über uns</h1><p>Allgemeine Angaben.</p>")
    return _page("Fehler 404", "<h1>Fehler 404</h1><p>Diese Seite gibt es nicht.</p>", 404)


def address(release: DemoRelease) -> str:
    """With umlauts; percent-encode it before it goes over the wire."""
    tail = "-neu" if release.slug.endswith("-neu") else ""
    unique = release.number.partition("/")[0]
    return f"{DETAILS}/{release.published.year}/{unique}-{slug_of(release.title, umlauts=True)}{tail}.php"


def _feed(request: Request) -> Response:
    releases = () if "empty-listing" in request.modes else edition(KEY, request.epoch).releases[:IN_FEED]
    site, write = NEWSROOMS[KEY].site, _rss_item if request.path == RSS else _atom_entry
    items = "\n".join(write(request.base, release) for release in releases)
    if request.path == RSS:
        head = f"<title>{site}</title><link>{request.base}/</link>"
        xml = f'<rss version="2.0"><channel>{head}{items}</channel></rss>'
    else:
        xml = (
            f'<feed xmlns="http://www.w3.org/2005/Atom"><title>{site}</title><id>{request.base}/</id>'
            f"<updated>2026-06-30T12:00:00+02:00</updated>{items}</feed>"
        )
    kind = "rss" if request.path == RSS else "atom"
    answer = Response(
        200, f'<?xml version="1.0" encoding="utf-8"?>\n{xml}\n'.encode(), f"application/{kind}+xml"
    )
    return validated(request, answer, releases[0].published) if releases else answer


def _rss_item(base: str, release: DemoRelease) -> str:
    """Umlauts stand raw in the link, as some systems write them."""
    link = f"{base}{address(release)}"
    return (
        f"<item><title>{escape(release.title)}</title><link>{link}</link><guid>{link}</guid>"
        f"<category>{escape(release.author)}</category><description>{escape(release.lead)}</description>"
        f"<pubDate>{http_date(release.published)}</pubDate></item>"
    )


def _atom_entry(base: str, release: DemoRelease) -> str:
    link = f"{base}{quote(address(release))}"
    stamp = release.published.replace(tzinfo=BERLIN).isoformat()
    return (
        f'<entry><title>{escape(release.title)}</title><link href="{link}"/><id>{link}</id>'
        f"<published>{stamp}</published><updated>{stamp}</updated><summary>{escape(release.lead)}</summary></entry>"
    )


def _index(request: Request) -> Response:
    """One sitemap a year, the older ones packed."""
    years = sorted({release.published.year for release in edition(KEY, request.epoch).releases})
    files = [f"presse-{year}.xml{'.gz' if year < years[-1] else ''}" for year in years]
    parts = "".join(f"<sitemap><loc>{request.base}/sitemaps/{file}</loc></sitemap>" for file in files)
    xml = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{parts}</sitemapindex>'
    return Response(200, f'<?xml version="1.0" encoding="UTF-8"?>\n{xml}\n'.encode(), "application/xml")


def _sitemap(request: Request, year: int, packed: bool) -> Response:
    releases = [r for r in edition(KEY, request.epoch).releases if r.published.year == year]
    pages = [(quote(address(r)), f"{r.published:%Y-%m-%d}") for r in releases]
    urls = "".join(
        f"<url><loc>{request.base}{path}</loc><lastmod>{day}</lastmod></url>"
        for path, day in [*pages, *((path, f"{year}-01-02") for path in OTHER_PAGES)]
    )
    xml = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n{xml}\n'.encode()
    if packed:
        return Response(200, gzip.compress(body, mtime=0), "application/x-gzip")
    return Response(200, body, "application/xml")


def _detail(request: Request) -> Response:
    current = edition(KEY, request.epoch)
    for release in current.releases:
        if address(release) == request.path:
            return _release(release)
        if request.path == address(release).replace("-neu.php", ".php"):
            return redirect(quote(address(release)), 308)
    status = 410 if request.epoch else 404
    return _page("Nicht gefunden", "<h1>Nicht gefunden</h1><p>Diese Meldung gibt es nicht mehr.</p>", status)


def _release(release: DemoRelease) -> Response:
    """Two layouts, and three encodings: named in the header, in a meta element, or UTF-8."""
    year, moment = release.published.year, release.published
    head = f'<meta name="dcterms.date" content="{moment:%Y-%m-%d}">'
    number = f"{release.kicker} Nr. {release.number} vom {moment:%d.%m.%Y}"
    text = f'<div class="textile"><p>{escape(release.lead)}</p>{blocks(release)}</div>'
    contact = (
        f'<div class="textile"><p>Pressestelle, Telefon 0391 00000-0</p><p>{escape(release.author)}</p></div>'
    )
    title = f'<h1 class="title">{escape(release.title)}</h1>'
    if year < 2024:
        body = (
            f'<div class="emergency-box"><div class="textile"><p>{EMERGENCY}</p></div></div>'
            '<div class="article">'
            f'{title}<div class="pressnumber">{number}</div><div class="body">{text}</div></div>{contact}'
        )
    else:
        body = (
            f'<div id="layout-grid__area--maincontent">{title}<p class="pressnumber">{number}</p>{text}</div>'
            f'<div id="layout-grid__area--marginal">{contact}</div>'
        )
    if year == 2019:
        return _page(release.title, body, head=head, encoding="iso-8859-1", told="header")
    if year == 2020:
        return _page(release.title, body, head=head, encoding="iso-8859-1", told="meta")
    return _page(release.title, body, head=head)


def _page(
    title: str, body: str, status: int = 200, head: str = "", encoding: str = "utf-8", told: str = "both"
) -> Response:
    """What calls itself ISO-8859-1 holds Windows-1252 in truth, as on the real web."""
    meta = f'<meta charset="{encoding}">' if told != "header" else ""
    html = (
        f'<!DOCTYPE html>\n<html lang="de"><head>{meta}<title>{escape(title)} - {NEWSROOMS[KEY].site}</title>'
        f'<link rel="alternate" type="application/rss+xml" href="{RSS}">'
        f'<link rel="alternate" type="application/atom+xml" href="{ATOM}">{head}</head>'
        f"<body><nav>{NAVIGATION}</nav><main>{body}</main><footer><p>Impressum</p><p>{NOTICE}</p></footer></body></html>\n"
    )
    raw = html.encode("cp1252" if encoding == "iso-8859-1" else encoding)
    return Response(status, raw, "text/html" if told == "meta" else f"text/html; charset={encoding}")


NAVIGATION = (
    '<a href="/">Start</a> <a href="/presse/kontakt/">Kontakt</a> <a href="/presse/intern/">Intern</a>'
)
EMERGENCY = "Bitte beachten Sie die aktuellen Hinweise zu den Öffnungszeiten."
HOME = (
    "<h1>Willkommen</h1><p>Unsere Mitteilungen können Sie abonnieren: "
    f'<a href="{RSS}">RSS</a>, <a href="{ATOM}">Atom</a>.</p>'
)
