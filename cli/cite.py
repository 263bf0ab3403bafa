"""`pressearchiv cite`: a citation of one version, and the way back from a citation to the bytes."""

import re
import sys
from pathlib import Path
from typing import cast, get_args

import click
from sqlite_utils import Database

from archive import captures
from archive.errors import ArchiveError
from archive.evidence import Record
from archive.german import at, day, number
from archive.records import Capture
from archive.store import read_archive
from archive.urls import canonical
from cli.options import archive_option, warc_option
from cli.shown import plain
from exports.citation import CITED, Format, citation, named, written


@click.command()
@click.argument("what", metavar="ID|ADDRESS|-")
@click.option(
    "--format",
    "form",
    type=click.Choice(get_args(Format)),
    default="text",
    show_default=True,
    help="text is a German reference; the others are for reference managers.",
)
@click.option("--version", type=click.IntRange(1), metavar="N", help="Which version; the latest otherwise.")
@click.option(
    "--resolve",
    is_flag=True,
    help="Read a citation from the file WHAT (- for standard input), and lead back to the bytes it cites.",
)
@click.option(
    "--payload",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="With --resolve: write the page to this file, as it was sent, when its digest is right.",
)
@archive_option
@warc_option
def cite(
    what: str, form: str, version: int | None, resolve: bool, payload: Path | None, archive: Path, warc: Path
) -> None:
    """Cite one version of a release, or find the bytes that a citation cites.

    WHAT is the id of a release or of a version, or an address: that of the original or its page here.

    \b
    pressearchiv cite th-tmasgff-0123456789ab --format bibtex >> literature.bib
    pressearchiv cite https://www.tmasgff.de/… --version 1
    pressearchiv cite --resolve literature.bib --payload page.html

    --resolve takes a citation in any of these formats, compares the bytes with the digest cited, and shows
    capture, WARC file, offset and digest. It fails where the bytes are missing or others.
    """
    if payload and not resolve:
        raise click.UsageError("--payload goes with --resolve")
    db = read_archive(archive)
    if resolve:
        reference = sys.stdin.read() if what == "-" else Path(what).read_text("utf-8")
        _resolve(db, warc, reference, payload)
    else:
        cited = _version(db, what, version)
        [row] = db.query(CITED, {"version": cited})
        click.echo(written(citation(row), cast("Format", form)), nl=False)
    db.close()


RELEASE = """
SELECT r.id, r.version_id, 1 AS place FROM releases r WHERE r.id = :id
UNION ALL SELECT r.id, r.version_id, 2 FROM release_addresses a JOIN releases r ON r.id = a.release_id
    WHERE a.id = :id OR a.url = :url
ORDER BY place LIMIT 1
"""


def _version(db: Database, what: str, number: int | None) -> str:
    """The id of the version that was asked for. Raises ArchiveError where there is none."""
    asked = what.rpartition("/m/")[2].partition("/")[0] if "/m/" in what else what
    if whole := re.fullmatch(r"(?:pressearchiv:)?(.+)\.(\d+)", asked):
        asked, number = whole[1], number or int(whole[2])
    url = canonical(what) if "://" in what else ""
    found = db.execute(RELEASE, {"id": asked, "url": url}).fetchone()
    if found is None:
        raise ArchiveError(
            f"no release goes by {what!r}; its id stands in the address of its page, after /m/"
        )
    if number is None:
        return str(found[1])
    version = f"{found[0]}.{number}"
    if db.execute("SELECT 1 FROM versions WHERE id = ?", (version,)).fetchone() is None:
        raise ArchiveError(f"{found[0]} has no version {number}; its latest is {found[1]}")
    return version


REDACTED = """
SELECT r.redacted_on, r.reason FROM redacted_releases x JOIN redactions r ON r.id = x.redaction_id
WHERE x.release_id = ? ORDER BY r.redacted_on DESC LIMIT 1
"""
SHOWN = """
SELECT vc.version_id, c.id FROM captures c
    JOIN version_captures vc ON vc.capture_id = c.id
    JOIN versions v ON v.id = vc.version_id
WHERE v.release_id = ? AND c.payload_digest = ? ORDER BY c.captured_at, c.id LIMIT 1
"""


def _resolve(db: Database, warc: Path, reference: str, payload: Path | None) -> None:
    cited = named(reference)
    if cited is None:
        raise ArchiveError(
            "this names no version of ours; a citation holds pressearchiv:ID.N and sha1: with a digest"
        )
    found = db.execute(RELEASE, {"id": cited.release, "url": ""}).fetchone()
    shown = db.execute(SHOWN, (found[0], cited.payload_digest)).fetchone() if found else None
    if shown is None:
        if gone := db.execute(REDACTED, (found[0] if found else cited.release,)).fetchone():
            when = f"{day(gone[0])} ({plain(gone[1])})"
            raise ArchiveError(f"what was cited was taken out on request on {when}; no copy was kept")
        raise ArchiveError(
            f"this archive holds no capture of {cited.release} with {cited.payload_digest}; look in the "
            "archive that gave the citation"
        )
    version, capture_id = shown
    capture = captures.get(db, capture_id)
    assert capture is not None
    record = captures.payload(db, warc, capture, decode=False)  # raises WarcError where the bytes are others
    _show(version, capture, record)
    if payload:
        payload.write_bytes(record.payload)
        encoding = record.http_headers.get("content-encoding", "none")
        click.echo(f"written    {payload}, {number(len(record.payload))} bytes, content encoding {encoding}")


def _show(version: str, capture: Capture, record: Record) -> None:
    click.echo(f"version    {version}")
    click.echo(f"address    {capture.url}")
    click.echo(f"captured   {at(capture.captured_at)} ({capture.captured_at})")
    click.echo(f"evidence   {capture.place.file} at byte {capture.place.offset}")
    click.echo(f"record     {record.headers.get('warc-record-id', '')}")
    click.echo(f"digest     {capture.payload_digest}, as cited: the bytes are the same")
