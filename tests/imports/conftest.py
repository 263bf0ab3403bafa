"""An archive to import into, with the sources that ship."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from archive.source import registry
from archive.store import open_archive
from crawler.importing.run import import_files
from crawler.importing.tally import Tally
from crawler.importing.whose import Owners
from crawler.importing.writer import Writer
from pipeline.run import build
from pipeline.verify import verify
from pipeline.write import Built

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)


@dataclass
class Importing:
    """Import into it, build it, ask it."""

    folder: Path
    now: datetime = NOW
    owners: Owners = field(default_factory=lambda: Owners(registry().values()))

    @property
    def archive(self) -> Path:
        return self.folder / "archive.db"

    @property
    def warc(self) -> Path:
        return self.folder / "warc"

    def file(self, data: bytes, name: str = "foreign.warc.gz") -> Path:
        path = self.folder / name
        path.write_bytes(data)
        return path

    def take(self, *files: Path, dry: bool = False) -> Tally:
        """Import some files; the counts of the first."""
        with Writer(self.archive, self.warc, self.now, dry=dry) as writer:
            return import_files(files, writer, self.owners, self.now, "Tester")[0].tally

    def build(self, *, rebuild: bool = False) -> Built:
        return build(self.archive, self.warc, registry(), self.now, rebuild=rebuild)

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        db: Database = open_archive(self.archive)
        found = db.execute(sql).fetchall()
        db.close()
        return list(found)

    def faults(self) -> list[str]:
        """What `verify` finds."""
        db = open_archive(self.archive)
        found = [f"{finding.subject}: {finding.message}" for finding in verify(db, self.warc)]
        db.close()
        return found


@pytest.fixture
def importing(tmp_path: Path) -> Importing:
    return Importing(tmp_path)
