"""Killed, torn, lost or full: the next crawl says so, and nothing archived is lost."""

import datetime as dt
import gzip
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest
from conftest import START, House, source
from portal import LIST, Answer, Portal, publish

from archive.evidence import whole_members
from archive.source import Access, Source
from archive.sources_table import sync
from archive.store import open_archive
from crawler.job import Job
from tests.waiting import wait_until

MakeSource = Callable[..., Source]
DETAIL = f"{LIST}/detailseite/"


def test_a_damaged_record_is_said_and_its_page_fetched_again(
    portal: Portal, house: House, make_source: MakeSource
) -> None:
    publish(portal, 3)
    house.one(make_source())
    ((file, offset),) = house.rows("SELECT warc_file, warc_offset FROM captures WHERE role = 'listing'")
    path = house.folder / "warc" / file
    backup = path.read_bytes()
    with path.open("rb+") as warc:
        warc.seek(offset + 30)
        warc.write(bytes(100))
    assert house.one(make_source()).listing_rows == 3
    assert house.column("SELECT kind FROM issues") == ["lost_evidence"]
    house.one(make_source())
    assert house.column("SELECT closed_at FROM issues") == [None]
    path.write_bytes(backup + path.read_bytes()[len(backup) :])
    house.one(make_source())
    assert house.column("SELECT closed_at FROM issues") != [None]


def worker(house: House, *sources: Source, **options: Any) -> "subprocess.Popen[bytes]":
    """The crawl process by itself, to be killed."""
    db = house.db
    sync(db, sources)
    db.close()
    job = Job(
        archive=str(house.folder / "archive.db"),
        warc=str(house.folder / "warc"),
        sources=sources,
        start=START.isoformat(),
    )
    pipe = subprocess.PIPE
    process = subprocess.Popen([sys.executable, "-m", "crawler.worker"], stdin=pipe, stdout=pipe, **options)
    assert process.stdin is not None
    process.stdin.write(msgspec.json.encode(job) + b"\n")
    process.stdin.flush()
    return process


def finish(process: "subprocess.Popen[bytes]") -> None:
    """Let it crawl to its end; closing its standard input would stop it."""
    assert process.stdout is not None
    process.stdout.read()
    process.communicate()


def wait_for(portal: Portal, requests: int) -> None:
    wait_until(lambda: len(portal.log) >= requests)


def slow(portal: Portal, seconds: float = 0.03) -> None:
    for path, page in list(portal.pages.items()):
        if path.startswith(DETAIL) and isinstance(page, Answer):
            portal.pages[path] = lambda page=page: time.sleep(seconds) or page  # type: ignore[misc, func-returns-value]


@pytest.mark.parametrize("at", [3, 20])
def test_a_killed_crawl_runs_again_and_holds_the_same(portal: Portal, tmp_path: Path, at: int) -> None:
    publish(portal, 25)
    calm, killed = House(tmp_path / "calm"), House(tmp_path / "killed")
    calm.folder.mkdir()
    killed.folder.mkdir()
    calm.one(source(portal.base))
    slow(portal)
    mark = len(portal.log)
    process = worker(killed, source(portal.base))
    wait_for(portal, mark + at)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    tear(killed.folder / "warc")
    again = killed.one(source(portal.base))
    assert again.verdict in ("ok", "quiet", "unchanged")
    for question in (
        "SELECT url FROM entries ORDER BY url",
        "SELECT DISTINCT role || url || payload_digest FROM captures WHERE status IN (200, 304) ORDER BY 1",
    ):
        assert killed.column(question) == calm.column(question)
    assert killed.column("SELECT verdict FROM runs ORDER BY id")[0] == "failed"
    killed.check()


def test_a_crawl_killed_while_another_process_writes_loses_no_page(portal: Portal, house: House) -> None:
    publish(portal, 25)
    slow(portal, 0.1)
    process = worker(house, source(portal.base))
    with closing(open_archive(house.folder / "archive.db").conn) as other:
        wait_until(lambda: other.execute("SELECT count(*) FROM entries").fetchone() == (25,))
        other.execute("BEGIN IMMEDIATE")  # as a build does while it reads along
        begin = archived(house)
        wait_until(lambda: archived(house) >= begin + 3)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        rows = int(other.execute("SELECT count(*) FROM captures WHERE role = 'detail'").fetchone()[0])
        other.execute("ROLLBACK")
    again = house.one(source(portal.base))
    assert again.verdict in ("ok", "quiet", "unchanged")
    captured = house.column("SELECT url FROM captures WHERE role = 'detail' AND record_type = 'response'")
    assert len(captured) == len(set(captured)) == 25
    assert again.new_captures < 25 - rows  # the others were in the WARC file
    house.check()


def archived(house: House) -> int:
    """How many pages stand in the WARC files."""
    files = (house.folder / "warc").rglob("*.warc.gz")
    return sum(len(whole_members(path)[0]) for path in files) // 2  # each with its request


def tear(warc: Path) -> None:
    """Half a record at the end of the newest file, as a crash in the middle of writing leaves it."""
    for path in warc.rglob("*.warc.gz"):
        with path.open("ab") as file:
            file.write(gzip.compress(b"WARC/1.1\r\n" * 100)[:60])


def test_two_crawls_of_one_source_do_not_meet_and_of_two_sources_do_not_clash(
    portal: Portal, house: House
) -> None:
    publish(portal, 25)
    with Portal() as other:
        publish(other, 5)
        process = worker(house, source(portal.base, access=Access(delay=0.3)))
        wait_for(portal, 5)
        busy, fine = house.crawl(source(portal.base), source(other.base, "xx-other"))
        finish(process)
    assert (busy.verdict, fine.verdict) == ("busy", "ok")
    assert "another process" in (busy.reason or "")
    assert house.column("SELECT verdict FROM runs ORDER BY source_key DESC") == ["ok", "ok"]
    house.check()


def test_a_crawl_whose_caller_is_gone_ends_in_order(portal: Portal, house: House) -> None:
    publish(portal, 25)
    slow(portal, 0.1)
    process = worker(house, source(portal.base))
    wait_for(portal, 5)
    process.communicate(timeout=20)  # closes its standard input
    assert house.column("SELECT verdict || ': ' || reason FROM runs") == ["partial: the run was stopped"]
    house.check()


def test_a_full_disk_stops_the_run_and_keeps_what_was_there(portal: Portal, house: House) -> None:
    publish(portal, 3)
    portal.pages[DETAIL + "2"] = Answer(os.urandom(4 << 20))
    limit = 3 << 20
    process = worker(
        house,
        source(portal.base),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    finish(process)
    assert house.column("SELECT verdict FROM runs") == ["failed"]
    assert "make room and run again" in house.column("SELECT reason FROM runs")[0]
    house.check()


@pytest.mark.parametrize("left", [None, 0.5])
def test_a_lost_or_cut_warc_file_is_said_and_fetched_again(
    portal: Portal, house: House, make_source: MakeSource, left: float | None
) -> None:
    publish(portal, 12)
    house.one(make_source())
    (file,) = (house.folder / "warc").rglob("*.warc.gz")
    backup = file.read_bytes()
    if left is None:
        file.unlink()
    else:
        os.truncate(file, int(file.stat().st_size * left))
    before = file.read_bytes() if left else None
    again = house.one(make_source(), full=True, now=START + dt.timedelta(days=40))
    assert again.verdict == "ok"
    assert house.column("SELECT kind FROM issues WHERE closed_at IS NULL") == ["lost_evidence"]
    assert (file.read_bytes() if left else None) == before
    assert house.column("SELECT DISTINCT warc_file FROM captures WHERE run_id = 2") == [
        "xx-test/xx-test-00002.warc.gz"
    ]
    assert house.column("SELECT count(*) FROM captures WHERE run_id = 2 AND record_type = 'response'")[0] >= 6
    file.write_bytes(backup)
    house.one(make_source(), now=START + dt.timedelta(days=41))
    assert house.column("SELECT kind FROM issues WHERE closed_at IS NULL") == []
