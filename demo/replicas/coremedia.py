"""Federal portals on CoreMedia: lists as JSON asked for by POST or by offset, and a form that turns pages."""

import json

from demo.exchange import Request, Response
from demo.portals.markup import blocks, escape, validated
from demo.release import DemoRelease
from demo.replicas.replica import (
    CHANGED,
    PER_PAGE,
    Replica,
    Shown,
    document,
    identity,
    numbered,
    rss,
    shown,
    spelt,
)

SEARCH = "/breg-de/suche/1000406!searchJson"
FILTER = "/ajax/json-filterlist/de/search/-/1798"
PRESS = "/bmfsfj/aktuelles/presse/pressemitteilungen/106404!search"
QUERY = "/service/queryListFilter/10834"
REPORTS = "/de/aktuelles/aktuelle-meldungen"
ARCHIVE_BY_MONTH = "/ajax/filterlist/de/aktuelles/archiv-aktuelle-meldungen/102212-102212"
REPORTS_BY_MONTH = "/ajax/filterlist/de/aktuelles/aktuelle-meldungen/36334-36334"


def _json(facts: dict[str, object]) -> Response:
    return Response(200, json.dumps(facts).encode(), "application/json; charset=utf-8")


def _breg_others(request: Request) -> Response | None:
    if request.path == "/service/rss/breg-de/1151244/feed.xml":
        return rss(request, "Pressemitteilungen", _breg_address, "demo-bund")
    if request.path == "/breg-de/aktuelles/pressemitteilungen":
        rows = "".join(map(_breg_row, shown("demo-bund", request.epoch)[:6]))
        return document("Pressemitteilungen", f'<div class="bpa-main">{rows}</div>')
    if request.path == "/sitemap.xml":
        places = (f"<url><loc>{request.base}/breg-de/service/kontakt</loc></url>",)
        return Response(200, f"<urlset>{''.join(places)}</urlset>".encode(), "application/xml")
    return None


def _breg_address(release: DemoRelease) -> str:
    return f"/breg-de/aktuelles/{release.slug}-{identity(release)}"


def _breg_page(request: Request) -> int:
    return int(json.loads(request.body or b'{"search": {}}')["search"].get("page") or 1)


def _breg_row(release: DemoRelease) -> str:
    return (
        f'<div class="bpa-teaser"><div class="bpa-teaser-text-wrapper"><a href="{_breg_address(release)}">'
        f'<span class="bpa-teaser-title-text-inner">{escape(release.title)}</span></a>'
        f'<time datetime="{release.published:%Y-%m-%d}">{spelt(release)}</time></div></div>'
    )


def _breg_listing(shown: Shown) -> Response:
    items = [{"payload": _breg_row(release)} for release in shown.releases]
    return _json({"result": {"pageCount": shown.last, "items": items}})


def _breg_detail(release: DemoRelease) -> Response:
    """The cookie banner uses the body's class; the real text blocks are nested."""
    number = release.number.partition("/")[0]
    body = (
        '<div class="bpa-cookie-banner"><div class="bpa-richtext"><p>Wir verwenden Cookies, um die Seite zu'
        " verbessern. Bitte wählen Sie, welche davon Sie zulassen.</p></div></div>"
        '<main class="bpa-main"><article class="bpa-article"><header class="bpa-article-header"><ul>'
        f'<li class="bpa-collection-item">{release.kicker} {number}</li>'
        '<li class="bpa-collection-item">Presse- und Informationsamt der Bundesregierung (BPA)</li></ul>'
        f'<h1 class="bpa-accessibility">{escape(release.title)}</h1><div class="bpa-time"><time '
        f'datetime="{release.published:%Y-%m-%dT%H:%M:00}+02:00"></time></div><div class="bpa-short-text">'
        f"<p>{escape(release.lead)}</p><p>{spelt(release)}</p><p>2 Min. Lesedauer</p></div></header>"
        f'<div class="bpa-richtext"><div class="bpa-richtext">{blocks(release)}</div></div></article></main>'
    )
    return document(f"{release.title} | Bundesregierung", body)


def _aa_others(request: Request) -> Response | None:
    if request.path == "/static/includes/rss/Presse-RSS-Feed.xml":
        return rss(request, "Presse", _aa_address, "demo-bund")
    return None


def _aa_address(release: DemoRelease) -> str:
    return f"/de/newsroom/{release.slug}/{identity(release)}"


def _aa_listing(shown: Shown) -> Response:
    items = [
        {"link": _aa_address(r), "headline": r.title, "date": f"{r.published:%d.%m.%Y}", "teaser": r.lead}
        for r in shown.releases
    ]
    return _json({"items": items, "itemsTotal": shown.total})


def _aa_detail(release: DemoRelease) -> Response:
    body = (
        f'<div id="main"><span class="heading__meta">{release.published:%d.%m.%Y} - {release.kicker}</span>'
        f'<h1 class="heading__title">{escape(release.title)}</h1><p class="heading__intro">'
        f'{escape(release.lead)}</p><div class="c-rte--default">{blocks(release)}</div></div>'
    )
    return document(f"{release.title} - Auswärtiges Amt", body)


def _bmfsfj_address(release: DemoRelease) -> str:
    return f"/bmfsfj/aktuelles/presse/pressemitteilungen/{release.slug}-{identity(release)}"


def _bmfsfj_listing(shown: Shown) -> Response:
    """The next page is a button of a form that carries an opaque state along."""
    rows = "".join(
        f'<li class="teaser-list-item"><time datetime="{r.published:%Y-%m-%d}">{spelt(r)}</time>'
        f'<h3 class="teaser-headline"><a href="{_bmfsfj_address(r)}">{escape(r.title)}</a></h3></li>'
        for r in shown.releases
    )
    onward = f'<li class="next"><button name="pageNum" value="{shown.number}">weiter</button></li>'
    form = (
        f'<form action="{PRESS}" method="get"><input type="hidden" name="state" value="H4sIAAAA-opaque">'
        f'<input type="hidden" name="sort" value="date desc"><ul class="pager">'
        f"{onward if shown.number < shown.last else ''}</ul></form>"
    )
    body = f'<main><ul class="search-list">{rows}</ul><div class="pager-container">{form}</div></main>'
    return document("Pressemitteilungen", body)


def _bmfsfj_detail(release: DemoRelease) -> Response:
    body = (
        f'<main><article><div class="article-intro"><p class="dateline">{release.kicker} '
        f'<time datetime="{release.published:%Y-%m-%dT%H:%M:00}+01:00">{spelt(release)}</time></p>'
        f'<h1 class="title">{escape(release.title)}</h1></div><div class="article-teaser">'
        f'<p>{escape(release.lead)}</p></div><div class="article-content">{blocks(release)}</div>'
        f"</article></main>"
    )
    return document(f"BMFSFJ - {release.title}", body)


def _bmvg_others(request: Request) -> Response | None:
    if request.path == "/service/rss/de/17680/feed":
        return rss(request, "Presse", _bmvg_address, "demo-bund")
    return None


def _bmvg_address(release: DemoRelease) -> str:
    return f"/de/presse/{release.slug}-{identity(release)}"


def _bmvg_listing(shown: Shown) -> Response:
    items = [
        {"linkHref": _bmvg_address(r), "title": r.title, "date": f"{r.published:%d.%m.%Y}"}
        for r in shown.releases
    ]
    return _json({"items": items, "totalItemCount": shown.total})


def _bmvg_detail(release: DemoRelease) -> Response:
    body = (
        f'<main><p class="content-header__headline-label">{release.kicker}</p>'
        f'<h1 class="content-header__headline-text">{escape(release.title)}</h1>'
        f'<p class="content-header__headline-date">'
        f'<time datetime="{release.published:%Y-%m-%d}">{spelt(release)}'
        f'</time></p><div class="section__content"><p>{escape(release.lead)}</p>{blocks(release)}</div>'
        f"</main>"
    )
    return document(release.title, body)


def _bmz_address(release: DemoRelease) -> str:
    return f"{REPORTS}/{release.slug}-{identity(release)}"


def _bmz_listing(shown: Shown) -> Response:
    rows = "".join(map(_bmz_row, shown.releases))
    return document("Meldungen", f"<main>{rows}</main>")


def _bmz_others(request: Request) -> Response | None:
    """The list of a month, as a script loads it: a piece of a page."""
    if request.path not in (REPORTS_BY_MONTH, ARCHIVE_BY_MONTH):
        return None
    asked = (request.query["year"], request.query["month"])
    everything = shown("demo-bund", request.epoch)[: None if request.path == REPORTS_BY_MONTH else 0]
    of_month = [r for r in everything if asked == _month(r)]
    piece = "".join(map(_bmz_row, of_month)).encode()
    return validated(request, Response(200, piece, "text/html; charset=utf-8"), CHANGED)


def _month(release: DemoRelease) -> tuple[str, str]:
    return str(release.published.year), str(release.published.month)


def _bmz_row(release: DemoRelease) -> str:
    return (
        '<div class="m-reports__teaser-wrapper">'
        f'<a class="e-teaser-report__anchor" href="{_bmz_address(release)}">'
        f'<span class="e-teaser-report__date">{release.published:%d.%m.%Y}</span>'
        f"<h3>{escape(release.title)}</h3></a></div>"
    )


def _bmz_detail(release: DemoRelease) -> Response:
    """A kicker inside the heading, soft hyphens, the day in the lead only, an empty text block first."""
    title = escape(release.title).replace("förderung", "\xadför\xadderung")
    body = (
        f'<main><h1 class="l-detail-page__title"><span>Städte stärken</span> <span>{title}</span></h1>'
        f'<p class="l-detail-page__teaser-text">Pressemitteilung vom {spelt(release)} | '
        f"{escape(release.lead)}</p>"
        '<div class="rte__detailtext"></div>'
        f'<div class="rte__text"><div class="rte__detailtext">{blocks(release)}</div></div></main>'
    )
    return document(
        f"{release.title} | BMZ", body, f'<meta property="og:title" content="{escape(release.title)}">'
    )


BUNDESREGIERUNG = Replica(
    newsroom="demo-bund",
    path=SEARCH,
    number=_breg_page,
    listing=_breg_listing,
    address=_breg_address,
    detail=_breg_detail,
    others=_breg_others,
)
AUSWAERTIGES_AMT = Replica(
    newsroom="demo-bund",
    path=FILTER,
    number=numbered("offset", step=10),
    listing=_aa_listing,
    address=_aa_address,
    detail=_aa_detail,
    others=_aa_others,
    per_page=10,
    listed="address",
)
FAMILIE = Replica(
    newsroom="demo-bund",
    path=PRESS,
    number=numbered("pageNum"),
    listing=_bmfsfj_listing,
    address=_bmfsfj_address,
    detail=_bmfsfj_detail,
)
VERTEIDIGUNG = Replica(
    newsroom="demo-bund",
    path=QUERY,
    number=numbered("offset", step=PER_PAGE),
    listing=_bmvg_listing,
    address=_bmvg_address,
    detail=_bmvg_detail,
    others=_bmvg_others,
    listed="address",
)
ENTWICKLUNG = Replica(
    newsroom="demo-bund",
    path=REPORTS,
    number=numbered("page", first=1),
    listing=_bmz_listing,
    address=_bmz_address,
    detail=_bmz_detail,
    others=_bmz_others,
    labelled=False,
)
