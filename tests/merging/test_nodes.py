"""Two scrapyd nodes crawl, each its hosts; merged, it is what one machine would have."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.resources import files
from itertools import combinations
from pathlib import Path

import pytest

from archive.errors import ArchiveError
from archive.source import read_sources, registry
from crawler import nodes
from crawler.shards import sendable, shards
from demo.server import PORT_BASE, PORTALS, DemoServer
from tests.cli.verbs import House

SINCE = ("--since", "2026-04-01")
ROOT = Path(__file__).parents[2]
NODES = ["http://n1:6800", "http://n2:6800", "http://n3:6800"]


def test_sources_of_one_host_share_a_node_and_every_node_has_some() -> None:
    spread = shards(registry().values(), NODES)
    keys = [source.key for shard in spread for source in shard.sources]
    assert sorted(keys) == sorted(registry())
    assert {shard.node for shard in spread} == set(NODES)


def test_a_node_less_moves_only_its_own_hosts() -> None:
    before = {
        source.key: shard.node for shard in shards(registry().values(), NODES) for source in shard.sources
    }
    after = {
        source.key: shard.node for shard in shards(registry().values(), NODES[:2]) for source in shard.sources
    }
    assert {before[key] for key in before if before[key] != after[key]} == {NODES[2]}


def test_a_host_is_asked_for_one_source_at_a_time() -> None:
    group = next(shard for shard in shards(registry().values(), NODES) if len(shard.sources) > 1)
    wanted = {source.key for source in group.sources}
    [(node, first)] = sendable([group], wanted, busy=(), last={})
    assert node == group.node
    assert sendable([group], wanted - {first.key}, busy={first.key}, last={}) == []


def test_a_node_that_does_not_answer_is_named() -> None:
    with pytest.raises(ArchiveError, match="does not answer as scrapyd does"):
        nodes.work("http://user:secret@127.0.0.1:9")


@pytest.fixture
def sources(tmp_path: Path) -> Iterator[Path]:
    """The invented portals, each on a host of its own, and their source files."""
    folder = tmp_path / "sources"
    folder.mkdir()
    with DemoServer(apart=True) as server:
        for at, key in list(enumerate(PORTALS))[1:]:
            text = (files("demo") / "sources" / f"{key}.toml").read_text("utf-8")
            moved = text.replace(f"http://127.0.0.1:{PORT_BASE + at}", server.base(key))
            (folder / f"{key}.toml").write_text(moved, "utf-8")
        yield folder


def two_addresses(sources: Path) -> tuple[str, str]:
    """Of two nodes that both get something to do."""
    known = list(read_sources(sources).values())
    with ExitStack() as stack:
        free = [stack.enter_context(socket.socket()) for _ in range(12)]
        for each in free:
            each.bind(("127.0.0.1", 0))
        found = [f"http://127.0.0.1:{each.getsockname()[1]}" for each in free]
    return next(pair for pair in combinations(found, 2) if len({s.node for s in shards(known, pair)}) == 2)


@contextmanager
def node(folder: Path, address: str, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A scrapyd process with an archive of its own; its crawls are of its group, as of a service."""
    folder.mkdir()
    text = (ROOT / "crawler/node.cfg").read_text("utf-8")
    (folder / "scrapy.cfg").write_text(text.replace("poll_interval = 2", "poll_interval = 0.2"), "utf-8")
    port = address.rpartition(":")[2]
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "scrapyd"],
        cwd=folder,
        env={**environment, "SCRAPYD_HTTP_PORT": port, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        for _ in range(500):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", int(port))) == 0:
                    break
            time.sleep(0.05)
        yield process
    finally:
        process.terminate()
        process.wait()


def crawled_by(folder: Path) -> set[str]:
    return {path.parent.name for path in (folder / "warc").glob("*/*.warc.gz")}


def test_what_two_nodes_crawled_is_what_one_machine_would_have(sources: Path, tmp_path: Path) -> None:
    keys = sorted(read_sources(sources))
    environment = {**os.environ, "PRESSEARCHIV_SOURCES": str(sources), "COLUMNS": "200"}
    alone, together = (House(tmp_path / name, sources, environment) for name in ("alone", "together"))
    for house in (alone, together):
        house.folder.mkdir()
    alone.ok("crawl", *keys, *SINCE)
    one, two = two_addresses(sources)
    with node(tmp_path / "one", one, environment), node(tmp_path / "two", two, environment):
        orders = together.start("dispatch", "--node", one, "--node", two, *SINCE, "--wait", *keys)
        said, trouble = orders.communicate(timeout=300)
        assert f"Sent {len(keys)} sources." in said, trouble
    crawled = [crawled_by(tmp_path / name) for name in ("one", "two")]
    assert sorted(crawled[0] | crawled[1]) == keys
    assert not crawled[0] & crawled[1]
    assert "taken" in together.ok("merge", str(tmp_path / "two"), str(tmp_path / "one"))
    assert together.facts() == alone.facts()
    assert "all agree" in together.ok("verify")


def test_a_node_that_died_keeps_its_hosts_until_it_is_left_out_and_then_the_other_crawls_them(
    sources: Path, tmp_path: Path
) -> None:
    environment = {**os.environ, "PRESSEARCHIV_SOURCES": str(sources), "COLUMNS": "200"}
    one, two = two_addresses(sources)
    spread = shards(read_sources(sources).values(), (one, two))
    of = {
        node: sorted(s.key for shard in spread for s in shard.sources if shard.node == node)
        for node in (one, two)
    }
    its = set(of[one][:3])
    keys = sorted({*its, *of[two][:2]})
    alone, together = (House(tmp_path / name, sources, environment) for name in ("alone", "together"))
    for house in (alone, together):
        house.folder.mkdir()
    alone.ok("crawl", *keys, *SINCE)
    with node(tmp_path / "one", one, environment) as dying, node(tmp_path / "two", two, environment):
        together.ok("dispatch", "--node", one, "--node", two, *SINCE, *keys)
        for _ in range(600):
            if crawled_by(tmp_path / "one"):
                break
            time.sleep(0.05)
        os.killpg(dying.pid, signal.SIGKILL)
        begun = crawled_by(tmp_path / "one")
        assert "its hosts wait" in together.ok("dispatch", "--node", one, "--node", two, *SINCE, *its, code=1)
        assert not crawled_by(tmp_path / "two") & its
        together.ok("dispatch", "--node", two, *SINCE, "--wait", *keys)
    assert begun <= its <= crawled_by(tmp_path / "two")
    assert "taken" in together.ok("merge", str(tmp_path / "one"), str(tmp_path / "two"))
    assert together.facts() == alone.facts()
    assert "all agree" in together.ok("verify")
