"""PDF files made by hand, small and valid, for attachments: a title and paragraphs on A4 pages."""

import textwrap
from collections.abc import Iterable, Sequence

WIDTH, LINES = 84, 48  # of a page: characters of a line, lines


def pdf(title: str, paragraphs: Iterable[str] = ()) -> bytes:
    """The title and the paragraphs on A4 pages; characters outside Windows-1252 become question marks.

    >>> pdf("Anlage").startswith(b"%PDF-1.4")
    True
    """
    lines = [title, ""]
    for paragraph in paragraphs:
        lines += [*textwrap.wrap(paragraph, WIDTH), ""]
    return pages([lines[at : at + LINES] for at in range(0, len(lines), LINES)])


def pages(texts: Sequence[Sequence[str]]) -> bytes:
    """A file with a page for each list of lines."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(len(texts)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(texts)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(texts):
        stream = b"BT /F1 11 Tf 14 TL 60 780 Td " + b" ".join(map(_shown, lines)) + b" ET"
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * number),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        ]
    return written(objects)


def written(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """The file that holds these objects, numbered from 1; the first is its catalogue."""
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"trailer\n<< /Size %d /Root 1 0 R %s>>\n" % (len(objects) + 1, trailer)
    return bytes(out + head + b"startxref\n%d\n%%%%EOF\n" % start)


def _shown(line: str) -> bytes:
    plain = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return b"(" + plain.encode("cp1252", "replace") + b") Tj T*"
