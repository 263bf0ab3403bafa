"""Content management of single Länder: Brandenburg, Mecklenburg-Vorpommern, Niedersachsen."""

from demo.exchange import Request, Response
from demo.portals.markup import blocks, escape
from demo.release import DemoRelease
from demo.replicas.replica import PER_PAGE, Replica, Shown, document, identity, numbered, rss

MV_LIST = "/Aktuell/"


def brandenburg(path: str, feed: str | None = None) -> Replica:
    """Ministries share one template; the parameter of the pages has a number of its own in each list."""

    def address(release: DemoRelease) -> str:
        return f"{path}detail/~{release.published:%d-%m-%Y}-{release.slug}"

    def listing(shown: Shown) -> Response:
        rows = "".join(
            f'<div class="trennung medium-12 m2-press-bottom-space"><p class="bb-teaser-meta">'
            f"{r.published:%d.%m.%Y}</p><h3>{escape(r.title)}</h3><p>{escape(r.lead)}</p>"
            f'<a href="{address(r)}">Weiterlesen</a></div>'
            for r in shown.releases
        )
        pages = "".join(
            f'<li><a href="{path}?skip30488={(number - 1) * PER_PAGE}">{number}</a></li>'
            for number in range(1, shown.last + 1)
            if abs(number - shown.number) < 3
        )
        listed = f'<div class="columns text-justify-xx">{rows}</div>'
        body = f'<main>{listed}<ul class="pagination">{pages}</ul></main>'
        return document("Presseinformationen | Land Brandenburg", body)

    def detail(release: DemoRelease) -> Response:
        body = (
            f'<main><div class="text-justifyxx"><h1>{escape(release.title)}</h1><h3 class="bb-teaser-meta">'
            f'{release.published:%d.%m.%Y}</h3></div><div class="bb-text-justify-xx">'
            f"<p>Potsdam – {escape(release.lead)}</p>{blocks(release)}</div></main>"
        )
        return document(f"{release.title} | Land Brandenburg", body)

    def others(request: Request) -> Response | None:
        return rss(request, "Presse", address, "demo-feed") if request.path == feed else None

    return Replica(
        newsroom="demo-feed",
        path=path,
        number=numbered("skip30488", step=PER_PAGE),
        listing=listing,
        address=address,
        detail=detail,
        others=others,
        labelled=False,
        opening="Potsdam – ",
    )


def _mv_address(release: DemoRelease) -> str:
    return f"{MV_LIST}?id={identity(release)}&processor=processor.sa.pressemitteilung"


def _mv_listing(shown: Shown) -> Response:
    rows = "".join(
        f'<div class="teaser"><span class="dtstart">{r.published:%d.%m.%Y}</span> '
        f'<span class="ressort-name-short">SM</span><h3>'
        f'<a href="{escape(_mv_address(r))}">{escape(r.title)}</a>'
        f"</h3><p>{escape(r.lead)}</p></div>"
        for r in shown.releases
    )
    pages = "".join(
        f'<a href="{MV_LIST}?pager.page.nr={number - 1}'
        f'&amp;pager.items.offset={(number - 1) * PER_PAGE}">{number}</a> '
        for number in range(1, shown.last + 1)
        if abs(number - shown.number) < 3
    )
    body = f'<main><h1>Aktuell</h1><div class="resultlist">{rows}</div><p>{pages}</p></main>'
    return document("Aktuell - Regierungsportal", body)


def _mv_detail(release: DemoRelease) -> Response:
    """Number, day and house stand in a line after the title; the last paragraph is the press office."""
    number = f"{release.number.partition('/')[0]:0>3}"
    body = (
        f"<main><h1>{escape(release.title)}</h1><p>Nr.{number} | {release.published:%d.%m.%Y} | SM | "
        f'Ministerium für Soziales</p><div class="absatz"><p>{escape(release.lead)}</p>{blocks(release)}'
        "<p>Pressekontakt:<br>Ministerium für Soziales<br>Telefon: 0385 0000-0</p></div></main>"
    )
    return document(f"{release.title} - Regierungsportal", body)


MECKLENBURG_VORPOMMERN = Replica(
    newsroom="demo-thueringen",
    path=rf"(?:/Landesregierung/\w+)?{MV_LIST}",
    number=numbered("pager.page.nr"),
    listing=_mv_listing,
    address=_mv_address,
    detail=_mv_detail,
    labelled=False,
)


def niedersachsen(path: str) -> Replica:
    """How its lists go on is not known: a link that says so must do. Pages state their day at the end."""

    def address(release: DemoRelease) -> str:
        return f"{path}{release.slug}-{identity(release)}.html"

    def listing(shown: Shown) -> Response:
        rows = "".join(
            f'<div class="box"><h3><a href="{address(r)}">{escape(r.title)}</a></h3><p>Bildrechte: Demo</p>'
            f'<p>{escape(r.lead)}</p><a href="{address(r)}">mehr</a></div>'
            for r in shown.releases
        )
        onward = f'<a href="{path}?page={shown.number + 1}">weiter</a>' if shown.number < shown.last else ""
        return document("Presseinformationen", f"<main><h1>Presse</h1>{rows}{onward}</main>")

    return Replica(
        newsroom="demo-thueringen",
        path=path,
        number=numbered("page", first=1),
        listing=listing,
        address=address,
        detail=_ni_detail,
        listed="title",
        labelled=False,
        opening="Hannover. ",
    )


def _ni_detail(release: DemoRelease) -> Response:
    body = (
        "<header><p>Niedersachsen klar Logo</p></header>"
        f"<main><h1>{escape(release.title)}</h1><p>Bildrechte: Demo</p>"
        f"<p>Hannover. {escape(release.lead)}</p>"
        f"{blocks(release)}<h3>Artikel-Informationen</h3><p>erstellt am:<br>{release.published:%d.%m.%Y}</p>"
        "<p>Ansprechpartner/in:<br>Pressestelle</p></main>"
    )
    return document(f"{release.title} | Niedersachsen", body)
