"""Waiting for what another thread or process does."""

import time
from collections.abc import Callable

SECONDS = 20.0


def wait_until(is_so: Callable[[], bool]) -> None:
    """Return as soon as something is so; fail where it never comes to be."""
    deadline = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < deadline, "it never came to be"
        time.sleep(0.005)
