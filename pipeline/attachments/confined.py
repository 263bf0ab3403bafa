"""Reading a file that may be hostile: in a process with little rights, little memory and little time."""

import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import msgspec

from pipeline.attachments import reader
from pipeline.attachments.flow import flowed, plain

WALL_SECONDS = 120
READER = "1"  # raised when the text of a page comes out differently; a build then reads all files anew
_ROOT = str(Path(__file__).parents[2])
_CODE = (
    "import sys; sys.path.append(sys.argv[1])\n"
    "from pipeline.attachments import reader\n"
    "reader.main(sys.stdin.buffer)"
)
_KEPT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")  # a parser that was taken over finds no secrets here


@dataclass(frozen=True, slots=True)
class Text:
    """What a file says: pages that have text, by number from 1; `outcome` text, cut, no_text, encrypted …"""

    outcome: str
    pages: tuple[tuple[int, str], ...] = ()
    format: str | None = None
    count: int | None = None  # pages of the file; None where the format knows none
    reason: str | None = None


def text_of(payload: bytes, code: str = _CODE, seconds: float = WALL_SECONDS) -> Text:
    """The text of a file. Whatever the file does to its reader becomes an outcome; nothing is raised."""
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    command = [sys.executable, "-I", "-c", code, _ROOT]
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as told:
        given.write(payload)
        given.seek(0)
        try:
            ended = subprocess.run(  # noqa: S603  # our own interpreter and code
                command, stdin=given, stdout=told, stderr=subprocess.DEVNULL, env=environment,
                cwd="/", timeout=seconds, check=False, close_fds=True,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return Text("too_slow", reason=f"stopped after {seconds:g} seconds")
        told.seek(0)
        return _text(ended.returncode, told.read(reader.OUTPUT_BYTES + 1))


KILLED = {
    signal.SIGXCPU: ("too_slow", f"stopped after {reader.CPU_SECONDS} seconds of work"),
    signal.SIGKILL: ("too_slow", f"stopped after {reader.CPU_SECONDS} seconds of work"),
    signal.SIGXFSZ: ("too_large", f"more than {reader.OUTPUT_BYTES >> 20} MB of text"),
}


def _text(code: int, told: bytes) -> Text:
    """Text of a reader that was killed is not kept: where it stopped depends on the machine."""
    if code < 0:
        unknown = ("crashed", f"the reader was ended by signal {-code}")
        outcome, reason = KILLED.get(signal.Signals(-code), unknown)
        return Text(outcome, reason=reason)
    try:
        *pages, end = [msgspec.json.decode(line, type=dict[str, object]) for line in told.splitlines()]
        laid_out = flowed if end["format"] == "pdf" else plain
        found = [(int(str(said["page"])), laid_out(str(said["text"]))) for said in pages]
        return _ended(end, tuple((page, text) for page, text in found if text))
    except (ValueError, KeyError, msgspec.DecodeError):
        return Text("crashed", reason=f"the reader ended with code {code} and said nothing of use")


def _ended(end: dict[str, object], pages: tuple[tuple[int, str], ...]) -> Text:
    form, reason, count = end["format"], end.get("reason"), end["pages"]
    outcome = str(end["outcome"])
    return Text(
        "no_text" if outcome == "text" and not pages else outcome,
        pages,
        str(form) if form else None,
        int(str(count)) if count is not None else None,
        str(reason) if reason else None,
    )
