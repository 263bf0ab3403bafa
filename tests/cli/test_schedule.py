"""A schedule keeps each source's rhythm within the allowed hours, and what it writes runs."""

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from archive.errors import SourceError
from archive.rhythm import is_due, rhythm, span
from archive.source import Family, Seed, Source, families, read_source, registry
from cli.main import pressearchiv
from cli.plan import DAY, Hours, plan, times

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SOURCE = """
title = "Testministerium"
publisher = "xx"
jurisdiction = "DE-TH"
family = "generic"
status = "active"
home = "{base}/"
every = "6h"
names = [{{name = "Testministerium"}}]
seeds = [{{url = "{base}/presse.html"}}]
evidence = {{years = "2026", confidence = "high"}}
listing = {{link_text = "zur Detailseite"}}
"""
ROW = '<li><b>02.03.2026</b> <h3>Mitteilung {n}</h3> <a href="detail-{n}.html">zur Detailseite</a></li>'


def minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


moments = st.times().map(lambda t: t.replace(second=0, microsecond=0))
rhythms = st.builds("{}{}".format, st.integers(1, 99), st.sampled_from("hdw"))


@given(st.text(min_size=1), st.floats(0, 1), rhythms, st.builds(Hours, moments, moments))
def test_a_source_is_crawled_within_the_hours_and_as_far_apart_as_its_rhythm(
    name: str, part: float, every: str, hours: Hours
) -> None:
    found = times(name, part, span(every), hours)
    since_start = [(minutes(moment) - hours.start) % DAY for moment in found]
    step = min(DAY, span(every) // timedelta(minutes=1))
    assert found == times(name, part, span(every), hours)
    assert all(0 <= offset < hours.minutes for offset in since_start)
    assert all(later - earlier == step for earlier, later in pairwise(since_start))
    assert len(found) == max(1, -(-hours.minutes // step))
    assert {moment.hour for moment in found} <= set(hours.hours())


def test_the_sources_that_ship_are_spread_over_the_day() -> None:
    hours = Hours(time(5), time(22))
    slots = plan(registry().values(), hours)
    first = [(minutes(slot.times[0]) - hours.start) * 4 // hours.minutes for slot in slots]
    for quarter in range(4):
        assert first.count(quarter) > len(slots) / 10
    assert len({slot.times[0] for slot in slots}) > 0.8 * len(slots)


def on_hosts(**hosts: str) -> list[Source]:
    """Sources by key, each on a host of its own or on one that it shares."""
    model = next(iter(registry().values()))
    return [
        replace(model, key=key, every="1d", seeds=(Seed(url=f"https://{name}.example.org/"),))
        for key, name in hosts.items()
    ]


def test_a_new_source_moves_only_those_on_its_host() -> None:
    hours = Hours(time(22), time(5))
    few = plan(on_hosts(a="one", b="two", c="three", d="three"), hours)
    more = plan(on_hosts(a="one", b="two", c="three", d="three", e="three"), hours)
    assert [slot.key for slot in more] == ["a", "b", "c", "d", "e"]
    assert few[:3] == more[:3]
    assert few[3] != more[3]


def test_the_sources_of_one_host_are_far_apart() -> None:
    hours = Hours(time(5), time(22))
    slots = plan(on_hosts(**{f"x{n}": "one" for n in range(20)}), hours)
    moments = sorted(minutes(slot.times[0]) for slot in slots)
    assert min(later - earlier for earlier, later in pairwise(moments)) >= 17 * 60 // 20


@pytest.mark.parametrize(
    ("every", "hours_ago", "due"),
    [
        ("6h", None, True),
        ("6h", 5, False),
        ("6h", 5.4, True),
        ("1d", 21, False),
        ("1d", 23, True),
        ("2d", 24, False),
        ("2d", 47, True),
        ("10d", 9 * 24, False),
        ("10d", 10 * 24 - 1, True),
        (None, 23, True),
        (None, 12, False),
    ],
)
def test_a_source_is_due_when_its_rhythm_says_so(
    every: str | None, hours_ago: float | None, due: bool, tmp_path: Path
) -> None:
    source = write_source(tmp_path, "http://127.0.0.1:9", every)
    last = None if hours_ago is None else NOW - timedelta(hours=hours_ago)
    assert is_due(source, last, NOW) is due


def test_a_source_without_a_rhythm_has_that_of_its_family(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write_source(tmp_path, "http://127.0.0.1:9", None)
    assert rhythm(source) == timedelta(days=1)
    monkeypatch.setitem(families(), source.family, Family(title="x", every="2w"))
    assert rhythm(source) == timedelta(weeks=2)


@pytest.mark.parametrize("every", ["6", "0h", "6x", "-1d", "1.5h", "daily", ""])
def test_a_mistyped_rhythm_names_file_and_key(every: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"xx-test\.toml.*\$\.every"):
        write_source(tmp_path, "http://127.0.0.1:9", every)


def write_source(folder: Path, base: str, every: str | None) -> Source:
    text = SOURCE.format(base=base)
    text = text.replace('every = "6h"', f'every = "{every}"' if every is not None else "")
    path = folder / "xx-test.toml"
    path.write_text(text, "utf-8")
    return read_source(path)


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder with an awkward name for the archive, one for source files, one for what is written."""
    for name in ("archiv 100% $HOME", "sources", "target"):
        (tmp_path / name).mkdir()
    write_source(tmp_path / "sources", "http://127.0.0.1:9", "6h")
    return tmp_path


def schedule(machine: Path, *arguments: str) -> str:
    folder = ("--folder", str(machine / "archiv 100% $HOME"), "--sources", str(machine / "sources"))
    result = CliRunner().invoke(pressearchiv, ["schedule", *folder, *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_nothing_is_written_unless_asked_for(machine: Path) -> None:
    output = schedule(machine, "--systemd", "--contact", "you@example.org", "--notify")
    assert "pressearchiv-crawl@xx-test.timer" in output
    assert "PRESSEARCHIV_CONTACT=you@example.org" in output
    assert "MemoryMax=2G" in output
    assert "Nice=10" in output
    assert not list((machine / "archiv 100% $HOME").iterdir())
    assert not list((machine / "target").iterdir())


@pytest.mark.skipif(
    not shutil.which("systemd-analyze") or not Path("/usr/share/zoneinfo/Europe/Berlin").exists(),
    reason="systemd is not installed here",
)
def test_systemd_accepts_the_units(machine: Path) -> None:
    told = ("--notify", "--alerts", "--user", "root")
    schedule(machine, "--systemd", "--write", str(machine / "target"), *told)
    units = sorted(str(path) for path in (machine / "target").iterdir() if "crawl@." not in path.name)
    assert len(units) == 7
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True)
    assert "pressearchiv" not in done.stdout + done.stderr  # it speaks of other units of the machine too
    failing = {
        path.name: "SuccessExitStatus=1" in path.read_text()
        for path in (machine / "target").glob("*.service")
    }
    assert [name for name, ill_is_fine in failing.items() if not ill_is_fine] == [
        "pressearchiv-notify.service"
    ]
    calendars = re.findall(r"OnCalendar=(.*)", "".join(Path(unit).read_text() for unit in units))
    assert len(calendars) == 3 + 3
    for calendar in calendars:
        subprocess.run(["systemd-analyze", "calendar", calendar], check=True, capture_output=True)


def test_the_environment_is_kept_and_closed(machine: Path) -> None:
    write = ("--systemd", "--write", str(machine / "target"), "--contact")
    assert "is kept" not in schedule(machine, *write, "one@example.org")
    assert "does not say PRESSEARCHIV_CONTACT=two@example.org" in schedule(machine, *write, "two@example.org")
    environment = machine / "archiv 100% $HOME" / "pressearchiv.env"
    assert "one@example.org" in environment.read_text("utf-8")
    assert environment.stat().st_mode & 0o777 == 0o600


def test_a_missing_contact_is_said(machine: Path) -> None:
    write = ("--cron", "--write", str(machine / "target"))
    assert "No contact is set" in schedule(machine, *write)
    (machine / "archiv 100% $HOME" / "pressearchiv.env").unlink()
    assert "No contact is set" not in schedule(machine, *write, "--contact", "https://example.org/wir uns")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_what_root_writes_into_the_folder_belongs_to_its_owner(machine: Path) -> None:
    folder = machine / "archiv 100% $HOME"
    os.chown(folder, 4711, 4712)
    schedule(machine, "--cron", "--write", str(machine / "target"))
    assert {(path.stat().st_uid, path.stat().st_gid) for path in folder.iterdir()} == {(4711, 4712)}


def test_a_timer_of_a_source_that_went_is_named(machine: Path) -> None:
    old = machine / "target" / "pressearchiv-crawl@xx-gone.timer"
    old.write_text("[Timer]\n")
    output = schedule(machine, "--systemd", "--write", str(machine / "target"))
    assert "disable --now pressearchiv-crawl@xx-gone.timer" in output
    assert "disable --now pressearchiv-crawl@xx-test" not in output
    assert old.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--between", "5-22"], "05:00-22:00"),
        (["--between", "25:00-26:00"], "05:00-22:00"),
        (["--memory", "2"], "2G or 800M"),
        (["xx-nobody"], "unknown source xx-nobody"),
    ],
)
def test_bad_use_says_what_is_right(arguments: list[str], said: str) -> None:
    result = CliRunner().invoke(pressearchiv, ["schedule", *arguments])
    assert result.exit_code == 2
    assert said in result.output


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[str]:
    """Two releases and the list that names them, on loopback."""
    root = tmp_path / "portal"
    root.mkdir()
    rows = "".join(ROW.format(n=n) for n in (1, 2))
    (root / "presse.html").write_text(f"<main><h1>Presse</h1><ul>{rows}</ul></main>", "utf-8")
    for n in (1, 2):
        (root / f"detail-{n}.html").write_text(
            f"<main><h1>Mitteilung {n}</h1><p>{'Wort ' * 99}</p></main>", "utf-8"
        )
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root)))
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_the_lines_of_the_crontab_run_as_cron_runs_them(machine: Path, portal: str) -> None:
    write_source(machine / "sources", portal, "6h")
    schedule(machine, "--cron", "--write", str(machine / "target"), "--between", "04:00-04:00")
    crontab = (machine / "target" / "pressearchiv.crontab").read_text("utf-8").splitlines()
    lines = [line.split(maxsplit=5) for line in crontab if line[:1].isdigit()]
    crawls = [line for line in lines if " crawl xx-test --due" in line[5]]
    assert len(crawls) == 4
    for command in (crawls[0][5], crawls[1][5], lines[-1][5]):
        cron = command.replace("\\%", "%")
        subprocess.run(["/bin/sh", "-c", cron], check=True, env={"HOME": "/"}, cwd="/")
    folder = machine / "archiv 100% $HOME"
    log = (folder / "log" / "pressearchiv.log").read_text("utf-8")
    assert re.search(r"xx-test +ok", log)
    assert log.count("Nothing is due; xx-test is next") == 1
    assert "Read 2 captures: 2 new releases" in log


def test_crawl_due_asks_once_and_then_says_when_the_next_run_is(machine: Path, portal: str) -> None:
    write_source(machine / "sources", portal, "6h")
    where = ["--sources", "sources", "--archive", "x.db", "--warc", "warc"]
    command = [sys.executable, "-m", "cli", "crawl", "--due", "xx-test", "--no-build", *where]
    root = str(Path(__file__).parents[2])
    for said in ("ok", "Nothing is due"):
        done = subprocess.run(command, cwd=machine, env={"PYTHONPATH": root}, capture_output=True, text=True)
        assert (done.returncode, said in done.stdout) == (0, True), done.stderr
