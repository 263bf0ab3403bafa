"""The pages that prove a release: where each value comes from, archived copies, citations, wrong mentions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import Forbidden, NotFound, Request, Response

from archive.corrections import SETTABLE
from archive.proposals import DAY
from serve import citations, copies, folders, forms, proof, proposals
from serve.language import N_, gettext
from serve.pages import absent, html, the_archive

if TYPE_CHECKING:  # Datasette loads plugins while its app module is being imported
    from datasette.app import Datasette

NO_VERSION = N_("Diese Fassung gibt es im Archiv nicht.")
NO_MENTION = N_("Diese Angabe gibt es in der Mitteilung nicht.")


async def values(datasette: Datasette, request: Request) -> Response:
    said = await proof.page(the_archive(datasette), request.url_vars["release_id"])
    if said is None:
        return await absent(datasette, request)
    return await html(datasette, request, "proof.html", said)


async def citation(datasette: Datasette, request: Request) -> Response:
    release_id, number, suffix = (request.url_vars[name] for name in ("release_id", "number", "suffix"))
    form = citations.FORMS[suffix].form
    cited = await citations.reference(the_archive(datasette), release_id, int(number), form)
    if cited is None:
        return await absent(datasette, request, NO_VERSION)
    return citations.sent(cited, suffix, release_id, int(number))


async def copy(datasette: Datasette, request: Request) -> Response:
    """Our page about the copy of a version, or with `part` the copy itself."""
    db, part = the_archive(datasette), request.url_vars.get("part")
    release_id, number = request.url_vars["release_id"], int(request.url_vars["number"])
    warc = folders.of(datasette).warc
    held = await copies.held(db, warc, release_id, number, decode=part != "bytes")
    release = held and await proof.release(db, release_id)
    if held is None or release is None:
        return await absent(datasette, request, NO_VERSION)
    if part is None:
        said = {"release": release, "copy": held, "version": held.version}
        return await html(datasette, request, "copy.html", said)
    allowed = {"seite": held.is_page, "quelltext": held.is_text, "bytes": held.record is not None}
    if not allowed[part]:
        raise NotFound(
            gettext(held.why_not or N_("Diese Aufzeichnung ist keine Seite, die sich zeigen ließe."))
        )
    if part == "bytes":
        return copies.payload(held, f"{release_id}.{number}")
    return copies.shown(held) if part == "seite" else copies.source(held)


async def report(datasette: Datasette, request: Request) -> Response:
    """How a wrong mention is put right; where readers may propose it, the form for that too."""
    db, release_id = the_archive(datasette), request.url_vars["release_id"]
    release = await proof.release(db, release_id)
    if release is None:
        return await absent(datasette, request)
    key = str(request.args.get("stelle") or "")
    value = None if key == DAY else await proof.value(db, release_id, key)
    if value is None and key != DAY:
        raise NotFound(gettext(NO_MENTION))
    file = folders.of(datasette).proposals
    said: dict[str, Any] = {"release": release, "value": value, "faults": proposals.FAULTS}
    said |= {"open": file is not None, "longest": proposals.LONGEST, "key": key, "state": None, "form": {}}
    said["settable"] = next(iter(SETTABLE.get(key.partition("@")[0], ())), "")
    if request.method == "POST":
        if file is None:
            raise Forbidden(gettext("Hinweise werden hier nicht angenommen."))
        form = await forms.sent(request)
        try:
            await proposals.take(file, release, value, form)
            said["state"] = "taken"
        except proposals.Refused as refusal:
            said |= {"state": "refused", "why": str(refusal), "form": form}
    return await html(datasette, request, "report.html", said)
