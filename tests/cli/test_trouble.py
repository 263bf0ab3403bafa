"""Trouble outside: a full disk, a closed pipe, odd folders and settings, a database from elsewhere."""

import json
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from verbs import House, alone, stop

from archive.store import open_archive

LINES = "\n".join(
    json.dumps({"id": n, "text": "Minister Tiefensee gab am 5. Mai 2020 in Gera 500.000 Euro. " * 9})
    for n in range(4000)
)


def limited(size: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_a_full_disk_ends_a_crawl_with_a_mend_and_loses_nothing(house: House, crawled: House) -> None:
    assert "check rights and free space" in house.ok(
        "crawl", "demo-bund", code=2, preexec_fn=lambda: limited(40_000)
    )
    done = house.run("crawl", "demo-bund", preexec_fn=lambda: limited(1_500_000))
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr
    assert "make room" in done.stderr + done.stdout
    house.ok("crawl", "demo-bund")
    assert house.facts() == crawled.facts()
    assert "all agree" in house.ok("verify")


def test_a_full_disk_ends_a_build_with_a_mend(copied: House, crawled: House) -> None:
    size = copied.archive.stat().st_size // 2
    out = copied.ok("build", "--rebuild", code=2, preexec_fn=lambda: limited(size))
    assert "make room on the disk" in out
    copied.ok("build")
    assert copied.facts() == crawled.facts()


@pytest.mark.parametrize("workers", ["1", "2"])
def test_an_interrupted_extraction_ends_with_130_and_whole_lines(house: House, workers: str) -> None:
    (house.folder / "lines").write_text(LINES, "utf-8")
    process = house.start("extract", "--jsonl", "lines", "--workers", workers)
    assert process.stdout is not None
    assert process.stderr is not None
    with process:
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        out, err = process.stdout.read(), process.stderr.read()
        assert process.wait(timeout=60) == 130
    assert err.strip().startswith("pressearchiv: interrupted")
    assert all(json.loads(line) for line in out.splitlines())
    assert alone(process)


def test_workers_end_with_a_killed_parent(house: House) -> None:
    (house.folder / "lines").write_text(LINES, "utf-8")
    process = house.start("extract", "--jsonl", "lines", "--workers", "2")
    assert process.stdout is not None
    process.stdout.readline()
    stop(process, signal.SIGKILL)
    assert alone(process)


@pytest.mark.parametrize(
    "command", ["sources list", "sources list --json", "extract --jsonl lines", "--help"]
)
def test_a_reader_that_goes_away_is_no_reason_for_a_trace(house: House, command: str) -> None:
    (house.folder / "lines").write_text(LINES[:4000].rpartition("\n")[0], "utf-8")
    with house.start(*command.split()) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""


@pytest.mark.parametrize("command", ["sources list", "--help", "extract --explain text"])
def test_a_full_disk_behind_the_output_is_said(house: House, command: str) -> None:
    (house.folder / "text").write_text("Es gab 5 Euro.", "utf-8")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "cli", *command.split()],
            cwd=house.folder, env=house.environment, stdout=full, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith("pressearchiv: No space left on device")


def test_a_plain_locale_an_odd_folder_and_another_time_zone_change_nothing(
    house: House, crawled: House, tmp_path: Path
) -> None:
    house.folder = tmp_path / "Ämter und Städte"
    house.folder.mkdir()
    plain = {
        "LANG": "C",
        "LC_ALL": "C",
        "TZ": "Pacific/Auckland",
    }
    house.ok("crawl", "demo-bund", env=plain)
    assert house.facts() == crawled.facts()
    assert "Thüringen" in house.ok("sources", "list", env=plain)
    text = "Am 5. Mai übergab Minister Tiefensee Gößnitz 5 €."
    assert "Gößnitz" in house.ok("extract", text=text, env=plain)


def test_paths_may_lead_elsewhere(copied: House, tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    paths = ["--archive", "../archive.db", "--warc", "../warc"]
    copied.folder = work
    for verb in ("status", "verify", "build"):
        places = paths[:2] if verb == "status" else paths
        copied.ok(verb, *places)
    assert list(work.iterdir()) == []


def test_a_database_of_a_newer_version_and_a_broken_one_are_refused_by_every_verb(copied: House) -> None:
    db = open_archive(copied.archive)
    db.execute("INSERT INTO _sqlite_migrations VALUES (99, 'pressearchiv', '9999_future', '2030-01-01')")
    db.close()
    for command in ("status", "build", "crawl demo-bund"):
        assert "newer version of pressearchiv" in copied.ok(*command.split(), code=2)
    for path in copied.folder.glob("archive.db-*"):
        path.unlink()
    copied.archive.write_bytes(b"SQLite format 3\0" + bytes(range(256)) * 64)
    for command in ("verify", "serve --port 0", "crawl demo-bund"):
        out = copied.ok(*command.split(), code=2)
        assert "move it away" in out
    copied.archive.unlink()
    copied.ok("build")
    assert "all agree" in copied.ok("verify")


BAD = {
    "crawl nobody": "unknown source nobody",
    "crawl": "no source is active yet",
    "crawl th-tmil": "--contact or PRESSEARCHIV_CONTACT",
    "crawl th-tmil --since 2020": "write it as 2018-03-28",
    "crawl th-tmil --limit 0": "0 is not in the range",
    "build --workers 0": "0 is not in the range",
    "build --archive no/such/archive.db": "neither no/such/archive.db nor evidence",
    "crawl demo-bund --archive no/such/archive.db": "the folder no/such does not exist",
    "extract --jurisdiction XX": "known are DE, DE-BB",
    "extract missing.txt": "missing.txt",
    "extract latin": "is not UTF-8",
    "parse latin": "Missing option '--url'",
    "parse missing --url https://example.org/": "does not exist",
    "parse latin --url https://example.org/ --source nobody": "unknown",
    "nonsense": "No such command 'nonsense'",
    "status --nonsense": "No such option '--nonsense'",
}


@pytest.mark.parametrize(("command", "says"), BAD.items())
def test_bad_use_ends_with_2_and_a_word(house: House, command: str, says: str) -> None:
    (house.folder / "latin").write_bytes("Gößnitz".encode("latin-1"))
    assert says in house.ok(*command.split(), code=2)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("[1]", "it is no JSON object"),
        ('{"text": "x", "published": 2018}', "published is no day in quotes"),
        ('{"text": "x", "published": "2018-13-01"}', "month must be in 1..12"),
        ('{"text": "x", "jurisdiction": 5}', "jurisdiction is not a string"),
        ("[" * 100_000, "cannot be read"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(house: House, line: str, says: str) -> None:
    out = house.ok("extract", "--jsonl", code=2, text=f'\ufeff{{"text": "5 Euro"}}\n\n{line}\n')
    assert "line 3" in out
    assert says in out


def test_half_a_character_and_nothing_at_all_are_read(house: House) -> None:
    found = json.loads(house.ok("extract", "--jsonl", text='{"id": "\\ud800", "text": "\\ud800 5 Euro"}'))
    assert found["id"] == "\ud800"
    assert [m["start"] for m in found["mentions"]] == [2]
    assert house.ok("extract", "--jsonl") == ""
    assert json.loads(house.ok("extract"))["mentions"] == []
