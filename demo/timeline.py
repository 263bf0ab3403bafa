"""A ministry portal over months: what a script says of it happens, on the days on which it says so.

A request's epoch is the day. Every answer carries what changes without meaning anything: counters, related
links, the day of the last change, soft hyphens.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Literal

from demo.collection import written
from demo.exchange import Request, Response, redirect
from demo.portals.hostile import block_page
from demo.portals.markup import blocks, escape
from demo.release import DemoRelease

START = date(2026, 1, 5)
PACE = 5  # days between two releases
OLD = 16  # releases that are there on the first day
LISTED = 80  # rows of the list
FOREVER = 10_000
Leads = Literal["redirect", "none", "home", "soft"]
Illness = Literal["down", "blocked", "refused", "lost", "home"]
Edit = Callable[[DemoRelease], DemoRelease]


@dataclass(frozen=True)
class Span:
    """Days of a timeline, the second not included."""

    since: int
    until: int = FOREVER

    def __contains__(self, day: int) -> bool:
        return self.since <= day < self.until


@dataclass(frozen=True)
class Script:
    """What happens; releases are known by their place in time, the oldest is 0."""

    removed: Mapping[int, Span] = field(default_factory=dict)
    removal: int = 404  # the status of a page that was removed; 200 says it in words only
    ill: Mapping[Illness, Span] = field(default_factory=dict)
    edits: Mapping[int, tuple[tuple[int, Edit], ...]] = field(default_factory=dict)  # from a day on
    relaunch: int = FOREVER  # from then on every page has another address and another layout
    leads: Leads = "redirect"  # what old addresses answer then
    noise: bool = True
    dropped: frozenset[int] = frozenset()  # releases that the relaunch leaves behind


@cache
def releases() -> tuple[DemoRelease, ...]:
    """The oldest first, evenly spread: so many before the first day, then one every few days."""
    found = []
    for at, release in enumerate(reversed(written("demo-thueringen"))):
        day = START + timedelta(days=PACE * (at - OLD + 1))
        moment = datetime.combine(day, time(10))
        found.append(replace(release, published=moment, number=f"{at + 1:03d}/{day.year}"))
    return tuple(found)


def published(day: int) -> list[int]:
    """The releases that are out on a day, the newest first."""
    return list(range(min(len(releases()), OLD + day // PACE) - 1, -1, -1))


def present(script: Script, at: int, day: int) -> bool:
    """Whether the portal means to show a release on a day."""
    left_behind = day >= script.relaunch and at in script.dropped
    return at in published(day) and not left_behind and day not in script.removed.get(at, Span(0, 0))


def address(script: Script, at: int, day: int) -> str:
    """The path of a release on a day."""
    release = releases()[at]
    if day >= script.relaunch:
        return f"/presse/mitteilung/{4000 + 7 * at}/{release.slug[:24].strip('-')}"
    return f"/aktuelles/{release.published:%Y}/{release.slug}.html"


def edited(script: Script, at: int, day: int) -> DemoRelease:
    """A release as it reads on a day."""
    release = releases()[at]
    for since, edit in script.edits.get(at, ()):
        release = edit(release) if day >= since else release
    return release


def portal(script: Script) -> Callable[[Request], Response]:
    """The portal of a script."""

    def respond(request: Request) -> Response:
        day = request.epoch
        if request.path == "/robots.txt":
            return Response(200, b"User-agent: *\nDisallow:\n", "text/plain; charset=utf-8")
        if ill := _ill(script, request, day):
            return ill
        if request.path == "/":
            return _page("Startseite", HOME)
        if request.path == listing(script, day):
            return _list(script, day)
        for at in published(day):
            if request.path == address(script, at, day):
                return _release(script, at, day) if present(script, at, day) else _removed(script)
            if day >= script.relaunch and request.path == address(script, at, script.relaunch - 1):
                return _led(script, at, day)
        return NOT_FOUND

    return respond


def listing(script: Script, day: int) -> str:
    """The path of the list on a day."""
    return "/presse/mitteilungen" if day >= script.relaunch else "/aktuelles"


def _ill(script: Script, request: Request, day: int) -> Response | None:
    at_details = request.path not in ("/", listing(script, day))
    for illness, span in script.ill.items():
        if day in span and (illness not in ("lost", "home") or at_details):
            return {
                "down": Response(503, b"<h1>Service Unavailable</h1>"),
                "blocked": block_page(request),
                "refused": block_page(request, 403),
                "lost": NOT_FOUND,
                "home": redirect("/", 302),
            }[illness]
    return None


def _removed(script: Script) -> Response:
    return _page("Seite nicht gefunden", MISSING, script.removal)


def _led(script: Script, at: int, day: int) -> Response:
    if script.leads == "redirect" and present(script, at, day):
        return redirect(address(script, at, day))
    answers = {"home": redirect("/", 302), "soft": _page("Seite nicht gefunden", MISSING)}
    return answers.get(script.leads, NOT_FOUND)


def _list(script: Script, day: int) -> Response:
    shown = [at for at in published(day) if present(script, at, day)][:LISTED]
    rows = "".join(
        f'<li class="row"><time datetime="{releases()[at].published:%Y-%m-%d}"></time>'
        f'<a href="{address(script, at, day)}">{escape(edited(script, at, day).title)}</a></li>'
        for at in shown
    )
    return _page("Pressemitteilungen", f"<h1>Pressemitteilungen</h1><ul>{rows}</ul>")


def _release(script: Script, at: int, day: int) -> Response:
    release = edited(script, at, day)
    stamp = f'<time datetime="{release.published:%Y-%m-%d}">{release.published:%d.%m.%Y}</time>'
    text = f"<p>{escape(release.lead)}</p>{blocks(release)}"
    before, beside, after = _noise(at, day) if script.noise else ("", "", "")
    if script.noise and day % 2:
        text = text.replace("ungen ", "un\u00adgen ")
    if day >= script.relaunch:
        body = (
            f'<div class="meta">{stamp} <span class="nr">Nr. {release.number}</span></div>'
            f'<h1>{escape(release.title)}</h1>{before}<div class="richtext">{text}{beside}</div>{after}'
        )
    else:
        body = (
            f"<article><h1>{escape(release.title)}</h1>{stamp}<p>Medieninformation {release.number}</p>"
            f"{before}{text}{beside}</article>{after}"
        )
    return _page(f"{release.title} | Testministerium", body)


def _noise(at: int, day: int) -> tuple[str, str, str]:
    today = START + timedelta(days=day)
    share = f'<div class="share"><p>{3 * day + at} mal geteilt</p><p>Drucken</p></div>'
    stamp = f"<p>Zuletzt geändert am {today:%d.%m.%Y}</p><p>{40 + day * (at + 1)} Aufrufe</p>"
    others = [releases()[(at + day + n) % OLD].title for n in (1, 2, 3)]
    links = "".join(f'<li><a href="/aktuelles/x{n}">{escape(t)}</a></li>' for n, t in enumerate(others))
    return share, stamp, f"<aside><h2>Weitere Meldungen</h2><ul>{links}</ul></aside>"


def _page(title: str, body: str, status: int = 200) -> Response:
    html = (
        f'<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>{escape(title)}</title></head>'
        f'<body><nav><a href="/">Start</a></nav><main>{body}</main>'
        f"<footer><p>Erfundener Text.</p></footer></body></html>"
    )
    return Response(status, html.encode())


MISSING = "<h1>Seite nicht gefunden</h1><p>Die gewünschte Seite ist leider nicht mehr verfügbar.</p>"
HOME = (
    "<h1>Willkommen beim Testministerium</h1><p>Hier finden Sie alles über unsere Arbeit, unsere Themen und"
    " unsere Programme. Die Ministerin und ihr Haus sind für Sie da.</p><p>Unsere Schwerpunkte sind Familie,"
    " Arbeit und Gesundheit; zu jedem Thema gibt es Anträge und Ansprechpersonen.</p>"
)
NOT_FOUND = _page("Fehler 404", "<h1>Fehler 404</h1><p>Die angeforderte Seite existiert nicht.</p>", 404)
