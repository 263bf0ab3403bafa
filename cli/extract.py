"""`pressearchiv extract`: what a text names, one JSON object per text."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TextIO

import click

from pipeline.extract.mentions import Context, Rejection
from pipeline.extract.release import extract as extract_mentions
from pipeline.workers import ordered

DATES = {"auto": None, "calendar": True, "all": False}


@dataclass(frozen=True, slots=True)
class Text:
    """One text to read, with what is known of it."""

    id: object
    text: str
    context: Context


class _Day(click.ParamType[date]):
    name = "YYYY-MM-DD"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day; write it as 2018-03-28", param, ctx)


@click.command()
@click.argument("file", type=click.File("r", encoding="utf-8"), default="-")
@click.option("--published", type=_Day(), help="Day of publication; relative dates count from it.")
@click.option("--jurisdiction", metavar="CODE", help="Of the publisher: DE-TH, DE-BY …, DE for federal.")
@click.option("--jsonl", is_flag=True, help='Read lines {"id", "text", "published", "jurisdiction"}.')
@click.option(
    "--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes, with --jsonl."
)
@click.option(
    "--dates",
    type=click.Choice(list(DATES)),
    default="auto",
    show_default=True,
    help="calendar: dates with a place in the calendar; all: durations, sets and the like too; auto: "
    "calendar where the jurisdiction of the publisher is given, all elsewhere.",
)
@click.option("--explain", is_flag=True, help="Show in colour what was found, why, and what was refused.")
def extract(
    file: TextIO,
    published: date | None,
    jurisdiction: str | None,
    jsonl: bool,
    workers: int,
    dates: str,
    explain: bool,
) -> None:
    """Find ministers, districts, municipalities, amounts and dates in German text.

    Reads one text from FILE or standard input and prints one JSON object; with --jsonl one object per line of
    input, in order. Offsets count Unicode code points of the text as given.

    \b
    pressearchiv extract release.txt --published 2018-03-28 --jurisdiction DE-TH
    pressearchiv extract --explain release.txt --published 2018-03-28
    pressearchiv extract --jsonl releases.jsonl --workers 4 > found.jsonl
    """
    context = Context(published, jurisdiction)
    try:
        if jsonl:
            for line in ordered(partial(_results, DATES[dates]), _texts(file), workers):
                click.echo(line)
            return
        text = file.read()
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{file.name} is not UTF-8 ({error.reason} at byte {error.start})") from error
    if explain:
        from cli.explain import explained  # rich takes a third of the start, and only this needs it

        rejected: list[Rejection] = []
        mentions = extract_mentions(text, context, rejected, calendar_only=DATES[dates])
        explained(text, mentions, rejected)
        return
    name = None if file is sys.stdin or file.name == "<stdin>" else file.name
    click.echo(_result(Text(name, text, context), DATES[dates]))


def _texts(lines: Iterable[str]) -> Iterator[Text]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            text, published = row["text"], row.get("published")
            if not isinstance(text, str):
                raise TypeError("text is not a string")
            day = date.fromisoformat(published[:10]) if published else None
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            wanted = '{"id": …, "text": "…", "published": "2018-03-28", "jurisdiction": "DE-TH"}'
            raise click.UsageError(
                f"line {number} cannot be read ({error}); each line is {wanted}"
            ) from error
        yield Text(row.get("id"), text, Context(day, row.get("jurisdiction")))


def _results(calendar_only: bool | None, texts: list[Text]) -> list[str]:
    return [_result(text, calendar_only) for text in texts]


def _result(text: Text, calendar_only: bool | None) -> str:
    found = extract_mentions(text.text, text.context, calendar_only=calendar_only)
    mentions = [mention.as_json() for mention in found]
    return json.dumps({"id": text.id, "mentions": mentions}, ensure_ascii=False)
