"""`import` as a process: what it says, that it may be killed at any moment, and what a full disk does."""

import resource
import signal
import subprocess
from functools import partial
from pathlib import Path

import pytest
from verbs import House, stop

from tests.imports.making import OLD, http, page, record, response, zipped
from tests.waiting import wait_until

MANY = 700
TEXT = "Das Land fördert eine Beratungsstelle im Kyffhäuserkreis mit 120.000 Euro, wie das Haus mitteilt."
CAPTURES = "SELECT url, captured_at, payload_digest FROM captures ORDER BY url"


def foreign(folder: Path, count: int = 3) -> Path:
    other = record("response", "https://www.example.org/", block=http(page("Anderes", TEXT)))
    pages = (response(n, f"Mitteilung {n} aus dem Ministerium", f"{TEXT} ({n})") for n in range(count))
    path = folder / "foreign.warc.gz"
    path.write_bytes(zipped(*pages, other))
    return path


def test_an_import_says_what_it_took_and_what_not_and_builds(house: House) -> None:
    path = foreign(house.folder)
    told = house.ok("import", str(path))
    assert "foreign.warc.gz: 4 records, 3 taken, captured 2018-03-28 to 2018-03-28" in told
    assert "3 × detail of th-tmasgff-old" in told
    assert "on hosts of no source" in told
    assert "3 new releases" in told
    assert "held already" in house.ok("import", str(path))
    assert "all agree" in house.ok("verify")


def test_a_dry_run_writes_nothing(house: House) -> None:
    path = foreign(house.folder)
    assert "3 would be taken" in house.ok("import", "--dry-run", str(path))
    assert not house.archive.exists()
    assert not house.warc.exists()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--source", "th-nix", "{file}"], 2, "unknown source th-nix"),
        (["{folder}/missing.warc"], 2, "does not exist"),
        (["{page}"], 2, "is no WARC file"),
        (["{cut}"], 1, "cut off at the end of the file"),
    ],
)
def test_bad_use_and_bad_files_have_their_code(
    house: House, arguments: list[str], code: int, message: str
) -> None:
    path = foreign(house.folder)
    cut, html = house.folder / "cut.warc.gz", house.folder / "page.warc.gz"
    cut.write_bytes(path.read_bytes()[:-100])
    html.write_text("<!DOCTYPE html>")
    places = {"file": path, "folder": house.folder, "page": html, "cut": cut}
    done = house.run("import", *(a.format_map(places) for a in arguments))
    assert done.returncode == code, done.stderr
    assert message in done.stdout + done.stderr


def test_an_import_that_was_killed_goes_on_without_loss_or_doubles(house: House) -> None:
    path = foreign(house.folder, MANY)
    for size in (1, 150_000):
        process = house.start("import", "--no-build", str(path))
        wait_until(partial(_enough, process, house, size))
        stop(process, signal.SIGKILL)
    done = house.ok("import", "--no-build", str(path))
    assert "taken" in done
    found = house.rows(CAPTURES)
    assert [url for url, *_ in found] == sorted(OLD.format(n) for n in range(MANY))
    assert "all agree" in house.ok("verify")


def _enough(process: subprocess.Popen[str], house: House, size: int) -> bool:
    return process.poll() is not None or _written(house) > size


def _small_disk() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, 1_500_000))


def test_a_full_disk_ends_an_import_with_a_mend_and_loses_nothing(house: House) -> None:
    path = foreign(house.folder, MANY)
    done = house.run("import", "--no-build", str(path), preexec_fn=_small_disk)
    assert done.returncode == 2
    assert "make room" in done.stderr or "free space" in done.stderr
    assert "Traceback" not in done.stderr
    house.ok("import", "--no-build", str(path))
    assert len(house.rows(CAPTURES)) == MANY
    assert "all agree" in house.ok("verify")


def _written(house: House) -> int:
    return sum(path.stat().st_size for path in house.warc.glob("*/*.warc.gz"))
