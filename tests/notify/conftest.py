"""A watched archive, a mail server and a web server, new for each test."""

from pathlib import Path

import pytest

from tests.cli.receivers import post, web
from tests.notify.watched import Watched

__all__ = ["post", "web"]


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    return Watched(tmp_path / "archive.db")
