"""Removal on request: out of the evidence, out of every table and index, and no way back in.

The evidence is rewritten first, then rows are forgotten or cleaned and built again from it. Stopped at any
point, the same call finishes the work.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sqlite_utils import Database

from archive import corrections as decided
from archive.clock import berlin_day
from archive.errors import ArchiveError
from archive.locks import lock
from archive.recovery import source_keys
from archive.redaction import decisions, rewriting
from archive.redaction.decisions import Kind, Redaction
from archive.redaction.removal import Removal
from archive.redaction.scrub import holds, scrubbed
from archive.redaction.words import Sought, sought, words_of
from archive.source import Source
from archive.store import open_archive, writing
from archive.warc import files_of
from pipeline import moves, redacted_rows
from pipeline.run import build, let_go

TELLING = 4  # words: a shorter title or teaser stands on other pages, too


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be taken out: words (a text or name), or a release as a whole."""

    kind: Kind
    reason: str
    author: str
    phrases: tuple[str, ...] = ()
    release: str | None = None
    source: str | None = None  # only this source's captures


@dataclass(frozen=True, slots=True)
class Done:
    """What was done."""

    redaction: Redaction
    files: int
    records: int
    releases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    sought: Sought
    records: frozenset[str] = frozenset()
    addresses: tuple[str, ...] = ()
    releases: tuple[str, ...] = ()


def redact(
    archive: Path,
    warc: Path,
    sources: Mapping[str, Source],
    asked: Asked,
    now: datetime,
    *,
    corrections: Path | None = None,
    workers: int = 1,
    progress: Callable[[str, int], None] = lambda file, size: None,
) -> Done:
    """Take something out for good.

    `corrections` is the file of decisions about single values, which may say the words, too.
    `progress` is called with a file's name and the bytes of it that were read. Raises BusyError while a
    crawl or a build works, ArchiveError where nothing was named, WarcError where a file is damaged.
    """
    with ExitStack() as held:
        held.enter_context(lock(archive.with_name(f"{archive.name}.build.lock"), "a build of this archive"))
        keys = [asked.source] if asked.source else source_keys(warc)
        for key in keys:
            held.enter_context(lock(warc / key / ".lock", f"a crawl of {key}"))
        db = open_archive(archive)
        held.callback(db.close)
        rewriting.finish(db, warc)
        known = decisions.read(warc)
        salt = decisions.salt_of(known)
        key = _id(asked, salt)
        before = next((r for r in known if r.id == key), None)
        if before and asked.release and not db.execute(HELD, (asked.release,)).fetchone():
            done = Done(before, 0, 0, before.releases)  # after a crash: what follows is due
        else:
            plan = _plan(db, asked)
            removal = Removal(key, plan.sought, plan.records)
            if corrections and corrections.exists():
                _clean_corrections(db, corrections, plan)
            redacted_rows.functions(db, plan.sought, key)
            redaction = _decided(db, asked, plan, before, key, salt, berlin_day(now))
            decisions.put(warc, redaction)  # before anything goes: what is withheld must not come again
            files, changed = rewritten(db, warc, keys, removal, progress)
            with writing(db):
                decisions.sync(db, warc)
                moves.forget(db, redacted_rows.touched(db, changed), partial(let_go, db))
                redacted_rows.clean(db, plan.addresses, plan.releases)
            done = Done(redaction, files, len(changed), redaction.releases)
    book = decided.read(corrections) if corrections else decided.NONE
    build(archive, warc, sources, now, corrections=book, workers=workers)
    redacted_rows.compact(archive)
    return done


def _id(asked: Asked, salt: str) -> str:
    what = [salt, asked.kind, asked.release or "", asked.source or "", *sorted(asked.phrases)]
    return sha256("\n".join(what).encode()).hexdigest()[:8]


HELD = "SELECT 1 FROM release_addresses WHERE id = ?"
ADDRESSES = "SELECT url FROM release_addresses WHERE release_id = ?"
OF_RELEASE = """
SELECT record_id FROM captures WHERE source_key = :source AND (url IN (SELECT url FROM release_addresses
    WHERE release_id = :id) OR requested_url IN (SELECT url FROM release_addresses WHERE release_id = :id))
UNION SELECT c.record_id FROM attachments a JOIN captures c
        ON c.source_key = :source AND (c.url = a.address OR c.requested_url = a.address)
    WHERE a.release_id = :id AND NOT EXISTS (
        SELECT 1 FROM attachments o WHERE o.address = a.address AND o.release_id <> :id)
"""
SAID = """
SELECT title FROM versions WHERE release_id = :id
UNION SELECT subtitle FROM releases WHERE id = :id
UNION SELECT e.title FROM entries e JOIN release_addresses a ON a.url = e.url AND a.release_id = :id
UNION SELECT e.lead FROM entries e JOIN release_addresses a ON a.url = e.url AND a.release_id = :id
"""
HOLDING = """
SELECT c.record_id, c.url, c.requested_url FROM attachment_pages p
    JOIN attachment_files f ON f.payload_digest = p.payload_digest
    JOIN attachments a ON a.id = f.attachment_id
    JOIN captures c ON c.url = a.address OR c.requested_url = a.address
WHERE says(p.text)
"""


def _plan(db: Database, asked: Asked) -> _Plan:
    if asked.kind != "release":
        what = sought(asked.phrases)
        if not what.plain:
            raise ArchiveError("there is no word in it; say which text or name is to go")
        redacted_rows.functions(db, what, "")
        # What a PDF says cannot be cut out of its bytes: the file goes as a whole, for good.
        holding = db.execute(HOLDING).fetchall()
        places = tuple({url for _, *urls in holding for url in urls})
        return _Plan(what, frozenset(record for record, *_ in holding), places)
    row = db.execute(
        "SELECT r.id, r.source_key FROM release_addresses a JOIN releases r ON r.id = a.release_id "
        "WHERE a.id = ? LIMIT 1",
        (asked.release,),
    ).fetchone()
    if row is None:
        raise ArchiveError(f"no release goes by {asked.release!r}; its id stands in its address, after /m/")
    release, source = row
    which = {"id": release, "source": source}
    addresses = tuple(url for (url,) in db.execute(ADDRESSES, (release,)).fetchall())
    said = [text for (text,) in db.execute(SAID, {"id": release}).fetchall() if text]
    telling = [text for text in (*said, *map(_slug, addresses)) if len(words_of(text)) >= TELLING]
    records = frozenset(record for (record,) in db.execute(OF_RELEASE, which).fetchall())
    return _Plan(sought(telling), records, addresses, (release,))


def _clean_corrections(db: Database, file: Path, plan: _Plan) -> None:
    """Take it out of the file of decisions, too; those about a release that goes as a whole go with it."""
    sql = "SELECT id FROM release_addresses WHERE release_id = ?"
    gone = {key for release in plan.releases for (key,) in db.execute(sql, (release,)).fetchall()}
    known = decided.read(file).all
    clean = partial(scrubbed, what=plan.sought)
    said = file.exists() and holds(file.read_bytes(), plan.sought)  # beside the decisions, too
    if said or decided.cleaned(known, clean, gone) != list(known):
        decided.change(file, lambda held: decided.cleaned(held, clean, gone), keep=False)


def _slug(url: str) -> str:
    """The part of an address that tells the title, without its ending."""
    last = unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2])
    return last.rpartition(".")[0] or last


def rewritten(
    db: Database, warc: Path, keys: Sequence[str], removal: Removal, progress: Callable[[str, int], None]
) -> tuple[int, list[str]]:
    """How many files were written anew, and the ids of the records that changed."""
    files, changed = 0, []
    for key in keys:
        for path in files_of(warc, key):
            moved = rewriting.rewrite(path, removal, partial(progress, path.name))
            if moved is not None:
                rewriting.take_place(db, warc, path, moved)
                files += 1
                changed += [record.record_id for record in moved if record.changed]
        for torn in (warc / key).glob("*.torn-*"):
            torn.unlink()  # what a crash left; nobody can say what is in it
    return files, changed


def _decided(
    db: Database,
    asked: Asked,
    plan: _Plan,
    before: Redaction | None,
    key: str,
    salt: str,
    on: date,
) -> Redaction:
    """The decision as it is kept; of what went, it holds hashes."""
    touched = {*plan.releases, *redacted_rows.saying(db, plan.records)}
    withheld = {decisions.address_hash(url, salt) for url in plan.addresses}
    renamed = redacted_rows.renamed(db) if asked.kind != "release" else {}
    if before:  # the same again, after a crash or because the words came back
        touched |= set(before.releases)
        withheld |= set(before.addresses)
        renamed = before.renamed | renamed
    return Redaction(
        id=key,
        kind=asked.kind,
        reason=asked.reason,
        author=asked.author,
        redacted_on=before.redacted_on if before else on,
        salt=salt,
        source=asked.source,
        releases=tuple(sorted(touched)),
        words=decisions.hashes((" ".join(words) for words in plan.sought.plain), salt),
        addresses=tuple(sorted(withheld)),
        renamed=renamed,
    )
