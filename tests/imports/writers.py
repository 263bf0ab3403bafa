"""WARC files of other writers, kept small as test data: `python -m tests.imports.writers` makes them anew.

The replica of the Thuringian portal of 2018 stands on loopback and speaks as a proxy, so that each tool asks
for the addresses of that time. Needed beside the development packages: GNU Wget. The data are made once and
kept, because the tests shall not depend on the versions of these tools.
"""

import io
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, build_opener

from fastwarc import GzipWriter, WarcRecord, WarcRecordType
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from demo.exchange import Request
from demo.replicas.registry import REPLICAS
from demo.replicas.replica import shown
from tests.imports.making import LIST, http, record, zipped

FOLDER = Path(__file__).parent / "writers"
KEY = "th-tmasgff-old"
HOST = "http://www.thueringen.de"
RELEASES = shown(REPLICAS[KEY].newsroom, 0)[:3]
URLS = (LIST, *(HOST + REPLICAS[KEY].address(release) for release in RELEASES))
DATE = "2018-03-28T14:30:0{}Z"


class Portal(BaseHTTPRequestHandler):
    """A proxy that knows one portal."""

    def do_GET(self) -> None:
        response = REPLICAS[KEY](Request(urlsplit(self.path).path, HOST, {}, epoch=0, visits=1))
        body = response.body if isinstance(response.body, bytes) else b""
        self.send_response(response.status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@contextmanager
def portal() -> Iterator[str]:
    """The address of the proxy."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def by_wget(proxy: str) -> None:
    """Plain and gzipped, with the request, metadata and resource records that Wget adds."""
    for name, options in (("wget.warc.gz", []), ("wget-plain.warc", ["--no-warc-compression"])):
        target = name.partition(".")[0]
        command = ["wget", "-q", "-O", "/dev/null", "-e", "use_proxy=yes", "-e", f"http_proxy={proxy}"]
        named = ["--user-agent=Test", f"--warc-file={target}", "--no-warc-keep-log", *options, *URLS]
        subprocess.run([*command, *named], check=True, cwd=FOLDER)


def by_warcio(pages: list[bytes]) -> None:
    """Version 1.0, as pywb and Browsertrix have it, with a page that was found unchanged later."""
    with (FOLDER / "warcio.warc.gz").open("wb") as file:
        writer = WARCWriter(file, gzip=True, warc_version="WARC/1.0")
        writer.write_record(writer.create_warcinfo_record("warcio.warc.gz", {"software": "warcio"}))
        for n, (url, body) in enumerate(zip(URLS, pages, strict=True)):
            headers = {"WARC-Date": DATE.format(n)}
            payload = io.BytesIO(body)
            made = writer.create_warc_record(
                url, "response", payload, http_headers=_head(), warc_headers_dict=headers
            )
            writer.write_record(made)
        later = {"WARC-Date": "2018-05-01T00:00:00Z"}
        first = made.rec_headers.get_header("WARC-Payload-Digest")
        writer.write_record(
            writer.create_revisit_record(url, first, url, DATE.format(n), _head(), warc_headers_dict=later)
        )


def _head() -> StatusAndHeaders:
    return StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], "HTTP/1.1")


def by_fastwarc(pages: list[bytes]) -> None:
    """Version 1.1, with digests of both kinds."""
    with (FOLDER / "fastwarc.warc.gz").open("wb") as file:
        writer = GzipWriter(file)
        for n, (url, body) in enumerate(zip(URLS, pages, strict=True)):
            made = WarcRecord()
            made.init_headers(WarcRecordType.response)
            made.headers["WARC-Target-URI"] = url
            made.headers["WARC-Date"] = DATE.format(n)
            made.headers["Content-Type"] = "application/http; msgtype=response"
            made.set_bytes_content(http(body))
            made.write(writer, checksum_data=True)
        writer.close()


def like_common_crawl(pages: list[bytes]) -> None:
    """Made by hand as Common Crawl has it: renamed headers, payload cut at a length, three records a page."""
    info = b"isPartOf: CC-MAIN-2018-13\r\nsoftware: Nutch 1.6 (CC)\r\n"
    records = [record("warcinfo", block=info, headers="WARC-Filename: CC-MAIN-0.warc.gz\r\n")]
    for n, (url, body) in enumerate(zip(URLS, pages, strict=True)):
        cut = n == len(pages) - 1
        renamed = "X-Crawl-Content-Encoding: gzip\r\nX-Crawl-Transfer-Encoding: chunked\r\n"
        kept = body[: len(body) * 2 // 3] if cut else body
        extra = "WARC-Identified-Payload-Type: text/html\r\n" + "WARC-Truncated: length\r\n" * cut
        date = DATE.format(n)
        records.append(record("request", url, date, b"GET / HTTP/1.1\r\nUser-Agent: CCBot/2.0\r\n\r\n"))
        answer = http(kept, headers=f"{renamed}Content-Length: {len(kept)}\r\n")
        records.append(record("response", url, date, answer, headers=extra))
        records.append(record("metadata", url, date, b"fetchTimeMs: 212\r\ncharset-detected: UTF-8\r\n"))
    (FOLDER / "common-crawl.warc.gz").write_bytes(zipped(*records))


def main() -> None:
    """All of them."""
    FOLDER.mkdir(exist_ok=True)
    with portal() as proxy:
        opener = build_opener(ProxyHandler({"http": proxy}))
        pages = [opener.open(url).read() for url in URLS]
        by_wget(proxy)
    by_warcio(pages)
    by_fastwarc(pages)
    like_common_crawl(pages)


if __name__ == "__main__":
    main()
