"""`pressearchiv demo` runs the main job, knows its own archive again, and refuses a real one."""

import re
import signal
import urllib.request

from verbs import SECONDS, House


def test_the_main_job_runs_and_what_it_made_can_be_built_again(house: House) -> None:
    bare = {"PRESSEARCHIV_SOURCES": ""}
    out = house.ok("demo", "--no-serve", "--free-ports", env=bare)
    for said in ("3 invented portals", "releases", "districts", "warning"):
        assert said in out
    before = house.facts()
    house.ok("build", "--rebuild", env=bare)
    assert house.facts() == before


def test_an_archive_of_real_sources_is_refused(copied: House) -> None:
    copied.rows("UPDATE sources SET status = 'active'")
    assert "--archive demo.db --warc demo-warc" in copied.ok("demo", "--no-serve", "--free-ports", code=2)


def test_serving_ends_with_an_interrupt_and_names_a_port_that_is_taken(crawled: House) -> None:
    process = crawled.start("serve", "--port", "0")
    assert process.stdout is not None
    found = re.search(r"http://127\.0\.0\.1:(\d+)/", process.stdout.readline())
    assert found
    with urllib.request.urlopen(found[0], timeout=SECONDS) as answer:
        assert answer.status == 200
    assert "name another --port" in crawled.ok("serve", "--port", found[1], code=2)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=SECONDS)
    assert (process.returncode, out, err.strip()) == (0, "", "")


def test_serving_without_an_archive_is_bad_use(house: House) -> None:
    assert "does not exist" in house.ok("serve", code=2)
