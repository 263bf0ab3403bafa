"""A part of the chain in an interpreter of its own, which loads what the command line loads.

`python -m benchmarks.chain whole|read FOLDER ADDRESS`.
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from archive.corrections import NONE
from archive.interpreter import spare, with_room
from archive.source import Source
from benchmarks.portal import source

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
WORKERS = os.cpu_count() or 1


def whole(archive: Path, warc: Path, portal: Source) -> None:
    """What `pressearchiv crawl` does, with as many workers as there are cores."""
    from cli.crawl import Reading, collect

    with Reading(archive, warc, {portal.key: portal}, WORKERS, NONE) as reading:
        collect([portal], archive, warc, None, reading, full=True)
        reading.finish()


def read(archive: Path, warc: Path, portal: Source) -> None:
    """What `pressearchiv build` does with what was collected."""
    from pipeline.run import build

    build(archive, warc, {portal.key: portal}, NOW, workers=WORKERS)


if __name__ == "__main__":
    spare()  # as the command line does
    part, folder, base = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    work = with_room({"whole": whole, "read": read}[part])
    work(folder / "archive.db", folder / "warc", source(base))
