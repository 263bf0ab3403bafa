"""What readers need in front of a lawyer: proof of each value, citations, copies, and what was taken out."""

import hashlib
import json
import re
from base64 import b32encode
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from archive.warc import digest
from exports.citation import named
from tests.serve.invented import ATTACK_PAGE, GONE, HOSTILE, OUTSIDE
from tests.serve.reading import Elements, text_of

ONE = "/m/th-arbeit-1"


def links(site: httpx.Client, path: str) -> list[str]:
    return [str(a["href"]) for tag, a in Elements(site.get(path).text).tags if tag == "a"]


@pytest.mark.parametrize(
    "tail", ["", "/fassungen", "/beleg", "/kopie/1", "/zitat/1.bib", "/anhang/1", "/melden"]
)
def test_a_release_that_was_taken_out_keeps_its_permalink_and_says_why(site: httpx.Client, tail: str) -> None:
    page = site.get(f"/m/{GONE}{tail}")
    said = text_of(page.text)
    assert page.status_code == 410
    assert "2. Mai 2018" in said
    assert "die ganze Mitteilung" in said
    assert "auf Wunsch einer Person <script>" in said
    assert "E. Muster" not in said


def test_programs_are_told_what_was_taken_out(site: httpx.Client) -> None:
    answer = site.get(f"/m/{GONE}.json")
    said = answer.json()
    assert answer.status_code == 410
    assert [(d["kind"], d["redacted_on"]) for d in said["removed"]] == [("release", "2018-05-02")]


def test_the_permalink_for_programs_leads_to_the_row(site: httpx.Client) -> None:
    said = site.get(f"{ONE}.json", follow_redirects=True).json()
    assert said["rows"][0]["id"] == "th-arbeit-1"
    assert site.get("/m/gibt-es-nicht.json").status_code == 404


@pytest.mark.parametrize("tail", ["", "/fassungen"])
def test_a_release_without_some_words_says_so(site: httpx.Client, tail: str) -> None:
    assert "Am 2. Mai 2018 wurde auf Antrag ein Name entfernt: auf Wunsch" in text_of(
        site.get(f"/m/th-bau-1{tail}").text
    )
    assert "auf Antrag" not in site.get(f"{ONE}{tail}").text


def test_an_older_id_leads_to_the_same_part_of_the_release(site: httpx.Client) -> None:
    for tail in ("/beleg", "/zitat/1.ris", ".json", "/kopie/1/quelltext", "/fassungen?von=1"):
        answer = site.get(f"/m/alte-kennung{tail}")
        assert (answer.status_code, answer.headers["Location"]) == (301, f"{ONE}{tail}")


def test_every_value_leads_to_its_rule_and_from_there_to_the_bytes(site: httpx.Client) -> None:
    release, proof = site.get(ONE).text, site.get(f"{ONE}/beleg").text
    ids = {a["id"] for _, a in Elements(proof).tags if "id" in a}
    aside = release[release.index("<aside") : release.index("</aside>")]
    entries = re.findall(r"<li>|<dt>Betrag</dt>", aside)
    anchors = re.findall(rf'href="{ONE}/beleg#([^"]+)"', aside)
    assert len(anchors) == len(entries) > 12
    assert set(re.findall(rf'href="{ONE}/beleg#([^"]+)"', release)) <= ids
    assert {"title", "day", "text"} <= ids
    said = text_of(proof)
    for word in ("rule:test", "layout:h1", "Stand der Regeln", "WARC-Datei", "sha1:", "Text, Zeichen"):
        assert word in said
    assert f"{ONE}/kopie/1" in links(site, f"{ONE}/beleg")


@pytest.mark.parametrize("suffix", ["bib", "ris", "json", "txt"])
@pytest.mark.parametrize("number", [1, 2])
def test_a_citation_leads_back_to_the_bytes_of_its_version(
    site: httpx.Client, suffix: str, number: int
) -> None:
    answer = site.get(f"/m/th-bau-2/zitat/{number}.{suffix}")
    found = named(answer.text)
    assert found is not None
    assert (found.release, found.number) == ("th-bau-2", number)
    body = site.get(f"/m/{found.release}/kopie/{found.number}/bytes").content
    assert f"sha1:{b32encode(hashlib.sha1(body).digest()).decode()}" == found.payload_digest


@pytest.mark.parametrize(
    ("suffix", "media_type", "disposition"),
    [
        ("bib", "application/x-bibtex", 'attachment; filename="th-bau-2.2.bib"'),
        ("ris", "application/x-research-info-systems", 'attachment; filename="th-bau-2.2.ris"'),
        ("json", "application/vnd.citationstyles.csl+json", 'attachment; filename="th-bau-2.2.json"'),
        ("txt", "text/plain", 'inline; filename="th-bau-2.2.txt"'),
    ],
)
def test_citations_are_sent_as_what_they_are(
    site: httpx.Client, suffix: str, media_type: str, disposition: str
) -> None:
    headers = site.get(f"/m/th-bau-2/zitat/2.{suffix}").headers
    assert headers["Content-Type"] == f"{media_type}; charset=utf-8"
    assert headers["Content-Disposition"] == disposition


def test_each_version_can_be_cited_and_seen(site: httpx.Client) -> None:
    there = links(site, "/m/th-bau-2/fassungen")
    for number in (1, 2):
        assert f"/m/th-bau-2/kopie/{number}" in there
        for suffix in ("bib", "ris", "json", "txt"):
            assert f"/m/th-bau-2/zitat/{number}.{suffix}" in there
    assert site.get("/m/th-bau-2/zitat/3.bib").status_code == 404
    assert site.get("/m/th-bau-2/kopie/3").status_code == 404


def test_a_copy_can_do_nothing(site: httpx.Client) -> None:
    answer = site.get(f"/m/{HOSTILE}/kopie/1/seite")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none';")
    assert not re.search(r"allow-|script-src|'self'", policy)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers.get_list("Referrer-Policy") == ["no-referrer"]
    assert answer.headers.get_list("Content-Security-Policy") == [policy]
    assert "<link" not in answer.text.lower()


def test_the_source_of_a_copy_is_what_was_sent_and_stays_text(site: httpx.Client) -> None:
    answer = site.get(f"/m/{HOSTILE}/kopie/1/quelltext")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox;")
    assert answer.text == ATTACK_PAGE
    assert digest(site.get(f"/m/{HOSTILE}/kopie/1/bytes").content) == digest(ATTACK_PAGE.encode())


def test_a_copy_is_read_in_its_own_encoding(site: httpx.Client) -> None:
    assert "Förderung für Häuser" in site.get(f"{ONE}/kopie/1/seite").text


@pytest.mark.parametrize(
    ("release", "why"),
    [
        ("th-arbeit-2", "liegt auf diesem Server nicht vor"),
        ("th-arbeit-4", "wurde auf Antrag entfernt"),
        ("th-bau-3", "zu groß"),
        ("bund-umwelt-2", "keine Webseite (application/pdf)"),
    ],
)
def test_where_a_copy_cannot_be_shown_the_page_says_why(site: httpx.Client, release: str, why: str) -> None:
    page = site.get(f"/m/{release}/kopie/1")
    assert page.status_code == 200
    assert why in text_of(page.text)
    for part in ("seite", "quelltext"):
        assert site.get(f"/m/{release}/kopie/1/{part}").status_code == 404


@pytest.mark.parametrize(
    ("stelle", "command"),
    [
        ("amount@105", "correct reject th-arbeit-1 amount@"),
        ("minister@title:0", "correct reject th-arbeit-1 minister@title:0"),
        ("date", "correct date th-arbeit-1"),
    ],
)
def test_a_wrong_mention_comes_with_the_command_that_puts_it_right(
    site: httpx.Client, stelle: str, command: str
) -> None:
    if stelle.startswith("amount"):
        found = re.search(r"stelle=(amount%40\d+)", site.get(f"{ONE}/beleg").text)
        assert found is not None
        stelle = found[1].replace("%40", "@")
    page = site.get(f"{ONE}/melden", params={"stelle": stelle})
    assert command in text_of(page.text)
    assert '<form class="report"' not in page.text


@pytest.mark.parametrize(
    "stelle", ["", "amount@1", "amount@", "@", "keins@3", "amount@²", "amount@title:0", "'"]
)
def test_what_names_no_mention_is_not_found(site: httpx.Client, stelle: str) -> None:
    assert site.get(f"{ONE}/melden", params={"stelle": stelle}).status_code == 404


def test_proposals_are_refused_where_nobody_asked_for_them(site: httpx.Client) -> None:
    assert site.post(f"{ONE}/melden?stelle=date", data={"fault": "other"}).status_code == 403


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("box") / "proposals.jsonl"


@pytest.fixture(scope="module")
def asking(start: Callable[..., httpx.Client], archive_file: Path, box: Path) -> httpx.Client:
    """Our site where readers may propose corrections."""
    arguments = ("-m", "cli", "serve", "--archive", str(archive_file), "--port", "{port}")
    return start(*arguments, "--proposals", str(box), cwd=archive_file.parent)


def token(client: httpx.Client) -> str:
    found = re.search(r'name="csrftoken" value="([^"]+)"', client.get(f"{ONE}/melden?stelle=date").text)
    assert found is not None
    return found[1]


def test_a_proposal_becomes_a_line_that_says_nothing_of_the_reader(asking: httpx.Client, box: Path) -> None:
    form = {"csrftoken": token(asking), "fault": "wrong_value", "comment": "  war am\n27. März  "}
    answer = asking.post(f"{ONE}/melden?stelle=date", data=form)
    assert "Der Hinweis ist notiert" in text_of(answer.text)
    [line] = box.read_text("utf-8").splitlines()
    said = json.loads(line)
    assert said.pop("on")[:2] == "20"
    assert said == {
        "release": "th-arbeit-1",
        "text_hash": "h",
        "mention": "date",
        "surface": "2018-03-28",
        "rule": "layout:date",
        "fault": "wrong_value",
        "comment": "war am 27. März",
    }


@pytest.mark.parametrize(
    ("form", "cookies", "status"),
    [
        ({"fault": "other"}, True, 403),
        ({"fault": "other", "csrftoken": "geraten"}, True, 403),
        ({"fault": "other"}, False, 403),
        ({"fault": "nichts", "csrftoken": "TOKEN"}, True, 200),
        ({"fault": "other", "comment": "x" * 1001, "csrftoken": "TOKEN"}, True, 200),
        ({"fault": "other", "comment": "x" * 30_000, "csrftoken": "TOKEN"}, True, 403),
    ],
)
def test_what_comes_from_elsewhere_or_makes_no_sense_is_not_noted(
    asking: httpx.Client, box: Path, form: dict[str, str], cookies: bool, status: int
) -> None:
    held = box.read_bytes() if box.exists() else b""
    sent = form | ({"csrftoken": token(asking)} if form.get("csrftoken") == "TOKEN" else {})
    jar = dict(asking.cookies) if cookies else {}
    with httpx.Client(base_url=asking.base_url, cookies=jar) as client:
        assert client.post(f"{ONE}/melden?stelle=date", data=sent).status_code == status
    assert (box.read_bytes() if box.exists() else b"") == held


def test_outside_hosts_stand_in_the_attack(site: httpx.Client) -> None:
    assert OUTSIDE in site.get(f"/m/{HOSTILE}/kopie/1/seite").text
