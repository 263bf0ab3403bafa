"""The import: foreign WARC files, record by record, into our own, and from there into captures."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from archive.clock import stamp
from archive.foreign import Foreign, records
from archive.imports import Origin
from archive.redaction.scrub import scrubbed
from archive.urls import canonical, host
from crawler.importing.choose import Headed, chosen, headed, without
from crawler.importing.tally import Tally
from crawler.importing.whose import Owned, Owners, Refusal
from crawler.importing.writer import Writer
from crawler.withheld import is_withheld

RECORD_BYTES = 16 << 20  # a page has a thousandth of it
WARCINFO_BYTES = 1 << 16
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of one file."""

    path: Path
    tally: Tally


def import_files(
    files: Sequence[Path],
    writer: Writer,
    owners: Owners,
    now: datetime,
    by: str,
    progress: Progress = lambda done, total: None,
) -> list[Imported]:
    """Take from some files what belongs to our sources; `progress` is called with bytes done and to do.

    A file in which a page waited for its list, or a revisit for its original, is read once more when these
    have come. Raises WarcError where a file is no WARC file, BusyError where a source is crawled.
    """
    total, done = sum(path.stat().st_size for path in files), 0
    found: list[Imported] = []
    names = [scrubbed(path.name, writer.redacted) for path in files]
    origins = [
        Origin(name, _sha256(path), path.stat().st_size, stamp(now), by)
        for name, path in zip(names, files, strict=True)
    ]
    for path, origin in zip(files, origins, strict=True):
        found.append(Imported(path, _File(path, origin, writer, owners, now).read(progress, done, total)))
        done += path.stat().st_size
        writer.flush()
    for one, origin in zip(found, origins, strict=True):
        refused = one.tally.refused
        unlisted = refused["other_page"] + refused["no_pattern"] + refused["several_sources"]
        if (writer.listed and unlisted) or refused["no_original"]:
            one.tally.mend(_File(one.path, origin, writer, owners, now).read(lambda *_: None, 0, 0))
            writer.flush()
    return found


@dataclass
class _File:
    path: Path
    origin: Origin
    writer: Writer
    owners: Owners
    now: datetime
    head: Headed | str = ""  # of the record that is being read

    def read(self, progress: Progress, done: int, total: int) -> Tally:
        tally = Tally()
        for record in records(self.path, self._wanted, RECORD_BYTES):
            progress(done + record.position, total)
            tally.seen += 1
            if not record.headers:
                tally.refuse(record.problem or "damaged")
            elif record.kind == "warcinfo":
                text = (record.block or b"")[:WARCINFO_BYTES].decode("utf-8", "replace")
                told = scrubbed(text.replace("\r\n", "\n").strip(), self.writer.redacted)
                self.origin = replace(self.origin, warcinfo=told)
                tally.refuse("warcinfo")
            elif isinstance(self.head, str):
                tally.refuse(self.head, self._known_host(record))
            elif why := self._take(record, self.head):
                tally.refuse(why, host(self.head.url))
            else:
                owned = self.head.owned
                tally.take(owned.source.key, owned.role, self.head.day.isoformat())
        return tally

    def _wanted(self, headers: dict[str, str]) -> bool:
        self.head = headed(headers, self._owner, self.now)
        return not isinstance(self.head, str) or self.head == "warcinfo"

    def _owner(self, url: str, day: date) -> Owned | Refusal:
        found = self.owners.of(url, day)
        if found in ("other_page", "no_pattern", "several_sources"):
            for source in self.owners.at(url, day):
                if self.writer.promises(source, source.standing(url)):
                    return Owned(source, "detail")
        return found

    def _take(self, record: Foreign, head: Headed) -> str | None:
        """Why a record is refused; None where it was taken."""
        source = head.owned.source
        self.writer.open(source)
        withheld = self.writer.withheld(source)
        if is_withheld(canonical(head.url), withheld, source):
            return "redacted"
        original = None
        if record.kind == "revisit":
            original = self.writer.original(source, record.headers, head.url)
            if original is None:
                dry = self.writer.awaits(source, record.headers, head.url)
                return None if dry else "no_original"
        copy = chosen(record, head)
        if isinstance(copy, str):
            return copy
        if withheld:
            copy = without(copy, withheld.sought)
        if original:
            copy = replace(copy, refers_to=original.record_id, refers_digest=original.payload_digest)
        return None if self.writer.add(source, copy, self.origin) else "held"

    def _known_host(self, record: Foreign) -> str:
        url = record.headers.get("warc-target-uri", "").strip("<> ")
        return host(url) if self.head != "other_host" and self.owners.knows(url) else ""


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
