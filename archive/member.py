"""A WARC record read at once, as our crawls write it: lines and a payload in a gzip member of its own."""

import zlib
from typing import NamedTuple

from archive.gzipped import inflated

KINDS = ("response", "revisit")
PROTOCOLS = ("HTTP/1.1", "HTTP/1.0")


class Parts(NamedTuple):
    """What a response or revisit record is made of."""

    kind: str
    headers: dict[str, str]  # of the record, names in lower case
    status: int
    http_headers: dict[str, str]  # names in lower case
    payload: bytes  # as sent; of a revisit nothing


def parts(member: bytes) -> Parts | None:
    """The record in a gzip member; None for anything unusual, which a reader of any WARC file may know.

    That takes half as long again: it reads line by line, and from any stream.
    """
    found = inflated(member, zlib.MAX_WBITS | 16)
    if found is None or not found.ended or found.rest:
        return None
    start, headers, block = _head(found.data)
    if start != "WARC/1.1" or headers.get("content-length") != str(len(block) - 4):
        return None
    kind, media_type = headers.get("warc-type", ""), headers.get("content-type", "")
    start, http_headers, payload = _head(block[:-4])
    protocol, _, said = start.partition(" ")
    status = said[:3]
    if kind not in KINDS or not media_type.startswith("application/http") or protocol not in PROTOCOLS:
        return None
    if not (status.isdecimal() and len(status) == 3 and said[3:4] in ("", " ")):
        return None
    return Parts(kind, headers, int(status), http_headers, payload if kind == "response" else b"")


def _head(data: bytes) -> tuple[str, dict[str, str], bytes]:
    """First line, fields and what follows them; nothing where a line is no plain field."""
    head, end, rest = data.partition(b"\r\n\r\n")
    if not end or not head.isascii():
        return "", {}, b""
    start, *lines = head.decode("ascii").split("\r\n")
    fields: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or line[0] in " \t" or "\n" in line:
            return "", {}, b""
        fields[name.rstrip(" \t").lower()] = value.strip()
    return start, fields, rest
