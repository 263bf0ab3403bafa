"""The served archive of the pages' tests, for what programs ask of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pipeline.small import Small
from tests.pipeline.small import start as begin
from tests.serve.conftest import archive_file, site, start

__all__ = ["archive_file", "site", "start"]


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Small]:
    """An archive of one source without captures."""
    archive = begin(tmp_path)
    yield archive
    archive.db.close()
