"""`pressearchiv serve`: the archive in the browser."""

from pathlib import Path

import click

from archive.errors import ArchiveError
from archive.store import read_archive
from cli.options import archive_option, host_option, port_option


@click.command()
@archive_option
@host_option
@port_option
@click.option("--open", "open_browser", is_flag=True, help="Open the browser.")
def serve(archive: Path, host: str, port: int, open_browser: bool) -> None:
    """Browse and search the archive with Datasette, with our pages on top.

    Without this program the same tables open with:

    \b
    datasette archive.db --metadata datasette-metadata.json
    """
    run(archive, host, port, open_browser=open_browser)


def run(archive: Path, host: str, port: int, *, open_browser: bool) -> None:
    """Serve until interrupted. Raises ArchiveError where the archive, the port or the extra is not there."""
    read_archive(archive).close()
    try:
        from serve.run import serve as serve_archive  # a crawling machine may lack what it needs
    except ModuleNotFoundError as error:
        raise ArchiveError(
            f"{error.name} is not installed; `pip install 'pressearchiv[serve]'` brings what serving needs"
        ) from error
    serve_archive(archive, host=host, port=port, open_browser=open_browser)
