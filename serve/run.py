"""`pressearchiv serve`: Datasette over one archive, with our metadata, settings and pages."""

import json
import socket
import webbrowser
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import Any

import click
import datasette.handle_exception
import uvicorn
from datasette.app import Datasette

from archive.errors import ArchiveError
from archive.store import is_writable
from serve import public, snapshots
from serve.folders import Folders, put

SETTINGS = {
    "default_page_size": 50,
    "max_returned_rows": 2000,
    "num_sql_threads": 8,  # most of what is slow waits for the disk
    "sql_time_limit_ms": 3000,
    "facet_time_limit_ms": 200,
    "facet_suggest_time_limit_ms": 50,
    "suggest_facets": False,  # a scan of every column on every table page
    "truncate_cells_html": 200,
    "allow_download": True,
    "max_csv_mb": 0,  # researchers may take whole tables along
}


def serve(
    archive: Path,
    host: str = "127.0.0.1",
    port: int = 8001,
    open_browser: bool = False,
    published: Path | None = None,
    folders: Folders | None = None,
    strangers: bool = False,
    known_as: str | None = None,
) -> None:
    """Serve an archive until interrupted; port 0 takes a free one. `published` is a folder of snapshots.

    For strangers there are the bounds of `serve.public`; `known_as` is the address they know the site by.
    Raises ArchiveError where the file is missing or the port is taken.
    """
    if not archive.is_file():
        raise ArchiveError(f"{archive} does not exist; run `pressearchiv crawl` or `pressearchiv demo` first")
    datasette.handle_exception.rich = None  # prints every 404 to the console, with all that was asked
    listening = _listen(host, port)
    address = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}/"
    application = site(archive, folders, strangers=strangers).app()
    if published:
        application = snapshots.over(application, published)
    if strangers:
        application = public.limited(application, known_as)
    click.echo(f"{archive} is served at {address} (Ctrl-C ends)")
    if open_browser:
        webbrowser.open(address)
    config = uvicorn.Config(
        application,
        log_level="warning",  # no line per request: nobody is to know who read what
        lifespan="on",
        timeout_graceful_shutdown=2,
        limit_concurrency=public.AT_ONCE if strangers else None,
        server_header=False,
    )
    with suppress(KeyboardInterrupt):  # that is how serving ends
        uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named TCP, or asyncio leaves Nagle's algorithm on, and every answer waits 40 ms.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise ArchiveError(f"{host}:{port} cannot be used ({error.strerror}); name another --port") from error
    return listening


def site(archive: Path, folders: Folders | None = None, *, strangers: bool = False) -> Datasette:
    """Datasette over an archive. The metadata speak of `archive`, whatever the file is called."""
    said = metadata()
    about = said["databases"]["archive"]
    said["databases"] = {archive.stem: public.closed(about) if strangers else about}
    alone = not archive.with_name(f"{archive.name}-wal").exists()
    files = {"immutables" if alone and not is_writable(archive) else "files": [str(archive)]}
    served = Datasette(**files, metadata=said, settings=SETTINGS | (public.SETTINGS if strangers else {}))
    if folders:
        put(served, folders)
    return served


def metadata() -> dict[str, Any]:
    """The metadata that come with the package, or lie at the top of a checkout."""
    packaged = files("serve") / "datasette-metadata.json"
    checkout = Path(__file__).parent.parent / "datasette-metadata.json"
    text = packaged.read_text("utf-8") if packaged.is_file() else checkout.read_text("utf-8")
    said: dict[str, Any] = json.loads(text)
    return said
