"""WARC files made by hand, byte by byte, so that they can be as wrong as those of others."""

import gzip
from uuid import NAMESPACE_URL, uuid5

OLD = "http://www.thueringen.de/th7/tmasgff/aktuell/presse/{}/index.aspx"
LIST = "http://www.thueringen.de/th7/tmasgff/aktuell/presse/index.aspx"
HOUSE = "Thüringer Ministerium für Arbeit, Soziales, Gesundheit, Frauen und Familie"


def page(title: str, text: str, day: str = "19.03.2018") -> bytes:
    """A page of the old portal."""
    paragraphs = "".join(f"<p>{part}</p>" for part in text.split("\n"))
    return (
        f"<!DOCTYPE html><html lang='de'><head><meta charset='utf-8'><title>{title}</title></head><body>"
        f"<div id='content'><p>{HOUSE} {day}</p><h1>{title}</h1>{paragraphs}</div></body></html>"
    ).encode()


def listing(rows: list[tuple[str, str, str]]) -> bytes:
    """A list of the old portal: address, title and day of each row."""
    items = "".join(
        f"<div><p>{HOUSE} {day}</p><h3><a href='{url}'>{title}</a></h3><p>Mehr dazu im Text.</p>"
        f"<a href='{url}'>mehr</a></div>"
        for url, title, day in rows
    )
    head = "<!DOCTYPE html><html lang='de'><head><title>Presse</title></head><body><div id='content'>"
    return f"{head}<h2>Medieninformationen</h2>{items}</div></body></html>".encode()


def http(body: bytes, status: str = "HTTP/1.1 200 OK", headers: str = "") -> bytes:
    """An HTTP answer."""
    lines = f"{status}\r\nContent-Type: text/html; charset=utf-8\r\n{headers}\r\n"
    return lines.encode("latin-1") + body


def record(
    kind: str = "response",
    url: str = "",
    date: str = "2018-03-28T14:30:00Z",
    block: bytes = b"",
    *,
    version: str = "WARC/1.0",
    identity: str | None = None,
    length: int | None = None,
    headers: str = "",
) -> bytes:
    """One record, as it is stated, right or wrong."""
    identity = identity or f"<urn:uuid:{uuid5(NAMESPACE_URL, f'{kind} {url} {date}')}>"
    head = f"{version}\r\nWARC-Type: {kind}\r\nWARC-Record-ID: {identity}\r\nWARC-Date: {date}\r\n"
    head += f"WARC-Target-URI: {url}\r\n" if url else ""
    head += f"{headers}Content-Length: {len(block) if length is None else length}\r\n\r\n"
    return head.encode("latin-1", "replace") + block + b"\r\n\r\n"


def response(number: int, title: str, text: str, date: str = "2018-03-28T14:30:00Z", **others: str) -> bytes:
    """A release of the old portal as a record."""
    return record("response", OLD.format(number), date, http(page(title, text)), **others)  # type: ignore[arg-type]


def zipped(*records: bytes) -> bytes:
    """Records, each in a gzip member of its own."""
    return b"".join(gzip.compress(one, mtime=0) for one in records)
