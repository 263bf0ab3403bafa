"""A portal told by pieces of HTML: what most skins of one software differ in, and nothing else."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from demo.exchange import Request, Response
from demo.portals.markup import blocks, escape
from demo.release import DemoRelease
from demo.replicas.replica import Replica, Shown, document, identity, numbered, spelt

NEWSROOM = "demo-bund"
GTP = numbered("gtp", first=1)


@dataclass(frozen=True)
class Skin:
    """Pieces with {fields}: those of a release, {rows} and {onward} in `page`, {next} in `onward`."""

    path: str
    address: str
    row: str
    page: str
    onward: str
    detail: str
    next: str = "{path}?gtp={number}"
    number: Callable[[Request], int] = GTP
    paths: str = "{path}"  # further addresses of the list, as a regular expression
    base: bool = False  # whether addresses are relative to the host, as its head says
    listed: Literal["address", "title", "day"] = "day"
    dated: bool = True
    labelled: bool = False
    newsroom: str = NEWSROOM


def portal(skin: Skin, others: Callable[[Request], Response | None] = lambda _: None) -> Replica:
    """The replica in a skin."""

    def address(release: DemoRelease) -> str:
        return skin.address.format_map(_fields(release))

    def listing(shown: Shown) -> Response:
        slash = "" if skin.base else "/"
        rows = "".join(
            skin.row.format_map({**_fields(r), "href": slash + address(r).lstrip("/")})
            for r in shown.releases
        )
        following = skin.next.format(path=skin.path, number=shown.number + 1)
        onward = skin.onward.format(next=slash + following.lstrip("/")) if shown.number < shown.last else ""
        head = f'<base href="{shown.request.base}/">' if skin.base else ""
        return document("Presse", skin.page.format(rows=rows, onward=onward), head)

    def detail(release: DemoRelease) -> Response:
        return document(release.title, skin.detail.format_map(_fields(release)))

    return Replica(
        newsroom=skin.newsroom,
        path=skin.paths.format(path=skin.path),
        number=skin.number,
        listing=listing,
        address=address,
        detail=detail,
        others=others,
        listed=skin.listed,
        dated=skin.dated,
        labelled=skin.labelled,
    )


def _fields(release: DemoRelease) -> dict[str, str]:
    day = release.published
    return {
        "slug": release.slug,
        "id": str(identity(release)),
        "title": escape(release.title),
        "lead": escape(release.lead),
        "text": blocks(release),
        "kicker": release.kicker,
        "number": release.number,
        "author": release.author,
        "day": f"{day:%d.%m.%Y}",
        "iso": f"{day:%Y-%m-%d}",
        "spelt": spelt(release),
        "year": f"{day:%Y}",
        "month": f"{day:%m}",
        "dashes": f"{day:%d-%m-%y}",
        "yymmdd": f"{day:%y%m%d}",
    }
