"""Whom and what a page of an attached file names, as rows of `attachment_mentions`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pipeline.extract.mentions import (
    Amount,
    Context,
    Date,
    District,
    Mention,
    Minister,
    Municipality,
    PersonInOffice,
)
from pipeline.extract.release import extract

Row = tuple[object, ...]
COLUMNS = (
    'release_id, attachment_id, page, "start", "end", kind, surface, name, office, minister_id, '
    "district_ags, municipality_ags, value_min, value_max, currency, qualifier, timex, first_on, last_on, "
    "published_on, confidence, rule"
)
NOTHING = (None, None, None, None)


@dataclass(frozen=True, slots=True)
class Attached:
    """The pages of the present file of one attachment, and what is known of its release."""

    attachment_id: int
    release_id: str
    published_on: str | None
    jurisdiction: str
    read_as: str
    pages: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Named:
    """The mentions of one attachment, ready to be written."""

    attached: Attached
    rows: tuple[Row, ...]


def named_all(some: list[Attached]) -> list[Named]:
    """The mentions of some attachments, in order. Runs in worker processes."""
    return [Named(attached, tuple(_rows(attached))) for attached in some]


def _rows(attached: Attached) -> Iterator[Row]:
    day = date.fromisoformat(attached.published_on) if attached.published_on else None
    context = Context(day, attached.jurisdiction)
    for page, text in attached.pages:
        for mention in extract(text, context):
            yield (
                *(attached.release_id, attached.attachment_id, page, mention.start, mention.end),
                *(mention.kind, mention.surface, *_values(mention)),
                *(attached.published_on, mention.confidence, mention.rule),
            )


def _values(mention: Mention) -> Row:
    """From `name` to `last_on`."""
    match mention.value:
        case Minister() as m:
            return (m.name, m.office, m.person_id, None, None, *NOTHING, None, None, None)
        case PersonInOffice() as p:
            return (p.name, p.office, None, None, None, *NOTHING, None, None, None)
        case District() as d:
            return (d.name, None, None, d.ags, None, *NOTHING, None, None, None)
        case Municipality() as m:
            return (m.name, None, None, m.district, m.ags, *NOTHING, None, None, None)
        case Amount() as a:
            return (None, *NOTHING, a.value_min, a.value_max, a.currency, a.qualifier, None, None, None)
        case Date() as d:
            return (None, *NOTHING, *NOTHING, d.timex, d.first_on, d.last_on)
