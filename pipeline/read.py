"""Captures read: their pages parsed, their texts searched for what they name. Runs in worker processes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from archive.clock import berlin_day
from archive.errors import WarcError
from archive.evidence import read_record
from archive.records import Place
from archive.source import Source
from pipeline.extract import grants
from pipeline.extract.grants import Grant
from pipeline.extract.mentions import Context, Mention
from pipeline.extract.release import extract, extract_all
from pipeline.parse.page import Page, parsing
from pipeline.parse.reject import refusal
from pipeline.parse.saved import Saved
from pipeline.steps import Steps, in_step

GAP = "\n\n"  # between title and text where both are read as one
ROOM = 1 << 20  # bytes of pages that are read side by side: some twenty pages, with their trees 20 MB


@dataclass(frozen=True, slots=True)
class Job:
    """A capture to read, and what its listing said of it."""

    capture_id: int
    place: Place  # of the record that holds the payload
    url: str
    requested_url: str
    captured_at: str
    status: int
    content_type: str | None
    source_key: str
    listed_on: str | None = None
    number: str | None = None
    payload_digest: str | None = None
    reserved: int = 0  # 1 where its portal reserves mining, and we honour it


@dataclass(frozen=True, slots=True)
class Reading:
    """What a capture turned out to be: a release (page is given), or why not (outcome)."""

    job: Job
    outcome: str  # release, status_404, soft_404, blocked …
    page: Page | None = None
    published: str | None = None
    published_rule: str | None = None
    mentions: tuple[Mention, ...] = ()  # offsets into title + GAP + text
    grants: tuple[Grant, ...] = ()
    error: str | None = None


def read_all(folder: Path, sources: Mapping[str, Source], jobs: list[Job]) -> list[Reading]:
    """The readings of some captures, in order. First every page is parsed, then all texts are searched."""
    pages = in_step((_parsed(folder, sources[job.source_key], job) for job in jobs), ROOM)
    return search_all(sources, pages)


def search_all(sources: Mapping[str, Source], readings: list[Reading]) -> list[Reading]:
    """Readings with what their texts name."""
    texts = [_text_of(reading, sources[reading.job.source_key]) for reading in readings]
    found = iter(extract_all([text for text in texts if text]))
    return [
        _with_mentions(reading, text[0], next(found)) if text else reading
        for reading, text in zip(readings, texts, strict=True)
    ]


def searched_again(reading: Reading, source: Source) -> Reading:
    """A release's reading with what its text names by the day that it now has."""
    text = _text_of(reading, source)
    return _with_mentions(reading, text[0], extract(*text)) if text else reading


def _parsed(folder: Path, source: Source, job: Job) -> Steps[Reading]:
    """A capture's page. A damaged record is an outcome, not an exception."""
    if job.status != 200:
        return Reading(job, f"status_{job.status}")
    if job.reserved:
        return Reading(job, "reserved")
    try:
        record = read_record(folder, job.place, expected=job.payload_digest)
    except WarcError as error:
        return Reading(job, "unreadable", error=str(error))
    yield len(record.payload)
    saved = Saved(record.payload, job.content_type)
    reason = refusal(saved, job.url, job.requested_url, job.status)
    if reason:
        return Reading(job, reason)
    yield 0
    captured = berlin_day(datetime.fromisoformat(job.captured_at))
    page = yield from parsing(saved, job.url, captured, source)
    if not page.title or not page.text:
        return Reading(job, "no_text")
    published, rule = page.published, page.published_rule
    if published is None and job.listed_on:
        published, rule = job.listed_on, "listing"
    return Reading(job, "release", page, published, rule)


def _text_of(reading: Reading, source: Source) -> tuple[str, Context] | None:
    """Title and text of a release as they are searched; None for anything else."""
    page, published = reading.page, reading.published
    if page is None:
        return None
    day = date.fromisoformat(published[:10]) if published else None
    return f"{page.title}{GAP}{page.text}", Context(day, source.jurisdiction)


def _with_mentions(reading: Reading, text: str, found: list[Mention]) -> Reading:
    return replace(reading, mentions=tuple(found), grants=tuple(grants.find(text, found)))
