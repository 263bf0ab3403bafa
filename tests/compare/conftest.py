"""Fixtures of the comparison's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pipeline.small import Small, start


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Small]:
    archive = start(tmp_path)
    yield archive
    archive.db.close()
