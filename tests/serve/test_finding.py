"""What a search finds, and what readers see of it, over real HTTP."""

import httpx
import pytest

from tests.serve.reading import found


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("bescheid", {"th-arbeit-1"}),
        ("Foerdermittelbescheid", {"th-arbeit-1"}),
        ("strasse", {"th-bau-1"}),
        ('"ländlicher Raum"', {"bund-umwelt-2"}),
        ("kindergarten", {"th-arbeit-3"}),
        ("weimar -landesstraße", {"th-arbeit-2", "th-bau-2"}),
        ("windrad ODER kindergarten", {"bund-umwelt-3", "th-arbeit-3"}),
        ("titel:hochwasserschutz", {"bund-umwelt-1"}),
        ("wasserschutz", {"bund-umwelt-1"}),
        ("gibtesnicht", set()),
    ],
)
def test_a_search_finds_forms_umlauts_and_parts_of_words(
    site: httpx.Client, query: str, hits: set[str]
) -> None:
    assert set(found(site, query)) == hits


@pytest.mark.parametrize("query", ["bescheide", "foerdermittel", "häuser"])
def test_the_search_of_a_table_is_german_too(site: httpx.Client, query: str) -> None:
    rows = site.get("/archive/releases.json", params={"_search": query, "_shape": "array"}).json()
    assert "th-arbeit-1" in {row["id"] for row in rows}


@pytest.mark.parametrize(
    "query", ['"', '"offen', "(", "AND", "NEAR(", "*", "-", "a:b", "%00", "' OR 1=1 --", "😀", "-nur", "\x00"]
)
def test_a_mistyped_search_gets_help_and_no_error(site: httpx.Client, query: str) -> None:
    page = site.get("/suche", params={"q": query})
    assert page.status_code == 200
    assert "/suche/hilfe" in page.text


def test_hits_show_the_words_that_were_sought(site: httpx.Client) -> None:
    page = site.get("/suche", params={"q": "bescheid"}).text
    assert '<mark class="hit">Fördermittelbescheide</mark>' in page


@pytest.mark.parametrize(
    ("filters", "hits"),
    [
        ({"kreis": "16065"}, {"th-arbeit-1", "th-arbeit-attack"}),
        ({"person": "karl-beispiel"}, {"th-bau-1"}),
        ({"art": "speech"}, {"bund-umwelt-2"}),
        ({"jahr": "2016"}, {"bund-umwelt-3"}),
        ({"geaendert": "1"}, {"th-bau-2"}),
        ({"land": "DE", "jahr": "2018"}, {"bund-umwelt-1", "bund-umwelt-2"}),
        ({"seite": "400", "jahr": "2018"}, set()),
        ({"seite": "x", "jahr": "2016"}, {"bund-umwelt-3"}),
    ],
)
def test_filters_narrow_a_search(site: httpx.Client, filters: dict[str, str], hits: set[str]) -> None:
    assert set(found(site, "", **filters)) == hits


def test_the_newest_come_first_unless_the_best_are_asked_for(site: httpx.Client) -> None:
    assert found(site, "weimar") == ["th-arbeit-2", "th-bau-1", "th-bau-2"]
    assert found(site, "weimar", sort="passend")[0] == "th-bau-1"
