"""Who reads along with a crawl is killed; the build behind it comes to what it comes to undisturbed."""

import os
import signal
from multiprocessing import get_context
from pathlib import Path

import pytest

from archive.store import open_archive
from pipeline.meanwhile import read_meanwhile
from pipeline.verify import verify
from tests.pipeline.small import NOW, SOURCE, Small, start
from tests.pipeline.test_build import dump
from tests.pipeline.test_large_builds import filled

BATCH = 4  # releases per transaction, so that a round has several


def along_until_killed(folder: Path, after: int) -> None:
    """Read along with a crawl in two steps, and die when so many captures were written."""
    small = Small(folder, open_archive(folder / "archive.db"))
    steps = iter([True, True, *[False] * 5])

    def goes_on(_seconds: float) -> bool:
        step = next(steps, None)
        if step:
            filled(small)
        return step is not None

    def progress(read: int) -> None:
        if read >= after:
            os.kill(os.getpid(), signal.SIGKILL)

    known = {SOURCE.key: SOURCE}
    read_meanwhile(
        small.archive,
        small.warc,
        known,
        NOW,
        goes_on,
        workers=2,
        batch=BATCH,
        enough=1,
        progress=progress,
    )


def count(small: Small, table: str) -> int:
    return int(small.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


@pytest.mark.parametrize("after", [1, 2 * BATCH, 20])
def test_whoever_reads_along_is_killed_and_the_build_behind_comes_to_the_same(
    tmp_path: Path, after: int
) -> None:
    for name in ("killed", "undisturbed"):
        (tmp_path / name).mkdir()
        start(tmp_path / name).db.close()
    process = get_context("spawn").Process(target=along_until_killed, args=(tmp_path / "killed", after))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    killed, undisturbed = (
        Small(tmp_path / name, open_archive(tmp_path / name / "archive.db"))
        for name in ("killed", "undisturbed")
    )
    captured, read = count(killed, "captures"), count(killed, "parsed_captures")
    assert 0 < read < captured
    while count(undisturbed, "captures") < captured:
        filled(undisturbed)
    killed.moment = undisturbed.moment
    found = []
    for small in (killed, undisturbed):
        small.build()
        assert not list(verify(small.db, small.warc))
        found.append(dump(small))
        small.db.close()
    assert found[0] == found[1]
