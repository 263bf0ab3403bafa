"""`pressearchiv snapshot`: reproducible copies of the data, each with the difference to the one before."""

from pathlib import Path

import click

from archive.store import read_archive
from cli.options import archive_option
from cli.progress import bars
from exports.snapshots import change, run, withdrawal
from exports.snapshots.manifest import Variant


@click.command()
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--without-texts",
    is_flag=True,
    help="The variant without any words of releases: what is named, where, when and how much.",
)
@click.option(
    "--withdraw",
    is_flag=True,
    help="Delete earlier snapshots of DIR that hold what was redacted since.",
)
@click.option("--check", is_flag=True, help="Compare every file in DIR with its checksum instead.")
@click.option(
    "--apply",
    "difference",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIFFERENCE",
    help="Make the next snapshot from the one in DIR/snapshots and a difference instead.",
)
@archive_option
def snapshot(
    directory: Path, without_texts: bool, withdraw: bool, check: bool, difference: Path | None, archive: Path
) -> int:
    """Publish a copy of the data in DIR that comes out the same whenever it is made of the same archive.

    \b
    pressearchiv snapshot /srv/daten
    pressearchiv snapshot /srv/daten --without-texts
    pressearchiv snapshot /srv/daten --check

    A snapshot is a folder in DIR/snapshots, named by its day and its content, that never changes; DIR/latest
    leads to the newest. DIR/differences holds what was added, changed and removed from each to the next: with
    --apply, whoever has the earlier one makes the later one of it, byte for byte.

    What was redacted is in no later snapshot and in no difference to one. Copies that others took of earlier
    ones cannot be called back.
    """
    if check:
        return _check(directory)
    if difference is not None:
        click.echo(f"{_apply(directory, difference)}: made, and as its manifest says")
        return 0
    run.writable(directory)
    variant: Variant = "without-texts" if without_texts else "full"
    db = read_archive(archive)
    with bars() as begin:
        taken = run.take(db, directory, variant, begin)
    db.close()
    click.echo(f"{taken.folder}: {'new' if taken.is_new else 'nothing changed since'}")
    if taken.difference:
        click.echo(f"{taken.difference}: the difference to the one before")
    elif taken.damaged:
        told = "is damaged, so there is no difference to it; restore it from a backup or delete it"
        click.echo(f"{taken.damaged} {told}", err=True)
    return _outdated(directory, taken.outdated, withdraw=withdraw) or int(taken.damaged is not None)


def _check(directory: Path) -> int:
    with bars() as begin:
        found = run.check(directory, begin)
    for name, wrong in found.items():
        click.echo(f"{name}: {', '.join(wrong) or 'whole'}")
    return 1 if any(found.values()) else 0


def _apply(directory: Path, difference: Path) -> Path:
    snapshots = directory / "snapshots"
    old = snapshots / difference.resolve().name.partition("..")[0]
    with bars() as begin:
        return change.apply(difference, old, snapshots, begin)


def _outdated(directory: Path, outdated: tuple[Path, ...], *, withdraw: bool) -> int:
    """Tell of snapshots that hold what was redacted; 1 where some are left."""
    links = withdrawal.withdraw(directory, outdated) if withdraw else []
    for folder in outdated:
        told = "withdrawn" if withdraw else "holds what was redacted since; delete it with --withdraw"
        click.echo(f"{folder}: {told}. Copies that others took cannot be called back", err=True)
    for link in links:
        click.echo(f"{directory / link}: led there; the next one of its variant brings it back", err=True)
    return 1 if outdated and not withdraw else 0
