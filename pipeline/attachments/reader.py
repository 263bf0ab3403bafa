"""The text of one attached file, read in a process of its own: `confined` starts it and may kill it.

The file comes on standard input. Each page goes out as a line of JSON as soon as it is read, and a last line
says how it ended. Limits are set before the first byte is looked at; whoever feeds PDFium something that
breaks it breaks a process without network work to do, without other files and without the archive.
"""

import json
import resource
import sys
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from lxml.etree import XMLSyntaxError

from pipeline.attachments import office

CPU_SECONDS = 60
MEMORY_BYTES = 1 << 30  # of address space: the file, what it unpacks to, and the programs
OUTPUT_BYTES = 32 << 20
MOST_PAGES = 1_000
MOST_CHARACTERS = 3_000_000
LIMITS = (
    (resource.RLIMIT_CPU, CPU_SECONDS),
    (resource.RLIMIT_AS, MEMORY_BYTES),
    (resource.RLIMIT_FSIZE, OUTPUT_BYTES),
    (resource.RLIMIT_CORE, 0),
)


class UnreadableFileError(Exception):
    """A file that says no text; `outcome` names why."""

    def __init__(self, outcome: str, reason: str) -> None:
        super().__init__(reason)
        self.outcome = outcome


def main(source: BinaryIO, limits: tuple[tuple[int, int], ...] = LIMITS) -> None:
    """Read the file, write its pages to standard output."""
    for kind, most in limits:
        resource.setrlimit(kind, (most, most))
    payload = source.read()
    form = file_format(payload)
    end: dict[str, object] = {"format": form, "pages": None}
    try:
        end |= _told(form, payload)
    except UnreadableFileError as error:
        end |= {"outcome": error.outcome, "reason": str(error)}
    except MemoryError:
        end |= {"outcome": "too_large", "reason": f"it needs more than {MEMORY_BYTES >> 20} MB of memory"}
    _tell(end)


def file_format(payload: bytes) -> str | None:
    """What kind of file the bytes are, whatever their address says; None where nobody here reads it.

    >>> file_format(b"%PDF-1.7")
    'pdf'
    """
    if b"%PDF-" in payload[:1024]:
        return "pdf"
    if payload.startswith(b"PK"):
        return office.office_format(payload)
    return "html" if payload[:1024].lstrip().lower().startswith((b"<!doctype html", b"<html")) else None


def _told(form: str | None, payload: bytes) -> dict[str, object]:
    characters, number = 0, 0
    pages, texts = _texts(form, payload)
    for number, text in enumerate(texts, start=1):
        characters += len(text)
        if number > MOST_PAGES or characters > MOST_CHARACTERS:
            reason = f"only the first {number - 1} pages were read"
            return {"outcome": "cut", "pages": pages, "reason": reason}
        if text.strip():
            _tell({"page": number, "text": text})
    return {"outcome": "text" if characters else "no_text", "pages": pages}


def _texts(form: str | None, payload: bytes) -> tuple[int | None, Iterator[str]]:
    match form:
        case "pdf":
            return _pdf(payload)
        case "docx" | "odt":
            return None, iter([_document(payload)])
        case "html":
            raise UnreadableFileError("no_document", "a web page came instead of a file")
    raise UnreadableFileError("unsupported", "files of this kind are kept and not read")


def _pdf(payload: bytes) -> tuple[int, Iterator[str]]:
    # Takes a tenth of a second, which other files need not wait.
    import pypdfium2  # type: ignore[import-untyped]

    try:
        document = pypdfium2.PdfDocument(payload)
    except pypdfium2.PdfiumError as error:
        locked = "assword" in str(error) or "ecurity" in str(error)
        outcome = "encrypted" if locked else "damaged"
        raise UnreadableFileError(outcome, str(error)) from error
    count = len(document)
    if not count:
        raise UnreadableFileError("damaged", "a document without pages")
    return count, (_page(document, number) for number in range(count))


def _page(document: "pypdfium2.PdfDocument", number: int) -> str:  # type: ignore[name-defined]  # noqa: F821
    import pypdfium2

    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return ""  # one broken page of a file leaves the others readable
    text = page.get_textpage()
    said = str(text.get_text_bounded())
    text.close()
    page.close()
    return said


def _document(payload: bytes) -> str:
    try:
        return "\n".join(office.paragraphs(payload))
    except office.OversizedError as error:
        raise UnreadableFileError("too_large", str(error)) from error
    except (zipfile.BadZipFile, XMLSyntaxError, ValueError, RuntimeError, EOFError) as error:
        raise UnreadableFileError("damaged", f"{type(error).__name__}: {error}") from error


def _tell(said: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()
