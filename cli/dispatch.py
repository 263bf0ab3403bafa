"""`pressearchiv dispatch`: crawls sent to nodes that run scrapyd, each host to one of them."""

import sys
import time
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click

from archive import rhythm
from archive.clock import utc_now
from archive.errors import ArchiveError
from archive.locks import lock
from archive.source import Source
from archive.store import read_archive
from cli.day import Day
from cli.options import archive_option, chosen, sources_option
from cli.progress import counting
from crawler import nodes as scrapyd
from crawler.nodes import NodeError, RefusedError, Work
from crawler.shards import Shard, due, sendable, shards

PAUSE = 2.0  # seconds between two looks at the nodes


@click.command()
@click.argument("keys", nargs=-1, metavar="[SOURCE]...")
@click.option(
    "--node", "nodes", multiple=True, metavar="URL", help="Address of a scrapyd node; once for each."
)
@click.option("--config", is_flag=True, help="Show the scrapy.cfg that a node needs, and end.")
@archive_option
@sources_option
@click.option("--due", "only_due", is_flag=True, help="Leave out the sources whose rhythm does not ask yet.")
@click.option("--full", is_flag=True, help="Follow the pagination to its end, not only to what is known.")
@click.option("--since", type=Day(), help="Leave out what was published before this day.")
@click.option(
    "--limit", type=click.IntRange(1), metavar="N", help="Fetch at most so many releases per source."
)
@click.option("--wait", is_flag=True, help="Stay until all that was asked for is crawled.")
def dispatch(
    keys: tuple[str, ...],
    nodes: tuple[str, ...],
    config: bool,
    archive: Path,
    sources: dict[str, Source],
    only_due: bool,
    full: bool,
    since: date | None,
    limit: int | None,
    wait: bool,
) -> None:
    """Send crawls of SOURCEs (all active ones where none is named) to nodes that run scrapyd.

    Each host belongs to one node, by its name, and is asked for one source at a time: nothing is sent while
    another source of the host waits or runs on any node. With --due it may be called every few minutes; when
    a source was crawled last, the archive and the nodes say. What the nodes archive comes together by
    `pressearchiv merge`.

    \b
    pressearchiv dispatch --config > scrapy.cfg               on each node, then start scrapyd there
    pressearchiv dispatch --node http://n1:6800 --node http://n2:6800 --due
    pressearchiv dispatch --node http://n1:6800 th-tmil th-tsk --limit 20 --wait

    A node that does not answer keeps its hosts, which wait: it may still be crawling. When it is surely down,
    leave it out, and the others take over what it had, and nothing else moves.

    Exits with 1 where a node did not answer or did not take what it was sent.
    """
    if config:
        click.echo((Path(scrapyd.__file__).with_name("node.cfg")).read_text("utf-8"), nl=False)
        return
    if not nodes:
        raise click.UsageError("name the nodes with --node, like --node http://127.0.0.1:6800")
    wanted = chosen(keys, sources)
    extent = {"full": "1" if full else "", "since": since.isoformat() if since else "", "limit": limit or ""}
    orders = {name: str(value) for name, value in extent.items() if value}
    with lock(Path(f"{archive}.dispatch.lock"), "a dispatch to these nodes"):
        dispatcher = _Dispatcher(shards(sources.values(), nodes), _last_runs(archive), orders)
        sys.exit(0 if dispatcher.run(wanted, only_due=only_due, wait=wait) else 1)


def _last_runs(archive: Path) -> dict[str, datetime]:
    if not archive.exists():
        return {}
    db = read_archive(archive)
    found = rhythm.last_runs(db)
    db.close()
    return found


class _Dispatcher:
    """Sends what may be sent, and knows what is still to be sent."""

    def __init__(self, shards: Sequence[Shard], last: dict[str, datetime], orders: dict[str, str]) -> None:
        self._shards, self._last, self._orders = shards, last, orders
        self._silent: set[str] = set()  # nodes that did not answer
        self._refused: set[str] = set()  # sources that their node does not know

    def run(self, wanted: Sequence[Source], *, only_due: bool, wait: bool) -> bool:
        """Whether every node answered and took what it was sent."""
        left, sent = {source.key for source in wanted}, set()
        with counting("crawling") as say:
            while True:
                busy = self._look()
                if only_due:
                    left &= {source.key for source in due(wanted, self._last, utc_now())}
                for node, source in sendable(self._reachable(), left, busy, self._last):
                    if self._send(node, source.key):
                        sent.add(source.key)
                left -= sent | self._refused
                say(f"{len(sent)} sent, {len(left)} waiting, {len(busy)} at work before")
                reachable = {source.key for shard in self._reachable() for source in shard.sources}
                if not wait or not (left & reachable or sent & self._look()):
                    break
                time.sleep(PAUSE)
        click.echo(f"Sent {len(sent)} sources.")
        if left:
            click.echo(
                f"{len(left)} wait, because their host is asked for another source, or their node is silent."
            )
        return not self._silent and not self._refused

    def _reachable(self) -> list[Shard]:
        return [shard for shard in self._shards if shard.node not in self._silent]

    def _look(self) -> set[str]:
        """What is at work on any node."""
        busy: set[str] = set()
        for node in sorted({shard.node for shard in self._shards} - self._silent):
            try:
                found: Work = scrapyd.work(node)
            except (NodeError, RefusedError) as error:
                self._fell_silent(node, error)
                continue
            busy |= found.busy
            for key, began in found.last.items():
                self._last[key] = max(began, self._last.get(key, began))
        return busy

    def _send(self, node: str, key: str) -> bool:
        """Whether the node took it."""
        try:
            scrapyd.send(node, key, self._orders)
        except NodeError as error:
            self._fell_silent(node, error)
            return False
        except RefusedError as error:
            self._refused.add(key)
            click.echo(str(error), err=True)
            return False
        return True

    def _fell_silent(self, node: str, error: ArchiveError) -> None:
        self._silent.add(node)
        click.echo(f"{error}; its hosts wait", err=True)
