"""`pressearchiv extract`: what a text names, one JSON object per text."""

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TextIO

import click

from archive.errors import ArchiveError
from cli.crew import crew, dask_option
from cli.day import Day
from pipeline.extract.mentions import Context, Mention, Rejection
from pipeline.extract.release import extract as extract_mentions
from pipeline.extract.release import extract_all

DATES = {"auto": None, "calendar": True, "all": False}


@dataclass(frozen=True, slots=True)
class Text:
    """One text to read, with what is known of it."""

    id: object
    text: str
    context: Context


LANDS = "BB BE BW BY HB HE HH MV NI NW RP SH SL SN ST TH".split()


def _known(code: str | None) -> str | None:
    known = ["DE", *(f"DE-{land}" for land in LANDS)]
    if code is not None and code not in known:
        raise click.BadParameter(f"{code!r} is unknown; known are {', '.join(known)}")
    return code


@click.command()
@click.argument("file", type=click.File("r", encoding="utf-8"), default="-")
@click.option("--published", type=Day(), help="Day of publication; relative dates count from it.")
@click.option(
    "--jurisdiction",
    metavar="CODE",
    callback=lambda _ctx, _param, code: _known(code),
    help="Of the publisher: DE-TH, DE-BY …, DE for federal.",
)
@click.option("--jsonl", is_flag=True, help='Read lines {"id", "text", "published", "jurisdiction"}.')
@click.option(
    "--parquet",
    type=click.Path(path_type=Path, exists=True),
    help="Read texts of a Parquet file, or of all in a folder: columns id and text, and if they are there "
    "published and jurisdiction.",
)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="With --parquet: where the mentions go."
)
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    metavar="N",
    default=1,
    show_default=True,
    help="Processes, with --jsonl or --parquet.",
)
@dask_option
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
    parquet: Path | None,
    out: Path | None,
    workers: int,
    dask: str | None,
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
    pressearchiv extract --parquet texts/ --out mentions.parquet --workers 4
    """
    if parquet:
        _parquet(parquet, out, DATES[dates], workers, dask)
        return
    context = Context(published, jurisdiction)
    try:
        if jsonl:
            from pipeline.workers import ordered  # a text alone needs no processes, which are slow to import

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
    click.echo(_results(DATES[dates], [Text(name, text, context)])[0])


def _parquet(
    source: Path, out: Path | None, calendar_only: bool | None, workers: int, dask: str | None
) -> None:
    if out is None:
        raise click.UsageError("say with --out where the mentions go")
    from cli.progress import bar

    try:
        from pipeline.parquet import extract_parquet
    except ModuleNotFoundError as error:
        raise ArchiveError(f"--parquet needs {error.name}; install pressearchiv[export]") from error
    with crew(dask, workers, source.resolve()) as hired, bar("reading texts") as advance:
        found = extract_parquet(
            source, out, calendar_only=calendar_only, workers=hired or workers, progress=advance
        )
    click.echo(f"{out}: {found} mentions")


def _texts(lines: Iterable[str]) -> Iterator[Text]:
    for number, line in enumerate(lines, 1):
        if line.strip("\ufeff \t\r\n"):
            try:
                yield _text(json.loads(line.removeprefix("\ufeff")))
            except (ValueError, RecursionError) as error:
                wanted = '{"id": …, "text": "…", "published": "2018-03-28", "jurisdiction": "DE-TH"}'
                raise click.UsageError(
                    f"line {number} cannot be read ({error}); each line is {wanted}"
                ) from error


def _text(row: object) -> Text:
    """One line as JSON. Raises ValueError that says what is wrong with it."""
    if not isinstance(row, dict):
        raise ValueError("it is no JSON object")
    text, published, jurisdiction = (row.get(name) for name in ("text", "published", "jurisdiction"))
    if not isinstance(text, str):
        raise ValueError("text is not a string" if "text" in row else "text is missing")
    if not isinstance(published, str | None):
        raise ValueError("published is no day in quotes")
    if not isinstance(jurisdiction, str | None):
        raise ValueError("jurisdiction is not a string")
    day = date.fromisoformat(published[:10]) if published else None
    return Text(row.get("id"), LONE.sub("\ufffd", text), Context(day, jurisdiction))


LONE = re.compile("[\ud800-\udfff]")  # half a character, which JSON can write and UTF-8 cannot


def _results(calendar_only: bool | None, texts: list[Text]) -> list[str]:
    found = extract_all([(text.text, text.context) for text in texts], calendar_only=calendar_only)
    return [_result(text, mentions) for text, mentions in zip(texts, found, strict=True)]


def _result(text: Text, found: Sequence[Mention]) -> str:
    mentions = [mention.as_json() for mention in found]
    lone = isinstance(text.id, str) and LONE.search(text.id)
    return json.dumps({"id": text.id, "mentions": mentions}, ensure_ascii=bool(lone))
