"""A saved page read: title, dates, kind, text and attachments, with the rule that spoke for each field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from archive.source import Source
from archive.urls import joined
from pipeline.parse import published
from pipeline.parse.attachments import Attachment
from pipeline.parse.kinds import Kind, kind_of
from pipeline.parse.layouts import source_at
from pipeline.parse.published import Candidate
from pipeline.parse.reading import Reading
from pipeline.parse.saved import Saved
from pipeline.steps import Steps, ended


@dataclass(frozen=True, slots=True)
class Page:
    """What one saved page says; None where it does not say it."""

    title: str | None
    text: str | None
    kind: Kind
    subtitle: str | None = None
    kicker: str | None = None
    number: str | None = None
    published: str | None = None  # calendar day in Germany
    published_at: str | None = None  # UTC, where a time is stated
    published_precision: str | None = None
    updated: str | None = None
    author: str | None = None
    attachments: tuple[Attachment, ...] = ()
    language: str | None = None
    canonical: str | None = None
    rules: Mapping[str, str] = field(default_factory=dict)
    candidates: tuple[Candidate, ...] = ()

    @property
    def title_rule(self) -> str | None:
        """The rule that found the title."""
        return self.rules.get("title")

    @property
    def text_rule(self) -> str | None:
        """The rule that found the text."""
        return self.rules.get("text")

    @property
    def published_rule(self) -> str | None:
        """The rule that found the day of publication."""
        return self.rules.get("published")

    def as_json(self) -> dict[str, object]:
        """The fields that `pressearchiv parse` prints; an attachment is an object with url and title."""
        names = "title subtitle kicker number kind published published_rule author text text_rule".split()
        return {
            **{name: getattr(self, name) for name in names},
            "attachments": [{"url": a.url, "title": a.title} for a in self.attachments],
            "language": self.language,
        }


def parse(
    html: bytes | str,
    url: str,
    captured: date | None = None,
    source: Source | None = None,
    content_type: str | None = None,
    by_layout: bool = True,
) -> Page:
    """Read a page. `captured` is the day it was saved: layouts are dated, and no date after it is believed.

    Without a source it is looked up by the host. A page of no known layout is read by general rules, any page
    if `by_layout` is false. Never raises for what stands in a page.
    """
    return parse_saved(Saved(html, content_type), url, captured, source, by_layout)


def parse_saved(
    saved: Saved, url: str, captured: date | None, source: Source | None, by_layout: bool = True
) -> Page:
    """As `parse`, where somebody else has looked at the page already."""
    return ended(parsing(saved, url, captured, source, by_layout))


def parsing(
    saved: Saved, url: str, captured: date | None, source: Source | None, by_layout: bool = True
) -> Steps[Page]:
    """As `parse_saved`, step by step."""
    source = source or source_at(url)
    return saved.answer_in_steps(lambda: _page(Reading(saved, url, captured, source, by_layout)))


def _page(reading: Reading) -> Steps[Page]:
    title = reading.title()
    subtitle = reading.first("subtitle")
    kicker = reading.first("kicker") or title.kicker or reading.kicker_inside()
    yield 0
    number = reading.number(title)
    yield 0
    found = reading.text([title.text, subtitle or "", kicker or "", number or ""])
    yield 0
    candidates = reading.candidates(title.text)
    stamp, updated = (published.chosen(candidates, f, reading.captured) for f in ("published", "updated"))
    yield 0
    if stamp:
        reading.rules["published"] = stamp.rule
    if found:
        reading.rules["text"] = found.rule
    kind, reading.rules["kind"] = kind_of(reading.labels(kicker), title.text, reading.url)
    return Page(
        title=reading.mended(title.text) or None,
        text=found.text if found else None,
        kind=kind,
        subtitle=subtitle,
        kicker=kicker,
        number=number,
        published=stamp.stamp.on.isoformat() if stamp else None,
        published_at=stamp.stamp.at if stamp else None,
        published_precision=stamp.stamp.precision if stamp else None,
        updated=updated.stamp.on.isoformat() if updated else None,
        author=reading.author(),
        attachments=reading.attachments(found),
        language=reading.head.language,
        canonical=joined(reading.url, reading.head.canonical) or None if reading.head.canonical else None,
        rules=reading.rules,
        candidates=tuple(candidates),
    )
