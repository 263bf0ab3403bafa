"""What readers propose: a wrong mention, noted in a file for somebody to look at. Off by default."""

import asyncio
from collections import deque
from collections.abc import Mapping
from pathlib import Path
from time import monotonic

from archive import proposals
from archive.clock import berlin_day, utc_now
from archive.proposals import DAY, Fault, Proposal
from serve.archive_rows import Row
from serve.language import N_, gettext
from serve.proof import Value

FAULTS: dict[Fault, str] = {
    "not_a_mention": N_("Das ist nichts dieser Art"),
    "wrong_value": N_("Falsch gelesen: Wert, Person oder Ort stimmt nicht"),
    "wrong_span": N_("Zu viel oder zu wenig markiert"),
    "other": N_("Etwas anderes"),
}
LONGEST = 1000  # characters of a comment
PER_HOUR = 60  # of all readers together: nobody is told apart

_taken: deque[float] = deque()


class Refused(Exception):  # noqa: N818 - it is no fault of the program
    """A proposal that is not taken; the message says why, for the reader."""


async def take(file: Path, release: Row, value: Value | None, form: Mapping[str, str]) -> None:
    """Add a proposal to the file. Raises Refused where it makes no sense, or too many came."""
    fault = next((known for known in FAULTS if known == form.get("fault")), None)
    comment = " ".join(form.get("comment", "").split())
    if fault is None:
        raise Refused(gettext("Bitte angeben, was nicht stimmt."))
    if len(comment) > LONGEST:
        raise Refused(gettext("Die Anmerkung ist zu lang; %(n)s Zeichen sind möglich.", n=LONGEST))
    _count()
    said = Proposal(
        release=release["id"],
        text_hash=release["text_hash"],
        mention=value.key if value else DAY,
        surface=value.surface if value else release["published_on"],
        rule=value.rule if value else release["published_rule"],
        fault=fault,
        comment=comment,
        on=berlin_day(utc_now()),
    )
    try:
        await asyncio.to_thread(proposals.add, file, said)
    except proposals.Full as full:
        raise Refused(gettext("Das Postfach für Hinweise ist voll.")) from full


def _count() -> None:
    now = monotonic()
    while _taken and now - _taken[0] > 3600:
        _taken.popleft()
    if len(_taken) >= PER_HOUR:
        raise Refused(gettext("Gerade kommen zu viele Hinweise. Bitte später noch einmal versuchen."))
    _taken.append(now)
