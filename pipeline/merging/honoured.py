"""Redactions of another archive, honoured in ours: taken out of what is held, and no way back in.

Everything goes before the decision is noted, so that a merge that was killed does it again from the start.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import msgspec
from sqlite_utils import Database

from archive import corrections
from archive.locks import lock
from archive.recovery import source_keys
from archive.redaction import decisions
from archive.redaction.decisions import Redaction, address_hash, sought_by
from archive.redaction.removal import Removal
from archive.redaction.scrub import scrubbed
from archive.store import writing
from archive.urls import canonical
from pipeline import moves, redacted_rows
from pipeline.redact import rewritten
from pipeline.run import let_go

ADDRESSES = """
SELECT url FROM captures UNION SELECT requested_url FROM captures UNION SELECT url FROM entries
    UNION SELECT address FROM attachments WHERE address IS NOT NULL
"""
AT = "SELECT record_id FROM captures WHERE url = :url OR requested_url = :url"
Progress = Callable[[str, int], None]


def missing(known: Sequence[Redaction], theirs: Sequence[Redaction]) -> tuple[Redaction, ...]:
    """What they decided beyond what is known; of a decision that both know, what is in either."""
    ours = {r.id: r for r in known}
    found = (joined(ours[r.id], r) if r.id in ours else r for r in theirs)
    return tuple(r for r in found if r != ours.get(r.id))


def joined(one: Redaction, other: Redaction) -> Redaction:
    """One decision as two archives carried it out.

    >>> from datetime import date
    >>> one = Redaction("a", "name", "x", "y", date(2026, 3, 1), "s", releases=("r1",), words={2: ("h1",)})
    >>> other = Redaction("a", "name", "x", "y", date(2026, 3, 2), "s", releases=("r2",), words={2: ("h2",)})
    >>> both = joined(one, other)
    >>> both == joined(other, one), both.releases, both.words
    (True, ('r1', 'r2'), {2: ('h1', 'h2')})
    """
    first, second = sorted((one, other), key=msgspec.json.encode)
    lengths = sorted({*one.words, *other.words})
    return msgspec.structs.replace(
        first,
        redacted_on=min(one.redacted_on, other.redacted_on),
        releases=_both(one.releases, other.releases),
        words={n: _both(one.words.get(n, ()), other.words.get(n, ())) for n in lengths},
        addresses=_both(one.addresses, other.addresses),
        renamed=dict(sorted((second.renamed | first.renamed).items())),
    )


def _both(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted({*one, *other}))


def honour(
    db: Database, warc: Path, found: Sequence[Redaction], book: Path, progress: Progress = lambda *_: None
) -> None:
    """Take out what others decided. The caller holds the lock of builds.

    Raises BusyError where a source is crawled, WarcError where a file is damaged.
    """
    with ExitStack() as held:
        for key in source_keys(warc):
            held.enter_context(lock(warc / key / ".lock", f"a crawl of {key}"))
        for redaction in found:
            decisions.put(warc, _honoured(db, warc, redaction, book, progress))
        with writing(db):
            decisions.sync(db, warc)


def _honoured(db: Database, warc: Path, redaction: Redaction, book: Path, progress: Progress) -> Redaction:
    """Carry a decision out; it then names what it touched here, too."""
    what = sought_by(redaction)
    addresses = tuple(_withheld(db, redaction))
    records = {record for url in addresses for (record,) in db.execute(AT, {"url": url}).fetchall()}
    releases = redaction.releases if redaction.kind == "release" else ()
    redacted_rows.functions(db, what, redaction.id)
    touched = {*redaction.releases, *redacted_rows.saying(db, records)}
    renamed: Mapping[str, str] = {} if redaction.kind == "release" else redacted_rows.renamed(db)
    _clean_corrections(book, partial(scrubbed, what=what), set(releases))
    keys = [redaction.source] if redaction.source else source_keys(warc)
    removal = Removal(redaction.id, what, frozenset(records))
    _, changed = rewritten(db, warc, keys, removal, progress)
    with writing(db):
        moves.forget(db, redacted_rows.touched(db, changed) | set(releases), partial(let_go, db))
        redacted_rows.clean(db, addresses, releases)
    return msgspec.structs.replace(
        redaction, releases=tuple(sorted(touched)), renamed={**renamed, **redaction.renamed}
    )


def _withheld(db: Database, redaction: Redaction) -> Iterator[str]:
    known = frozenset(redaction.addresses)
    if known:
        for (url,) in db.execute(ADDRESSES).fetchall():
            if url and address_hash(canonical(url), redaction.salt) in known:
                yield url


def _clean_corrections(book: Path, clean: Callable[[str], str], gone: set[str]) -> None:
    known = corrections.read(book).all
    if corrections.cleaned(known, clean, gone) != list(known):
        corrections.change(book, lambda held: corrections.cleaned(held, clean, gone), keep=False)
