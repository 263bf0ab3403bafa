"""An archive, a mail server and a web server for every test."""

from pathlib import Path

import pytest

from tests.alerts.house import House
from tests.cli.receivers import post, web

__all__ = ["post", "web"]


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)
