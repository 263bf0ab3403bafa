"""Bytes of a page to text: what the bytes are counts more than what they are declared to be."""

import codecs
import re
from typing import NamedTuple

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
HEAD_BYTES = 4096  # in which a page has to declare its encoding
IN_HEADER = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
# Latin-1 in the wild is Windows-1252 (so says the HTML standard); these all end in the per-byte fallback.
WESTERN = {"utf-8", "iso8859-1", "cp1252", "ascii"}
# Signs that steer a terminal, or turn a line around: no page shows them, whoever prints a text would obey.
STEERING = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
# The same as bytes of UTF-8, looked for where the rest is left out already.
CONTROLS = bytes({*range(32), 127} - {*b"\t\n\f\r"})
HARMLESS = bytes({*range(32, 127), *b"\t\n\f\r"} - {*b"<="})
TURNING = re.compile(rb"\xe2(?:\x80[\xaa-\xae]|\x81[\xa6-\xa9])")
REFERENCE = re.compile(
    r"&#(?:0*(?:[0-8]|11|1[4-9]|2\d|3[01]|127|823[4-8]|829[4-7])|[xX]0*(?:[0-8bBeEfF]|1[0-9a-fA-F]|7[fF]|202[a-eA-E]"
    r"|206[6-9]))(?:;|(?![0-9a-fA-F]))"
)
# UTF-8 that was read as Windows-1252 and saved again: "fÃ¼r", "â€žZitatâ€œ".
TWICE = re.compile("[ÂÃâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,2}")


class Decoded(NamedTuple):
    """A page's text; where the bytes are that very text in UTF-8, how often "<" and "=" are among them."""

    text: str
    signs: tuple[int, int] | None


def decode(body: bytes | str, content_type: str | None = None) -> str:
    """The text of a page. Never raises; a byte that fits no encoding is read as Windows-1252.

    >>> decode("für".encode("latin-1"), "text/html; charset=utf-8")
    'für'
    """
    return decoded(body, content_type).text


def decoded(body: bytes | str, content_type: str | None = None) -> Decoded:
    """As `decode`, with what else one look at the bytes told."""
    if isinstance(body, str):
        return Decoded(_mended(body), None)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return Decoded(_mended(_other(body, content_type)), None)
    # What is left out is counted by what is left, in a tenth of the time.
    marks = body.translate(None, HARMLESS)
    values = marks.translate(None, b"<")
    foreign = values.translate(None, b"=")
    may_be_twice = b"\xc3\x83" in foreign or b"\xc3\xa2\xe2\x82\xac" in foreign
    mended = _mended(text, _may_steer(foreign), may_be_twice)
    signs = len(marks) - len(values), len(values) - len(foreign)
    return Decoded(mended, signs if mended == text else None)


def _mended(text: str, may_steer: bool = True, may_be_twice: bool = True) -> str:
    if may_be_twice and ("Ã" in text or "â€" in text):
        text, may_steer = TWICE.sub(_once, text), True
    if _may_refer(text):
        text = REFERENCE.sub("", text)
    if may_steer:
        text = STEERING.sub("", text)
    return text.removeprefix("\ufeff")


def _may_refer(text: str) -> bool:
    """Whether a sign is given by its number. One sign is found at once, two in a row are looked for."""
    at = text.find("&")
    while at >= 0 and not text.startswith("#", at + 1):
        at = text.find("&", at + 1)
    return at >= 0


def _may_steer(foreign: bytes) -> bool:
    """Whether there may be signs that steer in UTF-8."""
    return len(foreign.translate(None, CONTROLS)) < len(foreign) or TURNING.search(foreign) is not None


def _other(body: bytes, content_type: str | None) -> str:
    """What is no UTF-8."""
    for bom, name in BOMS:
        if body.startswith(bom):
            return body.decode(name, "replace")
    name = _declared(body, content_type)
    if name not in WESTERN:
        try:
            return body.decode(name)
        except UnicodeDecodeError:
            return body.decode("utf-8", "western")
    return body.decode("utf-8", "western")


def _declared(body: bytes, content_type: str | None) -> str:
    from bs4.dammit import EncodingDetector  # slow to import, and pages in UTF-8 need it not

    header = IN_HEADER.search(content_type or "")
    meta = EncodingDetector.find_declared_encoding(body[:HEAD_BYTES], is_html=True)
    for name in (header[1] if header else None, meta):
        found = _known(name)
        if found and found not in WESTERN:
            return found
    return "utf-8"


def _known(name: str | None) -> str | None:
    try:
        return codecs.lookup(name or "").name
    except (LookupError, ValueError):
        return None  # a page may declare anything, even a name with a zero in it


def _western(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in bad), error.end


codecs.register_error("western", _western)


def _once(found: re.Match[str]) -> str:
    try:
        return found[0].encode("cp1252").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return found[0]
