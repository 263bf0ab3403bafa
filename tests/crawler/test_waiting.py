"""Rows of captures that wait a moment: nobody notices, and none is lost or overtakes another."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from conftest import START, House, source
from portal import LIST, Answer, Portal, publish
from sqlite_utils import Database

from archive.errors import ArchiveError
from archive.records import Exchange
from archive.source import Access
from archive.sources_table import sync
from archive.store import open_archive
from archive.warc import WarcFiles
from crawler.waiting import MOST, MOST_MEANWHILE, SECONDS, Waiting

DETAIL = f"{LIST}/detailseite/"
CAPTCHA = b"<title>Are you human?</title><div class='g-recaptcha'></div>"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    db = open_archive(tmp_path / "archive.db")
    sync(db, [source("http://127.0.0.1:1")])
    with closing(db.conn):
        yield db


def keep(waiting: Waiting, folder: Path, *numbers: int, status: int = 200) -> None:
    files = WarcFiles(folder, "xx-test", "test", sync_seconds=60.0)
    urls = [f"http://127.0.0.1:1/{number}" for number in numbers]
    exchanges = [Exchange("xx-test", "detail", u, u, START, "GET", (), status, "", (), b"x") for u in urls]
    records = [files.write(exchange) for exchange in exchanges]
    files.sync()
    for exchange, record in zip(exchanges, records, strict=True):
        waiting.add(None, exchange, record, None)


def seen(folder: Path) -> list[str]:
    with closing(open_archive(folder / "archive.db").conn) as reader:
        return [url.rpartition("/")[2] for (url,) in reader.execute("SELECT url FROM captures ORDER BY id")]


def test_rows_are_written_soon_though_nothing_follows(db: Database, tmp_path: Path) -> None:
    async def crawl() -> None:
        keep(Waiting(db, pytest.fail), tmp_path, 1, 2, 3)
        async with asyncio.timeout(20):
            while seen(tmp_path) != ["1", "2", "3"]:
                await asyncio.sleep(0.02)

    asyncio.run(crawl())


def test_a_row_that_may_not_wait_comes_after_those_that_do(db: Database, tmp_path: Path) -> None:
    async def crawl() -> None:
        waiting = Waiting(db, pytest.fail)
        keep(waiting, tmp_path, 1, 2)
        keep(waiting, tmp_path, 3, status=404)
        assert seen(tmp_path) == ["1", "2", "3"]

    asyncio.run(crawl())


def test_what_a_full_disk_refuses_goes_on_waiting(db: Database, tmp_path: Path) -> None:
    async def crawl() -> None:
        told: asyncio.Queue[str] = asyncio.Queue()
        waiting = Waiting(db, told.put_nowait)
        most = db.execute("PRAGMA max_page_count").fetchone()[0]
        db.execute("PRAGMA max_page_count = 1")
        keep(waiting, tmp_path, *range(MOST - 1))
        async with asyncio.timeout(20):
            assert "make room" in await told.get()
        with pytest.raises(ArchiveError, match="make room"):
            waiting.write()
        assert seen(tmp_path) == []
        db.execute(f"PRAGMA max_page_count = {most}")
        waiting.write()
        assert seen(tmp_path) == [str(number) for number in range(MOST - 1)]

    asyncio.run(crawl())


def test_the_crawl_goes_on_while_another_process_writes(db: Database, tmp_path: Path) -> None:
    async def crawl() -> None:
        waiting = Waiting(db, pytest.fail)
        with closing(open_archive(tmp_path / "archive.db").conn) as build:
            build.execute("BEGIN IMMEDIATE")
            keep(waiting, tmp_path, *range(2 * MOST + 1))
            await asyncio.sleep(2 * SECONDS)
            assert seen(tmp_path) == []
            build.execute("COMMIT")
        async with asyncio.timeout(20):
            while not seen(tmp_path):
                await asyncio.sleep(0.02)
        keep(waiting, tmp_path, 2 * MOST + 1, status=404)
        assert seen(tmp_path) == [str(number) for number in range(2 * MOST + 2)]

    asyncio.run(crawl())


def test_when_many_rows_wait_for_another_process_the_crawl_waits_too(db: Database, tmp_path: Path) -> None:
    async def crawl() -> None:
        waiting = Waiting(db, pytest.fail)
        with closing(open_archive(tmp_path / "archive.db").conn) as build:
            build.execute("BEGIN IMMEDIATE")
            keep(waiting, tmp_path, *range(MOST_MEANWHILE - 1))
            db.execute("PRAGMA busy_timeout = 10")  # milliseconds
            with pytest.raises(ArchiveError, match="another process is writing"):
                keep(waiting, tmp_path, MOST_MEANWHILE - 1)
            build.execute("COMMIT")
        waiting.write()
        assert seen(tmp_path) == [str(number) for number in range(MOST_MEANWHILE)]

    asyncio.run(crawl())


def test_an_issue_names_the_capture_of_its_page(portal: Portal, house: House) -> None:
    publish(portal, 3)
    portal.pages[f"{DETAIL}2"] = Answer(CAPTCHA)
    house.one(source(portal.base))
    named = "SELECT url FROM issues JOIN captures ON captures.id = capture_id WHERE kind = 'block_page'"
    assert house.column(named) == [f"{portal.base}{DETAIL}2"]


def test_a_page_that_another_leads_to_in_the_same_run_is_not_sent_again(portal: Portal, house: House) -> None:
    publish(portal, 3)
    portal.pages[f"{DETAIL}1"] = Answer(b"", 302, {"Location": f"{DETAIL}3"})
    house.one(source(portal.base, access=Access(delay=0.02)))
    kinds = "SELECT status, record_type FROM captures WHERE url LIKE '%/3' ORDER BY id"
    assert house.rows(kinds) == [(200, "response"), (304, "revisit")]
