"""`pressearchiv correct proposals`: what readers think is wrong, and what became of it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from sqlite_utils import Database

from archive import corrections
from archive import proposals as box
from archive.corrections import Correction
from archive.errors import ArchiveError
from archive.proposals import DAY, Fault, Proposal
from archive.store import read_archive
from cli.decisions import mentions, release_id, text_hash
from cli.options import archive_option, corrections_option
from cli.shown import shown

FAULTS: dict[Fault, str] = {
    "not_a_mention": "nothing of the kind",
    "wrong_value": "wrong value, person or place",
    "wrong_span": "too much or too little marked",
    "other": "something else",
}
State = Literal["open", "decided", "text changed", "no longer found", "release gone"]
file_argument = click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")


@dataclass(frozen=True, slots=True)
class Case:
    """All that readers propose about one mention of one text."""

    proposals: tuple[Proposal, ...]
    state: State
    release: str  # by the id that it has now
    means: str
    rule: str

    @property
    def first(self) -> Proposal:
        return self.proposals[0]


@click.command()
@file_argument
@click.option("--all", "everything", is_flag=True, help="Those that are decided or out of date, too.")
@archive_option
@corrections_option
def proposals(file: Path, everything: bool, archive: Path, corrections_file: Path) -> None:
    """What readers propose in the FILE of `serve --proposals`, most often proposed first.

    A proposal is decided when there is a decision about its mention that is not older; `correct review FILE`
    goes through the open ones.
    """
    table = Table(box=SIMPLE_HEAD)
    for column in ("release", "mention", "surface", "means", "readers say", "since", "state"):
        table.add_column(column, overflow="fold")
    with closing(read_archive(archive)) as db:
        cases = cases_of(db, read(file), corrections.read(corrections_file).all)
    for case in cases:
        if everything or case.state == "open":
            told = map(
                shown, (case.first.mention, case.first.surface or "", case.means, "; ".join(sayings(case)))
            )
            table.add_row(shown(case.release), *told, f"{min(p.on for p in case.proposals)}", case.state)
    nothing = f"{file}: nothing is open" + "; --all shows what is decided" * bool(cases and not everything)
    Console().print(table if table.row_count else nothing)


def read(file: Path) -> list[Proposal]:
    """The proposals of a file; lines that are none are named and left out."""
    found, unread = box.read(file)
    if unread:
        lines = ", ".join(map(str, unread[:10])) + ", …" * (len(unread) > 10)
        click.echo(f"{file}: left out what is no proposal, line {lines}", err=True)
    return found


def cases_of(db: Database, found: Iterable[Proposal], known: Iterable[Correction]) -> list[Case]:
    """The cases of proposals, open ones first and among those what most readers propose."""
    grouped: dict[tuple[str, str, str], list[Proposal]] = {}
    for proposal in found:
        about = (proposal.release, proposal.mention, proposal.text_hash)
        grouped.setdefault(about, []).append(proposal)
    decisions = list(known)
    cases = [_case(db, tuple(group), decisions) for group in grouped.values()]
    return sorted(cases, key=lambda case: (case.state != "open", -len(case.proposals)))


def _case(db: Database, group: tuple[Proposal, ...], known: Iterable[Correction]) -> Case:
    first, latest = group[0], max(proposal.on for proposal in group)
    try:
        release = release_id(db, first.release)
    except ArchiveError:
        return Case(group, "release gone", first.release, "", "")
    named = {name: (means, rule) for name, _, means, rule in mentions(db, release)}
    means, rule = named.get(first.mention, (first.surface or "", first.rule or ""))
    decided = any(_is_about(c, release, first) and c.decided_on >= latest for c in known)
    state: State = "open"
    if decided:
        state = "decided"
    elif first.mention != DAY and text_hash(db, release) != first.text_hash:
        state = "text changed"
    elif first.mention != DAY and first.mention not in named:
        state = "no longer found"
    return Case(group, state, release, means or "", rule or "")


def _is_about(correction: Correction, release: str, proposal: Proposal) -> bool:
    if correction.release != release:
        return False
    if proposal.mention == DAY:
        return correction.action == "date"
    at = correction.mention
    name = at and f"{at.kind}@{'title:' * (at.field == 'title')}{at.start}"
    return name == proposal.mention and correction.text_hash == proposal.text_hash


def sayings(case: Case) -> Iterator[str]:
    """What readers say, each saying once, with how many say so."""
    said = Counter((proposal.fault, proposal.comment) for proposal in case.proposals)
    for (fault, comment), readers in said.most_common():
        yield f"{readers} × " * (readers > 1) + FAULTS[fault] + f": {comment}" * bool(comment)
