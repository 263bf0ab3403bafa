"""What was redacted: a file beside the evidence, one decision a line, that says where, when and why.

It does not say which words went. Those are kept as salted hashes, so that they are known when a portal shows
them again.
"""

import os
import secrets
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from sqlite_utils import Database

from archive.errors import ArchiveError
from archive.redaction.words import Sought, hashed, words_of
from archive.urls import canonical

FILE = "redactions.jsonl"
Kind = Literal["text", "name", "release"]


class Redaction(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One decision; a line of the file."""

    id: Annotated[str, msgspec.Meta(pattern=r"^[\w-]{1,64}$")]  # it stands in headers and addresses
    kind: Kind
    reason: str
    author: str
    redacted_on: date
    salt: str
    source: str | None = None  # only this source's captures, where given
    releases: tuple[str, ...] = ()  # ids of the releases that it touched
    words: dict[int, tuple[str, ...]] = {}  # hashes of word sequences, by the number of words
    addresses: tuple[str, ...] = ()  # hashes of addresses that must not be fetched again
    renamed: dict[str, str] = {}  # address as it is now written: id of its release


def read(warc: Path) -> tuple[Redaction, ...]:
    """All decisions, oldest first. Raises ArchiveError where a line is wrong."""
    path = warc / FILE
    if not path.exists():
        return ()
    try:
        return tuple(
            msgspec.json.decode(line, type=Redaction)
            for line in path.read_bytes().splitlines()
            if line.strip()
        )
    except msgspec.MsgspecError as error:
        raise ArchiveError(f"{path}: {error}; restore it from the backup") from error


def put(warc: Path, redaction: Redaction) -> None:
    """Add a decision, or replace the one of the same id; a crash leaves the old file or the new one."""
    kept = [known for known in read(warc) if known.id != redaction.id]
    path, draft = warc / FILE, warc / f".{FILE}.draft"
    with draft.open("wb") as file:
        file.writelines(msgspec.json.encode(each) + b"\n" for each in (*kept, redaction))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def salt_of(known: Sequence[Redaction]) -> str:
    """The salt of this archive; one for all, so that a page is hashed once. Merged ones bring their own."""
    return known[0].salt if known else secrets.token_hex(16)


def hashes(phrases: Iterable[str], salt: str) -> dict[int, tuple[str, ...]]:
    """What stands for phrases in the file."""
    found: dict[int, set[str]] = defaultdict(set)
    for phrase in phrases:
        if words := words_of(phrase):
            found[len(words)].add(hashed(words, salt))
    return {length: tuple(sorted(each)) for length, each in sorted(found.items())}


def address_hash(url: str, salt: str) -> str:
    """What stands for an address in the file."""
    return hashed((canonical(url),), salt)


def sought_by(redaction: Redaction) -> Sought:
    """The words of a decision, as they are known without being said."""
    return Sought(hashes={n: frozenset(each) for n, each in redaction.words.items()}, salt=redaction.salt)


class Withheld:
    """What must not come into the archive again from one source; without a source, from any."""

    def __init__(self, decisions: Sequence[Redaction], source_key: str | None) -> None:
        ours = [r for r in decisions if source_key is None or r.source in (None, source_key)]
        words: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._addresses: dict[str, set[str]] = defaultdict(set)  # by salt, as the words are
        for redaction in ours:
            for length, each in redaction.words.items():
                words[redaction.salt][length] |= set(each)
            self._addresses[redaction.salt] |= set(redaction.addresses)
        self._renamed = {url for redaction in ours for url in redaction.renamed}
        by_salt = [
            Sought(hashes={n: frozenset(each) for n, each in found.items()}, salt=salt)
            for salt, found in words.items()
        ]
        self.sought = replace(by_salt[0], also=tuple(by_salt[1:])) if by_salt else Sought()

    def __bool__(self) -> bool:
        return any(self._addresses.values()) or bool(self.sought.lengths)

    def address(self, url: str) -> bool:
        """Whether an address was withheld, or is what we made of one."""
        if url in self._renamed:
            return True
        return any(address_hash(url, salt) in known for salt, known in self._addresses.items() if known)

    @property
    def renamed(self) -> int:
        """How many addresses no portal has, because we changed them."""
        return len(self._renamed)


def sync(db: Database, warc: Path) -> None:
    """Bring the tables to the state of the file; the caller holds a transaction."""
    decisions = read(warc)
    for table in ("redacted_addresses", "redacted_releases", "redactions"):
        db.execute(f"DELETE FROM {table}")
    for r in decisions:
        row = (r.id, r.kind, r.source, r.reason, r.author, r.redacted_on.isoformat())
        db.execute("INSERT INTO redactions VALUES (?, ?, ?, ?, ?, ?)", row)
        pairs = [(release, r.id) for release in r.releases]
        db.conn.executemany("INSERT INTO redacted_releases VALUES (?, ?)", pairs)
        named = [(release.rpartition("-")[0], url, release) for url, release in r.renamed.items()]
        db.conn.executemany("INSERT OR REPLACE INTO redacted_addresses VALUES (?, ?, ?)", named)
