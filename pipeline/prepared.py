"""Readings made ready to be written, so that nothing is left for the one writer to work out.

Runs in worker processes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from archive.records import Place
from archive.source import Source
from pipeline import identity, mention_rows, read
from pipeline.extract import grants
from pipeline.extract.mentions import Context
from pipeline.extract.release import extract_all
from pipeline.lean import lean
from pipeline.mention_rows import Rows
from pipeline.near_duplicates.sketch import sketch
from pipeline.parse.page import Page
from pipeline.read import GAP, Job, Reading
from pipeline.search.index import Terms, terms

FIRST = (
    "Land fördert Brückenbau",
    "Die Ministerin übergab am Dienstag, 3. März, dem Landkreis Gotha einen Bescheid über 2 Mio. Euro.",
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A reading, and of a release what its rows are made of."""

    reading: Reading
    addresses: tuple[str, ...] = ()  # that of the release first
    key: str = ""  # the release's id, unless it is known by another
    text_hash: str = ""
    amount_max: float | None = None  # in euros
    mentions: Rows | None = None
    terms: Terms | None = None
    bands: bytes | None = None  # by which texts that share much are found


for _record in (Place, Job, Page, Reading, Prepared):
    lean(_record)


def load() -> None:
    """Load the tables by which texts are read, as the first text would; for when there is none yet."""
    text = GAP.join(FIRST)
    (found,) = extract_all([(text, Context(date(2026, 3, 3), "DE-TH"))])
    grants.find(text, found)
    terms(*FIRST)
    sketch(*FIRST)


def read_all(folder: Path, sources: Mapping[str, Source], whole: bool, jobs: list[Job]) -> list[Prepared]:
    """Some captures read and made ready, in order; `whole` keeps what only corrections look at."""
    ready = prepared_all(sources, read.read_all(folder, sources, jobs))
    return ready if whole else [slim(one) for one in ready]


def confirmed(work: Callable[[list[Job]], list[Prepared]], one: Prepared) -> Prepared:
    """A reading; what could not be read is read here once more: workers elsewhere may lack the file."""
    return one if one.reading.outcome != "unreadable" else work([one.reading.job])[0]


def prepared(source: Source, reading: Reading) -> Prepared:
    """A reading made ready."""
    return prepared_all({source.key: source}, [reading])[0]


def prepared_all(sources: Mapping[str, Source], readings: Sequence[Reading]) -> list[Prepared]:
    """Readings made ready, in order.

    One step over all of them before the next, as in `extract_all`: that takes a seventh less.
    """
    releases = [(one, one.page) for one in readings if one.page]
    texts = [(page.title or "", page.text or "") for _, page in releases]
    addresses = [identity.addresses(page, one.job) for one, page in releases]
    made = zip(
        addresses,
        [
            _key(sources[one.job.source_key], known[0])
            for (one, _), known in zip(releases, addresses, strict=True)
        ],
        [identity.text_hash(*text) for text in texts],
        [mention_rows.amount_max(one) for one, _ in releases],
        [mention_rows.rows(one) for one, _ in releases],
        [terms(*text) for text in texts],
        [sketch(*text) for text in texts],
        strict=True,
    )
    return [Prepared(one, *next(made)) if one.page else Prepared(one) for one in readings]


def _key(source: Source, address: str) -> str:
    return identity.release_id(source.key, source.standing(address))


def slim(one: Prepared) -> Prepared:
    """Without what only corrections look at: half of what goes from process to process."""
    reading = one.reading
    if reading.page is None:
        return one
    page = replace(reading.page, candidates=())
    return replace(one, reading=replace(reading, page=page, mentions=(), grants=()))
