"""The press service of Saxony: one list for all houses, as a page and as JSON with rows in HTML."""

import json

from demo.exchange import Request, Response
from demo.portals.markup import blocks, escape
from demo.release import DemoRelease
from demo.replicas.replica import Replica, Shown, document, identity, numbered, shown

SEARCH = "/medien/news/search.json"
PAGE = "/medien/"


def _address(release: DemoRelease) -> str:
    return f"/medien/news/{identity(release)}"


def _row(release: DemoRelease) -> str:
    return (
        f'<div class="teaser"><div class="time">{release.published:%d.%m.%Y, %H:%M} Uhr</div>'
        f'<div class="teaser-text"><a href="{_address(release)}">{escape(release.title)}</a></div></div>'
    )


def _listing(shown: Shown) -> Response:
    rows = [_row(release) for release in shown.releases]
    return Response(200, json.dumps({"teaser": rows}).encode(), "application/json; charset=utf-8")


def _others(request: Request) -> Response | None:
    """The page shows the newest only and loads the rest by script."""
    if request.path != PAGE:
        return None
    rows = "".join(map(_row, shown("demo-feed", request.epoch)[:8]))
    return document("Medienservice Sachsen", f'<main id="main-content"><h1>Medien</h1>{rows}</main>')


def _detail(release: DemoRelease) -> Response:
    """Day and author stand twice in the head, first as a constant."""
    stamp = f"{release.published:%d.%m.%Y, %H:%M} Uhr — Erstveröffentlichung (aktuell)"
    head = (
        '<meta name="date" content="2019-09-05 19:55:17"><meta name="author" content="Medienservice">'
        f'<meta name="date" content="{release.published:%d.%m.%Y %H:%M}">'
        f'<meta name="author" content="{release.author}">'
    )
    body = (
        f'<main id="main-content"><h1 id="page-title">{escape(release.title)}</h1>'
        f'<p class="publish-info">{stamp}'
        f'</p><div class="content-col-wide"><div class="col"><p>{escape(release.lead)}</p>{blocks(release)}'
        '</div></div><div class="content-col-small"><div class="box"><address>Pressesprecher<br>Max Beispiel'
        "</address></div></div></main>"
    )
    return document(f"{release.title} - sachsen.de", body, head)


SACHSEN = Replica(
    newsroom="demo-feed",
    path=SEARCH,
    number=numbered("page", first=1),
    listing=_listing,
    address=_address,
    detail=_detail,
    others=_others,
    labelled=False,
)
