"""A watched archive, a mail server and a web server, new for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.receivers import MailServer, WebServer
from tests.notify.watched import Watched


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    return Watched(tmp_path / "archive.db")


@pytest.fixture
def post() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server
