"""`pressearchiv serve`: the archive in the browser."""

from pathlib import Path

import click

from archive.errors import ArchiveError
from archive.store import read_archive
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
@click.option("--open", "open_browser", is_flag=True, help="Open the browser.")
def serve(
    archive: Path,
    host: str,
    port: int,
    published: Path | None,
    warc: Path,
    proposals: Path | None,
    open_browser: bool,
) -> None:
    """Browse and search the archive with Datasette, with our pages on top.

    Without this program the same tables open with:

    \b
    datasette archive.db --metadata datasette-metadata.json
    """
    run(archive, host, port, warc, open_browser=open_browser, published=published, proposals=proposals)


def run(
    archive: Path,
    host: str,
    port: int,
    warc: Path,
    *,
    open_browser: bool,
    published: Path | None = None,
    proposals: Path | None = None,
) -> None:
    """Serve until interrupted. Raises ArchiveError where the archive, the port or the extra is not there."""
    read_archive(archive).close()
    try:
        from serve.folders import Folders  # a crawling machine may lack what it needs
        from serve.run import serve as serve_archive
    except ModuleNotFoundError as error:
        raise ArchiveError(
            f"{error.name} is not installed; `pip install 'pressearchiv[serve]'` brings what serving needs"
        ) from error
    folders = Folders(warc, proposals)
    serve_archive(archive, host, port, open_browser=open_browser, published=published, folders=folders)
