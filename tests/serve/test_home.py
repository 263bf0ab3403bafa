"""The home page and the dates of a release say what is known, and what is not."""

import httpx
import pytest

from serve.seen import five
from tests.serve.reading import Elements, text_of

RELEASE = {
    "published_on": "2018-03-20",
    "published_at": None,
    "published_rule": "listing",
    "updated_on": None,
    "first_seen_at": "2018-03-28T14:30:00Z",
    "last_seen_at": "2018-04-02T06:00:00Z",
}
OLD, NEW = (
    {"first_seen_at": "2018-03-28T14:30:00Z", "last_seen_at": "2018-03-29T06:00:00Z"},
    {"first_seen_at": "2018-04-01T06:00:00Z", "last_seen_at": "2018-04-02T06:00:00Z"},
)
CHECKED = {"last_checked_at": "2018-04-20T06:00:00Z"}


def test_the_home_page_says_what_changed_and_what_vanished(site: httpx.Client) -> None:
    said = text_of(site.get("/").text)
    assert "Städtebauförderung: 12 Millionen Euro für Innenstädte redaktionell geändert" in said
    assert "Erklärung zum Brückenbau bei 4 Abrufen nicht gefunden" in said
    assert "noch nichts; das Neueste ist vom 28. März 2018" in said


def test_the_home_page_leads_to_persons_and_districts_of_the_week(site: httpx.Client) -> None:
    links = {a.get("href") for tag, a in Elements(site.get("/").text).tags if tag == "a"}
    assert {"/kreis/16065", "/person/erna-muster", "/m/th-bau-2/fassungen?von=1&bis=2"} <= links


@pytest.mark.parametrize(
    ("release", "versions", "presence", "place", "doubt"),
    [
        ({}, [OLD], None, 0, "steht in der Liste der Quelle, nicht auf der Seite; ohne Uhrzeit"),
        ({"published_on": None}, [OLD], None, 0, "die Seite nennt keinen Tag"),
        ({}, [OLD], None, 2, "8 Tage nach dem genannten Tag; was die Seite vorher zeigte, ist nicht bekannt"),
        ({"published_on": "2018-03-28"}, [OLD], None, 2, ""),
        ({}, [OLD], None, 3, "seitdem nicht abgerufen"),
        ({}, [OLD], CHECKED, 3, "zuletzt abgerufen 20. April 2018, 8:00 Uhr, ohne sie zu sehen"),
        ({}, [OLD], None, 4, ""),
        ({}, [NEW, OLD], None, 4, "irgendwann nach 29. März 2018, 8:00 Uhr, als"),
    ],
)
def test_each_date_says_what_is_not_certain(
    release: dict[str, str | None],
    versions: list[dict[str, str]],
    presence: dict[str, str] | None,
    place: int,
    doubt: str,
) -> None:
    dates = five(RELEASE | release, versions, presence)
    assert [date.word for date in dates] == [
        "Veröffentlicht",
        "Als aktualisiert ausgewiesen",
        "Zuerst gesehen",
        "Zuletzt gesehen",
        "Zuletzt geändert",
    ]
    assert dates[place].doubt.startswith(doubt)
    assert bool(dates[place].doubt) == bool(doubt)
