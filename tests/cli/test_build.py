"""`pressearchiv build` goes on where it was stopped, and makes a lost database again from the evidence."""

import signal
import time

import pytest
from verbs import House, alone, stop


@pytest.mark.parametrize("seconds", [0.6, 1.4])
def test_a_killed_build_is_finished_by_the_next_one(copied: House, crawled: House, seconds: float) -> None:
    process = copied.start("build", "--rebuild", "--workers", "2")
    time.sleep(seconds)
    stop(process, signal.SIGKILL)
    assert alone(process)
    copied.ok("build", "--workers", "2")
    assert "all agree" in copied.ok("verify")
    assert copied.facts() == crawled.facts()


def test_an_interrupted_build_leaves_no_process_behind(copied: House) -> None:
    process = copied.start("build", "--rebuild", "--workers", "2")
    time.sleep(1)
    code, err = stop(process, signal.SIGINT)
    assert "Traceback" not in err
    # It may have been quicker, or still loading its modules.
    assert code in (0, 130, -signal.SIGINT)
    assert alone(process)


def test_a_lost_database_is_made_again_from_the_evidence(copied: House, crawled: House) -> None:
    copied.archive.unlink()
    out = copied.ok("build")
    assert "captures recovered from warc" in out
    assert copied.facts() == crawled.facts()
    assert "all agree" in copied.ok("verify")
    assert "Nothing new to read" in copied.ok("build")


def test_an_older_database_takes_in_what_came_after_it(copied: House, crawled: House) -> None:
    copied.change("DELETE FROM parsed_captures WHERE capture_id > 60")
    copied.change("DELETE FROM captures WHERE id > 60")
    assert "captures recovered" in copied.ok("build", "--rebuild")
    assert copied.rows("SELECT count(*) FROM captures") == crawled.rows("SELECT count(*) FROM captures")
    assert copied.facts()["releases"] == crawled.facts()["releases"]


def test_a_damaged_record_costs_itself_alone(copied: House, crawled: House) -> None:
    [(capture, offset, url)] = crawled.rows(
        "SELECT id, warc_offset + 200, url FROM captures WHERE role = 'detail' AND status = 200 "
        "ORDER BY id LIMIT 1 OFFSET 40"
    )
    whole = copied.warc_file("demo-bund").read_bytes()
    damaged = bytearray(whole)
    damaged[offset] ^= 0xFF
    copied.warc_file("demo-bund").write_bytes(damaged)
    assert f"capture {capture} ({url})" in copied.ok("verify", code=1)
    assert "1 unreadable" in copied.ok("build", "--rebuild", code=1)
    assert copied.rows("SELECT subject FROM issues WHERE kind = 'unreadable'") == [(url,)]
    copied.warc_file("demo-bund").write_bytes(whole)
    copied.ok("build")
    assert "all agree" in copied.ok("verify")
    assert copied.facts() == crawled.facts()


def test_a_lost_database_and_a_damaged_record_cost_that_record_alone(copied: House, crawled: House) -> None:
    [(offset,)] = crawled.rows("SELECT warc_offset + 50 FROM captures ORDER BY id LIMIT 1 OFFSET 70")
    damaged = bytearray(copied.warc_file("demo-bund").read_bytes())
    damaged[offset] ^= 0xFF
    copied.warc_file("demo-bund").write_bytes(damaged)
    copied.archive.unlink()
    copied.ok("build")
    [(captures,)] = copied.rows("SELECT count(*) FROM captures")
    assert crawled.rows("SELECT count(*) FROM captures") == [(captures + 1,)]
    assert copied.rows("SELECT count(*) FROM issues WHERE kind = 'lost_evidence'") == [(1,)]


def test_captures_of_a_source_without_a_file_wait_for_it(copied: House, crawled: House) -> None:
    for sql in (
        "UPDATE sources SET key = 'xx-gone' WHERE key = 'demo-bund'",
        "UPDATE captures SET source_key = 'xx-gone'",
        "UPDATE entries SET source_key = 'xx-gone'",
        "UPDATE runs SET source_key = 'xx-gone' WHERE source_key IS NOT NULL",
    ):
        copied.change(sql)
    before = crawled.rows("SELECT count(*) FROM releases")
    assert "name the folder of their files with --sources" in copied.ok("build", "--rebuild", code=2)
    assert copied.rows("SELECT count(*) FROM releases") == before


def test_nothing_to_build_is_bad_use(house: House) -> None:
    assert "`pressearchiv demo` first" in house.ok("build", code=2)
    assert list(house.folder.iterdir()) == []
