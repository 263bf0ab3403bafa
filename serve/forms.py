"""Forms that readers send: small ones, from our own pages."""

import secrets
from collections.abc import Mapping

from datasette.utils.asgi import Forbidden, Request

from serve.language import gettext

LARGEST = 20_000  # bytes
COOKIE = "ds_csrftoken"


async def sent(request: Request) -> dict[str, str]:
    """What was filled in. Raises Forbidden where it is too much, or comes from elsewhere."""
    form = await unguarded(request)
    if not _is_ours(request.cookies, form):
        raise Forbidden(
            gettext("Das Formular ist nicht von dieser Seite. Bitte neu laden und noch einmal senden.")
        )
    return form


async def unguarded(request: Request) -> dict[str, str]:
    """What was filled in, wherever it comes from. Raises Forbidden where it is too much."""
    if int(request.headers.get("content-length") or 0) > LARGEST:
        raise Forbidden(gettext("Das ist zu viel Text."))
    form: dict[str, str] = await request.post_vars()
    return form


def _is_ours(cookies: Mapping[str, str], form: Mapping[str, str]) -> bool:
    """Whether a form came from our own page.

    Datasette compares token and cookie only where the browser sends any cookie at all.
    """
    token = cookies.get(COOKIE, "")
    return bool(token) and secrets.compare_digest(token.encode(), form.get("csrftoken", "").encode())
