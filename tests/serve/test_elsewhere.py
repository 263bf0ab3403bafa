"""A release says where else its text stands, who was first, and what differs."""

import re

import httpx
import pytest

from serve.elsewhere import earlier


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def test_a_release_names_the_others_with_its_text_and_the_first(site: httpx.Client) -> None:
    said = text_of(site.get("/m/th-bau-3").text)
    assert "Derselbe Text anderswo" in said
    assert "zuerst Thüringer Ministerium für Arbeit und Familie: Angriff" in said
    assert said.count("zuerst Thüringer") == 1
    assert "81 % gemeinsamer Wortlaut, gekürzt oder erweitert" in said
    assert "(diese Mitteilung)" in said
    assert "Derselbe Text anderswo" not in site.get("/m/th-bau-1").text


def test_two_releases_with_one_text_are_compared_the_earlier_first(site: httpx.Client) -> None:
    for address in ("/m/th-bau-3/vergleich/bund-umwelt-1", "/m/bund-umwelt-1/vergleich/th-bau-3"):
        page = site.get(address).text
        assert "Früher: Thüringer Ministerium für Bau und Verkehr" in text_of(page)
        assert "nur in der früheren" in page
        assert re.search("<ins>[^<]*100 Millionen Euro", page)


@pytest.mark.parametrize("other", ["th-bau-1", "bund-umwelt-1", "gibt-es-nicht"])
def test_what_shares_no_text_is_not_compared(site: httpx.Client, other: str) -> None:
    assert site.get(f"/m/bund-umwelt-1/vergleich/{other}").status_code == 404


@pytest.mark.parametrize(
    ("one", "other", "first"),
    [
        (("2024-05-06", None), ("2024-05-07", None), True),
        (("2024-05-06", None), ("2024-05-06", None), False),
        (("2024-05-06", "2024-05-06T08:00:00Z"), ("2024-05-06", "2024-05-06T09:00:00Z"), True),
        (("2024-05-06", "2024-05-06T08:00:00Z"), ("2024-05-06", None), False),
        ((None, None), ("2024-05-06", None), False),
    ],
)
def test_who_was_first_is_said_only_where_the_pages_tell(
    one: tuple[str | None, str | None], other: tuple[str | None, str | None], first: bool
) -> None:
    old, new = ({"published_on": day, "published_at": hour} for day, hour in (one, other))
    assert earlier(old, new) is first
