"""WordPress and its like: Bayern with a list loaded by script, Sachsen-Anhalt with a migrated archive."""

from datetime import timedelta
from urllib.parse import parse_qsl

from demo.exchange import Request, Response
from demo.portals.markup import blocks, escape
from demo.release import DemoRelease
from demo.replicas.replica import Replica, Shown, document, numbered, rss, shown, spelt

AJAX = "/wp-content/themes/bayernde/functions.ajax.php"
ST_LIST = "/lj/politik-und-verwaltung/service/politik-aktuell/pressemitteilungen"
MIGRATED_UNTIL = 2025  # releases of that year and before came from an older system


def _by_address(release: DemoRelease) -> str:
    return f"/{release.slug}/"


def _by_page(request: Request) -> int:
    return int(dict(parse_qsl(request.body.decode())).get("pagi", 1))


def _by_listing(shown: Shown) -> Response:
    """Bare HTML without a head; no link leads on."""
    rows = "".join(
        f'<article><span class="date-press-releases">{spelt(r)}</span><h3><a href="{_by_address(r)}">'
        f"{escape(r.title)}</a></h3></article>"
        for r in shown.releases
    )
    return Response(200, (rows or "<p>Keine weiteren Meldungen</p>").encode())


def _by_others(request: Request) -> Response | None:
    if request.path == "/feed/":
        return rss(request, "Bayern", _by_address, "demo-feed")
    return None


def _by_detail(release: DemoRelease) -> Response:
    body = (
        f'<main><p class="date-press-releases">{spelt(release)}</p>'
        f'<h1 class="sub-title">{escape(release.title)}'
        f'</h1><div class="content-blocktext"><p>{escape(release.lead)}</p>{blocks(release)}</div></main>'
    )
    return document(f"{release.title} - Bayerisches Landesportal", body)


BAYERN = Replica(
    newsroom="demo-feed",
    path=AJAX,
    number=_by_page,
    listing=_by_listing,
    address=_by_address,
    detail=_by_detail,
    others=_by_others,
    labelled=False,
)


def _st_address(release: DemoRelease) -> str:
    migrated = release.published.year <= MIGRATED_UNTIL
    house = "not-rated" if migrated else "ministerium-der-finanzen"
    return f"/{house}/{release.published:%Y/%m/%d}/{release.slug}"


def _st_listing(shown: Shown) -> Response:
    rows = "".join(
        f'<div class="tx-rssdisplay-newslist"><span class="tx-rssdisplay-item-meta-date">'
        f'{r.published:%d.%m.%Y}</span><a class="tx-rssdisplay-item-meta-header" href="{_st_address(r)}">'
        f"{escape(r.title)}</a></div>"
        for r in shown.releases
    )
    pages = "".join(
        f'<a href="{ST_LIST}?no_cache=1&amp;tx_tsarssinclude_pi1%5Bpage%5D={number}">{number}</a> '
        for number in range(1, shown.last + 1)
        if abs(number - shown.number) < 3
    )
    return document("Pressemitteilungen", f"<main>{rows}<p>{pages}</p></main>")


def _st_others(request: Request) -> Response | None:
    """The portal's front page shows the newest."""
    if request.path != "/":
        return None
    rows = "".join(
        f'<div class="tx-rssdisplay-newslist"><span class="tx-rssdisplay-item-meta-date">'
        f'{r.published:%d.%m.%Y}</span><a class="tx-rssdisplay-item-meta-header" href="{_st_address(r)}">'
        f"{escape(r.title)}</a></div>"
        for r in shown("demo-feed", request.epoch)[:6]
    )
    return document("Presseportal", f"<main>{rows}</main>")


def _st_detail(release: DemoRelease) -> Response:
    """Migrated pages: a head day one too early, lost quotation marks, the number without its label."""
    title, day = escape(release.title), release.published
    if day.year > MIGRATED_UNTIL:
        body = (
            f"<main><p>Pressemitteilung: {release.number}</p><p>Magdeburg, den {day:%d.%m.%Y}</p><h1>{title}"
            f"</h1>"
            f"<p>{escape(release.lead)}</p>{blocks(release)}<p>Impressum:</p>"
            f"<p>Ministerium, Pressestelle</p></main>"
        )
        return document(f"{release.title} | Sachsen-Anhalt", body)
    early = day - timedelta(days=1)
    dateline = f"<p>Magdeburg, den {spelt(release)}</p>" if day.day % 2 else ""
    text = f"<p>{escape(release.lead)}</p>{blocks(release)}".replace("„", "¿").replace("“", "¿")
    number = release.number.partition("/")[0]
    body = (
        f"<main><p>: {number}</p><p>Magdeburg, den {early:%d.%m.%Y}</p><h1>{title}</h1><p>800x600"
        f"</p>{dateline}"
        f"{text}<p>Impressum:</p><p>Ministerium für Landesentwicklung und Verkehr, Pressestelle</p></main>"
    )
    return document(f"{release.title} | Sachsen-Anhalt", body)


SACHSEN_ANHALT = Replica(
    newsroom="demo-feed",
    path=ST_LIST,
    number=numbered("tx_tsarssinclude_pi1[page]", first=1),
    listing=_st_listing,
    address=_st_address,
    detail=_st_detail,
    others=_st_others,
    labelled=False,
)
