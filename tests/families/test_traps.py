"""What real portals do to a reader, on the replica of the portal that was seen to do it."""

import re
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from archive.source import registry
from archive.store import open_archive
from crawler.run import crawl
from demo.collection import written
from demo.exchange import Request, Response
from demo.replicas import thueringen
from demo.replicas.registry import REPLICAS, moved
from demo.replicas.replica import COUNT, PER_PAGE, shown
from demo.server import DemoServer
from pipeline.identity import release_id
from pipeline.parse.page import parse
from tests.families.conftest import Crawled
from tests.families.goldens import BASE, detail, standing


def test_a_server_that_asks_to_calm_down_is_asked_once_more(crawled: Crawled) -> None:
    asked = [e.status for e in crawled.requests[0] if e.portal == "be-senat" and e.target.endswith("/page/2")]
    assert asked == [429, 200]
    assert crawled.results[0]["be-senat"].verdict == "ok"


def test_a_notice_with_the_class_of_the_text_is_none_of_it(crawled: Crawled) -> None:
    old = next(r for r in shown(REPLICAS["be-senat"].newsroom, 0) if r.published.year < 2025)
    text = crawled.page("be-senat", old).text or ""
    assert "Sonderseite" not in text
    assert "Kontakt" not in text


def test_of_two_dates_and_authors_in_the_head_the_last_counts(crawled: Crawled) -> None:
    for release in shown(REPLICAS["sn-medienservice"].newsroom, 0)[:5]:
        page = crawled.page("sn-medienservice", release)
        assert page.published_precision == "minute"
        assert page.author == release.author


def test_a_cookie_banner_is_no_text_and_nested_blocks_are_read_once(crawled: Crawled) -> None:
    for release in shown(REPLICAS["bund-breg"].newsroom, 0)[:5]:
        text = crawled.page("bund-breg", release).text or ""
        assert "Cookies" not in text
        assert text.count(release.body[0].text) == 1


def test_the_head_of_a_migrated_release_is_a_day_early_and_not_believed(crawled: Crawled) -> None:
    migrated = [r for r in shown(REPLICAS["st-presse"].newsroom, 0) if r.published.year <= 2025]
    assert len(migrated) > 5
    for release in migrated:
        assert crawled.page("st-presse", release).published == release.published.date().isoformat()


def test_debris_of_a_migration_is_mended(crawled: Crawled) -> None:
    migrated = [r for r in shown(REPLICAS["st-presse"].newsroom, 0) if r.published.year <= 2025]
    quoting = [r for r in migrated if "„" in r.text]
    assert quoting
    for release in quoting:
        text = crawled.page("st-presse", release).text or ""
        assert text.count("„") == release.text.count("„")
        assert not any(debris in text for debris in ("¿", "800x600", "Landesentwicklung und Verkehr"))


def test_a_download_among_the_rows_is_no_release(crawled: Crawled) -> None:
    assert not [url for url in crawled.entries("nw-landesregierung") if url.endswith(".pdf")]


def test_a_kicker_inside_the_heading_and_soft_hyphens_are_not_the_title(crawled: Crawled) -> None:
    for release in shown(REPLICAS["bund-bmz"].newsroom, 0)[:8]:
        page = crawled.page("bund-bmz", release)
        assert (page.kicker, page.title) == ("Städte stärken", release.title)


def test_what_is_no_release_in_a_list_of_releases_has_a_kind_of_its_own(crawled: Crawled) -> None:
    kinds = {crawled.page("bund-bmwk", r).kind for r in shown(REPLICAS["bund-bmwk"].newsroom, 1)}
    assert kinds >= {"press_release", "media_invitation"}
    kinds = {crawled.page("th-tmuen", r).kind for r in shown(REPLICAS["th-tmuen"].newsroom, 1)}
    assert kinds >= {"press_release", "statement", "date_notice"}


@pytest.mark.parametrize(
    ("key", "day", "name"),
    [
        ("bund-bmwk", date(2024, 5, 1), "Bundesministerium für Wirtschaft und Klimaschutz"),
        ("bund-bmwk", date(2025, 6, 1), "Bundesministerium für Wirtschaft und Energie"),
        (
            "bund-bmfsfj",
            date(2025, 6, 1),
            "Bundesministerium für Bildung, Familie, Senioren, Frauen und Jugend",
        ),
        ("th-tmil", date(2024, 1, 22), "Thüringer Ministerium für Infrastruktur und Landwirtschaft"),
        ("th-tmil", date(2025, 1, 22), "Thüringer Ministerium für Digitales und Infrastruktur"),
    ],
)
def test_a_ministry_has_the_name_of_the_day(key: str, day: date, name: str) -> None:
    assert registry()[key].name_on(day) == name


def test_a_shield_that_refuses_plain_clients_is_said(tmp_path: Path) -> None:
    def shield(request: Request) -> Response:
        if request.path == "/robots.txt":
            return Response(404)
        return Response(403, b"<h1>Establishing a secure connection</h1>")

    with DemoServer(portals={"sl-landesregierung": shield}) as server:
        source = moved(registry()["sl-landesregierung"], server.base("sl-landesregierung"))
        known = {source.key: source}
        (result,) = crawl([source.key], tmp_path / "archive.db", tmp_path / "warc", sources=known)
    assert result.verdict == "blocked"
    assert "403" in (result.reason or "")


def test_what_was_sent_by_post_is_in_the_evidence(crawled: Crawled) -> None:
    (path,) = (crawled.folder / "warc" / "by-staatsregierung").glob("*.warc.gz")
    done = subprocess.run([sys.executable, "-m", "warcio.cli", "check", "-v", path], capture_output=True)
    assert done.returncode == 0, done.stdout
    with path.open("rb") as file:
        sent = [
            (record.rec_headers["WARC-Target-URI"], record.content_stream().read())
            for record in ArchiveIterator(file)
            if record.rec_type == "request" and record.http_headers.protocol == "POST"
        ]
    addresses = {address for address, _ in sent}
    assert addresses == {crawled.sources["by-staatsregierung"].seeds[1].url}
    assert [body[-6:] for _, body in sent][:3] == [b"pagi=1", b"pagi=2", b"pagi=3"]


@pytest.mark.parametrize(
    ("key", "trap", "title"),
    [
        (
            "bund-bmi",
            "the first heading is for screen readers",
            '<h1 class="aural">Navigation und Service</h1>',
        ),
        ("bund-bmbf", "the heading holds the day", '<small class="c-topline">Datum: <time'),
        ("bund-bmas", "there is no first heading", '<h2 data-slot="pp-headline">'),
        ("th-tsk", "kicker and title have nothing between them", "<h1>Statement"),
    ],
)
def test_a_title_is_found_wherever_its_house_puts_it(key: str, trap: str, title: str) -> None:
    release = shown(REPLICAS[key].newsroom, 1)[0]
    response = REPLICAS[key].detail(release)
    assert isinstance(response.body, bytes)
    assert title in response.body.decode(), trap
    assert detail(key, release).title == release.title


def test_a_list_of_2019_that_says_more_is_read_to_its_end(tmp_path: Path) -> None:
    early = thueringen.state("/aktuelles", early=True)
    with DemoServer(portals={"th-tmuen": early}) as server:
        source = moved(registry()["th-tmuen"], server.base("th-tmuen"))
        place = (tmp_path / "archive.db", tmp_path / "warc")
        (result,) = crawl([source.key], *place, sources={source.key: source})
        asked = {entry.target for entry in server.requests}
    assert (result.verdict, result.new_entries) == ("ok", COUNT)
    assert f"/aktuelles/seite/{COUNT // PER_PAGE}/" in asked
    db = open_archive(place[0])
    numbers = [row[0] for row in db.execute("SELECT number FROM entries").fetchall()]
    db.close()
    assert all(number and re.fullmatch(r"19\d{3}", number) for number in numbers)


@pytest.mark.parametrize("key", [key for key in REPLICAS if key.endswith("-old")])
def test_what_stands_around_a_release_of_the_old_portal_is_none_of_it(key: str) -> None:
    for release in shown(REPLICAS[key].newsroom, 0)[:5]:
        page = detail(key, release)
        assert page.text == release.text
        assert page.published is None, "only the list gives the day"


def test_every_day_that_a_migrated_release_names_is_kept_beside_the_one_believed(crawled: Crawled) -> None:
    migrated = [r for r in shown(REPLICAS["st-presse"].newsroom, 0) if r.published.year <= 2025]
    for release in migrated[:8]:
        day = release.published.date()
        found = {(c.field, c.stamp.on) for c in crawled.page("st-presse", release).candidates}
        assert found >= {("published", day), ("disbelieved", day - timedelta(days=1))}, release.slug


JOINT = ("bund-bmfsfj", "bund-bmwsb", "rp-mffki", "th-tmil", "th-tmuen")


def test_a_joint_release_is_one_text_at_each_house_and_a_release_of_each() -> None:
    release = next(r for r in written("demo-thueringen") if r.kind == "joint_release")
    pages = {}
    for key in JOINT:
        response = replace(REPLICAS[key], newsroom=release.portal).detail(release)
        assert isinstance(response.body, bytes)
        url = BASE + REPLICAS[key].address(release)
        pages[key] = parse(response.body, url, date(2026, 7, 1), standing(key))
    assert {page.text for page in pages.values()} == {release.text.replace("\xa0", " ")}
    assert {page.title for page in pages.values()} == {release.title}
    told = {key: page.kind for key, page in pages.items() if REPLICAS[key].labelled}
    assert set(told.values()) == {"joint_release"}
    assert len({release_id(key, page.canonical or key) for key, page in pages.items()}) == len(JOINT)


def test_a_feed_beside_a_list_does_not_end_the_paging_of_the_list(crawled: Crawled) -> None:
    assert [seed.role for seed in crawled.sources["be-senat"].seeds] == ["listing", "feed"]
    pages = {e.target for e in crawled.requests[0] if e.portal == "be-senat" and "/page/" in e.target}
    assert len(pages) == COUNT // PER_PAGE
