"""The small archive of the pipeline's tests, for what leaves the archive."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.store import open_archive
from demo.portals.pdf import pdf
from tests.exports.filled import FEWER, TEXTS, capture
from tests.pipeline.small import Small, start


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive of four releases, two of them changed, one with an attachment."""
    folder = tmp_path_factory.mktemp("built")
    small = start(folder)
    for which in TEXTS:
        capture(small, which)
    document = pdf("Anlage", ["Das Altenburger Land erhält 120.000 Euro am 3. März 2026."])
    small.capture(
        "https://test.example/anlage.pdf", document, role="attachment", media_type="application/pdf"
    )
    capture(small, "2", "Der Landkreis Gotha erhält 6.000 Euro.")
    capture(small, "3", "Landrätin Erna Beispiel lädt am 5. März 2026 nach Sondershausen & Artern <ein>.")
    small.build()
    for statement in FEWER:
        small.db.execute(statement)
    small.db.close()
    return folder


@pytest.fixture(scope="session")
def looked_at(built: Path) -> Iterator[Small]:
    """The archive that was built, for those who only look."""
    archive = Small(built, open_archive(built / "archive.db"))
    yield archive
    archive.db.close()


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Small]:
    archive = start(tmp_path)
    yield archive
    archive.db.close()


@pytest.fixture
def filled(built: Path, tmp_path: Path) -> Iterator[Small]:
    """A copy of the archive that was built."""
    folder = tmp_path / "filled"
    shutil.copytree(built, folder)
    archive = Small(folder, open_archive(folder / "archive.db"))
    yield archive
    archive.db.close()


@pytest.fixture
def whole(tmp_path: Path) -> Small:
    """An archive made by builds alone, so that it can be made again."""
    (tmp_path / "whole").mkdir()
    small = start(tmp_path / "whole")
    for which in TEXTS:
        capture(small, which)
    small.build()
    capture(small, "2", "Der Landkreis Gotha erhält 6.000 Euro.")
    small.build()
    return small
