"""Corpora and entities: exports that go release by release, one step per source."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from sqlite_utils import Database

from archive.progress import Advance, Progress
from exports import followthemoney, unfinished
from exports.documents import Document, Mentioned, documents, mentions, sources
from exports.plain import write_texts
from exports.tables import Wording
from exports.tei import write_tei
from exports.unfinished import Unfinished


def write(
    db: Database,
    form: Literal["tei", "text", "ftm"],
    title: str,
    out: Path,
    work: Unfinished,
    wording: Wording,
    progress: Progress,
) -> int:
    """Write a corpus or entities; how many texts or entities there are."""
    counts = sources(db, wording)
    advance = Advance(progress, sum(counts.values()))

    def texts(source: str) -> Iterator[tuple[Document, list[Mentioned]]]:
        return ((d, mentions(db, d.id)) for d in documents(db, source, advance))

    if form == "ftm" and followthemoney.NAMES not in work.done:
        part = work.folder / followthemoney.NAMES
        work.finish(followthemoney.NAMES, followthemoney.write_names(db, part))
    for source, count in counts.items():
        if source in work.done:
            advance(count)
            continue
        path = work.folder / f"{source}{'.xml' if form == 'tei' else ''}"
        part = path.with_name(f"{path.name}.part")
        if part.is_dir():
            shutil.rmtree(part)
        if form == "tei":
            written = write_tei(part, title, source, texts(source))
        elif form == "text":
            written = write_texts(part, texts(source))
        else:
            written = followthemoney.write_releases(db, part, documents(db, source, advance))
        if path.is_dir():  # killed before it was noted as done
            shutil.rmtree(path)
        part.replace(path)
        work.finish(source, written)
    made = _together(work, counts) if form == "ftm" else None
    written = sum(work.done.values())
    unfinished.publish(work, out, made)
    return written


def _together(work: Unfinished, counts: dict[str, int]) -> Path:
    made = work.folder / ".entities"
    with made.open("wb") as file:
        for name in (followthemoney.NAMES, *counts):
            with (work.folder / name).open("rb") as part:
                shutil.copyfileobj(part, file)
    return made
