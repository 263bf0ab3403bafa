"""Two archives that share a day, for tests of merging."""

from pathlib import Path

import pytest

from tests.merging.machines import TEXTS, Machine, Visit, crawled


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Machine, Machine]:
    """Two that share their first day, and went on apart."""
    one = crawled(tmp_path / "one", Visit(1, 1, TEXTS[0]), Visit(2, 2, TEXTS[1]))
    two = one.copy("two")
    one.crawl(Visit(3, 1, TEXTS[1]), Visit(5, 3, TEXTS[2]))
    two.crawl(Visit(4, 1, TEXTS[0]), Visit(6, 2, None))
    return one, two
