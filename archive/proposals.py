"""The file of proposals: what readers think is wrong with a mention, a line each, for somebody to decide.

A line says what was looked at and what is thought to be wrong. It says nothing of who proposes it. Whoever
reads the file takes its words for what they are: words of strangers.
"""

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from archive.errors import ArchiveError

Fault = Literal["not_a_mention", "wrong_value", "wrong_span", "other"]
DAY = "date"  # in place of a mention: the day of publication is wrong
LARGEST_FILE = 5 << 20


class Proposal(msgspec.Struct, frozen=True):
    """What one reader proposes about one mention of one text."""

    release: str
    text_hash: str
    mention: str  # kind@start or kind@title:start, as `correct` takes it; or DAY
    surface: str | None
    rule: str | None
    fault: Fault
    comment: str
    on: date


class Full(Exception):  # noqa: N818 - it is no fault of the program
    """The file takes no more."""


def add(file: Path, proposal: Proposal) -> None:
    """Append a proposal. Raises Full where the file is too large."""
    if file.exists() and file.stat().st_size > LARGEST_FILE:
        raise Full
    # One write in append mode, so that lines of two servers do not mix.
    handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, msgspec.json.encode(proposal) + b"\n")
    finally:
        os.close(handle)


def read(file: Path) -> tuple[list[Proposal], Sequence[int]]:
    """The proposals of a file, and the numbers of lines that are none. Raises ArchiveError without a file."""
    decoder = msgspec.json.Decoder(Proposal)
    found, unread = [], []
    try:
        lines = file.read_bytes().split(b"\n")
    except FileNotFoundError as error:
        raise ArchiveError(f"no file {file}; it is the one that `serve --proposals` names") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found.append(decoder.decode(line))
        except (msgspec.MsgspecError, UnicodeDecodeError):
            unread.append(number)
    return found, unread
