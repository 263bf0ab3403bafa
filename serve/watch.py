"""The pages on which a search is watched: the form, the link of the invitation, settings, leaving."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import Forbidden, NotFound, Request, Response

from alerts.faults import faults
from alerts.subscription import KINDS, RHYTHMS, Subscription, is_address, kinds_of
from archive.selection import Asked, asked
from serve import forms, watching
from serve.facets import chips
from serve.headers import STRICT
from serve.language import N_, gettext, same_language
from serve.pages import the_archive
from serve.watching import Wish

if TYPE_CHECKING:  # Datasette loads plugins while its app module is being imported
    from datasette.app import Datasette

KIND_WORDS = {"new": N_("neue Mitteilungen"), "changed": N_("Änderungen"), "removed": N_("was verschwindet")}
RHYTHM_WORDS = {"at_once": N_("sofort"), "daily": N_("täglich um 7 Uhr"), "weekly": N_("montags um 7 Uhr")}
# Addresses of these pages hold keys, so nothing keeps them and nobody else is told them.
PRIVATE = {
    "Content-Security-Policy": STRICT,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
LEAVING = "/beobachten/abmelden/"
VOID = N_("Dieser Verweis gilt nicht mehr.")


async def form(datasette: Datasette, request: Request) -> Response:
    """The form beside a search, and what becomes of it."""
    what = asked(request.args)
    said: dict[str, Any] = {"asked": what, "kind_words": KIND_WORDS, "rhythm_words": RHYTHM_WORDS}
    said |= {"open": watching.is_open(datasette), "form": {"kinds": KINDS, "rhythm": "daily"}, "state": None}
    said["chips"], said["faults"] = await _in_words(datasette, what)
    if request.method == "POST":
        if not said["open"]:
            raise Forbidden(gettext("Nachrichten per Mail gibt es hier nicht."))
        filled = await forms.sent(request)
        said["form"] = {"address": filled.get("address", "").strip(), "rhythm": filled.get("rhythm")}
        said["form"]["kinds"] = kinds_of(name for name in KINDS if filled.get(name))
        said["state"] = await _asked_for(datasette, what, said["form"], said["faults"])
    return await _page(datasette, request, "watch.html", said)


async def confirm(datasette: Datasette, request: Request) -> Response:
    """The link of the invitation: looking at it changes nothing, because programs that check mail look."""
    _must_be_open(datasette)
    done = request.method == "POST"
    if done:
        await forms.sent(request)
    one = await watching.invited(datasette, request.url_vars["token"], confirm=done)
    if one is None:
        raise NotFound(gettext(VOID))
    if done:
        return await _settings(datasette, request, one, "begun")
    said = {"step": "confirm", "one": one, "chips": (await _in_words(datasette, one.what))[0]}
    return await _page(datasette, request, "watched.html", said | _words())


async def settings(datasette: Datasette, request: Request) -> Response:
    """All that an address watches, to be changed."""
    one = await _proven(datasette, request)
    if request.method != "POST":
        return await _settings(datasette, request, one, None)
    filled = await forms.sent(request)
    kinds = kinds_of(name for name in KINDS if filled.get(name))
    rhythm = next((known for known in RHYTHMS if known == filled.get("rhythm")), one.rhythm)
    await watching.change(datasette, one, kinds or one.kinds, rhythm)
    return await _settings(datasette, request, one, "changed")


async def leave(datasette: Datasette, request: Request) -> Response:
    """Leaving, by the button of this page or of a mail program (RFC 8058), which knows no form of ours."""
    one = await _proven(datasette, request)
    said = {"one": one, "step": "leave", "chips": (await _in_words(datasette, one.what))[0]}
    if request.method == "POST":
        await forms.unguarded(request)
        await watching.leave(datasette, one)
        said["step"] = "left"
    return await _page(datasette, request, "watched.html", said | _words())


async def _asked_for(datasette: Datasette, what: Asked, filled: dict[str, Any], wrong: list[str]) -> str:
    rhythm = next((known for known in RHYTHMS if known == filled["rhythm"]), None)
    if not is_address(filled["address"]):
        return "no_address"
    if wrong or rhythm is None or not filled["kinds"]:
        return "no_kinds" if not filled["kinds"] else "no_search"
    wish = Wish(filled["address"], what, filled["kinds"], rhythm)
    return "asked" if await watching.ask(datasette, wish) else "too_many"


async def _settings(datasette: Datasette, request: Request, one: Subscription, state: str | None) -> Response:
    lines = [
        {"key": key, "one": each, "chips": (await _in_words(datasette, each.what))[0]}
        for key, each in await watching.of_reader(datasette, one)
    ]
    said = {"step": "settings", "one": one, "lines": lines, "state": state}
    return await _page(datasette, request, "watched.html", said | _words())


async def _proven(datasette: Datasette, request: Request) -> Subscription:
    _must_be_open(datasette)
    one = await watching.known(datasette, request.url_vars["key"])
    if one is None:
        raise NotFound(gettext(VOID))
    return one


def _must_be_open(datasette: Datasette) -> None:
    if not watching.is_open(datasette):
        raise NotFound(gettext(VOID))


async def _in_words(datasette: Datasette, what: Asked) -> tuple[list[str], list[str]]:
    """The filters of a search in words, and the parts of it that mean nothing."""

    def look(connection: sqlite3.Connection) -> tuple[list[str], list[str]]:
        return [word for word, _ in chips(connection, what)], faults(connection, what)

    found: tuple[list[str], list[str]] = await the_archive(datasette).execute_fn(same_language(look))
    return found


def _words() -> dict[str, object]:
    return {"kind_words": KIND_WORDS, "rhythm_words": RHYTHM_WORDS}


async def _page(datasette: Datasette, request: Request, template: str, said: dict[str, Any]) -> Response:
    body = await datasette.render_template(template, said, request=request)
    return Response.html(body, headers=PRIVATE)


ROUTES = [
    (r"^/suche/beobachten$", form),
    (r"^/beobachten/bestaetigen/(?P<token>[A-Za-z0-9_-]{1,100})$", confirm),
    (r"^/beobachten/abmelden/(?P<key>[0-9a-f-]{1,100})$", leave),
    (r"^/beobachten/(?P<key>[0-9a-f-]{1,100})$", settings),
]
