"""A served archive: Datasette as `pressearchiv serve` runs it, over real HTTP on loopback."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.serve.archive_fixture import fill

ROOT = Path(__file__).parents[2]
PATIENCE = 60


@pytest.fixture(scope="session")
def archive_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("served") / "archive.db")


@pytest.fixture(scope="session")
def start() -> Iterator[Callable[..., httpx.Client]]:
    """Start a server process by its arguments, with {port} filled in; a client that talks to it."""
    running: list[subprocess.Popen[bytes]] = []
    clients: list[httpx.Client] = []

    def run(*arguments: str, cwd: Path) -> httpx.Client:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, *(argument.format(port=port) for argument in arguments)]
        process = subprocess.Popen(
            command, cwd=cwd, env=os.environ | {"PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE
        )
        running.append(process)
        client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE)
        clients.append(client)
        _wait(client, process)
        return client

    yield run
    for client in clients:
        client.close()
    for process in running:
        process.terminate()
        process.communicate(timeout=20)


def _wait(client: httpx.Client, process: subprocess.Popen[bytes]) -> None:
    for _ in range(PATIENCE * 10):
        try:
            client.get("/-/versions.json")
        except httpx.TransportError:
            if process.poll() is not None:
                assert process.stderr is not None
                raise AssertionError(process.stderr.read().decode()) from None
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not answer")


@pytest.fixture(scope="session")
def site(start: Callable[..., httpx.Client], archive_file: Path) -> httpx.Client:
    """Our site, as the command starts it."""
    code = "import sys, pathlib, serve.run; serve.run.serve(pathlib.Path(sys.argv[1]), port={port})"
    return start("-c", code, str(archive_file), cwd=archive_file.parent)


@pytest.fixture(scope="session")
def plain(start: Callable[..., httpx.Client], archive_file: Path) -> httpx.Client:
    """Datasette with nothing of ours but the metadata file."""
    code = (
        "import sys, pluggy; pluggy.PluginManager.load_setuptools_entrypoints = lambda *a, **k: 0; "
        "from datasette.cli import cli; cli(sys.argv[1:])"
    )
    metadata = str(ROOT / "datasette-metadata.json")
    arguments = ("serve", str(archive_file), "--metadata", metadata, "--port", "{port}")
    return start("-c", code, *arguments, cwd=archive_file.parent)
