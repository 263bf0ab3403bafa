"""The page on a source's completeness: what is held of each year, what is missing, how that is known."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

ROWS = [
    ("th-bau", 2018, 2, 2, 4, 2, "2–3", 0, 0, 0, None, 0.5, "numbers", "Nummern 1–4 lückenlos außer 2–3"),
    ("th-bau", 2017, 1, 0, None, None, None, 3, 1, 1, None, 0.3333, "lists", "keine Nummern; 1 von 3 <b>"),
    ("th-bau", None, 1, 0, None, None, None, 0, 0, 0, None, None, "nothing", "nicht feststellbar"),
]
GAPS = [
    ("th-bau", 2018, "numbers", "2–3", 2, "2018-02-11", "2018-03-27", None),
    ("th-bau", 2017, "not_captured", "javascript:alert(1)", 1, None, None, None),
    ("th-bau", 2017, "no_release", "https://th-bau.example.org/weg", 1, None, None, "status_404"),
    ("th-bau", 2017, "month", "2017-05", 18, None, None, "2 of about 20"),
]


@pytest.fixture(scope="module")
def page(site: httpx.Client, archive_file: Path) -> Iterator[str]:
    db = sqlite3.connect(archive_file)
    db.executemany(f"INSERT INTO coverage VALUES ({', '.join('?' * 14)})", ROWS)
    db.executemany(
        "INSERT INTO coverage_gaps (source_key, year, kind, subject, missing, after_on, before_on, reason) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        GAPS,
    )
    db.commit()
    answer = site.get("/quellen/th-bau")
    assert answer.status_code == 200
    yield answer.text
    db.execute("DELETE FROM coverage")
    db.execute("DELETE FROM coverage_gaps")
    db.commit()
    db.close()


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize(
    "part",
    [
        "Nummern 1–4 lückenlos außer 2–3",
        "50 %",
        "33,3 %",
        "keine Nummern; 1 von 3 &lt;b&gt;",
        "ohne Tag nicht feststellbar",
        "2018 Nummern 2–3, zwischen 11. Februar 2018 und 27. März 2018",
        "Mai 2017: etwa 18 weniger als üblich",
        "Listeneintrag ohne Abruf: javascript:alert(1)",
        "Abgerufen, doch keine Mitteilung (status_404)",
        "4 Lücken als Tabelle",
    ],
)
def test_the_page_says_it(page: str, part: str) -> None:
    assert part in text(page)


def test_addresses_of_strangers_are_links_only_where_they_lead_to_the_web(page: str) -> None:
    assert 'href="https://th-bau.example.org/weg"' in page
    assert 'href="javascript' not in page


def test_the_sources_lead_here_and_an_unknown_one_is_not_there(site: httpx.Client) -> None:
    assert 'href="/quellen/th-bau"' in site.get("/quellen").text
    assert site.get("/quellen/niemand").status_code == 404
    assert "noch nichts" in site.get("/quellen/bund-umwelt").text
