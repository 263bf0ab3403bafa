"""The HTTP answer inside a record's block: status, headers, payload, and whether a stated digest fits it."""

import base64
import hashlib
import re
from dataclasses import dataclass

HEAD_END = re.compile(rb"\r?\n\r?\n")
STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})\b")
SIZE = re.compile(rb"\s*([0-9a-fA-F]+)[^\r\n]*\r?\n")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered; header names in lower case, the last value where one comes twice."""

    status: int
    headers: dict[str, str]
    payload: bytes  # as sent: with transfer and content encoding


def answer(block: bytes) -> Answer | None:
    """The answer in a block; None where it does not begin as one.

    HTTP/2 has no status line and no such headers; those who save it write the line and pseudo headers
    (":status: 200") of their own, which say nothing more.

    >>> answer(b"HTTP/2 200\\r\\n:status: 200\\r\\nContent-Type: text/html\\r\\n\\r\\nHallo").headers
    {'content-type': 'text/html'}
    """
    status = STATUS.match(block)
    if not status:
        return None
    end = HEAD_END.search(block)
    head, payload = (block[: end.start()], block[end.end() :]) if end else (block, b"")
    headers: dict[str, str] = {}
    for line in head.split(b"\n")[1:]:
        name, colon, value = line.decode("latin-1").partition(":")
        if colon and name.strip():
            headers[name.strip().lower()] = value.strip()
    return Answer(int(status[1]), headers, payload)


def unchunked(payload: bytes) -> bytes:
    """A payload without its transfer encoding "chunked"; as it is where it was not sent in chunks.

    Many tools keep the header and store the body without the chunks.

    >>> unchunked(b"4\\r\\nPres\\r\\n2\\r\\nse\\r\\n0\\r\\n\\r\\n"), unchunked(b"Presse")
    (b'Presse', b'Presse')
    """
    parts: list[bytes] = []
    at = 0
    while size := SIZE.match(payload, at):
        length = int(size[1], 16)
        if length == 0:
            return b"".join(parts)
        part = payload[size.end() : size.end() + length]
        parts.append(part)
        at = size.end() + length
        if len(part) < length:  # cut off
            return b"".join(parts)
        if payload[at : at + 1] not in (b"\r", b"\n"):
            return payload
    return b"".join(parts) if parts and at >= len(payload) - 2 else payload


def fits(label: str, data: bytes) -> bool:
    """Whether a digest such as "sha1:3I42…" is that of the data; true for what cannot be checked here.

    >>> fits("sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", b""), fits("md5:0", b""), fits("tiger:x", b"")
    (True, False, True)
    """
    name, _, value = label.strip().partition(":")
    name = name.strip().lower().replace("-", "")
    if name not in hashlib.algorithms_guaranteed or name.startswith("shake") or not value:
        return True
    raw = hashlib.new(name, data, usedforsecurity=False).digest()
    said = value.strip().rstrip("=")
    forms = (base64.b32encode(raw), base64.b64encode(raw))
    return said.lower() == raw.hex() or said in {form.decode().rstrip("=") for form in forms}
