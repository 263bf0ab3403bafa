"""Captures are read while a crawl goes on; with the build behind it that comes to what a build alone does."""

from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from archive import issues
from archive.locks import lock
from archive.records import Issue
from archive.store import open_archive
from crawler.run import GoesOn, crawl
from demo.registry import demo_sources
from demo.server import DemoServer
from pipeline.meanwhile import read_meanwhile
from pipeline.run import build
from pipeline.verify import verify
from pipeline.write import Built
from tests.pipeline.small import NOW, SOURCE, Small, page, start
from tests.pipeline.test_build import TEXT, TITLE, dump
from tests.pipeline.test_large_builds import PRESS, filled

URL = "https://test.example/presse/foerderung"
LISTED = """
INSERT INTO entries (source_key, url, listed_on, first_seen_at, last_seen_at, first_capture_id,
    last_capture_id) VALUES ('th-test', ?, ?, '2026-03-01T08:00:00Z', '2026-03-01T08:00:00Z', ?, ?)
"""
PORTALS = ("demo-bund", "demo-feed")
DUMP = {
    "releases": "SELECT id, title, kind, published_on, published_rule, number, version_id FROM releases",
    "versions": "SELECT id, number, title, text_hash FROM versions",
    "attachments": "SELECT release_id, url, capture_id IS NULL FROM attachments",
    "amounts": 'SELECT release_id, field, "start", surface, value_max, rule FROM amounts',
    "dates": 'SELECT release_id, field, "start", surface, timex, rule FROM dates',
    "grants": 'SELECT release_id, value_max, status, "start", sentence, rule FROM grants',
    "ministers": 'SELECT release_id, field, "start", minister_id, rule FROM minister_mentions',
    "districts": 'SELECT release_id, field, "start", surface, district_ags, rule FROM district_mentions',
    "parsed": "SELECT url, requested_url, role, outcome, release_id FROM parsed_captures "
    "JOIN captures ON id = capture_id",
    "presence": "SELECT release_id, state, url, missing_checks FROM presence",
    "moves": "SELECT source_key, url, from_url, rule FROM moves",
    "sketches": "SELECT * FROM text_sketches",
    "same texts": "SELECT * FROM text_pairs",
    "groups": "SELECT * FROM text_group_members",
    "figures": "SELECT * FROM mention_months",
    "together": "SELECT * FROM co_mentions",
    "stories": "SELECT * FROM grant_stories",
    "tellings": "SELECT * FROM grant_tellings",
    "sums": "SELECT * FROM grant_months",
    "issues": "SELECT kind, subject FROM issues WHERE closed_at IS NULL",
}


def steps(*work: Callable[[], object]) -> Callable[[float], bool]:
    """A crawl that does one thing after the other, each before the next look at what came."""
    left = list(work)

    def goes_on(_seconds: float) -> bool:
        if left:
            left.pop(0)()
            return True
        return False

    return goes_on


def meanwhile(small: Small, *work: Callable[[], object], **options: Any) -> Built:
    known = {"th-test": SOURCE}
    return read_meanwhile(small.archive, small.warc, known, NOW, steps(*work), enough=1, **options)


@pytest.mark.parametrize("workers", [1, 2])
def test_it_comes_to_what_a_build_alone_does(tmp_path: Path, workers: int) -> None:
    found = []
    for name in ("alone", "meanwhile"):
        (tmp_path / name).mkdir()
        small = start(tmp_path / name)
        gone = partial(small.capture, f"{PRESS}5", b"<title>Fehler 404</title>", status=404)
        work: list[Callable[[], object]] = [partial(filled, small), gone, partial(filled, small)]
        begun = meanwhile(small, *work, workers=workers) if name == "meanwhile" else None
        for each in () if begun else work:
            each()
        assert begun is None or begun.captures > 20
        built = small.build(begun=begun)
        assert not list(verify(small.db, small.warc))
        found.append((built, dump(small)))
        small.db.close()
    assert found[0] == found[1]


def test_what_the_crawl_captured_last_is_read_without_a_pause(small: Small) -> None:
    def goes_on(_seconds: float) -> bool:
        first = not small.rows("SELECT 1 FROM captures LIMIT 1")
        if first:
            filled(small)
        else:
            small.capture(URL, page(TITLE, TEXT))
        return first

    read_meanwhile(small.archive, small.warc, {"th-test": SOURCE}, NOW, goes_on, enough=1)
    assert small.rows(
        "SELECT count(*) FROM parsed_captures JOIN captures ON id = capture_id WHERE url = ?", URL
    ) == [(1,)]


def test_what_the_same_texts_are_found_by_is_made_while_the_crawl_goes_on(small: Small) -> None:
    filled(small)
    small.build()
    changed = partial(small.capture, f"{PRESS}1", page(TITLE, f"{TEXT}\nGeändert"))
    other = partial(small.capture, f"{PRESS}neues", page(TITLE, f"{TEXT}\nNummer 1"))
    meanwhile(small, changed, other)
    lacking = """SELECT r.id FROM releases r LEFT JOIN text_sketches s ON s.release_id = r.id
        WHERE s.version_id IS NOT r.version_id"""
    assert small.rows(lacking) == []
    small.build()
    found = contents(small.archive)
    assert found["groups"]
    small.build(rebuild=True)
    assert contents(small.archive) == found


def test_sets_are_sorted_when_the_workers_are_at_the_last(small: Small) -> None:
    meanwhile(small, partial(filled, small), batch=4)
    held, unsorted = (
        small.rows(f"SELECT count(*) FROM {table}")[0][0] for table in ("releases", "unsorted_releases")
    )
    assert unsorted < 4 < held
    small.build()
    assert not list(verify(small.db, small.warc))


def test_figures_are_counted_while_the_crawl_goes_on(small: Small) -> None:
    filled(small)
    small.build()
    left = "SELECT count(*) FROM uncounted_releases WHERE NOT counted"
    tellings = "SELECT count(*) FROM grant_tellings JOIN grant_stories ON grant_stories.id = story_id"
    before = int(str(small.rows(tellings)[0][0]))
    meanwhile(small, lambda: small.capture(URL, page(TITLE, TEXT)), lambda: None)
    assert (small.rows(left), small.rows(tellings)) == ([(0,)], [(before + 2,)])  # in title and text
    small.capture(URL, page("Neues aus dem Ministerium", TEXT.replace("440.000", "500.000")))
    small.build()
    found = contents(small.archive)
    small.build(rebuild=True)
    assert contents(small.archive) == found


def test_a_list_that_says_another_day_afterwards_is_heard(small: Small) -> None:
    undated = page(TITLE, TEXT).replace(b"<time datetime='2026-02-27'>2026-02-27</time>", b"")
    seen: list[object] = []

    def listing() -> int:
        return small.capture(f"{URL}/liste", b"", role="listing").id

    def lists_say_another_day() -> None:
        seen.extend(small.rows("SELECT published_on FROM releases"))
        small.db.execute("UPDATE entries SET listed_on = '2026-02-20', last_capture_id = ?", [listing()])

    small.db.execute(LISTED, [URL, "2026-02-13", *[listing()] * 2])
    meanwhile(small, lambda: small.capture(URL, undated), lists_say_another_day)
    small.build()
    assert seen == [("2026-02-13",)]
    assert small.rows("SELECT published_on, published_rule FROM releases") == [("2026-02-20", "listing")]


def test_what_the_crawl_says_of_an_answer_that_was_read_already_is_settled(small: Small) -> None:
    told = Issue("block_page", URL, "it shows a block page", "nothing", "th-test", 1)
    meanwhile(
        small,
        lambda: small.capture(URL, page(TITLE, TEXT)),
        lambda: issues.note(small.db, [told], "2026-03-01T10:00:00Z"),
    )
    assert small.rows("SELECT kind FROM issues WHERE closed_at IS NULL") == [("block_page",)]
    small.build()
    assert small.rows("SELECT kind FROM issues WHERE closed_at IS NULL") == []


def test_another_build_has_precedence(small: Small) -> None:
    with lock(small.archive.with_name("archive.db.build.lock"), "a build"):
        begun = meanwhile(small, lambda: small.capture(URL, page(TITLE, TEXT)))
    assert begun.captures == 0
    assert small.build(begun=begun).new == 1


def test_an_archive_of_other_rules_is_left_to_the_build(small: Small) -> None:
    small.capture(URL, page(TITLE, TEXT))
    small.build()
    small.db.execute("UPDATE archive_state SET value = '0' WHERE key = 'rules'")
    small.capture(f"{URL}-2", page(TITLE, TEXT))
    begun = meanwhile(small, lambda: None)
    assert begun.captures == 0
    assert small.build(begun=begun).new == 1


def test_what_was_read_along_with_a_crawl_comes_out_the_same_when_all_is_read_again(tmp_path: Path) -> None:
    archive, warc = tmp_path / "archive.db", tmp_path / "warc"
    begun: list[Built] = []
    with DemoServer() as portals:
        known = {key: source for key, source in demo_sources(portals).items() if key in PORTALS}

        def along(goes_on: GoesOn) -> None:
            begun.append(read_meanwhile(archive, warc, known, NOW, goes_on, enough=8, workers=2))

        crawl(known, archive, warc, sources=known, now=NOW, meanwhile=along)
    assert begun[0].captures > 0
    build(archive, warc, known, NOW + timedelta(hours=1), begun=begun[0])
    before = contents(archive)
    build(archive, warc, known, NOW + timedelta(hours=1), rebuild=True)
    assert contents(archive) == before


def contents(archive: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(open_archive(archive).conn) as db:
        return {table: sorted(db.execute(sql).fetchall(), key=str) for table, sql in DUMP.items()}
