"""Published snapshots under /daten/, a folder of plain files; what never changes may be kept for a year."""

import asyncio
import json
import re
from html import escape
from pathlib import Path
from urllib.parse import quote

from serve.headers import HEADERS, OPEN, POLICY, STRICT, App, Receive, Scope, Send

PREFIX = "/daten/"
FOREVER = b"public, max-age=31536000, immutable"
A_WHILE = b"public, max-age=300"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*")
CHUNK = 1 << 18
LISTED = "snapshots.json"
TYPES = {
    ".json": b"application/json",
    ".jsonl": b"application/jsonl",
    ".gz": b"application/gzip",
    ".md": b"text/markdown; charset=utf-8",
    ".cff": b"text/yaml; charset=utf-8",
}
PAGE = """<!doctype html><html lang="de"><meta charset="utf-8"><title>{title}</title>
<h1>{title}</h1><p>{text}</p><ul>{items}</ul></html>
"""


def over(app: App, directory: Path) -> App:
    """The application with the snapshots of a folder in front of it."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not f"{scope['path']}/".startswith(PREFIX):
            await app(scope, receive, send)
            return
        parts = [part for part in scope["path"].removeprefix(PREFIX.rstrip("/")).split("/") if part]
        is_head = scope["method"] == "HEAD"
        if scope["method"] not in ("GET", "HEAD"):
            await _answer(send, 405, b"text/plain; charset=utf-8", b"nur GET und HEAD\n", A_WHILE)
        elif parts == [LISTED]:
            await _answer(send, 200, TYPES[".json"], _listed(directory), A_WHILE, OPEN)
        elif not all(NAME.fullmatch(part) for part in parts):
            await _missing(send, 404)
        else:
            await _send(directory, parts, send, is_head=is_head)

    return wrapped


async def _send(directory: Path, parts: list[str], send: Send, *, is_head: bool) -> None:
    path = directory.joinpath(*parts)
    link = directory / parts[0] if parts else directory
    if parts and link.is_symlink() and link.exists():
        target = f"{PREFIX}snapshots/{link.resolve().name}/{'/'.join(parts[1:])}"
        await _answer(send, 302, b"text/plain", b"", A_WHILE, ((b"location", target.encode()),))
    elif parts and parts[0] not in ("snapshots", "differences"):
        await _missing(send, 404)
    elif path.is_dir():
        kept = FOREVER if len(parts) > 1 else A_WHILE
        await _answer(send, 200, b"text/html; charset=utf-8", _listing(path, parts), kept)
    elif path.is_file() and len(parts) > 2:
        await _file(path, send, is_head=is_head)
    else:
        withdrawn = len(parts) > 1 and directory.joinpath(parts[0], f"{parts[1]}.withdrawn").is_file()
        await _missing(send, 410 if withdrawn else 404)


def _listed(directory: Path) -> bytes:
    """The snapshots as JSON, the newest first."""
    found = []
    for path in sorted((directory / "snapshots").glob("*/manifest.json"), reverse=True):
        said = json.loads(path.read_text("utf-8"))
        address = f"{PREFIX}snapshots/{path.parent.name}/{path.name}"
        about = {name: said[name] for name in ("variant", "as_of")}
        found.append({"name": path.parent.name, **about, "manifest": address})
    found.sort(key=lambda snapshot: str(snapshot["as_of"]), reverse=True)
    return json.dumps({"snapshots": found}).encode()


def _listing(path: Path, parts: list[str]) -> bytes:
    names = sorted(
        child.name + "/" * child.is_dir()
        for child in path.iterdir()
        if NAME.fullmatch(child.name) and child.suffix != ".withdrawn"
    )
    here = PREFIX + "".join(f"{quote(part)}/" for part in parts)
    items = "".join(f'<li><a href="{here}{quote(name)}">{escape(name)}</a></li>' for name in names)
    text = "Abzüge der Daten, die sich nicht mehr ändern; „latest“ führt zum jüngsten."
    return PAGE.format(title=escape("/".join(["Daten", *parts])), text=text, items=items).encode()


async def _file(path: Path, send: Send, *, is_head: bool) -> None:
    await _start(send, 200, TYPES.get(path.suffix, b"application/octet-stream"), path.stat().st_size, FOREVER)
    with path.open("rb") as file:
        while not is_head and (chunk := await asyncio.to_thread(file.read, CHUNK)):
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def _missing(send: Send, status: int) -> None:
    told = "zurückgezogen: enthielt, was auf Antrag entfernt wurde\n" if status == 410 else "gibt es nicht\n"
    await _answer(send, status, b"text/plain; charset=utf-8", told.encode(), A_WHILE)


async def _answer(
    send: Send,
    status: int,
    media_type: bytes,
    body: bytes,
    kept: bytes,
    more: tuple[tuple[bytes, bytes], ...] = (),
) -> None:
    await _start(send, status, media_type, len(body), kept, more)
    await send({"type": "http.response.body", "body": body})


async def _start(
    send: Send,
    status: int,
    media_type: bytes,
    size: int,
    kept: bytes,
    more: tuple[tuple[bytes, bytes], ...] = (),
) -> None:
    own = (
        (b"content-type", media_type),
        (b"content-length", str(size).encode()),
        (b"cache-control", kept),
        (POLICY, STRICT.encode()),
    )
    await send({"type": "http.response.start", "status": status, "headers": [*own, *more, *HEADERS]})
