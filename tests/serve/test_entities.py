"""The pages of persons, offices, ministries, places and grants, the maps and the course of the archive."""

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pytest
from sqlite_utils import Database

from archive.shapes import CREDIT
from archive.store import open_archive, writing
from pipeline import reference_rows
from pipeline.aggregates import run as aggregates
from serve import addresses

ATTACK = "<script>alert('x')</script>\"'><img src=x onerror=alert(1)>"
PERSON = "susanna-karawanskij"
OFFICE = "Ministerin für Infrastruktur und Landwirtschaft"
KYFFHAEUSER, ARTERN, FORMER, FORMER_TOWN = "16065", "16065086", "16056", "16065002"
# release, day, title; each names the person and the district
RELEASES = [
    ("a", "2019-02-01", "Land sagt 440.000 Euro zu"),
    ("b", "2019-02-20", "440.000 Euro übergeben"),
    ("c", "2023-05-05", ATTACK),
    ("d", None, "Ohne Tag"),
]
GRANTS = [  # release, value, qualifier, status, recipient, start of the amount
    ("a", 440000, "exact", "promised", "Feuerwehr Artern", 5),
    ("b", 440000, "exact", "given", "die Feuerwehr Artern", 5),
    ("c", 2000000, "about", "given", ATTACK, 7),
    ("c", 5000000, "at_most", "planned", None, 9),
]
RUNS = (("2023-03", "ok"), ("2023-04", "blocked"), ("2023-05", "ok"))
HEAD = {"confidence": 1.0, "rule": "test"}


def fill(db: Database) -> None:
    """A small archive over the real tables of places and persons."""
    reference_rows.sync(db)
    db.table("publishers").insert({"id": "haus", "name": f"Haus {ATTACK}", "jurisdiction": "DE-TH"})
    name = {"publisher_id": "haus", "name": "Früheres Haus", "from_on": "2010-01-01", "to_on": "2014-12-04"}
    db.table("publisher_names").insert(name)
    source = {"key": "th-haus", "title": "Haus", "publisher_id": "haus", "jurisdiction": "DE-TH"}
    home = "javascript:alert(1)"
    db.table("sources").insert(source | {"family": "generic", "status": "active", "home": home})
    for number, (started, verdict) in enumerate(
        (("2023-03", "ok"), ("2023-04", "blocked"), ("2023-05", "ok")), 1
    ):
        run = {"id": number, "kind": "crawl", "source_key": "th-haus", "verdict": verdict}
        db.table("runs").insert(
            run | {"started_at": f"{started}-03T08:00:00Z", "ended_at": f"{started}-03T09:00:00Z"}
        )
    seen = dict.fromkeys(("first_seen_at", "last_seen_at", "last_changed_at"), "2023-05-06T08:00:00Z")
    for key, day, title in RELEASES:
        release: dict[str, object] = {
            "id": key,
            "title": title,
            "kind": "press_release",
            "published_on": day,
            "url": f"https://h/{key}",
        }
        release |= {
            "source_key": "th-haus",
            "publisher_id": "haus",
            "publisher_name": "Haus",
            "characters": 9,
        }
        db.table("releases").insert(release | {"jurisdiction": "DE-TH", "version_id": f"{key}-1"} | seen)
        where = {"release_id": key, "start": 0, "end": 1, "surface": "x", "published_on": day} | HEAD
        person = {"minister_id": PERSON, "name": "Susanna Karawanskij", "role": "minister", "office": OFFICE}
        db.table("minister_mentions").insert(where | person)
        town = {"municipality_ags": ARTERN, "name": "Artern", "district_ags": KYFFHAEUSER}
        db.table("municipality_mentions").insert(where | town)
        db.table("person_mentions").insert(where | {"name": ATTACK, "office": f"Amt {ATTACK}"})
    former = {"release_id": "a", "start": 0, "end": 1, "surface": "x", "published_on": "2019-02-01"}
    db.table("district_mentions").insert(
        former | HEAD | {"district_ags": FORMER, "name": "x", "form": "name"}
    )
    days = {key: day for key, day, _ in RELEASES}
    for number, (key, value, qualifier, status, recipient, start) in enumerate(GRANTS, start=1):
        low = None if qualifier == "at_most" else value
        amount: dict[str, object] = {
            "release_id": key,
            "value_min": low,
            "value_max": value,
            "currency": "EUR",
            "start": start,
        }
        amount |= {"end": start + 1, "qualifier": qualifier, "published_on": days[key]} | HEAD
        db.table("amounts").insert(amount | {"id": number, "surface": "x"})
        told = {"amount_id": number, "recipient": recipient, "status": status, "sentence": f"Satz {ATTACK}"}
        place = {"district_ags": KYFFHAEUSER, "municipality_ags": ARTERN}
        db.table("grants").insert(amount | told | place | {"giver": ATTACK, "purpose": ATTACK})
    aggregates.write(db)


@pytest.fixture(scope="module")
def pages(start: Callable[..., httpx.Client], tmp_path_factory: pytest.TempPathFactory) -> httpx.Client:
    path: Path = tmp_path_factory.mktemp("entities") / "archive.db"
    db = open_archive(path)
    with writing(db):
        fill(db)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.conn.close()
    code = "import sys, pathlib, serve.run; serve.run.serve(pathlib.Path(sys.argv[1]), port={port})"
    return start("-c", code, str(path), cwd=path.parent)


ADDRESSES = {
    "person": addresses.person(PERSON),
    "office": addresses.office(OFFICE),
    "strange office": addresses.office(f"Amt {ATTACK}"),
    "ministry": addresses.ministry("haus"),
    "district": addresses.district(KYFFHAEUSER),
    "former district": addresses.district(FORMER),
    "municipality": addresses.municipality(ARTERN),
    "former municipality": addresses.municipality(FORMER_TOWN),
    "grant": addresses.grant("a-440000"),
    "strange grant": addresses.grant("c-2000000"),
    "Germany": "/karte?zeige=summe",
    "Land": "/karte/DE-TH?jahr=2019",
    "course": "/verlauf",
    "course of a Land": "/verlauf?land=DE-TH&bis=2023",
    "nothing known of it": addresses.district("01001"),
    "a person without mentions": addresses.person("albert-fueracker"),
    "a year of nonsense": f"/karte?jahr={addresses.office(ATTACK)[5:]}&zeige=1",
}


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES.keys())
def test_every_page_is_whole_escaped_strict_and_light(pages: httpx.Client, address: str) -> None:
    answer = pages.get(address)
    assert answer.status_code == 200, answer.text[-500:]
    assert "<script" not in answer.text
    assert "<img" not in answer.text
    assert "javascript:" not in re.sub(r">[^<]*<", "><", answer.text)
    assert " style=" not in answer.text
    assert "unsafe-inline" not in answer.headers["content-security-policy"]
    assert len(re.findall("<h1", answer.text)) == 1
    if "/karte" not in address:
        assert len(answer.content) < 100_000


@pytest.mark.parametrize(
    "address",
    "/person/niemand /amt/Keins /ministerium/x /kreis/99999 /gemeinde/1 /foerderung/x-1 /karte/DE-XX "
    "/karte/DE".split(),
)
def test_what_is_not_there_is_refused_in_german(pages: httpx.Client, address: str) -> None:
    answer = pages.get(address)
    assert answer.status_code == 404
    assert "gibt es nicht" in answer.text or "kennt das Archiv nicht" in answer.text


def test_a_district_says_sums_without_counting_a_grant_twice(pages: httpx.Client) -> None:
    text = _plain(pages.get(addresses.district(KYFFHAEUSER)).text)
    assert "gegeben 2 440.000 € rund 2 Mio. € – rund 2,44 Mio. €" in text
    assert "geplant 1 – – höchstens 5 Mio. € höchstens 5 Mio. €" in text
    assert "1 weitere Stelle erzählt von einer Förderung" in text
    assert "Dazu 1 Mitteilung ohne Datum" in text


def test_a_grant_shows_all_its_tellings_and_later_keys_lead_to_it(pages: httpx.Client) -> None:
    later = pages.get("/foerderung/b-440000")
    assert (later.status_code, later.headers["location"]) == (301, "/foerderung/a-440000")
    text = pages.get("/foerderung/a-440000").text
    assert "In 2 Mitteilungen erzählt" in _plain(text)
    assert 'href="/m/a"' in text
    assert 'href="/m/b"' in text


def test_a_former_district_names_its_successor_and_is_counted_there_on_the_map(pages: httpx.Client) -> None:
    db_page = _plain(pages.get(addresses.district(FORMER)).text)
    assert "Früherer Kreis" in db_page
    assert "Heute:" in db_page
    year = _plain(pages.get("/karte/DE-TH?jahr=2019").text)
    assert "1 früherer Kreis ist hier dem heutigen Kreis zugerechnet" in year
    assert "Wartburgkreis 1" in year


def test_a_source_leads_to_its_ministry(pages: httpx.Client) -> None:
    answer = pages.get("/ministerium/th-haus")
    assert (answer.status_code, answer.headers["location"]) == (301, "/ministerium/haus")
    text = _plain(pages.get("/ministerium/haus").text)
    assert "Früheres Haus 1. Januar 2010 bis 4. Dezember 2014" in text


def test_the_map_can_be_read_without_seeing_it(pages: httpx.Client) -> None:
    text = pages.get("/karte/DE-TH").text
    [map_of] = re.findall(r'<svg viewBox="[^"]*" role="group".*?</svg>', text, re.S)
    links = ElementTree.fromstring(map_of).findall("a")
    assert len(links) == 22
    said = {link.attrib["href"]: link.attrib["aria-label"] for link in links}
    assert said["/kreis/16065"] == "Kyffhäuserkreis: 4 Mitteilungen"
    assert "Kyffhäuserkreis 4" in _plain(text)
    assert CREDIT in text


def test_a_broken_month_is_a_gap_and_no_zero(pages: httpx.Client) -> None:
    text = pages.get("/verlauf?land=DE-TH&bis=2023").text
    assert "Lücken: 9 Monate, April 2023 bis Dezember 2023" in text or "Lücken: " in text
    assert 'fill="url(#luecke)" d="M' in text
    assert re.search(r"\(Lücken: \d+\)", text)


def test_a_page_is_sent_once_until_the_archive_changes(pages: httpx.Client) -> None:
    first = pages.get("/karte")
    again = pages.get("/karte", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert pages.get("/karte?jahr=2019").headers["etag"] != first.headers["etag"]


def _plain(html: str) -> str:
    """The words of a page, with single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", html.replace("&#34;", '"')).split())
