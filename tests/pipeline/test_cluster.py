"""A build on a Dask cluster gives what a build on one machine gives, whatever dies on the way."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice
from pathlib import Path
from threading import Thread
from typing import TypeVar

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from distributed import Client

from archive.errors import ArchiveError
from pipeline.cluster import Cluster, cluster
from pipeline.parquet import extract_parquet
from pipeline.run import build
from pipeline.workers import Crew, Processes
from tests.pipeline.dying import deadly, deadly_once, doubled
from tests.pipeline.small import NOW, SOURCE, Small, page

A = TypeVar("A")
B = TypeVar("B")
ROOT = Path(__file__).parents[2]
WORKERS = 3  # one for each that is killed, and one that is left
TEXT = (
    "Das Land gibt {n}.000 Euro für die Stadt Weimar.\nMinisterin Heike Werner dankte am 3. März 2026 allen."
)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(None, 2, tmp_path_factory.mktemp("evidence")) as found:
        yield found


@pytest.fixture
def filled(small: Small) -> Small:
    for n in range(80):
        small.capture(f"https://test.example/{n}", page(f"Meldung {n} aus Weimar", TEXT.format(n=n + 1)))
    small.capture("https://test.example/3", page("Meldung 3 aus Weimar", TEXT.format(n=999)))
    return small


def built(folder: Path, crew: Crew | None = None, *, rebuild: bool = False) -> None:
    known = {SOURCE.key: SOURCE}
    build(folder / "archive.db", folder / "warc", known, NOW, crew=crew, batch=40, rebuild=rebuild)


@dataclass
class Dying:
    """A crew to which something happens while its first results are written."""

    crew: Crew
    happens: Callable[[], None]
    at: int = 5

    def ordered(self, work: Callable[[list[A]], list[B]], items: Iterable[A], batch: int = 64) -> Iterator[B]:
        for number, result in enumerate(self.crew.ordered(work, items, batch=min(batch, 10))):
            if number == self.at:
                self.happens()
            yield result


@contextmanager
def outside(folder: Path, code: Path = ROOT) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and some workers as processes of their own: its address, and they, the scheduler last."""
    file, dask = folder / "scheduler.json", [sys.executable, "-P", "-m", "dask"]
    quiet = {**os.environ, "PYTHONPATH": str(code), "DASK_LOGGING__DISTRIBUTED": "critical"}

    def begin(*command: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([*dask, *command], cwd=folder, env=quiet, stderr=subprocess.DEVNULL)

    known = ["--scheduler-file", str(file)]
    processes = [begin("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", *known)]
    try:
        for _ in range(WORKERS):
            processes.insert(0, begin("worker", "--nthreads", "1", "--no-nanny", "--no-dashboard", *known))
        for _ in range(1500):
            if file.exists() and file.read_text().strip().endswith("}"):
                break
            time.sleep(0.02)
        yield json.loads(file.read_text())["address"], processes
    finally:
        for process in processes:
            process.kill()
            process.wait()


def whereabouts(numbers: list[int]) -> list[int]:
    """By which process each is looked at."""
    return [os.getpid() for _ in numbers]


def dump(folder: Path) -> list[str]:
    """Every row of the archive, but for the history of builds."""
    done = subprocess.run(
        ["sqlite3", folder / "archive.db", ".dump"], capture_output=True, text=True, check=True
    )
    return [line for line in done.stdout.splitlines() if not line.startswith("INSERT INTO runs")]


def copy(small: Small, name: str) -> Path:
    folder = small.folder / name
    folder.mkdir()
    small.db.execute(f"VACUUM INTO '{folder / 'archive.db'}'")
    shutil.copytree(small.warc, folder / "warc")
    return folder


def test_results_come_in_order_and_items_are_taken_as_results_are(here: Cluster) -> None:
    items = iter(range(10_000))
    results = here.ordered(doubled, items, batch=10)
    assert list(islice(results, 100)) == list(range(0, 200, 2))
    assert next(items) < 500


def test_a_killed_worker_costs_no_result(here: Cluster, tmp_path: Path) -> None:
    mark = tmp_path / "dead"
    found = here.ordered(partial(deadly_once, mark), range(400), batch=10)
    assert list(found) == list(range(0, 800, 2))
    assert mark.exists()


def test_a_process_of_this_machine_that_is_killed_ends_it_with_a_reason(tmp_path: Path) -> None:
    work = partial(deadly_once, tmp_path / "dead")
    with Processes(2) as here:
        with pytest.raises(ArchiveError, match="was killed"):
            list(here.ordered(work, range(400), batch=10))
        assert list(here.ordered(work, range(400), batch=10)) == list(range(0, 800, 2))


def test_processes_that_were_let_go_are_followed_by_others() -> None:
    with Processes(2) as here:
        first = set(here.ordered(whereabouts, range(400), batch=10)) - {os.getpid()}
        here.rest()
        others = set(here.ordered(whereabouts, range(400), batch=10)) - {os.getpid()}
    assert first
    assert others
    assert first.isdisjoint(others)


def test_pages_that_kill_every_worker_end_it_with_a_reason(tmp_path: Path) -> None:
    ended = pytest.raises(ArchiveError, match="died")
    with cluster(None, 1, tmp_path) as crew, ended as said:
        list(crew.ordered(deadly, range(10, 20), batch=10))
    assert "10 items from 10 to 19" in str(said.value)


def test_a_build_on_a_cluster_is_the_same_to_the_byte(here: Cluster, filled: Small) -> None:
    one, many = copy(filled, "one"), copy(filled, "many")
    built(one)
    built(many, here)
    assert dump(many) == dump(one)
    built(many, here, rebuild=True)
    built(one, rebuild=True)
    assert dump(many) == dump(one)


def test_a_killed_worker_changes_no_fact_and_a_lost_scheduler_costs_no_work(filled: Small) -> None:
    one, many, late = (copy(filled, name) for name in ("one", "many", "late"))
    built(one)
    texts = filled.folder / "texts.parquet"
    pq.write_table(pa.table({"id": range(3000), "text": [TEXT.format(n=n) for n in range(3000)]}), texts)
    with outside(filled.folder) as (address, processes):
        *workers, scheduler = processes
        with cluster(address, 1, texts) as crew:
            extract_parquet(texts, filled.folder / "there", workers=Dying(crew, workers[1].kill, at=1))
        with cluster(address, 1, many / "warc") as crew:
            built(many, Dying(crew, workers[0].kill))
        with pytest.raises(ArchiveError, match="the same command again"), cluster(address, 1, late) as crew:
            built(late, Dying(crew, scheduler.kill))
    extract_parquet(texts, filled.folder / "here")
    assert (filled.folder / "there").read_bytes() == (filled.folder / "here").read_bytes()
    assert dump(many) == dump(one)
    built(late)
    assert dump(late) == dump(one)


def test_texts_of_parquet_files_are_read_to_the_same_bytes_by_whomever(here: Cluster, tmp_path: Path) -> None:
    texts = [TEXT.format(n=n) for n in range(800)]
    days = [date(2026, 2, 27)] * len(texts)
    columns = {"release_id": [f"r{n}" for n in range(800)], "text": texts, "published_on": days}
    pq.write_table(pa.table(columns), tmp_path / "texts.parquet", row_group_size=600)
    for name, crew in (("here", 1), ("there", here)):
        extract_parquet(tmp_path / "texts.parquet", tmp_path / name, workers=crew)
    assert (tmp_path / "here").read_bytes() == (tmp_path / "there").read_bytes()
    rows = pq.read_table(tmp_path / "here").to_pylist()
    assert [row["id"] for row in rows] == sorted((row["id"] for row in rows), key=lambda key: int(key[1:]))
    assert {row["value_max"] for row in rows if row["id"] == "r799"} == {799_000.0, None}


def test_a_worker_of_another_edition_is_refused(tmp_path: Path) -> None:
    for package in ("archive", "reference", "sources"):
        (tmp_path / package).symlink_to(ROOT / package)
    shutil.copytree(ROOT / "pipeline", tmp_path / "pipeline")
    rules = tmp_path / "pipeline/extract/release.py"
    rules.write_text(
        rules.read_text("utf-8").replace('RULES_VERSION = "', 'RULES_VERSION = "other '), "utf-8"
    )
    refused = pytest.raises(ArchiveError, match="rules other")
    with outside(tmp_path, code=tmp_path) as (address, _), refused, cluster(address, 1, tmp_path):
        pass


def test_evidence_that_a_worker_does_not_see_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="does not see"), cluster(None, 1, tmp_path / "elsewhere"):
        pass


def test_a_disk_that_is_not_mounted_on_a_worker_is_named_though_its_folder_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    (ours / "warc/th-test").mkdir(parents=True)
    (theirs / "warc").mkdir(parents=True)
    monkeypatch.chdir(ours)
    refused = pytest.raises(ArchiveError, match="does not see")
    with outside(theirs) as (address, _), refused, cluster(address, 1, Path("warc")):
        pass


class Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing on the console of the tests."""


def speak(noise: socket.socket) -> None:
    """Say something that nobody can read to whoever comes first."""
    with noise.accept()[0] as heard:
        heard.sendall(bytes(range(1, 200)))


def test_a_server_that_is_none_of_dask_is_named_and_not_waited_for(tmp_path: Path) -> None:
    """The page of the scheduler is easily taken for the scheduler; others send what nobody can read."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Silent) as pages, socket.socket() as noise:
        noise.bind(("127.0.0.1", 0))
        noise.listen()
        Thread(target=pages.serve_forever, daemon=True).start()
        speaker = Thread(target=speak, args=(noise,), daemon=True)
        speaker.start()
        for address in (
            f"tcp://127.0.0.1:{pages.server_port}",
            f"http://127.0.0.1:{pages.server_port}",
            f"tls://127.0.0.1:{pages.server_port}",
            f"tcp://127.0.0.1:{noise.getsockname()[1]}",
        ):
            wanted = pytest.raises(ArchiveError, match="no Dask scheduler answers")
            with wanted, cluster(address, 1, tmp_path):
                pass
        speaker.join()
        pages.shutdown()


def test_a_worker_in_place_of_its_scheduler_is_named(tmp_path: Path) -> None:
    with outside(tmp_path) as (address, _):
        with cluster(address, 1, tmp_path), Client(address) as client:
            worker = min(client.scheduler_info()["workers"])
        with pytest.raises(ArchiveError, match="is a Worker of Dask"), cluster(worker, 1, tmp_path):
            pass


def test_an_address_where_nobody_answers_is_named(tmp_path: Path) -> None:
    wanted = pytest.raises(ArchiveError, match="no Dask scheduler answers at nonsense")
    with wanted, cluster("nonsense://here", 1, tmp_path):
        pass
