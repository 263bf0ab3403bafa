"""`pressearchiv export`: data sets of everything or of a selection."""

from pathlib import Path
from typing import Any, cast, get_args

import click

from archive.errors import ArchiveError
from archive.german import number
from archive.store import read_archive
from cli.options import archive_option, warc_option
from cli.progress import bar
from cli.selecting import selected, selection_options
from exports.run import Exported, Format, Wanted
from exports.run import export as export_to
from exports.tables import Wording

SUFFIXES = {
    ".sqlite": "sqlite",
    ".db": "sqlite",
    ".xlsx": "xlsx",
    ".wacz": "wacz",
    ".ftm": "ftm",
}


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(get_args(Format)),
    help="csv where neither this nor the ending of OUT says.",
)
@selection_options
@click.option("--release", "releases", multiple=True, metavar="ID", help="This release; may be given often.")
@click.option(
    "--without-texts",
    is_flag=True,
    help="Leave out every column that holds words of a release: titles, texts, wording. Tables only.",
)
@click.option(
    "--with-reserved",
    is_flag=True,
    help="With the words of pages that reserve text and data mining: where your permission covers whoever "
    "gets the data.",
)
@click.option("--title", default="Pressearchiv", show_default=True, help="What the data set is called.")
@click.option("--force", is_flag=True, help="Replace OUT.")
@archive_option
@warc_option
def export(
    out: Path,
    form: str | None,
    releases: tuple[str, ...],
    without_texts: bool,
    with_reserved: bool,
    title: str,
    force: bool,
    archive: Path,
    warc: Path,
    **options: Any,
) -> None:
    """Write a data set of everything, or of what a search finds.

    \b
    csv jsonl parquet   a folder: a file per table, codebook, datapackage.json (Frictionless)
    sqlite xlsx         one file with all tables and the codebook
    ftm                 one file of FollowTheMoney entities, for Aleph
    tei text            a folder: a corpus, what is named beside the texts
    wacz                one file with the captures themselves, for replay tools

    \b
    pressearchiv export everything --format parquet
    pressearchiv export kyffhaeuser.xlsx --district 16065 --since 2015-01-01
    pressearchiv export schulen --format csv --query 'Schule*' --jurisdiction DE-TH
    pressearchiv export evidence.wacz --release th-tmil-0123456789ab

    OUT appears when it is whole; an export that was killed goes on where it stopped when it is run again.
    """
    if without_texts and with_reserved:
        raise click.UsageError("--without-texts and --with-reserved contradict each other")
    chosen = cast("Format", form or SUFFIXES.get(out.suffix.lower(), "csv"))
    if without_texts and chosen in ("ftm", "tei", "text", "wacz"):
        raise click.UsageError(f"{chosen} is nothing without texts; --without-texts goes with tables")
    wording: Wording = "none" if without_texts else "all" if with_reserved else "unreserved"
    wanted = Wanted(chosen, selected(options), releases, wording, title)
    db = read_archive(archive)
    try:
        with bar("exporting") as progress:
            done = export_to(db, warc, wanted, out, force=force, progress=progress)
    except ModuleNotFoundError as error:
        raise ArchiveError(
            f"{error.name} is not installed; `pip install 'pressearchiv[export]'` brings what {chosen} needs"
        ) from error
    finally:
        db.close()
    click.echo(f"{out}: {_said(chosen, done)}")


ROWS = {"ftm": "entities", "tei": "texts", "text": "texts", "wacz": "records"}


def _said(form: Format, done: Exported) -> str:
    resumed = f", {done.resumed} steps were done before" if done.resumed else ""
    return f"{number(done.releases)} releases, {number(done.rows)} {ROWS.get(form, 'rows')}{resumed}"
