"""Drupal portals: Nordrhein-Westfalen with downloads among its rows, Hessen with a host per ministry."""

from demo.exchange import Response
from demo.portals.markup import blocks, escape
from demo.release import DemoRelease
from demo.replicas.replica import Replica, Shown, document, numbered, spelt

DOWNLOAD = (
    '<article class="content-teaser"><h3>'
    '<a href="/sites/default/files/haushalt.pdf">Haushalt als PDF</a></h3>'
    "</article>"
)


def pager(shown: Shown) -> str:
    """Pages count from 0; the links keep the other parameters of the search."""
    kept = "".join(f"{name}={value}&amp;" for name, value in shown.request.query.items() if name != "page")
    links = [
        f'<li class="pager__item"><a href="?{kept}page={number - 1}">{number}</a></li>'
        for number in range(1, shown.last + 1)
        if abs(number - shown.number) < 3
    ]
    if shown.number < shown.last:
        links.append(
            f'<li class="pager__item--next"><a href="?{kept}page={shown.number}">Nächste Seite</a></li>'
        )
    return f'<nav class="pager"><ul>{"".join(links)}</ul></nav>'


def _nw_listing(shown: Shown) -> Response:
    rows = "".join(
        f'<article class="content-teaser"><div><span class="content-teaser__meta-item">{spelt(r)}</span>'
        f"</div>"
        f'<h3><a href="{_nw_address(r)}">{escape(r.title)}</a></h3>'
        f'<p class="content-teaser__text">{escape(r.lead)}</p></article>'
        for r in shown.releases
    )
    main = f'<h1>Presse</h1><div class="press-release-list-four-col">{DOWNLOAD}{rows}</div>{pager(shown)}'
    return document("Pressemitteilungen | Landesportal", f"<main>{main}</main>")


def _nw_address(release: DemoRelease) -> str:
    return f"/pressemitteilung/{release.slug}"


def _nw_detail(release: DemoRelease) -> Response:
    body = (
        '<main><div class="basic-page-template__preface u-max-width">'
        f'<span class="content-teaser__meta-item">{spelt(release)}</span><h1>{escape(release.title)}</h1>'
        f'<div class="text"><p>Das Ministerium für Heimat teilt mit:</p><p>{escape(release.lead)}</p>'
        f"{blocks(release)}</div></div></main>"
    )
    return document(f"{release.title} | Landesportal", body)


def _he_listing(shown: Shown) -> Response:
    rows = "".join(
        f'<div class="row mb-4"><div class="article"><p class="date my-0">{r.published:%d.%m.%Y}</p>'
        f'<p class="publisher my-0">{r.author}</p><h2><a href="{_he_address(r)}">{escape(r.title)}</a></h2>'
        f"<p>{escape(r.lead)}</p></div></div>"
        for r in shown.releases
    )
    main = f'<h1>Presse</h1><div class="row"><div class="col-12">{rows}</div></div>{pager(shown)}'
    return document("Presse | Demo-Ministerium", f"<main>{main}</main>")


def _he_address(release: DemoRelease) -> str:
    folder = "presse" if release.published.year > 2024 else "presse/pressearchiv"
    return f"/{folder}/{release.slug}"


def _he_detail(release: DemoRelease) -> Response:
    """Each block of the text is a field of its own."""
    text = f"<p>{escape(release.lead)}</p>", blocks(release)
    fields = "".join(f'<div class="cp-richtext__field-richtext">{part}</div>' for part in text)
    body = (
        f'<main><p class="label">{release.kicker}</p>'
        f'<div class="publisher__field-herausgeber">{release.author}'
        f'</div><div class="hp-press__field-ph-date"><time datetime="{release.published:%Y-%m-%dT%H:%M:00}Z">'
        f"{release.published:%d.%m.%Y}</time></div><p>Lesedauer: 2 Minuten</p>"
        f'<div class="hp-press__field-pt-dateline">Landespolitik</div>'
        f'<h1 class="hp-press__field-pt-headline">{escape(release.title)}</h1>{fields}</main>'
    )
    return document(f"{release.title} | Demo-Ministerium", body)


NORDRHEIN_WESTFALEN = Replica(
    newsroom="demo-thueringen",
    path="/pressemitteilungen|/presse-und-medien/pressemitteilungen|/suche",
    number=numbered("page"),
    listing=_nw_listing,
    address=_nw_address,
    detail=_nw_detail,
    labelled=False,
    opening="Das Ministerium für Heimat teilt mit:\n",
)
HESSEN = Replica(
    newsroom="demo-bund",
    path="/presse",
    number=numbered("page"),
    listing=_he_listing,
    address=_he_address,
    detail=_he_detail,
)
