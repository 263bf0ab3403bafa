"""The city states: Berlin on Imperia (two layouts, a busy server), Bremen on SixCMS (a table)."""

import re

from demo.exchange import Request, Response
from demo.portals.markup import blocks, escape
from demo.release import DemoRelease
from demo.replicas.replica import PER_PAGE, Replica, Shown, document, identity, numbered, rss

BERLIN_LIST = "/presse/pressemitteilungen/index"
BREMEN_LIST = "/pressemitteilungen-1464"
NEW_LAYOUT_SINCE = 2025


def _be_others(request: Request) -> Response | None:
    """The feed; and the server asks everybody to calm down who asks for a second page."""
    if request.path == f"{BERLIN_LIST}/feed":
        return rss(request, "Pressemitteilungen", _be_address, "demo-feed")
    if request.path.endswith("/page/2") and not request.visits:
        return Response(429, b"<h1>Calm down</h1>", headers={"Retry-After": "0"})
    return None


def _be_page(request: Request) -> int:
    found = re.search(r"/page/(\d+)$", request.path)
    return int(found[1]) if found else 1


def _be_address(release: DemoRelease) -> str:
    year = f"{release.published.year}/" if release.published.year >= NEW_LAYOUT_SINCE else ""
    return f"/sen/finanzen/presse/pressemitteilungen/{year}pressemitteilung.{identity(release)}.php"


def _be_listing(shown: Shown) -> Response:
    rows = "".join(
        f'<tr><td>{r.published:%d.%m.%Y}</td><td><a href="{_be_address(r)}">{escape(r.title)}</a></td>'
        f"<td>{r.author}</td></tr>"
        for r in shown.releases
    )
    head = "<thead><tr><th>Datum</th><th>Titel</th><th>Behörde</th></tr></thead>"
    onward = f'<li class="pager-next"><a href="{BERLIN_LIST}/search/page/{shown.number + 1}">weiter</a></li>'
    pages = f'<ul class="pager">{onward if shown.number < shown.last else ""}</ul>'
    body = f'<div role="main"><table>{head}<tbody>{rows}</tbody></table>{pages}</div>'
    return document("Pressemitteilungen - Berlin.de", body)


def _be_detail(release: DemoRelease) -> Response:
    """The day stands in a meta element and beside the number; the first text block"
    " of old pages is a notice."""
    title, text = escape(release.title), f"<p>{escape(release.lead)}</p>{blocks(release)}"
    label = release.kicker if release.kicker != "Pressemitteilung" else "Pressemitteilung"
    contact = '<div class="modul-contact"><div class="textile"><p>Kontakt: Pressestelle</p></div></div>'
    if release.published.year >= NEW_LAYOUT_SINCE:
        body = (
            '<div id="layout-grid" class="template-land_press"><div id="layout-grid__area--herounit">'
            f'<h1 class="title">{title}</h1></div><div id="layout-grid__area--maincontent">'
            f'<p class="pressnumber">{label} vom {release.published:%d.%m.%Y}</p>'
            f'<div class="textile">{text}</div>{contact}</div></div>'
        )
    else:
        number = f"{release.published.year}-{release.number.partition('/')[0]:0>3}"
        body = (
            f'{EMERGENCY}<div class="article" role="main"><h1 class="title">{title}</h1><div class="body">'
            f'<div class="pressnumber">{label} Nr. {number} vom {release.published:%d.%m.%Y}</div>'
            f'<div class="body"><div class="textile">{text}</div></div></div></div>{contact}'
        )
    head = f'<meta name="dcterms.date" content="{release.published:%Y-%m-%d}">'
    return document(f"{release.title} - Berlin.de", body, head)


EMERGENCY = (
    '<div class="emergency-box"><div class="textile">'
    "<p>Aktuelle Hinweise zur Hitze und zu kühlen Orten in der"
    " Stadt finden Sie auf der Sonderseite der Senatskanzlei und bei den Bezirken.</p></div></div>"
)


def _hb_address(release: DemoRelease) -> str:
    return f"/pressemitteilungen/{release.slug}-{identity(release)}"


def _hb_listing(shown: Shown) -> Response:
    """A table whose first row is its head; links carry a parameter that changes nothing."""
    rows = "".join(
        f'<tr><td>{r.published:%d.%m.%Y}</td><td><a href="{_hb_address(r)}?asl=bremen02.c.732.de">'
        f"{escape(r.title)}</a></td><td>{r.author}</td></tr>"
        for r in shown.releases
    )
    pages = "".join(
        f'<a href="{BREMEN_LIST}?skip={(number - 1) * PER_PAGE}">{number}</a> '
        for number in range(1, shown.last + 1)
        if abs(number - shown.number) < 3
    )
    table = f"<table><tbody><tr><td>Datum</td><td>Titel</td><td>Ressort</td></tr>{rows}</tbody></table>"
    return document("Pressemitteilungen", f"<main>{table}<p>{pages}</p></main>")


def _hb_detail(release: DemoRelease) -> Response:
    body = (
        f'<main><div class="main_article"><p>{release.author}</p><h1>{escape(release.title)}</h1>'
        f"<p>{release.published:%d.%m.%Y}</p><p>{escape(release.lead)}</p>{blocks(release)}"
        "<p>Ansprechpartner(in) für die Medien:</p><p>Max Beispiel, Tel.: (0421) 0000,"
        " presse@example.org</p></div></main>"
    )
    return document(f"{release.title} - Pressestelle des Senats", body)


BERLIN = Replica(
    newsroom="demo-feed",
    path=rf"{BERLIN_LIST}/search/page/\d+",
    number=_be_page,
    listing=_be_listing,
    address=_be_address,
    detail=_be_detail,
    others=_be_others,
)
BREMEN = Replica(
    newsroom="demo-thueringen",
    path=BREMEN_LIST,
    number=numbered("skip", step=PER_PAGE),
    listing=_hb_listing,
    address=_hb_address,
    detail=_hb_detail,
    labelled=False,
)
