"""TYPO3 portals with a news extension: Rheinland-Pfalz, Baden-Württemberg, the federal environment."""

import re
from collections.abc import Callable

from demo.exchange import Request, Response
from demo.portals.markup import blocks, escape
from demo.release import DemoRelease
from demo.replicas.replica import Replica, Shown, document, numbered, spelt


def in_path(request: Request) -> int:
    """The number of a page that stands at the end of its path."""
    found = re.search(r"/seite-(\d+)$", request.path)
    return int(found[1]) if found else 1


def rheinland_pfalz(path: str) -> Replica:
    """All ministries share one template; only the path of their list differs. Releases state no day."""

    def listing(shown: Shown) -> Response:
        rows = "".join(
            f'<article><span class="news-list-date">{r.published:%d.%m.%Y}</span><p>| Land / Mainz-Bingen</p>'
            f'<h4><a href="{path}/detail/{r.slug}">{escape(r.title)}</a></h4>'
            f'<div class="teaser-text">{escape(r.lead)}</div><a href="{path}/detail/{r.slug}">Weiterlesen</a>'
            f"</article>"
            for r in shown.releases
        )
        body = f'<main><div class="news-list-content-view">{rows}</div>{_pager(shown, path)}</main>'
        return document("Pressemitteilungen", body)

    return Replica(
        newsroom="demo-feed",
        path=rf"{path}(?:/seite-\d+)?",
        number=in_path,
        listing=listing,
        address=lambda release: f"{path}/detail/{release.slug}",
        detail=_rp_detail,
        dated=False,
        labelled=False,
    )


def _pager(shown: Shown, path: str) -> str:
    links = "".join(
        f'<li><a href="{path}/seite-{number}">{number}</a></li>'
        for number in range(1, shown.last + 1)
        if number in (1, shown.last) or abs(number - shown.number) < 2
    )
    return f'<ul class="f3-widget-paginator">{links}</ul>'


def _rp_detail(release: DemoRelease) -> Response:
    body = (
        f'<main><div class="news news-single"><div class="article"><p>| Land / Mainz-Bingen</p>'
        f'<h1>{escape(release.title)}</h1><div class="teaser-text"><p>{escape(release.lead)}</p></div>'
        f'<div class="news-text-wrap">{blocks(release)}</div></div></div>'
        f"<p>Max Beispiel<br>Pressesprecher<br>Telefon 06131 0000-0</p><p>Teilen</p><p>Zurück</p></main>"
    )
    return document(release.title, body)


BW_LIST = "/de/service/presse/pressemitteilungen"


def _bw_address(release: DemoRelease) -> str:
    return f"/de/service/presse/pressemitteilung/pid/{release.slug}"


def _bw_listing(shown: Shown) -> Response:
    """The parameter of the page is percent-encoded, and every link carries a hash."""
    rows = "".join(
        f'<li class="list__item"><a href="{_bw_address(r)}">'
        f'<time datetime="{r.published:%Y-%m-%d}">{spelt(r)}'
        f'</time><h3>{escape(r.title)}</h3><p class="teaser__text">{escape(r.lead)}</p></a></li>'
        for r in shown.releases
    )
    pages = "".join(
        f'<a href="{BW_LIST}?tx_rsmpress_list%5Bpage%5D={number}&amp;cHash=0a{number}">{number}</a> '
        for number in range(1, shown.last + 1)
        if abs(number - shown.number) < 3
    )
    return document("Pressemitteilungen", f'<main><ul class="list">{rows}</ul><nav>{pages}</nav></main>')


def _bw_detail(release: DemoRelease) -> Response:
    body = (
        f'<main><article class="article"><p class="article__kicker">{release.kicker}</p>'
        f'<h1>{escape(release.title)}</h1><time datetime="{release.published:%Y-%m-%d}">{spelt(release)}'
        f"</time>"
        f'<div class="article__lead"><p>{escape(release.lead)}</p></div>'
        f'<div class="text">{blocks(release)}</div></article></main>'
    )
    return document(f"{release.title}: Landesportal", body)


def _bmuv_address(release: DemoRelease) -> str:
    return f"/pressemitteilung/{release.slug}"


def _bmuv_listing(path: str) -> Callable[[Shown], Response]:
    def listing(shown: Shown) -> Response:
        rows = "".join(
            f'<article class="c-teaser"><a href="{_bmuv_address(r)}"><time datetime="{r.published:%Y-%m-%d}">'
            f"{r.published:%d.%m.%Y}</time><h3>{escape(r.title)}</h3></a></article>"
            for r in shown.releases
        )
        onward = (
            '<li class="c-pagination__item c-pagination__item--next">'
            f'<a href="{path}?page={shown.number + 1}">›</a></li>'
        )
        pages = f'<ul class="c-pagination">{onward if shown.number < shown.last else ""}</ul>'
        return document("Presse", f'<main><div class="c-articles-list">{rows}</div>{pages}</main>')

    return listing


def _bmuv_detail(release: DemoRelease) -> Response:
    body = (
        f'<main><div class="c-hero">'
        f'<p class="c-hero__rubric">{release.published:%d.%m.%Y} | {release.kicker} Nr. '
        f"{release.number} | Naturschutz</p><h1>{escape(release.title)}</h1></div>"
        f'<div itemprop="articleBody"><h2>{escape(release.lead)}</h2>'
        f'<div itemprop="description">{blocks(release)}</div></div></main>'
    )
    return document(f"{release.title} | Pressemitteilung", body)


BADEN_WUERTTEMBERG = Replica(
    newsroom="demo-thueringen",
    path=BW_LIST,
    number=numbered("tx_rsmpress_list[page]", first=1),
    listing=_bw_listing,
    address=_bw_address,
    detail=_bw_detail,
)


def umwelt(path: str) -> Replica:
    """The federal environment ministry; its archive is a second list with the same pages."""
    return Replica(
        newsroom="demo-bund",
        path=rf"{path}|/presse/pressearchiv",
        number=numbered("page", first=1),
        listing=_bmuv_listing(path),
        address=_bmuv_address,
        detail=_bmuv_detail,
    )
