"""The pages that people read, over real HTTP."""

import re
import shutil
import socket
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pytest

from archive.errors import ArchiveError
from serve.run import serve
from tests.serve.reading import Elements, found

PAGES = [
    "/",
    "/suche",
    "/suche?q=bescheid",
    "/suche?q=bescheid&sort=passend",
    "/suche?kreis=16065&person=erna-muster&art=press_release&jahr=2018&land=DE-TH&geaendert=1",
    "/suche/hilfe",
    "/quellen",
    "/m/th-arbeit-1",
    "/m/th-arbeit-attack",
    "/m/th-bau-leer",
    "/m/th-bau-2/fassungen",
    "/m/th-bau-1/fassungen",
    "/suche?q=Haltestelle",
    "/m/th-bau-1?q=Haltestelle",
    "/m/th-bau-1/anhang/1?seite=3&q=Umleitung",
    "/m/th-bau-1/anhang/2",
    "/m/bund-umwelt-1",
    "/m/bund-umwelt-1/vergleich/th-bau-3",
    "/m/th-bau-3/vergleich/th-arbeit-attack",
    "/m/th-arbeit-attack/anhang/1",
    "/m/th-arbeit-1/beleg",
    "/m/th-arbeit-attack/beleg",
    "/m/th-bau-leer/beleg",
    "/m/th-arbeit-1/kopie/1",
    "/m/th-arbeit-attack/kopie/1",
    "/m/th-arbeit-1/melden?stelle=date",
    "/m/th-arbeit-attack/melden?stelle=municipality@77",
]
DATASETTE_PAGES = [
    "/archive",
    "/archive/releases",
    "/archive/releases/th-arbeit-attack",
    "/archive/offene_punkte",
]
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.mark.parametrize("path", PAGES + DATASETTE_PAGES)
def test_a_page_opens_and_loads_nothing_from_elsewhere(site: httpx.Client, path: str) -> None:
    page = site.get(path)
    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    for tag, attributes in Elements(page.text).tags:
        loads = "href" if tag == "link" and attributes.get("rel") != "alternate" else "src"
        url = attributes.get(loads) or "/"
        assert url.startswith("/"), (tag, attributes)
        assert not url.startswith("//"), (tag, attributes)


@pytest.mark.parametrize("path", PAGES)
def test_our_pages_have_no_script_but_our_files_and_no_inline_style(site: httpx.Client, path: str) -> None:
    page = site.get(path)
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    for tag, attributes in Elements(page.text).tags:
        assert tag not in ("style", "img", "iframe")
        if tag == "script" and attributes.get("type") != "application/ld+json":  # data, which nothing runs
            assert attributes["src"].startswith("/-/pressearchiv/")
        assert not [name for name in attributes if name == "style" or name.startswith("on")]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_one_heading_one_main_part_and_labels(site: httpx.Client, path: str) -> None:
    tags = Elements(site.get(path).text).tags
    assert [tag for tag, _ in tags].count("h1") == 1
    assert [tag for tag, _ in tags].count("main") == 1
    assert ("html", {"lang": "de"}) in tags
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    labelled = {attributes.get("for") for tag, attributes in tags if tag == "label"}
    fields = [a for tag, a in tags if tag == "input" and a.get("type") not in ("hidden", "checkbox")]
    assert all(field.get("id") in labelled for field in fields)


def test_a_release_says_who_where_how_much_and_when(site: httpx.Client) -> None:
    page = site.get("/m/th-arbeit-1").text
    marked = r'<(?:a|span) class="m m-{kind}"[^>]*>{text}</'
    for kind, text in [
        ("minister", "Arbeitsministerin Erna Muster"),
        ("district", "Kyffhäuserkreis"),
        ("municipality", "Artern"),
        ("amount", "477.970 Euro"),
        ("date", "Anfang 2019"),
        ("person", "Landrätin Paula Probe"),
    ]:
        assert re.search(marked.format(kind=kind, text=text), page), text
    text = Elements(page).text
    for said in (
        "28. März 2018",
        "477.970 €",
        "rund 1,2 Mio. €",
        "50.000 € bis 80.000 €",
        "Kyffhäuserkreis, ",
        "gegeben",
    ):
        assert said in text or said.rstrip(", ") in text
    for proof in ("th-arbeit/th-arbeit-00001.warc.gz", "ab Byte", "sha1:", "28. März 2018, 16:30 Uhr"):
        assert proof in text


def test_a_mention_that_no_longer_fits_its_text_is_not_marked(site: httpx.Client) -> None:
    page = site.get("/m/th-bau-1").text
    assert "Ab 3" in Elements(page).text
    assert 'title="Kreis: Erfurt' not in page


@pytest.mark.parametrize("view", ["", "?von=1&bis=2", "?von=2&bis=1", "?von=x&bis=9"])
def test_versions_show_what_went_and_what_came(site: httpx.Client, view: str) -> None:
    page = site.get(f"/m/th-bau-2/fassungen{view}").text
    assert "<del>fördert</del><ins>unterstützt</ins> das Land" in page
    assert "Gewicht 0,1" in page
    assert "redaktionell geändert" in page


def test_versions_stand_side_by_side(site: httpx.Client) -> None:
    page = site.get("/m/th-bau-2/fassungen?ansicht=nebeneinander").text
    old, new = page.split('<div class="pair changed">')[1].split("</p>")[:2]
    assert "<del>fördert</del>" in old
    assert "unterstützt" not in old
    assert "<ins>unterstützt</ins>" in new


def test_a_missing_page_says_since_when_and_how_often_it_was_looked_for(site: httpx.Client) -> None:
    text = " ".join(Elements(site.get("/m/th-bau-3").text).text.split())
    assert "Zuletzt gesehen am 2. April 2018, 8:00 Uhr, seitdem bei 4 Abrufen nicht gefunden" in text
    assert "nicht mehr gefunden" not in site.get("/m/th-bau-1").text


def test_hostile_texts_stay_texts(site: httpx.Client) -> None:
    for path in ("/", "/suche?q=angriff", "/m/th-arbeit-attack", *DATASETTE_PAGES):
        page = site.get(path).text
        assert '<script>alert("x")' not in page, path
        assert "<img src=x" not in page, path
    assert 'href="javascript:' not in site.get("/m/th-arbeit-attack").text


def test_a_search_echoes_what_was_typed_as_text(site: httpx.Client) -> None:
    page = site.get("/suche", params={"q": '"><script>alert(1)</script>', "kreis": "<b>", "sort": "<i>"}).text
    assert "<script>alert(1)" not in page
    assert "<b>" not in page
    assert "<i>" not in page


def test_the_home_page_is_honest_about_its_sources(site: httpx.Client) -> None:
    text = Elements(site.get("/").text).text
    assert "3 Quellen abgerufen, 2 davon ohne Befund; 1 gesperrt" in text
    assert "Erna Muster übergibt Fördermittelbescheide" in text


@pytest.mark.parametrize(
    "path",
    [
        "/m/gibt-es-nicht",
        "/m/gibt-es-nicht/fassungen",
        "/nirgends",
        "/archive/keine",
        "/-/pressearchiv/x.css",
    ],
)
def test_what_is_not_there_gets_a_friendly_page(site: httpx.Client, path: str) -> None:
    page = site.get(path)
    assert page.status_code == 404
    assert 'action="/suche"' in page.text


def test_an_older_id_of_a_release_leads_to_its_page(site: httpx.Client) -> None:
    answer = site.get("/m/alte-kennung")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/m/th-arbeit-1")


def test_a_search_is_a_feed_too(site: httpx.Client) -> None:
    answer = site.get("/suche.atom", params={"q": "weimar"})
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.text)
    new = [
        entry.findtext("a:title", None, ATOM)
        for entry in feed.findall("a:entry", ATOM)
        if entry.find("a:category[@term='new']", ATOM) is not None
    ]
    assert "Landesstraßen: Sanierung bei Weimar beginnt" in new
    ElementTree.fromstring(site.get("/suche.atom").text)


def test_style_sheets_refer_to_no_other_host_and_may_be_kept(site: httpx.Client) -> None:
    links = [
        a
        for tag, a in Elements(site.get("/archive/releases").text).tags
        if tag == "link" and a["rel"] == "stylesheet"
    ]
    ours = [str(a["href"]) for a in links if "/-/pressearchiv/" in str(a["href"])]
    assert len(ours) == 2
    for href in ours:
        sheet = site.get(href)
        assert sheet.status_code == 200
        assert "immutable" in sheet.headers["Cache-Control"]
        assert "url(" not in sheet.text
        assert "@import" not in sheet.text


def test_answers_to_questions_lead_to_the_releases(site: httpx.Client) -> None:
    page = site.get("/archive/groesste_betraege").text
    assert '<a href="/m/bund-umwelt-1">lesen</a>' in page
    assert "100.000.000" in page


def test_titles_in_the_table_lead_to_the_releases(site: httpx.Client) -> None:
    assert '<a href="/m/th-bau-3">Erklärung zum Brückenbau</a>' in site.get("/archive/releases").text


def test_plain_datasette_has_our_pages_where_the_package_is_installed(
    start: Callable[..., httpx.Client], archive_file: Path
) -> None:
    metadata = str(Path(__file__).parents[2] / "datasette-metadata.json")
    arguments = ("-m", "datasette", str(archive_file), "--metadata", metadata, "--port", "{port}")
    client = start(*arguments, cwd=archive_file.parent)
    assert found(client, "bescheid") == ["th-arbeit-1"]


def test_pages_are_light(site: httpx.Client) -> None:
    home = site.get("/")
    css = sum(
        len(site.get(str(a["href"])).content)
        for tag, a in Elements(home.text).tags
        if tag == "link" and a["rel"] == "stylesheet"
    )
    assert len(home.content) + css < 150_000


def test_a_file_of_any_name_is_served(start: Callable[..., httpx.Client], archive_file: Path) -> None:
    other = shutil.copy(archive_file, archive_file.with_name("mein archiv.db"))
    code = "import sys, pathlib, serve.run; serve.run.serve(pathlib.Path(sys.argv[1]), port={port})"
    client = start("-c", code, str(other), cwd=archive_file.parent)
    question = next(
        str(a["href"]) for tag, a in Elements(client.get("/").text).tags if "neueste_je" in str(a.get("href"))
    )
    assert "Das Neueste je Quelle" in client.get(question).text


def test_a_taken_port_and_a_missing_file_are_said_plainly(tmp_path: Path, archive_file: Path) -> None:
    with pytest.raises(ArchiveError, match="does not exist"):
        serve(tmp_path / "archive.db")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(ArchiveError, match="name another --port"):
            serve(archive_file, port=taken.getsockname()[1])
