"""A merge may be killed at any write and run again: a sample of what benchmarks/merges.py does."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_killed_and_run_again_it_leaves_what_an_undisturbed_merge_leaves() -> None:
    """In a process of its own, because it forks, which tests that run in threads must not."""
    command = [sys.executable, "-m", "benchmarks.merges", "--first", "5", "--every", "9"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    told = re.search(r"(\d+) writes, killed (\d+) times, 0 times not the same", done.stdout)
    assert told, done.stdout
    writes, killed = map(int, told.groups())
    assert killed == len(range(5, writes + 1, 9)) > 4
