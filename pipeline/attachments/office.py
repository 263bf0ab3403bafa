"""Text of Word and OpenDocument files: zipped XML, of which only the paragraphs are of interest."""

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
T = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
O = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"  # noqa: E741  # the standard's prefix
PARTS = {"word/document.xml": "docx", "content.xml": "odt"}
PARAGRAPHS = (f"{W}p", f"{T}p", f"{T}h")
SIGNS = {
    f"{W}tab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{T}tab": "\t",
    f"{T}s": " ",
    f"{T}line-break": "\n",
}
MOST_BYTES = 64 << 20  # of XML; a zip of zeros ends here


class OversizedError(Exception):
    """A document that unpacks to more than anybody writes."""


def office_format(payload: bytes) -> str | None:
    """`docx` or `odt` by what the archive holds; None for any other zip file."""
    try:
        with zipfile.ZipFile(io.BytesIO(payload)) as file:
            names = set(file.namelist())
            if "mimetype" in names and not file.read("mimetype").startswith(
                b"application/vnd.oasis.opendocument.text"
            ):
                return None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        return None
    return next((kind for part, kind in PARTS.items() if part in names), None)


def paragraphs(payload: bytes) -> Iterator[str]:
    """The paragraphs of a document; raises BadZipFile, XMLSyntaxError, OversizedError."""
    with zipfile.ZipFile(io.BytesIO(payload)) as file:
        part = next(name for name in PARTS if name in file.namelist())
        with file.open(part) as xml:
            content = xml.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise OversizedError(f"more than {MOST_BYTES >> 20} MB of XML")
    events = etree.iterparse(
        io.BytesIO(content), events=("end",), resolve_entities=False, no_network=True, load_dtd=False
    )
    for _, element in events:
        if element.tag in PARAGRAPHS:
            yield "".join(_pieces(element))
            element.clear()


def _pieces(paragraph: etree._Element) -> Iterator[str]:
    for node in paragraph.iter():
        if not isinstance(node.tag, str):
            continue
        yield SIGNS.get(node.tag, "")
        if node.tag == f"{W}t" or (node.tag.startswith(T) and node.text):
            yield node.text or ""
        if node is not paragraph and node.tail and not node.tag.startswith(W):
            yield node.tail
