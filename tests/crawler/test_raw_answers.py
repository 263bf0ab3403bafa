"""Answers that break the rules of HTTP: what a browser would read is kept as it was sent."""

import socketserver
import threading
from time import sleep
from typing import ClassVar

import pytest
from conftest import House, source
from portal import LIST
from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord

DETAIL = f"{LIST}/detailseite/"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
LATER = b"<pause>"  # what follows is sent a moment later
SECONDS = 5  # for an answer: the worst one is given up only then
RAW = {  # how each is answered, what is kept of it, and why that is not all
    "plain": (OK + b"Content-Length: 5\r\n\r\nplain", b"plain", None),
    "chunks": (
        OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nplain\r\n3\r\n ok\r\n0\r\n\r\n",
        b"plain ok",
        None,
    ),
    "until-it-closes": (OK + b"Connection: close\r\n\r\nplain", b"plain", None),
    "bare-line-feeds": (OK.replace(b"\r", b"") + b"Content-Length: 5\n\nplain", b"plain", None),
    "no-reason": (OK.replace(b" OK", b"") + b"Content-Length: 5\r\n\r\nplain", b"plain", None),
    "interim": (b"HTTP/1.1 103 Early Hints\r\n\r\n" + OK + b"Content-Length: 5\r\n\r\nplain", b"plain", None),
    "long-line": (OK + b"X-Policy: " + b"a" * 12_000 + b"\r\nContent-Length: 5\r\n\r\nplain", b"plain", None),
    "latin-1": (OK + b"X-Name: Gr\xfcn\r\nContent-Length: 5\r\n\r\nplain", b"plain", None),
    "no-colon": (OK + b"this is no header\r\nContent-Length: 5\r\n\r\nplain", b"plain", None),
    "length-twice": (OK + b"Content-Length: 5\r\nContent-Length: 5\r\n\r\nplain", b"plain", None),
    "length-beside-chunks": (
        OK + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nplain\r\n0\r\n\r\n",
        b"plain",
        None,
    ),
    "broken-chunk": (OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nplain\r\nzz\r\n", b"plain", "disconnect"),
    "broken-chunk-later": (
        OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nplain\r\n" + LATER + b"zz\r\n",
        b"plain",
        "disconnect",
    ),
    "broken-off": (OK + b"Content-Length: 50\r\n\r\nplain", b"plain", "disconnect"),
    "broken-off-later": (OK + b"Content-Length: 50\r\n\r\n" + LATER + b"plain", b"plain", "disconnect"),
    "more-than-told": (OK + b"Content-Length: 5\r\n\r\nplain and more\r\n\r\n", b"plain", None),
    "torn-chunk": (OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nplain\r\n8\r\n", b"plain", "disconnect"),
}


class Raw(socketserver.StreamRequestHandler):
    """Answers one question, byte for byte."""

    answers: ClassVar[dict[str, bytes]] = {}

    def handle(self) -> None:
        path = self.rfile.readline().split()[1].decode()
        while self.rfile.readline().strip():
            pass
        missing = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        first, _, later = self.answers.get(path, missing).partition(LATER)
        self.wfile.write(first)
        if later:
            sleep(0.1)
            self.wfile.write(later)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """One crawl of all of them."""
    rows = "".join(f"<li><h3>{name}</h3><a href='{DETAIL}{name}'>zur Detailseite</a></li>" for name in RAW)
    page = f"<main><ul>{rows}</ul></main>".encode()
    Raw.answers[LIST] = OK + b"Content-Length: %d\r\n\r\n" % len(page) + page
    Raw.answers |= {DETAIL + name: answer for name, (answer, _, _) in RAW.items()}
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Raw) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        found = House(tmp_path_factory.mktemp("raw"), settings={"DOWNLOAD_TIMEOUT": SECONDS})
        found.one(source(f"http://127.0.0.1:{server.server_address[1]}"))
        server.shutdown()
        thread.join()
    return found


@pytest.mark.parametrize("name", RAW)
def test_an_answer_is_kept_as_far_as_a_browser_reads_it(house: House, name: str) -> None:
    _, body, truncated = RAW[name]
    found = house.rows("SELECT payload_bytes, truncated FROM captures WHERE url LIKE ?", f"%/{name}")
    assert found == [(len(body), truncated)]


def test_what_speaks_of_the_connection_alone_is_no_part_of_a_record(house: House) -> None:
    house.check()
    (path,) = (house.folder / "warc").rglob("*.warc.gz")
    with path.open("rb") as file:
        told = {name for record in ArchiveIterator(file) for name, _ in _sent(record)}
    assert "Content-Length" in told
    assert not told & {"Transfer-Encoding", "Connection"}


def _sent(record: ArcWarcRecord) -> list[tuple[str, str]]:
    return record.http_headers.headers if record.rec_type == "response" else []
