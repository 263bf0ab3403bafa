"""Taking word sequences out of texts and bytes; everything else stays as it was."""

from archive.redaction.words import Sought, spans

MARK = "[entfernt]"


def scrubbed(text: str, what: Sought, mark: str = MARK) -> str:
    """The text with each sequence replaced.

    >>> from archive.redaction.words import sought
    >>> scrubbed("<b>Erna</b> M&uuml;ller dankt", sought(["Erna Müller"]))
    '<b>[entfernt] dankt'
    """
    for start, end in reversed(spans(text, what)):
        text = text[:start] + mark + text[end:]
    return text


def scrubbed_bytes(body: bytes, what: Sought) -> bytes:
    """The same for bytes in UTF-8, UTF-16 with a mark, or any encoding that agrees with Windows-1252."""
    encoding = encoding_of(body)
    text = body.decode(encoding, _errors(encoding))
    return scrubbed(text, what).encode(encoding, _errors(encoding)) if spans(text, what) else body


def holds(body: bytes, what: Sought) -> bool:
    """Whether bytes hold one of the sequences."""
    encoding = encoding_of(body)
    return bool(spans(body.decode(encoding, _errors(encoding)), what))


def encoding_of(body: bytes) -> str:
    """An encoding by which the bytes can be read and written back unchanged."""
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16-le" if body[:2] == b"\xff\xfe" else "utf-16-be"
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8"


def _errors(encoding: str) -> str:
    return "surrogatepass" if encoding.startswith("utf-16") else "strict"
