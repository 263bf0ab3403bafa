"""Everything one text names: people first, because a town may bear the name of a minister."""

from collections.abc import Sequence
from operator import attrgetter

from pipeline.extract import amounts, dates, persons, places
from pipeline.extract.mentions import Context, Mention, Rejection

RULES_VERSION = "1"  # raised when a change of rules changes what is found; a build then extracts anew


def extract(
    text: str,
    context: Context,
    rejected: list[Rejection] | None = None,
    *,
    calendar_only: bool | None = None,
) -> list[Mention]:
    """The mentions of a text in the order in which they stand.

    `context` is the day of publication and the publisher's jurisdiction, where known. Spans that looked like
    a mention and were refused are appended to `rejected`, where a list is given.

    `calendar_only` keeps dates that have a place in the calendar, as one wants them of a release; otherwise
    all that TIMEX3 annotates is found, durations, sets and "derzeit" included. None decides by the context:
    a text whose publisher is known is a release.
    """
    if calendar_only is None:
        calendar_only = context.jurisdiction is not None
    people, masks = persons.find(text, context, rejected)
    found: Sequence[Mention] = [
        *people,
        *places.find(text, context, masks, rejected),
        *amounts.find(text, context, rejected),
        *dates.find(text, context, rejected, calendar_only=calendar_only),
    ]
    return sorted(found, key=attrgetter("start", "end"))
