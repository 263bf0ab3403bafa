"""An interrupt ends a command from its first moment on, quietly, and none is lost."""

import signal
import subprocess
import sys

import pytest
from verbs import interruptible

WHILE_LOADING = """
import signal, sys
from cli.__main__ import main

class Interrupting:
    def find_spec(self, name, path, target=None):
        if name == "click":
            signal.raise_signal(signal.SIGINT)

sys.meta_path.insert(0, Interrupting())
main()
"""
IN_A_FINALIZER = """
import signal, sys, time
from cli.__main__ import repeat

class Finalized:
    def __del__(self):
        signal.raise_signal(signal.SIGINT)

sys.unraisablehook = repeat
try:
    Finalized()
    time.sleep(60)
except KeyboardInterrupt:
    sys.exit(130)
"""


@pytest.mark.parametrize(("code", "ends"), [(WHILE_LOADING, -signal.SIGINT), (IN_A_FINALIZER, 130)])
def test_an_interrupt_ends_a_command_without_a_word_of_python(code: str, ends: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, timeout=30, preexec_fn=interruptible
    )
    assert (done.returncode, done.stderr) == (ends, b"")


def test_what_else_fails_in_a_finalizer_is_told() -> None:
    code = IN_A_FINALIZER.replace("signal.raise_signal(signal.SIGINT)", "1 / 0").replace(
        "sleep(60)", "sleep(0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=30)
    assert b"ZeroDivisionError" in done.stderr
