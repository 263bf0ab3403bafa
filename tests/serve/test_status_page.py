"""The page on the sources says how each is, since when, why and what to do, and hides no gap."""

import re
from datetime import date

import httpx
import pytest

from archive.status import SourceStatus
from serve.sources import DAYS, Day, _by_source, spark, summary

TODAY = date(2026, 3, 31)


@pytest.fixture(scope="module")
def page(site: httpx.Client) -> str:
    answer = site.get("/quellen")
    assert answer.status_code == 200
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    return answer.text


def line(page: str, key: str) -> str:
    found = re.search(rf'<tr[^>]* id="{key}".*?</tr>', page, re.DOTALL)
    assert found, key
    return found[0]


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_those_with_a_finding_come_first(page: str) -> None:
    keys = re.findall(r'<tr role="row" id="([^"]+)"', page)
    assert keys == ["bund-umwelt", "th-arbeit", "th-bau"]
    assert "3 Quellen, 2 ohne Befund; 1 gesperrt." in text(page)


def test_a_line_says_finding_since_when_what_to_do_and_what_is_held(page: str) -> None:
    said = text(line(page, "bund-umwelt"))
    for part in ("Bund", "gesperrt", "seit 28.03.2018, 16:00", "die Pressestelle um Zugang bitten"):
        assert part in said
    assert 'class="unwell"' in line(page, "bund-umwelt")
    assert 'class="well"' in line(page, "th-arbeit")
    assert "Pressestelle" not in line(page, "th-arbeit")


def test_numbers_lead_to_the_rows_behind_them(site: httpx.Client, page: str) -> None:
    bau = line(page, "th-bau")
    links = re.findall(r'href="(/archive/[^"]+)"', bau.replace("&amp;", "&"))
    assert [link.split("?")[0] for link in links] == ["/archive/releases", "/archive/issues"]
    tables = [site.get(link.replace("?", ".json?") + "&_shape=array").json() for link in links]
    assert {row["source_key"] for table in tables for row in table} == {"th-bau"}
    assert re.findall(r">(\d+)</a>", bau) == [str(len(table)) for table in tables]


def test_the_first_page_leads_here(site: httpx.Client) -> None:
    assert 'href="/quellen"' in site.get("/").text


def runs(*moments: tuple[str, str | None]) -> list[dict[str, str | None]]:
    return [{"source_key": "x", "started_at": at, "verdict": verdict} for at, verdict in moments]


def test_a_run_belongs_to_the_day_on_which_it_began_in_germany() -> None:
    found = _by_source(
        runs(
            ("2026-03-31T05:00:00Z", "ok"),
            ("2026-03-30T22:30:00Z", "blocked"),
            ("2026-03-30T21:30:00Z", "quiet"),
            ("2026-03-30T05:00:00Z", None),
            ("2026-03-01T23:30:00Z", "unchanged"),
            ("2026-03-01T05:00:00Z", "unchanged"),
            ("2026-04-01T05:00:00Z", "ok"),
        ),
        TODAY,
    )
    assert found == {"x": {0: Day(1, 1), 1: Day(2, 0), 29: Day(1, 0)}}


def bars(path: str) -> list[tuple[int, int, int]]:
    """Left edge, top and height."""
    return [(int(x), int(y), int(h)) for x, y, h in re.findall(r"M(\d+) (\d+)h3v(\d+)h-3z", path)]


@pytest.mark.parametrize(
    ("days", "well", "ill"),
    [
        ({}, [], []),
        ({0: Day(1, 0)}, [(116, 2, 10)], []),
        ({DAYS - 1: Day(1, 0), 0: Day(0, 1)}, [(0, 2, 10)], [(116, 12, 10)]),
        ({1: Day(4, 0), 0: Day(1, 2)}, [(112, 2, 10), (116, 9, 3)], [(116, 12, 5)]),
    ],
)
def test_a_picture_has_bars_for_days_with_runs_and_gaps_for_the_others(
    days: dict[int, Day], well: list[tuple[int, int, int]], ill: list[tuple[int, int, int]]
) -> None:
    picture = spark(days)
    assert (bars(picture.well), bars(picture.ill)) == (well, ill)
    without = DAYS - len(days)
    assert f"{without} {'Tag' if without == 1 else 'Tage'} ohne Lauf" in picture.words


def test_the_summary_counts_every_source_once() -> None:
    states = [
        SourceStatus(str(n), "", verdict, None, None, None, None, 0, None, 0)
        for n, verdict in enumerate(["ok", "quiet", "blocked", "blocked", "failed", "never"])
    ]
    assert summary(states) == "6 Quellen, 2 ohne Befund; 2 gesperrt, 1 gescheitert, 1 noch nie abgerufen."
    assert summary([]) == "0 Quellen, 0 ohne Befund."
