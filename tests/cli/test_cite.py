"""`pressearchiv cite` cites a version, and every citation leads back to the same bytes."""

import base64
import hashlib

import pytest
from verbs import House

FORMATS = ("text", "bibtex", "ris", "csl-json")


@pytest.mark.parametrize("form", FORMATS)
def test_from_a_citation_in_any_format_to_the_bytes_and_back(crawled: House, form: str) -> None:
    [(release, digest)] = crawled.rows(
        "SELECT r.id, c.payload_digest FROM releases r JOIN versions v ON v.id = r.version_id "
        "JOIN captures c ON c.id = v.capture_id ORDER BY r.id LIMIT 1"
    )
    reference = crawled.folder / f"reference.{form}"
    reference.write_text(crawled.ok("cite", release, "--format", form), "utf-8")
    page = crawled.folder / f"{form}.page"
    said = crawled.ok("cite", "--resolve", str(reference), "--payload", str(page))
    assert "the bytes are the same" in said
    sent = hashlib.sha1(page.read_bytes()).digest()
    assert f"sha1:{base64.b32encode(sent).decode()}" == digest


def test_a_release_is_cited_by_id_version_page_or_original(crawled: House) -> None:
    [(release, version, url)] = crawled.rows("SELECT id, version_id, url FROM releases ORDER BY id LIMIT 1")
    ways = (release, version, f"pressearchiv:{version}", f"https://archive.example/m/{release}", url)
    assert len({crawled.ok("cite", way) for way in ways}) == 1


def test_altered_evidence_is_not_cited_as_the_same(copied: House) -> None:
    [(release, offset, length)] = copied.rows(
        "SELECT r.id, c.warc_offset, c.warc_length FROM releases r JOIN versions v ON v.id = r.version_id "
        "JOIN captures c ON c.id = v.capture_id ORDER BY r.id LIMIT 1"
    )
    reference = copied.folder / "reference"
    reference.write_text(copied.ok("cite", release), "utf-8")
    path = copied.warc_file("demo-bund")
    bytes_ = bytearray(path.read_bytes())
    bytes_[offset + length // 2] ^= 0xFF
    path.write_bytes(bytes_)
    assert "backup" in copied.ok("cite", "--resolve", str(reference), code=2)


def test_a_citation_of_what_was_taken_out_says_so(copied: House) -> None:
    [(release,)] = copied.rows("SELECT id FROM releases ORDER BY id LIMIT 1")
    reference = copied.folder / "reference"
    reference.write_text(copied.ok("cite", release), "utf-8")
    signed = ("--reason", "auf Wunsch", "--author", "E. Muster", "--yes")
    copied.ok("redact", "release", release, *signed)
    assert "taken out on request" in copied.ok("cite", "--resolve", str(reference), code=2)


@pytest.mark.parametrize(
    ("arguments", "mend"),
    [
        (("cite", "th-nobody-000000000000"), "after /m/"),
        (("cite", "https://example.org/unknown"), "after /m/"),
        (("cite", "x", "--payload", "y"), "--resolve"),
    ],
)
def test_what_is_not_there_is_named(crawled: House, arguments: tuple[str, ...], mend: str) -> None:
    assert mend in crawled.ok(*arguments, code=2)
