"""Files that somebody made to break whoever reads them, and files that are merely broken."""

import io
import zipfile
import zlib

from demo.portals.pdf import pages, pdf, written

PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << %s "
    b"/Font << /F1 5 0 R >> >> >>"
)
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
HEAD = (b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>")


def _stream(content: bytes, *, packed: bool = False) -> bytes:
    body = zlib.compress(content, 9) if packed else content
    head = b"/Filter /FlateDecode " if packed else b""
    return b"<< %s/Length %d >>\nstream\n%s\nendstream" % (head, len(body), body)


def _one_page(content: bytes, resources: bytes = b"", *more: bytes) -> bytes:
    return written([*HEAD, PAGE % resources, content, FONT, *more])


def bomb(megabytes: int = 1_200) -> bytes:
    """A content stream that unpacks to more than a gigabyte, packed twice."""
    engine, chunk = zlib.compressobj(1), b" " * (1 << 20)
    once = b"".join(engine.compress(chunk) for _ in range(megabytes)) + engine.flush()
    twice = zlib.compress(once, 9)
    head = b"<< /Filter [/FlateDecode /FlateDecode] /Length %d >>\nstream\n" % len(twice)
    return _one_page(head + twice + b"\nendstream")


def form_in_itself() -> bytes:
    """A drawing that contains itself twice."""
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>"
    body = b"/X Do /X Do"
    again = b"<< %s /Length %d >>\nstream\n%s\nendstream" % (form, len(body), body)
    return _one_page(_stream(b"/X Do BT /F1 9 Tf (Rahmen) Tj ET"), b"/XObject << /X 6 0 R >>", again)


def pages_in_themselves() -> bytes:
    """A tree of pages that is its own branch."""
    return written([HEAD[0], b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2000000000 >>"])


def nested(depth: int = 200_000) -> bytes:
    """Brackets within brackets."""
    return written([b"<< /Type /Catalog /Pages 2 0 R /X " + b"[" * depth + b"]" * depth + b" >>", HEAD[1]])


def locked() -> bytes:
    """Encrypted with a password that nobody has."""
    objects = [*HEAD, PAGE % b"", _stream(b"\x01\x02"), FONT]
    objects.append(
        b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >>"
    )
    return written(objects, b"/Encrypt 6 0 R /ID [<00><00>] ")


def scripted() -> bytes:
    """Runs a script when it is opened, in viewers that do."""
    action = b"<< /Type /Action /S /JavaScript /JS (while(true){app.alert('x');}) >>"
    opened = b"<< /Type /Catalog /Pages 2 0 R /OpenAction 6 0 R >>"
    return written([opened, HEAD[1], PAGE % b"", _stream(b"BT /F1 9 Tf (Skript) Tj ET"), FONT, action])


def without_index() -> bytes:
    """The table of objects points beside them; viewers look for the objects themselves."""
    whole = pdf("Anlage", ["Der Kyffhäuserkreis erhält 5.000 Euro."])
    return whole.replace(b"startxref\n", b"startxref\n9")


def torn() -> bytes:
    """The first half of a file."""
    whole = pages([["Seite"]] * 40)
    return whole[: len(whole) // 2]


def long(count: int = 10_000) -> bytes:
    """A file of ten thousand pages."""
    return pages([[f"Seite {number}"] for number in range(1, count + 1)])


def zip_bomb(part: str = "word/document.xml") -> bytes:
    """A document whose one paragraph unpacks to 300 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file, file.open(part, "w") as xml:
        xml.write(b"<a>")
        for _ in range(300):
            xml.write(b" " * (1 << 20))
        xml.write(b"</a>")
    return out.getvalue()


def laughing() -> bytes:
    """XML whose entities multiply to billions."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    xml = f'<!DOCTYPE a [<!ENTITY l0 "ha">{entities}]><a><p>&l11;</p></a>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("word/document.xml", xml)
    return out.getvalue()


def reaching_out() -> bytes:
    """XML that asks for a file of the machine that reads it."""
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xml = (
        '<!DOCTYPE a [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
        f'<w:document xmlns:w="{w}"><w:p><w:r><w:t>Anfang &secret; Ende</w:t></w:r></w:p></w:document>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("word/document.xml", xml)
    return out.getvalue()
