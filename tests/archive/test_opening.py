"""An archive that does not exist yet can be opened by several processes at once."""

import subprocess
import sys
from pathlib import Path

SCRIPT = """
import sys
from pathlib import Path
from archive.store import open_archive
print(open_archive(Path(sys.argv[1])).execute("SELECT count(*) FROM runs").fetchone()[0])
"""


def test_several_processes_open_a_new_archive_at_once(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SCRIPT, str(tmp_path / "archive.db")]
    pipe = subprocess.PIPE
    processes = [subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True) for _ in range(4)]
    answers = [process.communicate() for process in processes]
    assert [out.strip() for out, _ in answers] == ["0"] * 4, answers
