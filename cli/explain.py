"""What `extract --explain` shows: the text with its mentions marked, why, and what was refused."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.extract.mentions import Mention, Rejection

STYLES = {
    "minister": "bold magenta",
    "person_in_office": "magenta",
    "district": "bold green",
    "municipality": "green",
    "amount": "bold yellow",
    "date": "bold cyan",
}
GERMAN = str.maketrans(",.", ".,")


def explained(text: str, mentions: Sequence[Mention], rejected: Sequence[Rejection]) -> None:
    """Print text, mentions and rejections to the terminal."""
    console = Console()
    marked = Text(text)
    for mention in mentions:
        marked.stylize(STYLES[mention.kind] + " underline", mention.start, mention.end)
    console.print(marked)
    console.print(_table(mentions))
    if rejected:
        console.print(_refusals(rejected))


def _table(mentions: Sequence[Mention]) -> Table:
    table = Table(title=f"{len(mentions)} mentions", title_justify="left", header_style="bold")
    for column in ("at", "kind", "surface", "means", "rule", "conf."):
        table.add_column(column, overflow="fold", justify="right" if column in ("at", "conf.") else "left")
    for m in mentions:
        style = STYLES[m.kind]
        surface, means = Text(m.surface, style), Text(_meaning(m))
        table.add_row(str(m.start), m.kind, surface, means, m.rule, f"{m.confidence:.2f}")
    return table


def _meaning(mention: Mention) -> str:
    return ", ".join(f"{k} {_plain(v)}" for k, v in mention.value._asdict().items() if v not in (None, ()))


def _plain(value: object) -> str:
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    return f"{value:,.12g}".translate(GERMAN) if isinstance(value, float) else str(value)


def _refusals(rejected: Sequence[Rejection]) -> Table:
    table = Table(title=f"{len(rejected)} refused", title_justify="left", header_style="bold", style="dim")
    for column in ("at", "kind", "surface", "because"):
        table.add_column(column, overflow="fold")
    for r in sorted(rejected, key=lambda r: r.start):
        table.add_row(str(r.start), r.kind, Text(r.surface), r.reason)
    return table
