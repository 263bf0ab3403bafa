"""A release says where else its text stands, who was first, and what differs."""

import re

import httpx
import pytest


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def test_a_release_names_the_others_with_its_text_and_the_first(site: httpx.Client) -> None:
    said = text_of(site.get("/m/th-bau-3").text)
    assert "Derselbe Text anderswo" in said
    assert "zuerst Bundesministerium für Umwelt und Klima: Hochwasserschutz" in said
    assert "81 % gemeinsamer Wortlaut, gekürzt oder erweitert" in said
    assert "(diese Mitteilung)" in said
    assert "Derselbe Text anderswo" not in site.get("/m/th-bau-1").text


def test_two_releases_with_one_text_are_compared_the_earlier_first(site: httpx.Client) -> None:
    for address in ("/m/th-bau-3/vergleich/bund-umwelt-1", "/m/bund-umwelt-1/vergleich/th-bau-3"):
        page = site.get(address).text
        assert "Früher: Bundesministerium für Umwelt und Klima" in text_of(page)
        assert "<ins>Die Brücke über die Unstrut bleibt gesperrt.</ins>" in page


@pytest.mark.parametrize("other", ["th-bau-1", "bund-umwelt-1", "gibt-es-nicht"])
def test_what_shares_no_text_is_not_compared(site: httpx.Client, other: str) -> None:
    assert site.get(f"/m/bund-umwelt-1/vergleich/{other}").status_code == 404
