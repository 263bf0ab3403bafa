"""What stands in an attached file is found, shown with its page, and never mixed with what a release says."""

import re

import httpx
import pytest


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def found(site: httpx.Client, **asked: str) -> list[str]:
    return re.findall(r'<h3><a href="/m/([^"]+)"', site.get("/suche", params=asked).text)


@pytest.mark.parametrize("sort", ["", "passend"])
def test_a_release_is_found_by_a_page_of_its_attachment(site: httpx.Client, sort: str) -> None:
    assert found(site, q="Haltestelle", sort=sort) == ["th-bau-1"]
    said = text_of(site.get("/suche", params={"q": "Haltestelle", "sort": sort}).text)
    assert "Treffer im Anhang, Seite 2" in said
    assert "steht das Gesuchte nur in einem Anhang" in said
    assert "1 Mitteilung" in said


def test_hits_in_text_and_attachment_count_once(site: httpx.Client) -> None:
    assert found(site, q="Landesstraße") == ["th-bau-1"]
    assert found(site, q="Landesstraße", sort="passend") == ["th-bau-1"]
    said = text_of(site.get("/suche", params={"q": "Landesstraße"}).text)
    assert "nur in einem Anhang" not in said


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Haltestelle -Kabinett", ["th-bau-1"]),
        ("Haltestelle -Pendler", []),  # the release itself says the word
        ('"Haltestelle Marktplatz"', ["th-bau-1"]),
        ("titel:Haltestelle", []),
        ("Halt*", ["th-bau-1"]),
        ("Haltestelle Haltepunkt", []),  # on two pages
    ],
)
def test_the_language_of_search_holds_for_attachments(
    site: httpx.Client, query: str, expected: list[str]
) -> None:
    assert found(site, q=query) == expected


def test_what_a_file_names_filters_no_release(site: httpx.Client) -> None:
    assert "th-bau-1" not in found(site, kreis="16077", q="Haltestelle")


def test_a_release_tells_what_became_of_its_attachments(site: httpx.Client) -> None:
    said = text_of(site.get("/m/th-bau-1").text)
    assert "1,5 MB · 3 Seiten · gelesen" in said
    assert "ausgetauscht, 2 Dateien" in said
    assert "Schmölln (S. 3)" in said
    assert "ohne lesbaren Text" in said
    assert "nicht im Archiv" in text_of(site.get("/m/th-bau-2").text)
    assert "Treffer auf Seite 2" in text_of(site.get("/m/th-bau-1?q=Haltestelle").text)


def test_a_page_of_an_attachment_shows_its_text_with_marks_and_its_bytes(site: httpx.Client) -> None:
    page = site.get("/m/th-bau-1/anhang/1?seite=3").text
    assert '<span class="m m-amount"' in page
    assert "Seite 3 von 3" in text_of(page)
    assert "ab Byte" in text_of(page)
    assert "keinen Text" in text_of(site.get("/m/th-bau-1/anhang/2").text)


@pytest.mark.parametrize("address", ["/m/th-bau-1/anhang/9", "/m/nie/anhang/1"])
def test_an_attachment_that_is_not_there_is_no_error(site: httpx.Client, address: str) -> None:
    assert site.get(address).status_code == 404


@pytest.mark.parametrize("page", ["0", "77777777777", "x", "-1", "99"])
def test_a_page_that_is_not_there_says_so(site: httpx.Client, page: str) -> None:
    answer = site.get("/m/th-bau-1/anhang/1", params={"seite": page})
    assert answer.status_code == 200
