"""`pressearchiv` from its first moment on: an interrupt ends it quietly, and none is lost."""

import os
import signal
import sys
from threading import Timer

AGAIN = 0.05  # seconds after which an interrupt that fell into a finalizer is repeated


def main() -> None:
    """The entry point; see :func:`cli.main.main` for what it does and its exit codes."""
    # While modules are loaded nothing is at stake, and Python would show where it was.
    waiting = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if waiting:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from archive.interpreter import spare, with_room
    from cli.main import main as run  # only now, as loading it takes a while

    sys.unraisablehook = repeat
    spare()
    if waiting:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    with_room(run)()


def repeat(unraisable: "sys.UnraisableHookArgs") -> None:
    """Interrupt again where Python has dropped an interrupt, as it does with any exception in a finalizer."""
    if issubclass(unraisable.exc_type, KeyboardInterrupt):
        Timer(AGAIN, os.kill, (os.getpid(), signal.SIGINT)).start()
    else:
        sys.__unraisablehook__(unraisable)


if __name__ == "__main__":
    main()
