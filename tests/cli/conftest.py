"""The invented portals on free ports, a folder with their sources, and archives of them."""

import os
import shutil
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from demo.server import PORT_BASE, PORTALS, DemoServer

sys.path.insert(0, str(Path(__file__).parent))
from verbs import House


@pytest.fixture(scope="session")
def portals() -> Iterator[DemoServer]:
    with DemoServer() as server:
        yield server


@pytest.fixture(scope="session")
def sources(portals: DemoServer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source files of the portals, with the ports on which they answer now."""
    folder = tmp_path_factory.mktemp("sources")
    for at, key in enumerate(PORTALS):
        text = (files("demo") / "sources" / f"{key}.toml").read_text("utf-8")
        moved = text.replace(f"http://127.0.0.1:{PORT_BASE + at}", portals.base(key))
        (folder / f"{key}.toml").write_text(moved, "utf-8")
    return folder


@pytest.fixture(scope="session")
def crawled(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> House:
    """An archive of one portal, crawled and built without any trouble; tests look at it and copy it."""
    house = _house(tmp_path_factory.mktemp("crawled"), sources)
    house.ok("crawl", "demo-bund")
    return house


@pytest.fixture
def house(sources: Path, tmp_path: Path) -> House:
    return _house(tmp_path, sources)


@pytest.fixture
def copied(crawled: House, sources: Path, tmp_path: Path) -> House:
    """A copy of the crawled archive, to be damaged."""
    shutil.copytree(crawled.folder, tmp_path, dirs_exist_ok=True)
    return _house(tmp_path, sources)


def _house(folder: Path, sources: Path) -> House:
    ours = {"PRESSEARCHIV_SOURCES": str(sources), "COLUMNS": "200"}
    return House(folder, sources, {**os.environ, **ours})
