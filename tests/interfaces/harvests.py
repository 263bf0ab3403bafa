"""A harvester of our own, and an archive that it comes to."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from lxml import etree

from archive.clock import stamp
from serve.oai.answers import OAI, Answer
from tests.pipeline.small import Small, page

NS = {"o": OAI, "dc": "http://purl.org/dc/elements/1.1/", "m": "http://www.loc.gov/mods/v3"}
HOME = "https://test.example/presse/"
HALF_AN_HOUR = timedelta(minutes=30)


class Record(NamedTuple):
    """A record as a harvester keeps it."""

    deleted: bool
    words: str


@dataclass
class Harvester:
    """One who comes again and asks for what changed since the answer before."""

    since: str = ""
    held: dict[str, Record] = field(default_factory=dict)
    taken: int = 0

    def come(self, small: Small, now: datetime, size: int = 2) -> None:
        asked = {"verb": "ListRecords", "metadataPrefix": "oai_dc"} | (
            {"from": self.since} if self.since else {}
        )
        self.since, self.taken = stamp(now), 0
        while True:
            said = ask(small, now, size, **asked)
            for record in said.iterfind(".//o:record", NS):
                header = record.find("o:header", NS)
                assert header is not None
                words = etree.tostring(record.find("o:metadata", NS)) if len(record) > 1 else b""
                identifier = header.findtext("o:identifier", None, NS)
                self.held[str(identifier)] = Record(header.get("status") == "deleted", words.decode())
                self.taken += 1
            if not (token := said.findtext(".//o:resumptionToken", None, NS)):
                return
            asked = {"verb": "ListRecords", "resumptionToken": token}


def ask(small: Small, now: datetime, size: int = 100, **arguments: str) -> etree._Element:
    answer = Answer(small.db, now, "https://archive.example", "postmaster@archive.example", size)
    return etree.fromstring(answer.of(arguments.items()))


def built(small: Small, **options: object) -> datetime:
    """Build, which takes half an hour; a moment after its end."""
    ended = small.moment + HALF_AN_HOUR
    small.build(clock=lambda: ended, **options)
    small.moment += timedelta(hours=1)
    return ended + timedelta(minutes=1)


def show(small: Small, which: int, text: str, captured: datetime | None = None) -> None:
    """Capture a page, at another moment than now where it is imported."""
    now = small.moment
    small.moment = captured or now
    small.capture(f"{HOME}{which}", page(f"Mitteilung {which}", text))
    small.moment = max(now, small.moment)


def release_id(small: Small, which: int) -> str:
    [(key,)] = small.rows("SELECT id FROM releases WHERE url = ?", f"{HOME}{which}")
    return str(key)
