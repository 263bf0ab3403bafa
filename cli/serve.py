"""`pressearchiv serve`: the archive in the browser."""

from pathlib import Path

import click

from alerts.mail import Mailing
from archive.errors import ArchiveError
from archive.store import read_archive
from cli.mailing import beside, subscriptions_option, with_mailing
from cli.options import archive_option, host_option, port_option, warc_option


@click.command()
@archive_option
@host_option
@port_option
@click.option(
    "--snapshots",
    "published",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="Serve the snapshots of this folder under /daten/.",
)
@warc_option
@click.option(
    "--proposals",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Let readers propose corrections; each becomes a line of this file, which nothing reads by itself.",
)
@click.option(
    "--public",
    is_flag=True,
    help="For strangers: no SQL of their own, bounds on every request, nothing about the server itself.",
)
@click.option(
    "--address",
    metavar="URL",
    help="With --public: where readers reach the site, as https://presse.example.org.",
)
@subscriptions_option
@click.option("--open", "open_browser", is_flag=True, help="Open the browser.")
@with_mailing
def serve(
    archive: Path,
    host: str,
    port: int,
    published: Path | None,
    warc: Path,
    proposals: Path | None,
    public: bool,
    address: str | None,
    subscriptions: Path | None,
    open_browser: bool,
    site: str | None,
    mailing: Mailing | None,
) -> None:
    """Browse and search the archive with Datasette, with our pages on top.

    On the open internet use --public, behind a proxy that ends TLS and limits how often one reader may ask:

    \b
    pressearchiv serve --public --address https://presse.example.org

    With --sender and --site readers can watch a search by mail; `pressearchiv alerts send` tells them.

    Without this program the same tables open with:

    \b
    datasette archive.db --metadata datasette-metadata.json
    """
    if address and not public:
        raise click.UsageError("--address goes with --public")
    folders = {"published": published, "proposals": proposals, "subscriptions": subscriptions}
    run(
        archive,
        host,
        port,
        warc,
        open_browser=open_browser,
        strangers=public,
        known_as=address,
        mailing=mailing,
        **folders,
    )


def run(
    archive: Path,
    host: str,
    port: int,
    warc: Path,
    *,
    open_browser: bool,
    published: Path | None = None,
    proposals: Path | None = None,
    subscriptions: Path | None = None,
    mailing: Mailing | None = None,
    strangers: bool = False,
    known_as: str | None = None,
) -> None:
    """Serve until interrupted. Raises ArchiveError where the archive, the port or the extra is not there."""
    read_archive(archive).close()
    try:
        from serve.folders import Folders, Watching  # a crawling machine may lack what it needs
        from serve.run import serve as serve_archive
    except ModuleNotFoundError as error:
        raise ArchiveError(
            f"{error.name} is not installed; `pip install 'pressearchiv[serve]'` brings what serving needs"
        ) from error
    watching = Watching(beside(archive, subscriptions), mailing) if mailing else None
    folders = Folders(warc, proposals, watching)
    serve_archive(
        archive,
        host,
        port,
        open_browser=open_browser,
        published=published,
        folders=folders,
        strangers=strangers,
        known_as=known_as,
    )
