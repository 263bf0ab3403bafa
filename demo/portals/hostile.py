"""Answers no honest portal gives, under /test/ and behind modes; nothing in the portals links here.

Every portal serves them, so that a test can ask any host: slow, endless and oversized pages, a gzip bomb,
redirect loops and chains, broken-off answers, block pages, throttling and outages.
"""

import gzip
import time
from collections.abc import Callable, Iterator
from functools import cache

from demo.exchange import Request, Response, redirect

MEGABYTE = 1024 * 1024
LONGEST_WAIT_SECONDS = 30.0


def respond(request: Request) -> Response | None:
    """The hostile answer to a request, or None where the portal itself should speak."""
    if "down" in request.modes:
        return Response(503, b"<h1>Service Unavailable</h1>", headers={"Retry-After": "120"})
    if "blocked" in request.modes:
        return block_page(request)
    name, _, rest = request.path.removeprefix("/test/").partition("/")
    if not request.path.startswith("/test/") or name not in ANSWERS:
        return None
    return ANSWERS[name](request, rest)


def block_page(request: Request, status: int = 200) -> Response:
    html = (
        "<!DOCTYPE html><html lang='en'><head><title>Are you human?</title></head>"
        "<body><h1>Bitte bestätigen Sie, dass Sie kein Roboter sind</h1>"
        "<p>Access denied. Please complete the captcha to continue. "
        f" Reference: 18.{len(request.path):04d}</p><div class='g-recaptcha'></div></body></html>"
    )
    return Response(status, html.encode())


def _slow(request: Request, seconds: str) -> Response:
    def drip() -> Iterator[bytes]:
        yield b"<html><body><p>Anfang"
        time.sleep(min(float(seconds or 2), LONGEST_WAIT_SECONDS))
        yield b"</p></body></html>"

    return Response(200, drip())


def _endless(request: Request, rest: str) -> Response:
    """Goes on until the client hangs up."""

    def babble() -> Iterator[bytes]:
        yield b"<html><body>"
        while True:
            yield b"<p>Noch ein Absatz.</p>" * 100

    return Response(200, babble())


def _large(request: Request, megabytes: str) -> Response:
    def fill() -> Iterator[bytes]:
        for _ in range(int(megabytes or 200)):
            yield b"x" * MEGABYTE

    return Response(200, fill())


@cache
def _bomb(megabytes: int) -> bytes:
    return gzip.compress(b"\0" * (megabytes * MEGABYTE), mtime=0)


def _gzip_bomb(request: Request, megabytes: str) -> Response:
    return Response(200, _bomb(int(megabytes or 200)), headers={"Content-Encoding": "gzip"})


def _loop(request: Request, rest: str) -> Response:
    return redirect("/test/loop/b" if rest == "a" else "/test/loop/a", 302)


def _redirects(request: Request, left: str) -> Response:
    steps = int(left or 3)
    return redirect(f"/test/redirects/{steps - 1}", 302) if steps > 0 else Response(200, b"<p>Am Ziel</p>")


def _truncated(request: Request, rest: str) -> Response:
    return Response(200, b"<html><body><p>Hier bricht die Antwort", announced=5000)


def _throttled(request: Request, seconds: str) -> Response:
    """Refuses the first request for an address and serves the next."""
    if request.visits == 0:
        return Response(429, b"Calm down", "text/plain", {"Retry-After": seconds or "1"})
    return Response(200, b"<p>Danke</p>")


ANSWERS: dict[str, Callable[[Request, str], Response]] = {
    "slow": _slow,
    "endless": _endless,
    "large": _large,
    "gzip-bomb": _gzip_bomb,
    "loop": _loop,
    "redirects": _redirects,
    "truncated": _truncated,
    "throttled": _throttled,
    "unavailable": lambda request, rest: Response(503, b"Wartung", "text/plain", {"Retry-After": "1"}),
    "captcha": lambda request, rest: block_page(request),
    "forbidden": lambda request, rest: block_page(request, 403),
    "empty": lambda request, rest: Response(200, b""),
}
