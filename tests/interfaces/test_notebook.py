"""The notebook for researchers runs on the archive of the invented portals, and draws what it says."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from crawler.run import crawl
from demo.registry import demo_sources
from demo.server import DemoServer
from pipeline.run import build
from pressearchiv import Archive

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "docs" / "notebook" / "archive.ipynb"
NOW = datetime(2026, 6, 27, 6, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def archive_of_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    with DemoServer() as portals:
        sources = demo_sources(portals)
        crawl(sources, folder / "archive.db", folder / "warc", sources=sources, now=NOW)
    build(folder / "archive.db", folder / "warc", sources, NOW, workers=2)
    return folder / "archive.db"


@pytest.fixture(scope="module")
def outputs(archive_of_demo: Path) -> list[dict[str, Any]]:
    """What the cells of the notebook give."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    environment = os.environ | {"PRESSEARCHIV": str(archive_of_demo), "PYTHONPATH": str(ROOT)}
    client = NotebookClient(notebook, timeout=240, kernel_name="python3")
    client.execute(cwd=str(archive_of_demo.parent), env=environment)
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


def test_the_notebook_is_kept_without_what_it_gave() -> None:
    for cell in json.loads(NOTEBOOK.read_text("utf-8"))["cells"]:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


def test_it_draws_the_map_and_the_ministers_and_complains_of_nothing(outputs: list[dict[str, Any]]) -> None:
    pictures = [output for output in outputs if "image/png" in output.get("data", {})]
    assert len(pictures) == 2
    assert all(len(picture["data"]["image/png"]) > 20_000 for picture in pictures)
    assert not [output for output in outputs if output["output_type"] in ("error", "stream")]


def test_its_tables_hold_what_the_archive_holds(outputs: list[dict[str, Any]], archive_of_demo: Path) -> None:
    tables = "\n".join(output["data"]["text/plain"] for output in outputs if "data" in output)
    with Archive(archive_of_demo) as archive:
        assert len(archive.corpus()) == len(archive.releases()) > 300
        largest = archive.grant_stories().groupby("district_ags")["value_max"].sum().idxmax()
        names = archive.districts().set_index("ags")["name"]
    assert str(names[largest]) in tables
    assert "pressearchiv:demo-" in tables
