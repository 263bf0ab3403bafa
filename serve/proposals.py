"""What readers propose: a wrong mention named in a line of a file, for somebody to look at. Off by default.

A line says what was looked at and what is thought to be wrong. It says nothing of who proposes it.
"""

import asyncio
import json
import os
from collections import deque
from collections.abc import Mapping
from pathlib import Path
from time import monotonic

from archive.clock import berlin_day, utc_now
from serve.archive_rows import Row
from serve.language import N_, gettext
from serve.proof import Value

FAULTS = {
    "not_a_mention": N_("Das ist nichts dieser Art"),
    "wrong_value": N_("Falsch gelesen: Wert, Person oder Ort stimmt nicht"),
    "wrong_span": N_("Zu viel oder zu wenig markiert"),
    "other": N_("Etwas anderes"),
}
DAY = "date"  # in place of a mention: the day of publication is wrong
LONGEST = 1000  # characters of a comment
LARGEST_FILE = 5 << 20
PER_HOUR = 60  # of all readers together: nobody is told apart

_taken: deque[float] = deque()


class Refused(Exception):  # noqa: N818 - it is no fault of the program
    """A proposal that is not taken; the message says why, for the reader."""


async def take(file: Path, release: Row, value: Value | None, form: Mapping[str, str]) -> None:
    """Add a proposal to the file. Raises Refused where it makes no sense, or too many came."""
    fault, comment = form.get("fault", ""), " ".join(form.get("comment", "").split())
    if fault not in FAULTS:
        raise Refused(gettext("Bitte angeben, was nicht stimmt."))
    if len(comment) > LONGEST:
        raise Refused(gettext("Die Anmerkung ist zu lang; %(n)s Zeichen sind möglich.", n=LONGEST))
    _count()
    said = {
        "release": release["id"],
        "text_hash": release["text_hash"],
        "mention": value.key if value else DAY,
        "surface": value.surface if value else release["published_on"],
        "rule": value.rule if value else release["published_rule"],
        "fault": fault,
        "comment": comment,
        "on": berlin_day(utc_now()).isoformat(),
    }
    await asyncio.to_thread(_append, file, json.dumps(said, ensure_ascii=False))


def _count() -> None:
    now = monotonic()
    while _taken and now - _taken[0] > 3600:
        _taken.popleft()
    if len(_taken) >= PER_HOUR:
        raise Refused(gettext("Gerade kommen zu viele Hinweise. Bitte später noch einmal versuchen."))
    _taken.append(now)


def _append(file: Path, line: str) -> None:
    if file.exists() and file.stat().st_size > LARGEST_FILE:
        raise Refused(gettext("Das Postfach für Hinweise ist voll."))
    # One write in append mode, so that lines of two servers do not mix.
    handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, f"{line}\n".encode())
    finally:
        os.close(handle)
