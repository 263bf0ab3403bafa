"""A generated portal of realistic weight: pages of some 50 kB around invented releases, on loopback."""

import asyncio
import gzip
import random
import re
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from html import escape
from multiprocessing import Event, Process
from multiprocessing.synchronize import Event as EventType
from pathlib import Path
from urllib.parse import urlsplit

from demo.collection import written
from demo.release import DemoRelease

ROWS = 20  # releases on a listing page
PACKED = re.compile(rb"(?i)\r\naccept-encoding:[^\r\n]*gzip")
END = b"\r\n\r\n"
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
    """A release page with as much around its text as real ones have, and as on them the same on each page."""
    above, below = _frame()
    day = f'<time datetime="{release.published:%Y-%m-%d}">{release.published:%d.%m.%Y}</time>'
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in release.text.split("\n"))
    return (
        f'<!doctype html><html lang="de"><head><meta charset="utf-8"><meta name="page" content="{number}">'
        f"<title>{escape(release.title)} | Portal</title></head><body><nav><ul>{above}</ul></nav>"
        f'<main id="content"><article><p class="topline">{day}</p>'
        f'<h1>{escape(release.title)}</h1><div class="text">{body}</div></article></main>'
        f"<footer><ul>{below}</ul></footer></body></html>"
    )


@cache
def _frame() -> tuple[str, str]:
    links = navigation(random.Random("frame"), WEIGHT)
    half = len(links) // 2
    return "".join(links[:half]), "".join(links[half:])


def navigation(dice: random.Random, size: int) -> list[str]:
    """So many bytes of links, which a portal has on all its pages."""
    links: list[str] = []
    while size > 0:
        word = dice.choice(
            ("Themen", "Ministerium", "Service", "Förderung", "Recht", "Karriere", "Aktuelles")
        )
        target = f"/{word.lower()}/{dice.randrange(10**6)}"
        links.append(f'<li class="c-nav__item"><a class="c-nav__link" href="{target}">{word}</a></li>')
        size -= len(links[-1])
    return links


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

    Compressed for whoever asks, as portals do, and before anything is asked: what is measured shares its
    cores with that process. `add` writes what must name the address.
    """
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listener:
        base = f"http://127.0.0.1:{listener.getsockname()[1]}"
        add(base)
        ready = Event()
        process = Process(target=_serve, args=(listener, folder, ready), daemon=True)
        process.start()
        try:
            ready.wait()
            yield base
        finally:
            process.terminate()
            process.join()


@dataclass(frozen=True, slots=True)
class _Answer:
    """Two whole answers to a GET: as it is, and compressed. The head is all that a HEAD gets."""

    plain: bytes
    packed: bytes


def _answer(body: bytes, status: bytes = b"200 OK") -> _Answer:
    packed = gzip.compress(body, 6)
    head = b"HTTP/1.1 %b\r\nContent-Type: text/html; charset=utf-8\r\n%bContent-Length: %d\r\n\r\n"
    # In one write: a second would wait 40 ms for the first to be acknowledged.
    return _Answer(
        head % (status, b"", len(body)) + body,
        head % (status, b"Content-Encoding: gzip\r\n", len(packed)) + packed,
    )


class _Connection(asyncio.Protocol):
    """One connection: a request's head in, an answer out."""

    def __init__(self, answers: Mapping[bytes, _Answer]) -> None:
        self.answers = answers
        self.asked = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.asked += data
        while END in self.asked:
            head, _, self.asked = self.asked.partition(END)
            method, path, _ = head.split(b" ", 2)
            if not path.startswith(b"/"):  # as a proxy is asked
                path = urlsplit(path).path or b"/"
            answer = self.answers.get(path.partition(b"?")[0], NOTHING)
            whole = answer.packed if PACKED.search(head) else answer.plain
            self.transport.write(whole.partition(END)[0] + END if method == b"HEAD" else whole)


def _serve(listener: socket.socket, folder: Path, ready: EventType) -> None:
    answers = {
        f"/{path.relative_to(folder)}".replace("/index", "/").encode(): _answer(path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file()
    }

    async def main() -> None:
        server = await asyncio.get_running_loop().create_server(lambda: _Connection(answers), sock=listener)
        ready.set()
        await server.serve_forever()

    asyncio.run(main())


NOTHING = _answer(b"", b"404 Not Found")
