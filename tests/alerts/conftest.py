"""An archive, a mail server and a web server for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.alerts.house import House
from tests.cli.receivers import MailServer, WebServer


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


@pytest.fixture
def post() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server
