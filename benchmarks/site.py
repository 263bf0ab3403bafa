"""A generated portal of realistic weight: pages of some 50 kB around invented releases, on loopback."""

import asyncio
import gzip
import random
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from html import escape
from multiprocessing import Process
from pathlib import Path
from urllib.parse import urlsplit

from archive.source import Evidence, Layout, Listing, Name, Seed, Source
from demo.collection import written
from demo.release import DemoRelease

ROWS = 20  # releases on a listing page
ASKED = (b"Accept-Encoding:", b"accept-encoding:")
WEIGHT = 45_000  # bytes of navigation and markup around the text


def releases(count: int) -> list[tuple[str, DemoRelease]]:
    """Slug and release; the invented releases over and over, each with a number of its own."""
    known = [
        release for portal in ("demo-thueringen", "demo-bund", "demo-feed") for release in written(portal)
    ]
    return [(f"{known[n % len(known)].slug}-{n}", known[n % len(known)]) for n in range(count)]


def text_of(release: DemoRelease) -> str:
    """Title and body as one text."""
    return f"{release.title}\n{release.text}"


def page(release: DemoRelease, number: int) -> str:
    """A release page with as much around its text as real ones have."""
    dice = random.Random(number)
    links = []
    size = 0
    while size < WEIGHT:
        word = dice.choice(("Themen", "Ministerium", "Service", "Presse", "Förderung", "Recht", "Karriere"))
        target = f"/{word.lower()}/{dice.randrange(10**6)}"
        links.append(f'<li class="c-nav__item"><a class="c-nav__link" href="{target}">{word}</a></li>')
        size += len(links[-1])
    half = len(links) // 2
    day = f"{release.published:%d.%m.%Y}"
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in release.text.split("\n"))
    return (
        f'<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{escape(release.title)} | Portal'
        f'</title></head><body><nav><ul>{"".join(links[:half])}</ul></nav><main id="content"><article>'
        f'<p class="topline"><time datetime="{release.published:%Y-%m-%d}">{day}</time></p>'
        f'<h1>{escape(release.title)}</h1><div class="text">{body}</div></article></main>'
        f"<footer><ul>{''.join(links[half:])}</ul></footer></body></html>"
    )


def source(base: str) -> Source:
    """The generated portal as a source of the generic family."""
    return Source(
        key="bench",
        title="Generated portal",
        publisher="bench",
        jurisdiction="DE-TH",
        family="generic",
        status="demo",
        home=base + "/",
        names=(Name(name="Generated ministry"),),
        seeds=(Seed(url=base + "/presse/seite-1"),),
        evidence=Evidence(years="2026", confidence="high"),
        listing=Listing(
            rows=("li.row",),
            link=("a@href",),
            title=("a",),
            next=("a.next@href",),
            detail_pattern="^/release/",
        ),
        layouts=(Layout(title=("h1",), day=("time@datetime",), body=("div.text",)),),
    )


def write(folder: Path, count: int, told: Sequence[tuple[str, DemoRelease]] | None = None) -> list[str]:
    """Write the portal's pages into a folder; the paths of its releases. `told` are others than usual."""
    (folder / "release").mkdir(parents=True)
    (folder / "presse").mkdir()
    (folder / "robots.txt").write_text("User-agent: *\nDisallow:\n")
    everything = told or releases(count)
    for number, (slug, release) in enumerate(everything):
        (folder / "release" / slug).write_text(page(release, number), "utf-8")
    pages = -(-count // ROWS)
    for number in range(1, pages + 1):
        some = everything[(number - 1) * ROWS : number * ROWS]
        rows = "".join(
            f'<li class="row"><a href="/release/{slug}">{escape(r.title)}</a></li>' for slug, r in some
        )
        following = f'<a class="next" href="/presse/seite-{number + 1}">weiter</a>' if number < pages else ""
        html = f"<!doctype html><html><body><ul>{rows}</ul>{following}</body></html>"
        (folder / "presse" / f"seite-{number}").write_text(html, "utf-8")
    return [f"/release/{slug}" for slug, _ in everything]


@contextmanager
def served(folder: Path, add: Callable[[str], None] = lambda base: None) -> Iterator[str]:
    """The folder over HTTP in a process of its own; yields scheme, host and port.

    Compressed for whoever asks, as portals do. `add` writes what must name the address.
    """
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listener:
        base = f"http://127.0.0.1:{listener.getsockname()[1]}"
        add(base)
        process = Process(target=_serve, args=(listener, folder), daemon=True)
        process.start()
        try:
            yield base
        finally:
            process.terminate()
            process.join()


def _forms(body: bytes) -> tuple[bytes, bytes]:
    return body, gzip.compress(body, 6)


def _serve(listener: socket.socket, folder: Path) -> None:
    files = {
        f"/{path.relative_to(folder)}".replace("/index", "/"): _forms(path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file()
    }

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                forms = files.get(urlsplit(head.split(b" ", 2)[1].decode()).path or "/")
                status = b"200 OK" if forms is not None else b"404 Not Found"
                packed = any(b"gzip" in line for line in head.split(b"\r\n") if line.startswith(ASKED))
                body = forms[packed] if forms else b""
                kind = b"Content-Type: text/html; charset=utf-8\r\n"
                kind += b"Content-Encoding: gzip\r\n" if packed and forms else b""
                length = b"Content-Length: %d\r\n\r\n" % len(body)
                answer = b"HTTP/1.1 " + status + b"\r\n" + kind + length
                # In one write: a second would wait 40 ms for the first to be acknowledged.
                writer.write(answer if head.startswith(b"HEAD") else answer + body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def main() -> None:
        server = await asyncio.start_server(serve, sock=listener)
        await server.serve_forever()

    asyncio.run(main())
