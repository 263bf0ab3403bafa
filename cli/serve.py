"""`pressearchiv serve`: the archive in the browser."""

from pathlib import Path

import click

from archive.store import open_archive
from cli.options import archive_option
from serve.run import serve as serve_archive


@click.command()
@archive_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0 takes a free one."
)
@click.option("--open", "open_browser", is_flag=True, help="Open the browser.")
def serve(archive: Path, host: str, port: int, open_browser: bool) -> None:
    """Browse and search the archive with Datasette, with our pages on top.

    Without this program the same tables open with:
    datasette archive.db --metadata datasette-metadata.json
    """
    open_archive(archive, create=False).close()
    serve_archive(archive, host=host, port=port, open_browser=open_browser)
