"""Text comes out of attached files, and no file stops who reads it."""

import io
import zipfile

import pytest

from demo.portals.pdf import pdf
from pipeline.attachments import confined
from pipeline.attachments.confined import text_of
from pipeline.attachments.flow import flowed
from tests.attachments import hostile

ODT = "urn:oasis:names:tc:opendocument:xmlns:"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def office(part: str, xml: str, mimetype: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        if mimetype:
            file.writestr("mimetype", mimetype)
        file.writestr(part, xml)
    return out.getvalue()


def test_a_pdf_is_read_page_by_page() -> None:
    paragraph = "Der Kyffhäuserkreis erhält 477.970 Euro für drei Häuser der Jugendarbeit. " * 12
    found = text_of(pdf("Anlage", [paragraph] * 10))
    assert (found.outcome, found.format) == ("text", "pdf")
    assert found.count == len(found.pages) > 1
    assert [number for number, _ in found.pages] == list(range(1, len(found.pages) + 1))
    assert "Der Kyffhäuserkreis erhält 477.970 Euro für drei Häuser" in found.pages[0][1]
    assert found == text_of(pdf("Anlage", [paragraph] * 10))


def test_word_and_open_document_files_are_one_page() -> None:
    word = (
        f'<w:document xmlns:w="{WORD}"><w:p><w:r><w:t>Förderung</w:t></w:r><w:r><w:tab/><w:t>5.000 Euro</w:t>'
        "</w:r></w:p><w:p><w:r><w:t>Ende</w:t></w:r></w:p></w:document>"
    )
    odt = (
        f'<o:x xmlns:o="{ODT}office:1.0" xmlns:t="{ODT}text:1.0"><t:h>Förderung</t:h>'
        "<t:p>An <t:span>Artern</t:span> gehen<t:s/>5.000 Euro</t:p></o:x>"
    )
    docx_text = text_of(office("word/document.xml", word))
    odt_text = text_of(office("content.xml", odt, "application/vnd.oasis.opendocument.text"))
    assert (docx_text.format, docx_text.pages, docx_text.count) == (
        "docx",
        ((1, "Förderung 5.000 Euro\nEnde"),),
        None,
    )
    assert (odt_text.format, odt_text.pages) == ("odt", ((1, "Förderung\nAn Artern gehen 5.000 Euro"),))


@pytest.mark.parametrize(
    ("made", "outcomes"),
    [
        (hostile.bomb, {"crashed", "too_large", "no_text"}),
        (hostile.form_in_itself, {"crashed", "text", "too_slow"}),
        (hostile.pages_in_themselves, {"damaged", "no_text"}),
        (hostile.nested, {"no_text", "damaged", "crashed"}),
        (hostile.locked, {"encrypted"}),
        (hostile.scripted, {"text"}),
        (hostile.without_index, {"text"}),
        (hostile.torn, {"damaged", "text"}),
        (hostile.long, {"cut"}),
        (hostile.zip_bomb, {"too_large"}),
        (hostile.laughing, {"damaged"}),
        (lambda: b"", {"unsupported"}),
        (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40, {"damaged"}),
        (lambda: b"PK\x03\x04" + bytes(500), {"unsupported"}),
        (lambda: b"<!DOCTYPE html><html>Wartungsarbeiten</html>", {"no_document"}),
        (lambda: b"\xd0\xcf\x11\xe0 old Word", {"unsupported"}),
    ],
)
def test_a_file_that_cannot_be_read_ends_in_an_outcome(made: object, outcomes: set[str]) -> None:
    found = text_of(made())  # type: ignore[operator]
    assert found.outcome in outcomes
    assert found.outcome == "text" or found.reason or found.outcome == "no_text"


def test_a_document_reaches_no_file_of_the_machine() -> None:
    assert "root:" not in text_of(hostile.reaching_out()).pages[0][1]


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        ("while True: pass", "too_slow"),
        ("import time; time.sleep(60)", "too_slow"),
        ("import os; os.abort()", "crashed"),
        ("import sys; sys.exit(3)", "crashed"),
        ("print('no JSON')", "crashed"),
        ("print('{}')", "crashed"),
    ],
)
def test_a_reader_that_misbehaves_is_ended(code: str, outcome: str) -> None:
    assert text_of(b"", code, seconds=0.3).outcome == outcome


def test_a_reader_may_neither_fill_the_disk_nor_see_what_the_environment_holds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SECRET_OF_THE_HOUSE", "x")
    limited = (
        "import sys, os; sys.path.append(sys.argv[1]); assert 'SECRET_OF_THE_HOUSE' not in os.environ\n"
        "from pipeline.attachments import reader\n"
        "reader.resource.setrlimit(reader.resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "sys.stdout.write('x' * 5000); sys.stdout.flush()"
    )
    assert confined.text_of(b"", limited).outcome in ("too_large", "crashed")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Die Förder-\r\nmittel", "Die Fördermittel"),
        ("Die Förder\x02mittel im Saale-Orla\x02Kreis", "Die Fördermittel im Saale-Orla-Kreis"),
        ("Land-\nund Forstwirtschaft", "Land- und Forstwirtschaft"),
        ("Über\u00adschrift", "Überschrift"),
        ("o\ufb03ziell", "offiziell"),
        ("a\x00b", "ab"),
        ("", ""),
        (" \n \n", ""),
        ("Titel\nEine lange Zeile, die bis zum Rand reicht und\nweitergeht.", None),
    ],
)
def test_lines_become_paragraphs(raw: str, text: str | None) -> None:
    said = "Titel\nEine lange Zeile, die bis zum Rand reicht und weitergeht."
    assert flowed(raw) == (said if text is None else text)
