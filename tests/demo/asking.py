"""A plain client of the demo server, as the tests use it."""

import gzip
import http.client
import re
from html import unescape
from urllib.parse import quote, urlsplit

from demo.portals import bund, feed, thueringen
from demo.release import DemoRelease
from demo.server import DemoServer

PORTAL = {"demo-thueringen": thueringen, "demo-bund": bund, "demo-feed": feed}


class Answer:
    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status, self.headers, self.raw = response.status, response.headers, response.read()
        packed = self.headers.get("Content-Encoding") == "gzip"
        self.body = gzip.decompress(self.raw) if packed else self.raw

    @property
    def text(self) -> str:
        return self.body.decode()


def get(base: str, target: str, **headers: str) -> Answer:
    parts = urlsplit(base)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", quote(target, safe="/?&=%;._-"), headers=named)
        return Answer(connection.getresponse())
    finally:
        connection.close()


def read(server: DemoServer, portal: str, release: DemoRelease) -> Answer:
    """A release as a patient client gets it."""
    base, path = server.base(portal), PORTAL[portal].address(release)
    answer = get(base, path)
    return get(base, path) if answer.status in {429, 503} else answer


def words(answer: Answer) -> str:
    """All text of a page, in the encoding it names, with soft hyphens and line ends gone."""
    charset = (
        "cp1252" if b"iso-8859-1" in answer.body[:80] or "8859" in answer.headers["Content-Type"] else "utf-8"
    )
    plain = re.sub(r"<[^>]+>", "\n", answer.body.decode(charset))
    return re.sub(r"\s*\n\s*", "\n", unescape(plain)).replace("\u00ad", "")
